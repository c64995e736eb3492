package store

import (
	"context"
	"errors"
	"fmt"

	"kebu/crypto/keyring"
	"kebu/crypto/page"
	"kebu/store/vault"
)

// Restored is a book made from a backup, not yet in its place.
type Restored struct {
	*Book
	path string
}

// Restore makes a book from the backup of that name, which the passphrase of a
// user, the owner for "", opened when the backup was made: a file of its own under
// the name path, which nothing has yet, brought to this version and checked whole.
// The backup is only read. It fails with the errors of Open, with ErrInUse if the
// backup is open itself, with ErrDamaged if anything in it has a fault.
func Restore(ctx context.Context, backup, user string, pass []byte, path string, progress func(done, total int)) (*Restored, error) {
	h, err := headerAt(backup)
	if err != nil {
		return nil, err
	}
	by := func(h *keyring.Header) (*Restored, error) {
		return restoredBy(ctx, h, backup, user, pass, path, progress)
	}
	made, err := by(h)
	other := h.Other()
	if other == nil || err == nil && !made.knows(ctx, other) {
		return made, err
	}
	// The file is no backup but a book of which a change of users was cut off.
	if err == nil {
		if err := made.Discard(); err != nil {
			return nil, err
		}
		return by(other)
	}
	if made, e := by(other); e == nil {
		if made.knows(ctx, other) {
			return made, nil
		}
		err = errors.Join(err, made.Discard())
	}
	return nil, err
}

// restoredBy is Restore by one of the copies of the backup's header.
func restoredBy(ctx context.Context, h *keyring.Header, backup, user string, pass []byte, path string, progress func(done, total int)) (*Restored, error) {
	ring, err := h.Unlock(user, pass)
	if err != nil {
		return nil, explain(err)
	}
	defer ring.Wipe()
	keys, err := pageKeys(ring)
	if err != nil {
		return nil, err
	}
	b, err := restored(ctx, ring, keys, backup, path, progress)
	if err != nil {
		return nil, err
	}
	return &Restored{b, path}, nil
}

// Discard closes the book and removes it.
func (r *Restored) Discard() error { return errors.Join(r.Close(), vault.Remove(r.path)) }

// Place closes the book and gives it its name, which nothing has yet.
func (r *Restored) Place(path string) error {
	if err := r.Close(); err != nil {
		return err
	}
	return explain(vault.Rename(r.path, path))
}

// Replace closes the book and puts it in the place of the one at path, which is
// kept under another name beside. Nobody may have that one open.
func (r *Restored) Replace(ctx context.Context, path, kept string) error {
	if err := r.Close(); err != nil {
		return err
	}
	return explain(vault.Replace(ctx, path, r.path, kept))
}

// restored copies a backup to path, opens the copy and checks it.
func restored(ctx context.Context, ring *keyring.Ring, keys *page.Keys, backup, path string, progress func(done, total int)) (*Book, error) {
	progress = halves(progress)
	fork := ring.Fork()
	file, err := create(path, fork, func(fill *vault.Filler) error {
		return vault.ReadPages(ctx, backup, keys, progress, fill.Add)
	})
	if err != nil {
		return nil, err
	}
	b, err := open(ctx, file, fork, Opening{})
	if err != nil {
		return nil, errors.Join(explain(err), file.Close(), vault.Remove(path))
	}
	// What the law wants forgotten is forgotten here, before anybody sees the book.
	report, err := b.Check(ctx, again(progress))
	if err == nil && len(report.Problems) > 0 {
		err = fmt.Errorf("check restored book: %s: %w", report.Problems[0], ErrDamaged)
	}
	if err != nil {
		return nil, errors.Join(err, b.Close(), vault.Remove(path))
	}
	return b, nil
}
