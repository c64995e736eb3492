// Package gate is the only door to the store: it asks whether the user's role
// may do the verb, opens the transaction, and has the journal record the step,
// in that order. Without it there is no transaction.
package gate

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
	"kebu/store"
)

// Gate lets one user do verbs on one book.
type Gate struct {
	book  *store.Book
	user  keyring.User
	role  access.Role
	house atomic.Pointer[access.House]
	clock func() time.Time
}

// New returns the gate of a user who opened the book. It fails with ErrEnded after
// the user's last day, and for all but the owner with store.ErrForged if the rules
// are not the owner's.
func New(ctx context.Context, book *store.Book, clock func() time.Time) (*Gate, error) {
	user := book.User()
	g := &Gate{book: book, user: user, role: access.Role(user.Role), clock: clock}
	err := book.View(ctx, g.readHouse(ctx))
	if errors.Is(err, store.ErrForged) && user.Owner {
		g.house.Store(&access.House{}) // only the owner can set them right
	} else if err != nil {
		return nil, fmt.Errorf("read rules: %w", err)
	}
	if g.house.Load().Ended(user.ID, clock()) {
		return nil, ErrEnded
	}
	return g, nil
}

// User returns the user's name.
func (g *Gate) User() string { return g.user.Name }

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
	return g.book.Update(ctx, store.Step{Verb: string(v), User: g.user.Name, At: crm.At(g.clock())}, fn)
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

// Ask fails with crm.ErrDenied if the user may not do a verb, before work outside of
// the book.
func (g *Gate) Ask(v access.Verb) error { return g.may(v) }

func (g *Gate) may(v access.Verb) error {
	if !g.May(v) {
		return fmt.Errorf("%s: %w", v, crm.ErrDenied)
	}
	return nil
}
