package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kebu/app/crm/access"
	"kebu/app/usecase"
)

// exportKills is how often an export is killed.
const exportKills = 30

// TestKilledExportsLeaveNothingBesideTheirFile kills exports in clear, over a
// list that is there, at random moments: once the book has been opened again, in
// its folder stands the old list or the new one, whole, and nothing else.
func TestKilledExportsLeaveNothingBesideTheirFile(t *testing.T) {
	skipShort(t)
	k := newKill(t, newBook(t))
	newKiller(t, 0).finish(k.importing(killExport(t)))
	noWait(t, k.book)
	folder := filepath.Join(k.dir, "lists")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(folder, "list.csv")
	export := command{args: []string{"export", "--book", k.book, "--to", to, "--reveal", "--purpose", "test"}}
	killer := newKiller(t, 2)
	killer.finish(export)
	want, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	if findPlain(folder, plain[2:3]) == nil {
		t.Fatal("the list holds nobody")
	}
	old := []byte("the list before")
	placed, cut := 0, 0
	for round := 0; round < exportKills || cut == 0 && round < 4*exportKills; round++ {
		if err := os.WriteFile(to, old, 0o600); err != nil {
			t.Fatal(err)
		}
		killer.kill(export)
		s, err := usecase.Open(t.Context(), k.book, "", []byte(testPassphrase), testClock)
		if err != nil {
			t.Fatal(err)
		}
		log, err := s.Exports(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		files, err := os.ReadDir(folder)
		if err != nil || len(files) != 1 {
			t.Fatalf("round %d: %d files, %v", round, len(files), err)
		}
		got, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case bytes.Equal(got, want):
			placed++
			if len(log) < 1+placed {
				t.Errorf("round %d: %d lists stand in their place, %d are recorded", round, 1+placed, len(log))
			}
		case bytes.Equal(got, old):
			cut++
		default:
			t.Errorf("round %d: %d bytes, neither the old list nor the new one", round, len(got))
		}
	}
	t.Logf("%d were killed before the list stood in its place, %d after", cut, placed)
	if cut == 0 {
		t.Error("none was killed before the list stood in its place")
	}
}

// noWait lets the owner of a book make long lists in clear at once.
func noWait(t *testing.T, book string) {
	t.Helper()
	s, err := usecase.Open(t.Context(), book, "", []byte(testPassphrase), testClock)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.SetHouse(t.Context(), access.House{Delay: new(0)}), s.Close()); err != nil {
		t.Fatal(err)
	}
}
