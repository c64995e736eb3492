package gate_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/gate"
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
	g, err := gate.New(ctx, storetest.New(t), clock)
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
	g, err := gate.New(soon, book, clock)
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
