package store_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
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

const otherPass = "velvet-harbour-quartz-17-ember"

// changesOfUsers are of all kinds, with who gets in before and after, of all that are tried.
func changesOfUsers() map[string]changeOfUsers {
	owner, mo := opener{"", storetest.Passphrase}, opener{"Mo", managerPass}
	return map[string]changeOfUsers{
		"add": {func(r *keyring.Ring) error {
			_, err := r.AddUser("Ling", "manager", []byte(otherPass), passphrase.Params{})
			return err
		}, []opener{owner, mo}, []opener{owner, mo, {"Ling", otherPass}}},
		"remove":  {func(r *keyring.Ring) error { return r.RemoveUser("Mo") }, []opener{owner, mo}, []opener{owner}},
		"disable": {func(r *keyring.Ring) error { return r.Disable("Mo") }, []opener{owner, mo}, []opener{owner}},
		"reset": {
			func(r *keyring.Ring) error { return r.ResetUser("Mo", []byte(otherPass), passphrase.Params{}, true) },
			[]opener{owner, mo},
			[]opener{owner, {"Mo", otherPass}},
		},
		"passphrase": {func(r *keyring.Ring) error {
			return r.ChangePassphrase([]byte(storetest.Passphrase), []byte(otherPass), passphrase.Params{})
		}, []opener{owner, mo}, []opener{{"", otherPass}, mo}},
	}
}

type changeOfUsers struct {
	edit          func(*keyring.Ring) error
	before, after []opener
}

// TestAChangeOfUsersIsWholeOrNotAtAll puts together every state that a crash leaves while
// the header is changed with a transaction, and opens each as whom the change is about,
// then as who may, who works on.
func TestAChangeOfUsersIsWholeOrNotAtAll(t *testing.T) {
	for name, c := range changesOfUsers() {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name != "reset" {
				t.Skip("one change tells of data races")
			}
			for _, s := range cutOff(t, c.edit) {
				in := c.before
				if s.committed {
					in = c.after
				}
				for _, o := range append(slices.Clone(c.before), c.after...) {
					path := s.put(t)
					t.Logf("%s, as %q with %s", s.name, o.name, o.pass)
					s.open(t, path, o, slices.Contains(in, o))
					s.open(t, path, in[0], true)
					s.open(t, path, in[0], true)
				}
			}
		})
	}
}

// TestACutOffChangeIsRestoredAsItHolds: also from a file that is no backup.
func TestACutOffChangeIsRestoredAsItHolds(t *testing.T) {
	for _, s := range cutOff(t, changesOfUsers()["passphrase"].edit) {
		path := s.put(t)
		if s.name != "first copy written" && s.name != "worked on and closed" {
			continue
		}
		if err := os.Remove(path + "-wal"); err != nil { // what is there is in the book, too
			t.Fatal(err)
		}
		for pass, holds := range map[string]bool{storetest.Passphrase: !s.committed, otherPass: s.committed} {
			made, err := store.Restore(t.Context(), path, "", []byte(pass), filepath.Join(t.TempDir(), "made.kebu"), nil)
			if holds != (err == nil) || !holds && !errors.Is(err, keyring.ErrPassphrase) {
				t.Errorf("%s with %s: %v", s.name, pass, err)
			}
			if err == nil {
				if err := made.Discard(); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

// TestAnOldHeaderUnderAHigherNumberKeepsNobodyOut: who was removed had the keys to make one.
func TestAnOldHeaderUnderAHigherNumberKeepsNobodyOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	b, _ := teamBook(t, path)
	read := func() ([]byte, *keyring.Header) {
		book, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		h, err := keyring.Parse(book[:keyring.CopySize], book[keyring.CopySize:keyring.Size])
		if err != nil {
			t.Fatal(err)
		}
		return book, h
	}
	_, was := read()
	mo, err := was.Unlock("Mo", []byte(managerPass))
	if err != nil {
		t.Fatal(err)
	}
	changeTeam(t, b, func(r *keyring.Ring) error { return r.RemoveUser("Mo") })
	if err := errors.Join(b.ResealUnlogged(t.Context(), nil), b.Close()); err != nil {
		t.Fatal(err)
	}
	book, now := read()
	for n, done := was.Sequence()+1, false; !done; n++ {
		if err := mo.Begin(func(place int, data []byte) error {
			if done = n > now.Sequence()+1 && place != now.Place(); done {
				copy(book[place*keyring.CopySize:], data)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, book, 0o600); err != nil {
		t.Fatal(err)
	}
	if b, err := store.Open(t.Context(), path, "Mo", []byte(managerPass)); err == nil {
		_ = b.Close()
		t.Error("who was removed gets in")
	}
	s := state{name: "higher number"}
	s.open(t, path, opener{"", storetest.Passphrase}, true)
	if _, h := read(); len(h.Users()) != 1 {
		t.Errorf("users %v", h.Users())
	}
}

// state is a book as a crash leaves it.
type state struct {
	name      string
	book, log []byte // its file and the one of SQLite beside
	committed bool
	segments  int // that were saved before the crash
}

// cutOff makes a book, changes its header, works on, and returns what a crash at each
// moment leaves, or a disk that did not take the second copy.
func cutOff(t *testing.T, edit func(*keyring.Ring) error) []state {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shop.kebu")
	b, _ := teamBook(t, path)
	if err := errors.Join(b.Checkpoint(t.Context()), b.Keep(t.Context(), func(tx *store.Tx) error {
		// Who opens the book next writes: the file is done with.
		return errors.Join(tx.LogLogin(t.Context(), 1795000000000, 0), tx.BeginFile(t.Context(), filepath.Join(t.TempDir(), "list.csv")))
	})); err != nil {
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
	saveSegments(t, b, 3)
	later, laterLog := read(path), read(path+"-wal")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	closed := read(path)
	h, err := keyring.Parse(was[:keyring.CopySize], was[keyring.CopySize:keyring.Size])
	if err != nil {
		t.Fatal(err)
	}
	first, second := (1-h.Place())*keyring.CopySize, h.Place()*keyring.CopySize // that is written
	with := func(book, header []byte, from, size int) []byte {
		book = bytes.Clone(book)
		copy(book[from:from+size], header[from:from+size])
		return book
	}
	const all, some = keyring.CopySize, 1000
	return []state{
		{"before", was, wasLog, false, 0},
		{"first copy torn", with(was, is, first, some), wasLog, false, 0},
		{"first copy written", with(was, is, first, all), wasLog, false, 0},
		{"committed", with(is, was, second, all), isLog, true, 0},
		{"second copy torn", with(with(is, was, second, all), is, second, some), isLog, true, 0},
		{"after", is, isLog, true, 0},
		{"worked on", with(later, was, second, all), laterLog, true, 3},
		{"worked on and closed", with(closed, was, second, all), nil, true, 3},
	}
}

// saveSegments saves so many, each in a transaction of its own.
func saveSegments(t *testing.T, b *store.Book, n int) {
	t.Helper()
	for i := range n {
		if err := b.Update(t.Context(), store.Step{Verb: "segment save", User: "owner", At: 1795000000004}, func(tx *store.Tx) error {
			return tx.SaveSegment(t.Context(), store.Segment{Name: string(rune('a' + i)), Rule: "purchases >= 1"})
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// put writes the state to a file and returns its name.
func (s state) put(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shop.kebu")
	if err := errors.Join(os.WriteFile(path, s.book, 0o600), os.WriteFile(path+"-wal", s.log, 0o600)); err != nil {
		t.Fatal(err)
	}
	return path
}

// open opens the book as somebody who gets in, or does not, and then no byte changes. Who
// does finds all as it would be without a crash, and works on.
func (s state) open(t *testing.T, path string, as opener, in bool) {
	t.Helper()
	ctx := t.Context()
	read := func() []byte {
		book, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		log, err := os.ReadFile(path + "-wal")
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		return append(book, log...)
	}
	before := read()
	b, err := store.Open(ctx, path, as.name, []byte(as.pass))
	if !in {
		if !bytes.Equal(before, read()) {
			t.Error("who is refused changes the book")
		}
		if !errors.Is(err, keyring.ErrPassphrase) && !errors.Is(err, keyring.ErrNoUser) && !errors.Is(err, keyring.ErrDisabled) {
			t.Errorf("opened: %v", err)
		}
		if err == nil {
			_ = b.Close()
		}
		return
	}
	if err != nil {
		t.Error(err)
		return
	}
	if err := b.Keep(ctx, func(tx *store.Tx) error {
		found, err := tx.LogFound(ctx, 1795000000000)
		if found {
			t.Error("the log does not know of the header")
		}
		return errors.Join(err, tx.LogLogin(ctx, 1795000000000, 0))
	}); err != nil {
		t.Error(err)
	}
	if n := len(view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Segment, error) { return tx.Segments(ctx) })); n != s.segments && n != 5 {
		t.Errorf("%d segments of %d", n, s.segments)
	}
	saveSegments(t, b, 5)
	if r, err := b.Check(ctx, nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("%v %q", err, r.Problems)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	book, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := keyring.Parse(book[:keyring.CopySize], book[keyring.CopySize:keyring.Size])
	if err != nil || h.Other() != nil {
		t.Errorf("the copies of the header differ: %v", err)
	}
}
