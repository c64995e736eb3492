package usecase

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"filippo.io/age"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/crypto/evidence"
	"kebu/store"
)

// ErrRecipient means that an audit pack needs either an age key that can be read
// (age1…) or a password.
var ErrRecipient = errors.New("for whom is the pack")

// PackRequest is an audit pack to write.
type PackRequest struct {
	To        string // file; one that is there is replaced
	Recipient string // age1…, or
	Password  string
}

// PackReport says what was written.
type PackReport struct {
	Entries int64  `json:"entries"`
	SHA256  string `json:"sha256"` // of the file
	Key     string `json:"key"`    // the owner's, which the auditor should have from elsewhere
}

// AuditPack signs the log and writes it for an outsider, encrypted: without names,
// customers or anything that was typed. That it was written is logged.
func (s *Session) AuditPack(ctx context.Context, r PackRequest) (PackReport, error) {
	var report PackReport
	to, err := r.recipient()
	if err != nil {
		return report, err
	}
	var pack *evidence.Pack
	if err := s.gate.Keep(ctx, access.AuditPack, func(tx *store.Tx) error {
		if _, _, err := tx.SignLog(ctx, crm.At(s.gate.Now())); err != nil {
			return err
		}
		pack, err = tx.Pack(ctx)
		return err
	}); err != nil {
		return report, err
	}
	file, err := s.encrypted(pack, to)
	if err != nil {
		return report, fmt.Errorf("audit pack: %w", err)
	}
	sum := sha256.Sum256(file)
	report.Entries, report.SHA256 = int64(len(pack.Entries)), fmt.Sprintf("%x", sum)
	if report.Key, err = s.gate.Key(); err != nil {
		return report, err
	}
	out, err := newOutFile(r.To)
	if err != nil {
		return report, err
	}
	if err = out.write(file); err == nil {
		err = s.gate.Record(ctx, access.AuditPack, func(*store.Tx) (int64, *store.Matter, error) {
			return report.Entries, &store.Matter{SHA256: report.SHA256}, nil
		})
	}
	if err == nil {
		err = out.place()
	}
	return report, errors.Join(err, out.end())
}

// recipient is whom the file is encrypted to.
func (r *PackRequest) recipient() (age.Recipient, error) {
	if (r.Recipient == "") == (r.Password == "") {
		return nil, ErrRecipient
	}
	if r.Password != "" {
		to, err := age.NewScryptRecipient(r.Password)
		if err != nil {
			return nil, fmt.Errorf("password: %w", ErrRecipient)
		}
		return to, nil
	}
	to, err := age.ParseX25519Recipient(r.Recipient)
	if err != nil {
		return nil, fmt.Errorf("key: %w", ErrRecipient)
	}
	return to, nil
}

func (s *Session) encrypted(pack *evidence.Pack, to age.Recipient) ([]byte, error) {
	var file bytes.Buffer
	w, err := age.Encrypt(&file, to)
	if err != nil {
		return nil, err
	}
	if err := s.gate.Sign(w, pack); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}
