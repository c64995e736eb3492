package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
	"kebu/store"
	"kebu/store/storetest"
)

// opener is who tries to open a book.
type opener struct{ name, pass string }

// TestAChangeOfUsersIsWholeOrNotAtAll puts together every state that a crash leaves while
// the header is changed with a transaction, and opens each as whom the change is about.
func TestAChangeOfUsersIsWholeOrNotAtAll(t *testing.T) {
	const other = "velvet-harbour-quartz-17-ember"
	owner, mo := opener{"", storetest.Passphrase}, opener{"Mo", managerPass}
	for _, c := range []struct {
		name          string
		edit          func(*keyring.Ring) error
		before, after []opener // who gets in, of all that are tried
	}{
		{"add", func(r *keyring.Ring) error {
			_, err := r.AddUser("Ling", "manager", []byte(other), passphrase.Params{})
			return err
		}, []opener{owner, mo}, []opener{owner, mo, {"Ling", other}}},
		{"remove", func(r *keyring.Ring) error { return r.RemoveUser("Mo") }, []opener{owner, mo}, []opener{owner}},
		{"disable", func(r *keyring.Ring) error { return r.Disable("Mo") }, []opener{owner, mo}, []opener{owner}},
		{
			"reset", func(r *keyring.Ring) error { return r.ResetUser("Mo", []byte(other), passphrase.Params{}, true) },
			[]opener{owner, mo},
			[]opener{owner, {"Mo", other}},
		},
		{"passphrase", func(r *keyring.Ring) error {
			return r.ChangePassphrase([]byte(storetest.Passphrase), []byte(other), passphrase.Params{})
		}, []opener{owner, mo}, []opener{{"", other}, mo}},
	} {
		t.Run(c.name, func(t *testing.T) {
			states := cutOff(t, c.edit)
			tried := slices.Concat(c.before, c.after)
			for _, s := range states {
				for _, o := range tried {
					in := c.before
					if s.committed {
						in = c.after
					}
					s.open(t, o, slices.Contains(in, o))
				}
			}
		})
	}
}

// state is a book as a crash leaves it.
type state struct {
	name      string
	book, log []byte // its file and the one of SQLite beside
	committed bool
}

// cutOff makes a book, changes its header, and returns what a crash at each moment of the
// change leaves.
func cutOff(t *testing.T, edit func(*keyring.Ring) error) []state {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shop.kebu")
	b, _ := teamBook(t, path)
	if err := b.Keep(t.Context(), func(tx *store.Tx) error { return tx.LogLogin(t.Context(), 1795000000000, 0) }); err != nil {
		t.Fatal(err)
	}
	read := func(name string) []byte {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	was, wasLog := read(path), read(path+"-wal")
	changeTeam(t, b, edit)
	is, isLog := read(path), read(path+"-wal")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	h, err := keyring.Parse(was[:keyring.CopySize], was[keyring.CopySize:keyring.Size])
	if err != nil {
		t.Fatal(err)
	}
	first, second := (1-h.Place())*keyring.CopySize, h.Place()*keyring.CopySize // that is written
	with := func(book []byte, header []byte, from, size int) []byte {
		book = bytes.Clone(book)
		copy(book[from:from+size], header[from:from+size])
		return book
	}
	const all, some = keyring.CopySize, 1000
	return []state{
		{"before", was, wasLog, false},
		{"first copy torn", with(was, is, first, some), wasLog, false},
		{"first copy written", with(was, is, first, all), wasLog, false},
		{"committed", with(is, was, second, all), isLog, true},
		{"second copy torn", with(with(is, was, second, all), is, second, some), isLog, true},
		{"after", is, isLog, true},
	}
}

// open opens the book as somebody who gets in, or does not, and then all is as it would be
// without a crash.
func (s state) open(t *testing.T, as opener, in bool) {
	t.Helper()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "shop.kebu")
	if err := errors.Join(os.WriteFile(path, s.book, 0o600), os.WriteFile(path+"-wal", s.log, 0o600)); err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("%s, as %q with %s", s.name, as.name, as.pass)
	b, err := store.Open(ctx, path, as.name, []byte(as.pass))
	if !in {
		if !errors.Is(err, keyring.ErrPassphrase) && !errors.Is(err, keyring.ErrNoUser) && !errors.Is(err, keyring.ErrDisabled) {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			_ = b.Close()
		}
		return
	}
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if err := b.Keep(ctx, func(tx *store.Tx) error {
		found, err := tx.LogFound(ctx, 1795000000000)
		if found {
			t.Errorf("%s: the log does not know of it", name)
		}
		return err
	}); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if r, err := b.Check(ctx, nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("%s: %v %q", name, err, r.Problems)
	}
	if err := b.Close(); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	book, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := keyring.Parse(book[:keyring.CopySize], book[keyring.CopySize:keyring.Size])
	if err != nil || h.Other() != nil {
		t.Errorf("%s: the copies of the header differ: %v", name, err)
	}
}
