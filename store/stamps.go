package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"kebu/crypto/evidence"
	"kebu/crypto/evidence/stamp"
)

// What is wrong with a time stamp that is none the worse for others.
var (
	// ErrStampOther means that it is on no checkpoint of this book, or answers
	// another request.
	ErrStampOther = errors.New("the time stamp is on something else")
	// ErrStampEarly means that it is of a time before the checkpoint.
	ErrStampEarly = errors.New("the time stamp is older than the checkpoint")
	// ErrStamped means that the checkpoint has one.
	ErrStamped = errors.New("the checkpoint has a time stamp")
)

// RequestStamp returns the request for a time stamp on a checkpoint that is kept, by
// its text.
func (t *Tx) RequestStamp(ctx context.Context, text string) ([]byte, error) {
	nonce := stamp.NewNonce()
	n, err := t.count(ctx, "request time stamp", `UPDATE checkpoints SET nonce = ? WHERE id = (SELECT max(id) FROM checkpoints WHERE text = ?)`, nonce, text)
	if err == nil && n != 1 {
		err = ErrStampOther
	}
	return stamp.Request(evidence.StampedSum(text), nonce), err
}

// Stamped is a checkpoint that an authority stamped.
type Stamped struct {
	Size int64 // entries
	stamp.Stamp
}

// KeepStamp keeps an authority's answer with the checkpoint that it is on. It fails
// with ErrStampOther, ErrStampEarly, ErrStamped or an error of stamp.Parse.
func (t *Tx) KeepStamp(ctx context.Context, answer []byte) (Stamped, error) {
	s, err := stamp.Parse(answer)
	if err != nil {
		return Stamped{}, err
	}
	id, text, err := t.stampable(ctx, s)
	if err != nil {
		return Stamped{}, err
	}
	users, err := t.logUsers(ctx)
	if err != nil {
		return Stamped{}, err
	}
	known, err := t.signers(users)
	if err != nil {
		return Stamped{}, err
	}
	c, err := evidence.OpenCheckpoint(text, known)
	if err != nil {
		return Stamped{}, fmt.Errorf("read checkpoint: %w: %w", ErrDamaged, err)
	}
	if evidence.Precedes(s, &c) {
		return Stamped{}, ErrStampEarly
	}
	return Stamped{c.Size, *s}, t.exec(ctx, "keep time stamp", `UPDATE checkpoints SET stamp = ? WHERE id = ?`, answer, id)
}

// stampable finds the checkpoint that a stamp is on. In one second, a log may be
// signed twice with the same text.
func (t *Tx) stampable(ctx context.Context, s *stamp.Stamp) (id int64, text string, err error) {
	why := ErrStampOther
	err = t.each(ctx, "read checkpoints", func(r *sql.Rows) error {
		var c struct {
			id    int64
			text  string
			nonce sql.NullInt64
			has   bool
		}
		if err := r.Scan(&c.id, &c.text, &c.nonce, &c.has); err != nil {
			return err
		}
		switch {
		case evidence.StampedSum(c.text) != s.Sum, c.nonce.Valid && !s.Answers(c.nonce.Int64):
		case c.has:
			why = ErrStamped
		default:
			id, text = c.id, c.text
		}
		return nil
	}, `SELECT id, text, nonce, stamp IS NOT NULL FROM checkpoints`)
	if err == nil && id == 0 {
		err = why
	}
	return id, text, err
}

// stamps reports whether an answer is a time stamp on a checkpoint of that text.
func stamps(answer []byte, text string, c *evidence.Checkpoint) bool {
	s, err := stamp.Parse(answer)
	return err == nil && s.Sum == evidence.StampedSum(text) && !evidence.Precedes(s, c)
}

// signers checks what the users sign of the log.
func (t *Tx) signers(users []logUser) (note.Verifiers, error) {
	list := make([]evidence.User, len(users))
	for i, u := range users {
		list[i] = u.User
	}
	known, err := evidence.Verifiers(t.book.Origin(), list)
	if err != nil {
		return nil, fmt.Errorf("read users of log: %w", err)
	}
	return known, nil
}
