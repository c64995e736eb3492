package main

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"kebu/app/crm/access"
	"kebu/app/usecase"
	"kebu/crypto/keyring"
)

// TestKilledSealingAnewGoesOn kills the removal of a user, and the sealing that
// follows, at random moments: the user is in or out, all is there, and what is left
// to do is done next time.
func TestKilledSealingAnewGoesOn(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds /= 3
	}
	export := killExport(t)
	seed := newKill(t, newBook(t))
	seed.importFor(patience, export)
	s, err := usecase.Open(t.Context(), seed.book, "", []byte(testPassphrase), testClock)
	if err != nil {
		t.Fatal(err)
	}
	const other = "copper-lantern-drift-88-sonnet"
	err = s.AddUser(t.Context(), usecase.NewMember{Name: "Ling", Role: access.Manager, Passphrase: []byte(other)})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	book, err := os.ReadFile(seed.book)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(20261130, 7))
	whole := patience // as much as it wants the first time
	states := map[string]int{}
	for round := 0; round < rounds || states["between"] == 0 && round < 4*rounds; round++ {
		k := newKill(t, book)
		moment := whole
		if round > 0 {
			moment = time.Duration(random.Int64N(int64(whole)))
		}
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), moment)
		cmd := exec.CommandContext(ctx, "kebuctl", "user", "remove", "Ling", "--book", k.book, "--passphrase-file", "-")
		cmd.Stdin = bytes.NewReader([]byte(testPassphrase))
		if out, err := cmd.CombinedOutput(); err == nil {
			whole = min(whole, time.Since(start))
		} else if ctx.Err() == nil {
			t.Fatalf("%v\n%s", err, out)
		}
		cancel()
		user, err := usecase.Open(t.Context(), k.book, "Ling", []byte(other), testClock)
		removed := errors.Is(err, keyring.ErrNoUser)
		if err == nil {
			err = user.Close()
		}
		if err != nil && !removed {
			t.Fatal(err)
		}
		s, err := usecase.Open(t.Context(), k.book, "", []byte(testPassphrase), testClock)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case !removed:
			states["before"]++
		case s.Stale():
			states["between"]++
		default:
			states["after"]++
		}
		if err := errors.Join(s.Reseal(t.Context(), nil), s.Close()); err != nil {
			t.Fatal(err)
		}
		if !k.look() || findPlain(filepath.Dir(k.book), plain) != nil {
			t.Errorf("killed after %v the book lost something", moment)
		}
	}
	t.Logf("killed %v", states)
	if states["between"] == 0 {
		t.Error("never killed while sealing")
	}
}
