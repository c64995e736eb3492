package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kebu/app/crm/pii"
	"kebu/crypto/evidence"
	"kebu/crypto/keyring"
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

// TeamChange is what a step did to a user.
type TeamChange struct {
	Person uint32
	Name   string
	Role   string
	Key    []byte // the public key of which the log tells the role; nil: it stays
	Out    bool   // with the key, nothing opens any more
	// Before and After are the role that opened and opens the book, "" for none.
	Before, After string
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
	t.tellShop("user", c.Name, pii.New(c.Before), pii.New(c.After))
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

// SetHouse signs the owner's rules and keeps them. Of former ones that are not the
// owner's it tells nothing.
func (t *Tx) SetHouse(ctx context.Context, body string) error {
	was, err := t.House(ctx)
	if err != nil && !errors.Is(err, ErrForged) {
		return err
	}
	t.tellShop("rules", "", pii.New(was), pii.New(body))
	return t.exec(ctx, "keep rules", `INSERT INTO house (only, body, signature) VALUES (1, ?1, ?2)
		ON CONFLICT (only) DO UPDATE SET body = ?1, signature = ?2`, body, t.book.ring.Load().Sign(housePurpose, []byte(body)))
}
