// Package gate is the only door to the store: it asks whether the user's role
// may do the verb, opens the transaction, has the journal record the step, and
// the log that it was done, in that order. Without it there is no transaction.
//
// The log also has every opening of the book, and every verb that was refused.
// Where it cannot be written, as on a full disk, nothing can be changed, and the
// book can be read all the same.
package gate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/crypto/evidence"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
	"kebu/store"
)

// Gate lets one user do verbs on one book.
type Gate struct {
	book   *store.Book
	user   keyring.User
	role   access.Role
	house  atomic.Pointer[access.House]
	clock  func() time.Time
	wrong  int         // passphrases before the user's
	began  int64       // entries of the log before the user came
	step   int64       // the last one of before
	last   crm.Moment  // of the last entry of before
	logged atomic.Bool // that the user opened the book
	found  atomic.Bool // the log has that the header was another than it knew, and the user was not told
}

// New returns the gate of a user who opened the book after so many wrong passphrases,
// and logs that. It fails with ErrEnded after the user's last day, and for all but the
// owner with store.ErrForged if the rules are not the owner's.
func New(ctx context.Context, book *store.Book, clock func() time.Time, wrong int) (*Gate, error) {
	user := book.User()
	g := &Gate{book: book, user: user, role: access.Role(user.Role), clock: clock, wrong: wrong}
	err := book.View(ctx, g.readHouse(ctx))
	if errors.Is(err, store.ErrForged) && user.Owner {
		g.house.Store(&access.House{}) // only the owner can set them right
	} else if err != nil {
		return nil, fmt.Errorf("read rules: %w", err)
	}
	_ = book.View(ctx, func(tx *store.Tx) (err error) { // who reads the log finds out if it cannot be
		if g.step, err = tx.LastStep(ctx); err != nil {
			return err
		}
		if g.began, err = tx.LogSize(ctx); err != nil {
			return err
		}
		if g.last, err = tx.LastLogged(ctx); err != nil {
			return err
		}
		found, err := tx.FoundSince(ctx)
		g.found.Store(found)
		return err
	})
	if g.ended() {
		g.logDenied(ctx, "open")
		return nil, ErrEnded
	}
	_ = g.log(ctx, func(*store.Tx) error { return nil }) // else with the next change
	return g, nil
}

// Began returns how many entries the log had before the user opened the book.
func (g *Gate) Began() int64 { return g.began }

// BeganStep returns the last step of before the user opened the book.
func (g *Gate) BeganStep() int64 { return g.step }

// FoundChanged reports whether users, keys or passphrases were found changed, since the
// user opened the book the time before, without an entry in the log of how.
func (g *Gate) FoundChanged() bool { return g.found.Load() }

// Head returns how many entries the log has, and the root of the first n of them; a
// negative n stands for all. Everyone may know: it tells nothing of what is in them.
func (g *Gate) Head(ctx context.Context, n int64) (size int64, root [32]byte, err error) {
	return size, root, g.book.View(ctx, func(tx *store.Tx) error {
		if size, err = tx.LogSize(ctx); err != nil {
			return err
		}
		if n < 0 {
			n = size
		}
		root, err = tx.LogRoot(ctx, n)
		return err
	})
}

// Erasures returns who was erased. Everyone may know: it names nobody.
func (g *Gate) Erasures(ctx context.Context) (list []store.SignedErasure, err error) {
	return list, g.book.View(ctx, func(tx *store.Tx) error {
		list, err = tx.Erasures(ctx)
		return err
	})
}

// Signed returns which of a list the book's owner signed, and how many are not.
func (g *Gate) Signed(list []store.SignedErasure) (good []store.SignedErasure, forged int) {
	return g.book.Signed(list)
}

// Origin names the book's log.
func (g *Gate) Origin() string { return g.book.Origin() }

// Key returns the user's public key, by which others check what the user signs.
func (g *Gate) Key() (string, error) { return g.book.LogKey() }

// Sign signs a pack as the user and writes it.
func (g *Gate) Sign(w io.Writer, p *evidence.Pack) error { return g.book.WritePack(w, p) }

// User returns the user's name.
func (g *Gate) User() string { return g.user.Name }

// Now returns the time.
func (g *Gate) Now() time.Time { return g.clock() }

// View lets fn read the book for a verb, or fails with crm.ErrDenied.
func (g *Gate) View(ctx context.Context, v access.Verb, fn func(*store.Tx) error) error {
	return g.Do(ctx, v, func() error { return g.book.View(ctx, fn) })
}

// Update lets fn change the book as one step of a verb, or several that it begins,
// or fails with crm.ErrDenied.
func (g *Gate) Update(ctx context.Context, v access.Verb, fn func(*store.Tx) error) error {
	step := store.Step{Verb: string(v), User: g.user.Name, At: g.now()}
	in := func(ctx context.Context, fn func(*store.Tx) error) error { return g.book.Update(ctx, step, fn) }
	return g.Do(ctx, v, func() error {
		return g.change(ctx, in, func(tx *store.Tx) error {
			if err := fn(tx); err != nil {
				return err
			}
			return tx.LogSteps(ctx)
		})
	})
}

// Keep lets fn change what is no step of the journal, or fails with
// crm.ErrDenied.
func (g *Gate) Keep(ctx context.Context, v access.Verb, fn func(*store.Tx) error) error {
	return g.Do(ctx, v, func() error { return g.log(ctx, fn) })
}

// Record is Keep for what the log has to tell: fn returns how many rows the verb
// concerned and what it was about.
func (g *Gate) Record(ctx context.Context, v access.Verb, fn func(*store.Tx) (rows int64, m *store.Matter, err error)) error {
	return g.Do(ctx, v, func() error {
		return g.log(ctx, func(tx *store.Tx) error {
			rows, m, err := fn(tx)
			if err != nil {
				return err
			}
			return tx.LogEvent(ctx, g.now(), string(v), rows, m)
		})
	})
}

// Writing reports whether a change is being made, for which another would wait.
func (g *Gate) Writing() bool { return g.book.Writing() }

// Check lets fn look at the whole book for faults, or fails with crm.ErrDenied.
func (g *Gate) Check(ctx context.Context, progress func(done, total int)) (report store.CheckReport, err error) {
	err = g.Do(ctx, access.Check, func() error {
		report, err = g.book.Check(ctx, progress)
		return err
	})
	return report, err
}

// BookID returns the id that the book keeps through backups and restores.
func (g *Gate) BookID() [16]byte { return g.book.ID() }

// Path returns where the book is, without symbolic links.
func (g *Gate) Path() string { return g.book.Path() }

// Backup copies the book for a verb to a file of that name, verified, or fails with
// crm.ErrDenied.
func (g *Gate) Backup(ctx context.Context, v access.Verb, path string, progress func(done, total int)) (store.Facts, error) {
	var facts store.Facts
	return facts, g.Do(ctx, v, func() (err error) {
		facts, err = g.book.Backup(ctx, path, progress)
		return err
	})
}

// LooksWhole looks for a verb at a backup, or fails with crm.ErrDenied.
func (g *Gate) LooksWhole(ctx context.Context, v access.Verb, path string) (bool, error) {
	var whole bool
	return whole, g.Do(ctx, v, func() (err error) {
		whole, err = g.book.LooksWhole(path)
		return err
	})
}

// Rehearse restores a backup for a verb into a scratch file and removes that, or
// fails with crm.ErrDenied.
func (g *Gate) Rehearse(ctx context.Context, v access.Verb, backup, scratch string, progress func(done, total int)) (store.Facts, error) {
	var facts store.Facts
	return facts, g.Do(ctx, v, func() (err error) {
		facts, err = g.book.Rehearse(ctx, backup, scratch, progress)
		return err
	})
}

// ChangePassphrase gives the user another passphrase, and records that as a step,
// or fails with crm.ErrDenied.
func (g *Gate) ChangePassphrase(ctx context.Context, old, pass []byte, cost passphrase.Params) error {
	return g.Update(ctx, access.Passphrase, func(tx *store.Tx) error {
		if err := tx.ChangePassphrase(ctx, old, pass, cost); err != nil {
			return err
		}
		return tx.CountRows(ctx, 1)
	})
}

// Settle moves what was written into the book's one file; readers may make it
// leave some for later.
func (g *Gate) Settle(ctx context.Context) error { return g.book.Checkpoint(ctx) }

// Close closes the book.
func (g *Gate) Close() error { return g.book.Close() }

// Ask fails with crm.ErrDenied if the user may not do a verb, before work outside of
// the book.
func (g *Gate) Ask(ctx context.Context, v access.Verb) error {
	return g.Do(ctx, v, func() error { return nil })
}

// Do does what a verb is for, or fails with crm.ErrDenied. Whether the role may not,
// has no keys for it or is at a bound, the log has that it was tried. Copies are made
// after the user's last day, too: whoever closes the shop.
func (g *Gate) Do(ctx context.Context, v access.Verb, do func() error) error {
	var err error
	switch {
	case !g.May(v):
		err = fmt.Errorf("%s: %w", v, crm.ErrDenied)
	case v != access.Safety && g.ended():
		err = ErrEnded
	default:
		err = do()
	}
	if errors.Is(err, crm.ErrDenied) {
		g.logDenied(ctx, string(v))
	}
	return err
}

// logDenied logs that the user tried what is refused, whether or not that can be
// written, and whoever waits for it no more.
func (g *Gate) logDenied(ctx context.Context, what string) {
	ctx = context.WithoutCancel(ctx)
	_ = g.log(ctx, func(tx *store.Tx) error { return tx.LogDenied(ctx, g.now(), what) })
}

// log lets fn write what is no step of the journal.
func (g *Gate) log(ctx context.Context, fn func(*store.Tx) error) error {
	return g.change(ctx, g.book.Keep, fn)
}

// change does fn in a transaction that in opens. If the log does not have yet that
// the user opened the book, or how the header was and is, that comes first.
func (g *Gate) change(ctx context.Context, in func(context.Context, func(*store.Tx) error) error, fn func(*store.Tx) error) error {
	whole, found := false, false // a change may be discarded without an error
	err := in(ctx, func(tx *store.Tx) (err error) {
		now := g.now()
		if !g.logged.Load() {
			if err := tx.LogLogin(ctx, now, g.wrong); err != nil {
				return err
			}
			if err := tx.LogMended(ctx, now); err != nil {
				return err
			}
		}
		if found, err = tx.LogFound(ctx, now); err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		whole = true
		return nil
	})
	if err == nil && whole {
		g.logged.Store(true)
		if found {
			g.found.Store(true)
		}
	}
	return err
}

func (g *Gate) now() crm.Moment { return crm.At(g.clock()) }
