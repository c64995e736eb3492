package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kebu/app/crm/access"
	"kebu/app/usecase"
	"kebu/crypto/keyring"
)

// TestKilledSealingAnewGoesOn kills the removal of a user, and the sealing that
// follows, at random moments: the user is in or out, all is there, and what is left
// to do is done next time.
func TestKilledSealingAnewGoesOn(t *testing.T) {
	skipShort(t)
	const rounds = 12
	export := killExport(t)
	seed := newKill(t, newBook(t))
	newKiller(t, 0).finish(seed.importing(export))
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
	killer := newKiller(t, 7)
	states := map[string]int{}
	for round := 0; round < rounds || states["between"] == 0 && round < 4*rounds; round++ {
		k := newKill(t, book)
		remove := command{args: []string{"user", "remove", "Ling", "--book", k.book}}
		if round == 0 {
			killer.finish(remove)
		} else {
			killer.kill(remove)
		}
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
			t.Errorf("round %d: the book lost something", round)
		}
	}
	t.Logf("killed %v", states)
	if states["between"] == 0 {
		t.Error("never killed while sealing")
	}
}
