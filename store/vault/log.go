package vault

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"kebu/crypto/page"
)

// Empty says whether the book holds no page: it was made and never written, or it
// was cut down to its header, which nothing in the file can tell apart.
func (f *File) Empty() (bool, error) {
	info, err := f.raw.Stat()
	if err != nil {
		return false, fmt.Errorf("measure book: %w", err)
	}
	return pagesIn(info.Size()) == 0, nil
}

// CheckLog fails with ErrDamaged if the log that a crash left behind is damaged in
// the middle: SQLite ends it there without a word, and what was committed later is
// gone once a connection is opened. Call it before that, after Attach.
//
// Torn frames at the end are no damage but what a power loss leaves. The rule
// between the two: the log is synced at each commit, so that a frame after a commit
// shows that all before the commit was once on disk. Damage to the last
// transaction, or to the commit of the one before, can therefore not be told from
// torn frames.
func (f *File) CheckLog() error {
	if f.book == nil {
		return ErrKeys
	}
	log, err := os.Open(f.path + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("check log: %w", err)
	}
	defer func() { _ = log.Close() }()
	w, err := newLogWalk(log, f.book.keys.Load().Sealer())
	if err != nil {
		return fmt.Errorf("check log: %w", err)
	}
	var torn, closed bool // a frame did not open; a commit came after it
	for {
		state, err := w.next()
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil
		case err != nil:
			return fmt.Errorf("check log: %w", err)
		case state == notAFrame:
			torn = true
		case closed:
			return fmt.Errorf("check log: frame lost before %d: %w", w.at, ErrDamaged)
		case torn && state == commitFrame:
			closed = true
		}
	}
}

// logWalk goes through the frames of a log that belong to its current run: SQLite
// starts over at the beginning with new salts and leaves older frames behind.
type logWalk struct {
	log    io.ReaderAt
	sealer *page.Sealer
	salts  [8]byte
	at     int64
	frame  [frameSize]byte
}

// saltsAt is where in the header of the log the salts stand, and in that of a frame.
const (
	saltsAt      = 16
	frameSaltsAt = 8
)

func newLogWalk(log io.ReaderAt, s *page.Sealer) (*logWalk, error) {
	w := &logWalk{log: log, sealer: s, at: walHeader - frameSize}
	if _, err := log.ReadAt(w.salts[:], saltsAt); ignoreEOF(err) != nil {
		return nil, err
	}
	return w, nil
}

type frameState int

const (
	notAFrame frameState = iota
	innerFrame
	commitFrame
)

// next reads the next frame; io.EOF means that there is none.
func (w *logWalk) next() (frameState, error) {
	w.at += frameSize
	if n, err := w.log.ReadAt(w.frame[:], w.at); n < frameSize {
		return notAFrame, err
	}
	head, body := w.frame[:page.FrameHeader], w.frame[page.FrameHeader:]
	place, epoch := page.InWAL(w.at, head[:8]), page.Epoch(body)
	w.sealer.OpenFrameHeader(head, w.at, epoch)
	if !bytes.Equal(head[frameSaltsAt:saltsAt], w.salts[:]) || w.sealer.Open(body, body, place) != nil {
		return notAFrame, nil //nolint:nilerr // that a frame does not open is what is asked
	}
	if binary.BigEndian.Uint32(head[4:]) > 0 {
		return commitFrame, nil
	}
	return innerFrame, nil
}
