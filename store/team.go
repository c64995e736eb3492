package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/evidence"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
)

// Users returns who can open the book, in the order of their numbers.
func (b *Book) Users() []keyring.User { return b.ring.Load().Users() }

// UsersOf returns who can open another file of the book, as its header says and the
// owner signed, also if the rest of the file is damaged. It fails with ErrOtherBook,
// ErrNotBook, ErrNewer or ErrDamaged.
func (b *Book) UsersOf(path string) ([]keyring.User, error) {
	h, err := headerAt(path)
	if err != nil {
		return nil, err
	}
	users, err := b.ring.Load().UsersOf(h)
	return users, explain(err)
}

// Roles returns the roles of the header and what they hold.
func (b *Book) Roles() []keyring.Role { return b.ring.Load().Roles() }

// User returns who opened the book.
func (b *Book) User() keyring.User { return b.ring.Load().User() }

// ChangeTeam lets edit change who may open the book and what they hold. The header
// lasts when it returns, and new values are sealed under new keys; what is older
// stays under the former ones until [Book.Reseal]. What edit returns is returned,
// and nothing changes then. If the transaction is not committed, the header is not the
// one that the log knows of: see [Tx.LogFound].
func (t *Tx) ChangeTeam(ctx context.Context, edit func(*keyring.Ring) error) error {
	if err := t.book.changeRing(edit); err != nil {
		return err
	}
	t.keys = t.book.keys.Load()
	return t.knowHeader(ctx)
}

// ChangePassphrase puts the user's slot under a new passphrase, or fails with
// keyring.ErrPassphrase if old is not the user's. Nothing is sealed anew: an older
// copy of the file opens with the old one still.
func (t *Tx) ChangePassphrase(ctx context.Context, old, pass []byte, cost passphrase.Params) error {
	return t.ChangeTeam(ctx, func(r *keyring.Ring) error { return r.ChangePassphrase(old, pass, cost) })
}

// knowHeader says that the log knows of the header as it is.
func (t *Tx) knowHeader(ctx context.Context) error {
	digest := t.book.ring.Load().Digest()
	return t.exec(ctx, "know header", `UPDATE sealing SET header = ?`, digest[:])
}

const selectHeader = `SELECT header FROM sealing`

// LogFound adds that the header was found, at a time, to be another than the log knows
// of, and who can open the book now, and reports whether it was: the program ended between a change of users and
// its entry, or somebody put a header of another day there.
func (t *Tx) LogFound(ctx context.Context, at crm.Moment) (found bool, err error) {
	var known []byte
	if err := t.rowOften(ctx, []any{&known}, selectHeader); err != nil {
		return false, fmt.Errorf("find known header: %w", err)
	}
	ring := t.book.ring.Load()
	digest := ring.Digest()
	if bytes.Equal(known, digest[:]) {
		return false, nil
	}
	if found = known != nil; found {
		m := &Matter{}
		for _, u := range ring.Users() {
			if !u.Disabled {
				m.changes = append(m.changes, LoggedChange{What: "user", Name: u.Name, After: pii.New(u.Role)})
			}
		}
		if err := t.logEntry(ctx, at, &evidence.Entry{Act: evidence.Found}, m); err != nil {
			return false, err
		}
	}
	return found, t.knowHeader(ctx)
}

// LogMended adds, at a time, that one of the two copies of the header was found damaged
// when the book was opened, and written anew; else nothing.
func (t *Tx) LogMended(ctx context.Context, at crm.Moment) error {
	if !t.book.mended {
		return nil
	}
	return t.logEntry(ctx, at, &evidence.Entry{Act: evidence.Mended}, nil)
}

// changeRing changes a copy of the ring, writes it and makes it the book's.
func (b *Book) changeRing(edit func(*keyring.Ring) error) error {
	b.rings.Lock()
	defer b.rings.Unlock()
	ring := b.ring.Load().Clone()
	if err := edit(ring); err != nil {
		return err
	}
	if err := ring.Save(b.file.WriteHeaderCopy); err != nil {
		// What is in the file now, the next write replaces.
		return fmt.Errorf("write header: %w", b.explain(errors.Join(err, b.ring.Load().Save(b.file.WriteHeaderCopy))))
	}
	return b.useRing(ring)
}

// useRing takes the keys of ring, whose tags belong to the index epoch of before.
func (b *Book) useRing(ring *keyring.Ring) error {
	sealer, err := pageKeys(ring)
	if err != nil {
		return err
	}
	if err := b.file.Attach(sealer); err != nil {
		return fmt.Errorf("attach keys: %w", err)
	}
	var epoch uint32
	if was := b.keys.Load(); was != nil {
		epoch = was.IndexEpoch
	}
	keys, err := valueKeys(ring, epoch)
	if err != nil {
		return err
	}
	b.ring.Store(ring)
	b.keys.Store(keys)
	return nil
}

// takeKeys makes the keys of values, once the tables say to which index epoch the
// tags belong.
func (b *Book) takeKeys(ctx context.Context) error {
	var epoch uint32
	if err := b.write.QueryRowContext(ctx, `SELECT index_epoch FROM sealing`).Scan(&epoch); err != nil {
		return fmt.Errorf("find epoch of tags: %w", err)
	}
	keys, err := valueKeys(b.ring.Load(), epoch)
	if err != nil {
		return err
	}
	b.keys.Store(keys)
	return nil
}

// TeamChange is what a step did to a user.
type TeamChange struct {
	Person uint32
	Name   string
	Role   string
	Key    []byte // the public key of which the log tells the role; nil: it stays
	Out    bool   // with the key, nothing opens any more
}

// has is the role that the log tells.
func (c TeamChange) has() string {
	if c.Out {
		return evidence.Out
	}
	return c.Role
}

// RecordTeam records what the transaction's step did to a user.
func (t *Tx) RecordTeam(ctx context.Context, c TeamChange) error {
	t.tellShop("user", c.Name, pii.Text{}, pii.New(c.Role))
	if t.members == nil {
		t.members = make(map[int64]TeamChange)
	}
	t.members[t.step] = c
	return t.exec(ctx, "record user", `INSERT INTO team (step, person, name, role) VALUES (?, ?, ?, ?)`, t.step, c.Person, c.Name, c.Role)
}

// housePurpose is what the owner's signature of the rules is for.
const housePurpose = "rules of the house"

// ErrForged means that the rules of the book are not what its owner signed.
var ErrForged = errors.New("the rules of the book are not what its owner signed")

// House returns the owner's rules, "" if there are none, or ErrForged.
func (t *Tx) House(ctx context.Context) (string, error) {
	var body string
	var signature []byte
	err := t.tx.QueryRowContext(ctx, `SELECT body, signature FROM house`).Scan(&body, &signature)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read rules: %w", err)
	}
	ring := t.book.ring.Load()
	for _, u := range ring.Users() {
		if u.Owner && ring.Verify(u.ID, housePurpose, []byte(body), signature) {
			return body, nil
		}
	}
	return "", ErrForged
}

// SetHouse signs the owner's rules and keeps them.
func (t *Tx) SetHouse(ctx context.Context, body string) error {
	t.tellShop("rules", "", pii.Text{}, pii.New(body))
	return t.exec(ctx, "keep rules", `INSERT INTO house (only, body, signature) VALUES (1, ?1, ?2)
		ON CONFLICT (only) DO UPDATE SET body = ?1, signature = ?2`, body, t.book.ring.Load().Sign(housePurpose, []byte(body)))
}
