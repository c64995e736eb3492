package usecase

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"time"

	"kebu/app/crm/access"
	"kebu/crypto/evidence/stamp"
	"kebu/store"
)

// RequestStamp signs the log as it is and draws up the request for a time stamp on
// that (RFC 3161, .tsq), which the owner sends to an authority.
func (s *Session) RequestStamp(ctx context.Context) (c Checkpoint, request []byte, err error) {
	c, err = s.checkpoint(ctx, func(tx *store.Tx, text string) error {
		request, err = tx.RequestStamp(ctx, text)
		return err
	})
	return c, request, err
}

// Stamped is a checkpoint that an authority stamped.
type Stamped struct {
	Entries   int64     `json:"entries"`
	At        time.Time `json:"at"` // by the authority's clock
	Authority string    `json:"authority"`
}

// Stamp keeps an authority's answer (.tsr), a file, with the checkpoint that it is on.
// Whether the authority is to be trusted is for those to say who see it in an audit
// pack.
func (s *Session) Stamp(ctx context.Context, path string) (Stamped, error) {
	var kept store.Stamped
	if err := s.gate.Ask(ctx, access.Stamp); err != nil {
		return Stamped{}, err
	}
	answer, err := readStamp(path)
	if err != nil {
		return Stamped{}, fmt.Errorf("read time stamp: %w", err)
	}
	err = s.gate.Record(ctx, access.Stamp, func(tx *store.Tx) (int64, *store.Matter, error) {
		kept, err = tx.KeepStamp(ctx, answer)
		sum := sha256.Sum256(answer)
		return 0, &store.Matter{SHA256: hex.EncodeToString(sum[:])}, err
	})
	return Stamped{kept.Size, kept.At, kept.Authority}, err
}

// readStamp reads no more of a file than a time stamp may have, and a byte.
func readStamp(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if m := info.Mode(); !m.IsRegular() && !m.IsDir() { // of a pipe, opening alone may wait for ever
		return nil, ErrNotFile
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, stamp.MaxSize+1))
}
