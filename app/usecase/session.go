// Package usecase is what one can do with Kebu, one verb a file: the table of
// contents of the product. The window and the command line do nothing that is
// not here.
//
// A Session is one user with one open book. Its exported methods are the verbs
// of crm/access, and each is there with who may do it and how it is taken back.
package usecase

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"kebu/app/crm/access"
	"kebu/app/crm/find"
	"kebu/app/gate"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
	"kebu/store"
)

// Session is one user with one open book. It is safe for concurrent use.
type Session struct {
	gate *gate.Gate

	mu       sync.Mutex
	found    *find.Index // nil: to be built
	older    *OlderBook  // what the book was put in the place of, once compared
	compared bool
	changes  int       // of the book
	orders   orderHead // of the list last asked for

	reviewing sync.Mutex
	review    *found // nil: to be looked for
}

// Clock tells the time.
type Clock func() time.Time

// CreateRequest is what a new book is made of.
type CreateRequest struct {
	Path       string
	Owner      string // the user's name
	Shop       string // the shop's name; may be blank
	Passphrase []byte
	Cost       Cost         // the zero value is the lowest
	Code       RecoveryCode // that was printed; the zero value makes one
	demo       bool
}

// Create makes a new book of one owner and returns the code of its recovery
// sheet, which is kept nowhere. It never writes over a file. It fails with
// ErrWeak for a passphrase that is not Strong.
func Create(ctx context.Context, r CreateRequest) (RecoveryCode, error) {
	if len(r.Passphrase) == 0 {
		return RecoveryCode{}, ErrWeak
	}
	if err := passphrase.Check(r.Passphrase); err != nil {
		return RecoveryCode{}, err
	}
	return store.Create(ctx, r.Path,
		keyring.Options{Owner: r.Owner, Passphrase: r.Passphrase, Cost: r.Cost, Recovery: r.Code},
		store.Settings{Name: strings.TrimSpace(r.Shop), Demo: r.demo})
}

// ChangePassphrase gives the user another passphrase. It fails with ErrPassphrase if
// old is not the user's, with ErrWeak for a weak one. The recovery sheet stays good.
func (s *Session) ChangePassphrase(ctx context.Context, old, pass []byte, cost Cost) error {
	if err := passphrase.Check(pass); err != nil {
		return err
	}
	err := s.gate.ChangePassphrase(ctx, old, pass, cost)
	if errors.Is(err, ErrUnfit) {
		err = fmt.Errorf("%w: %w", ErrPassphrase, err)
	}
	return err
}

// Person is whom a book's header names, before anybody opened it.
type Person struct {
	Name  string
	Role  access.Role
	Owner bool
}

// Users returns who may be asked for a passphrase of a book, open or not, the owner
// first. Only a passphrase proves that the header is whole.
func Users(path string) ([]Person, error) {
	users, err := store.Users(path)
	if err != nil {
		return nil, err
	}
	return persons(users), nil
}

func persons(users []keyring.User) []Person {
	list := make([]Person, len(users))
	for i, u := range users {
		list[i] = Person{Name: u.Name, Role: access.Role(u.Role), Owner: u.Owner}
	}
	slices.SortStableFunc(list, func(a, b Person) int {
		switch {
		case a.Owner == b.Owner:
			return 0
		case a.Owner:
			return -1
		default:
			return 1
		}
	})
	return list
}

// Open opens a book as a user, the owner for "". What cannot be a passphrase at
// all is a wrong one. A book of an older version is backed up before its tables are
// changed; without that it is not opened.
func Open(ctx context.Context, path, user string, pass []byte, clock Clock) (*Session, error) {
	return open(ctx, path, user, pass, clock, nil, 0)
}

// open is Open with the folders for backups that k remembers, after so many wrong
// passphrases.
func open(ctx context.Context, path, user string, pass []byte, clock Clock, k *Keeper, wrong int) (*Session, error) {
	book, err := store.OpenWith(ctx, path, user, pass, opening(k, clock))
	if errors.Is(err, ErrUnfit) {
		return nil, fmt.Errorf("%w: %w", ErrPassphrase, err)
	}
	if err != nil {
		return nil, err
	}
	g, err := gate.New(ctx, book, clock, wrong)
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return &Session{gate: g}, nil
}

// Close closes the book. What it holds is on disk before.
func (s *Session) Close() error { return s.gate.Close() }

// Check authenticates every page of the book and looks for contradictions.
func (s *Session) Check(ctx context.Context, progress func(done, total int)) (store.CheckReport, error) {
	return s.gate.Check(ctx, progress)
}

// stale forgets what was worked out from the book: it changed.
func (s *Session) stale() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.found = nil
	s.changes++
}
