package gate_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/gate"
	"kebu/crypto/evidence"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
	"kebu/crypto/passphrase/passphrasetest"
	"kebu/store"
	"kebu/store/storetest"
)

func TestMain(m *testing.M) {
	passphrasetest.Lower()
	os.Exit(m.Run())
}

func clock() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// verbs lists what the log has, oldest first.
func verbs(t *testing.T, g *gate.Gate) string {
	t.Helper()
	var list string
	if err := g.View(t.Context(), access.Log, func(tx *store.Tx) error {
		return tx.EachLogged(t.Context(), func(l *store.Logged) (bool, error) {
			list = strings.TrimSpace(l.Act+" "+l.Of) + ", " + list
			return true, nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(list, ", ")
}

func TestEachStepHasItsEntryAndNothingElse(t *testing.T) {
	ctx := t.Context()
	g, err := gate.New(ctx, storetest.New(t), clock, 0)
	if err != nil {
		t.Fatal(err)
	}
	save := func(name string) func(*store.Tx) error {
		return func(tx *store.Tx) error { return tx.SaveSegment(ctx, store.Segment{Name: name, Rule: "purchases > 1"}) }
	}
	broken := errors.New("broken")
	stopped, stop := context.WithCancel(ctx)
	for _, c := range []struct {
		fn   func(*store.Tx) error
		ctx  context.Context
		want error
	}{
		{save("one"), ctx, nil},
		{func(tx *store.Tx) error { return errors.Join(save("two")(tx), broken) }, ctx, broken},
		{func(tx *store.Tx) error { _ = save("three")(tx); return store.ErrDiscard }, ctx, nil},
		{func(tx *store.Tx) error { stop(); return save("four")(tx) }, stopped, context.Canceled},
		{func(tx *store.Tx) error { return errors.Join(save("five")(tx), tx.Next(ctx), save("six")(tx)) }, ctx, nil},
		{func(*store.Tx) error { return crm.ErrDenied }, ctx, crm.ErrDenied},
	} {
		if err := g.Update(c.ctx, access.SaveSegment, c.fn); !errors.Is(err, c.want) {
			t.Errorf("%v, want %v", err, c.want)
		}
	}
	if err := g.View(ctx, "no such verb", func(*store.Tx) error { return nil }); !errors.Is(err, crm.ErrDenied) {
		t.Error(err)
	}
	if got, want := verbs(t, g), "login, segment save, segment save, segment save, denied segment save, denied no such verb"; got != want {
		t.Errorf("log: %s\nwant %s", got, want)
	}
	if g.Began() != 0 {
		t.Errorf("began with %d entries", g.Began())
	}
	r, err := g.Check(ctx, nil)
	if err != nil || len(r.Problems) > 0 {
		t.Errorf("%v %q", err, r.Problems)
	}
}

func TestWhoStopsWaitingIsRefusedInTheLog(t *testing.T) {
	g, err := gate.New(t.Context(), storetest.New(t), clock, 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := g.Ask(ctx, "no such verb"); !errors.Is(err, crm.ErrDenied) {
		t.Error(err)
	}
	if got := verbs(t, g); got != "login, denied no such verb" {
		t.Errorf("log: %s", got)
	}
}

// TestAHeaderThatTheLogDoesNotKnowIsTold: the header of another day, not a change of users
// that failed, which leaves nothing.
func TestAHeaderThatTheLogDoesNotKnowIsTold(t *testing.T) {
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "shop.kebu")
	storetest.Make(t, path)
	open := func() *gate.Gate {
		g, err := gate.New(ctx, storetest.Open(t, path), clock, 0)
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	g := open()
	hire := func(name string) func(r *keyring.Ring) (store.TeamChange, error) {
		return func(r *keyring.Ring) (store.TeamChange, error) {
			if err := g.DefineRole(r, access.Warehouse); err != nil {
				return store.TeamChange{}, err
			}
			u, err := r.AddUser(name, string(access.Warehouse), []byte("copper-lantern-drift-88-sonnet"), passphrase.Params{})
			return store.TeamChange{Person: u.ID, Name: name, Role: u.Role}, err
		}
	}
	if err := g.ChangeTeam(ctx, access.AddUser, hire("Ling")); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}

	g = open()
	if g.FoundChanged() {
		t.Error("what the log knows is told as found")
	}
	broken := errors.New("broken")
	if err := g.Update(ctx, access.AddUser, func(tx *store.Tx) error {
		return errors.Join(tx.ChangeTeam(ctx, func(r *keyring.Ring) error { _, err := hire("Mo")(r); return err }), broken)
	}); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	g = open()
	if err := g.ChangeTeam(ctx, access.AddUser, hire("Mo")); err != nil {
		t.Fatal(err)
	}
	if got, want := verbs(t, g), "login, user add, login, login, user add"; got != want || g.FoundChanged() {
		t.Errorf("log: %s, want %s; told: %t", got, want, g.FoundChanged())
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}

	now, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(now, old[:keyring.Size])
	if err := os.WriteFile(path, now, 0o600); err != nil {
		t.Fatal(err)
	}
	// Ling comes first; the owner is told all the same, once.
	book, err := store.Open(ctx, path, "Ling", []byte("copper-lantern-drift-88-sonnet"))
	if err != nil {
		t.Fatal(err)
	}
	if g, err = gate.New(ctx, book, clock, 0); err != nil || !g.FoundChanged() {
		t.Error("who finds it is not told", err)
	}
	log := "login, user add, login, login, user add, login, found"
	for _, told := range []bool{true, false} {
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
		g = open()
		if log += ", login"; verbs(t, g) != log || g.FoundChanged() != told {
			t.Errorf("log: %s, want %s; told: %t", verbs(t, g), log, g.FoundChanged())
		}
	}
	defer func() { _ = g.Close() }()
	var names string
	if err := g.View(ctx, access.Log, func(tx *store.Tx) error {
		return tx.EachLogged(ctx, func(l *store.Logged) (bool, error) {
			if l.Act == evidence.Found {
				for _, c := range l.Changes {
					names += c.Name + " "
				}
				names += "; "
			}
			return true, nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	if names != "owner Ling ; " {
		t.Errorf("users: %s", names)
	}
	if err := g.ChangeTeam(ctx, access.RemoveUser, func(r *keyring.Ring) (store.TeamChange, error) {
		return store.TeamChange{Name: "Ling"}, r.RemoveUser("Ling")
	}); err != nil {
		t.Fatal(err)
	}
	if err := g.Reseal(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got := verbs(t, g); !strings.HasSuffix(got, "user remove, reseal") {
		t.Errorf("log: %s", got)
	}
}

// TestADamagedCopyOfTheHeaderIsMendedAndTold: of either, once, and nothing else changes.
func TestADamagedCopyOfTheHeaderIsMendedAndTold(t *testing.T) {
	whole := func(header []byte) (list []bool) {
		for c := range slices.Chunk(header[:keyring.Size], keyring.CopySize) {
			sum := sha256.Sum256(c[:keyring.CopySize-sha256.Size])
			list = append(list, bytes.Equal(sum[:], c[keyring.CopySize-sha256.Size:]))
		}
		return list
	}
	for _, at := range []int{100, keyring.CopySize + 100, keyring.CopySize} {
		path := filepath.Join(t.TempDir(), "shop.kebu")
		storetest.Make(t, path)
		was, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		was[at] ^= 1
		if err := os.WriteFile(path, was, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"login, mended", "login, mended, login"} {
			g, err := gate.New(t.Context(), storetest.Open(t, path), clock, 0)
			if err != nil {
				t.Fatal(err)
			}
			if got := verbs(t, g); got != want {
				t.Errorf("byte %d: log %s, want %s", at, got, want)
			}
			if r, err := g.Check(t.Context(), nil); err != nil || len(r.Problems) > 0 {
				t.Errorf("byte %d: %v %q", at, err, r.Problems)
			}
			if err := g.Close(); err != nil {
				t.Fatal(err)
			}
		}
		now, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := whole(now); slices.Contains(got, false) || !slices.Contains(whole(was), false) {
			t.Errorf("byte %d: whole %v, before %v", at, got, whole(was))
		}
		other := keyring.CopySize - at/keyring.CopySize*keyring.CopySize // of the copy that was whole
		const sequence, body, mac = 32, 40, keyring.CopySize - 2*sha256.Size
		for c := range slices.Chunk(now[:keyring.Size], keyring.CopySize) {
			good := was[other:][:keyring.CopySize]
			if !bytes.Equal(c[:sequence], good[:sequence]) || !bytes.Equal(c[body:mac], good[body:mac]) {
				t.Errorf("byte %d: the header is another", at)
			}
		}
	}
}

// TestALoginThatCannotBeWrittenComesWithTheNextChange opens a book while nothing
// can be written.
func TestALoginThatCannotBeWrittenComesWithTheNextChange(t *testing.T) {
	ctx, book := t.Context(), storetest.New(t)
	writing, done := make(chan bool), make(chan bool)
	go func() {
		_ = book.Keep(ctx, func(*store.Tx) error { writing <- true; <-done; return nil })
		close(writing)
	}()
	<-writing
	soon, stop := context.WithTimeout(ctx, 200*time.Millisecond)
	defer stop()
	g, err := gate.New(soon, book, clock, 0)
	close(done)
	<-writing
	if err != nil {
		t.Fatal(err)
	}
	if got := verbs(t, g); got != "" {
		t.Fatalf("log: %s", got)
	}
	if err := g.Update(ctx, access.SaveSegment, func(*store.Tx) error { return store.ErrDiscard }); err != nil {
		t.Fatal(err)
	}
	if err := g.Keep(ctx, access.Remember, func(tx *store.Tx) error { return tx.Remember(ctx, "owner", "columns", "name") }); err != nil {
		t.Fatal(err)
	}
	if got := verbs(t, g); got != "login" {
		t.Errorf("log: %s", got)
	}
}
