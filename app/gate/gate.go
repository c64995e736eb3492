// Package gate is the only door to the store: it asks whether the user's role
// may do the verb, opens the transaction, and has the journal record the step,
// in that order. Without it there is no transaction.
package gate

import (
	"context"
	"fmt"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/crypto/passphrase"
	"kebu/store"
)

// Gate lets one user do verbs on one book.
type Gate struct {
	book  *store.Book
	user  string
	role  access.Role
	clock func() time.Time
}

// New returns the gate of a user who opened the book.
func New(book *store.Book, clock func() time.Time) *Gate {
	return &Gate{book: book, user: book.User(), role: access.Role(book.Role()), clock: clock}
}

// User returns the user's name.
func (g *Gate) User() string { return g.user }

// Now returns the time.
func (g *Gate) Now() time.Time { return g.clock() }

// View lets fn read the book for a verb, or fails with crm.ErrDenied.
func (g *Gate) View(ctx context.Context, v access.Verb, fn func(*store.Tx) error) error {
	if err := g.may(v); err != nil {
		return err
	}
	return g.book.View(ctx, fn)
}

// Update lets fn change the book as one step of a verb, or fails with
// crm.ErrDenied.
func (g *Gate) Update(ctx context.Context, v access.Verb, fn func(*store.Tx) error) error {
	if err := g.may(v); err != nil {
		return err
	}
	return g.book.Update(ctx, store.Step{Verb: string(v), User: g.user, At: crm.At(g.clock())}, fn)
}

// Keep lets fn change what is no step of the journal, or fails with
// crm.ErrDenied.
func (g *Gate) Keep(ctx context.Context, v access.Verb, fn func(*store.Tx) error) error {
	if err := g.may(v); err != nil {
		return err
	}
	return g.book.Keep(ctx, fn)
}

// Writing reports whether a change is being made, for which another would wait.
func (g *Gate) Writing() bool { return g.book.Writing() }

// Check lets fn look at the whole book for faults, or fails with crm.ErrDenied.
func (g *Gate) Check(ctx context.Context, progress func(done, total int)) (store.CheckReport, error) {
	if err := g.may(access.Check); err != nil {
		return store.CheckReport{}, err
	}
	return g.book.Check(ctx, progress)
}

// BookID returns the id that the book keeps through backups and restores.
func (g *Gate) BookID() [16]byte { return g.book.ID() }

// Path returns where the book is, without symbolic links.
func (g *Gate) Path() string { return g.book.Path() }

// Backup copies the book for a verb to a file of that name, verified, or fails with
// crm.ErrDenied.
func (g *Gate) Backup(ctx context.Context, v access.Verb, path string, progress func(done, total int)) (store.Facts, error) {
	if err := g.may(v); err != nil {
		return store.Facts{}, err
	}
	return g.book.Backup(ctx, path, progress)
}

// LooksWhole looks for a verb at a backup, or fails with crm.ErrDenied.
func (g *Gate) LooksWhole(v access.Verb, path string) (bool, error) {
	if err := g.may(v); err != nil {
		return false, err
	}
	return g.book.LooksWhole(path)
}

// Rehearse restores a backup for a verb into a scratch file and removes that, or
// fails with crm.ErrDenied.
func (g *Gate) Rehearse(ctx context.Context, v access.Verb, backup, scratch string, progress func(done, total int)) (store.Facts, error) {
	if err := g.may(v); err != nil {
		return store.Facts{}, err
	}
	return g.book.Rehearse(ctx, backup, scratch, progress)
}

// ChangePassphrase gives the user another passphrase, and records that as a step,
// or fails with crm.ErrDenied.
func (g *Gate) ChangePassphrase(ctx context.Context, old, pass []byte, cost passphrase.Params) error {
	if err := g.may(access.Passphrase); err != nil {
		return err
	}
	if err := g.book.ChangePassphrase(old, pass, cost); err != nil {
		return err
	}
	return g.Update(ctx, access.Passphrase, func(tx *store.Tx) error { return tx.CountRows(ctx, 1) })
}

// Settle moves what was written into the book's one file; readers may make it
// leave some for later.
func (g *Gate) Settle(ctx context.Context) error { return g.book.Checkpoint(ctx) }

// Close closes the book.
func (g *Gate) Close() error { return g.book.Close() }

func (g *Gate) may(v access.Verb) error {
	if !access.May(g.role, v) {
		return fmt.Errorf("%s: %w", v, crm.ErrDenied)
	}
	return nil
}
