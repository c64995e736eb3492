package main

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kebu/app/crm/access"
	"kebu/app/usecase"
)

// exportKills is how often an export is killed.
const exportKills = 30

// TestKilledExportsLeaveNothingBesideTheirFile kills exports in clear, over a
// list that is there, at random moments: once the book has been opened again, in
// its folder stands the old list or the new one, whole, and nothing else.
func TestKilledExportsLeaveNothingBesideTheirFile(t *testing.T) {
	rounds := exportKills
	if testing.Short() {
		rounds /= 5
	}
	k := newKill(t, newBook(t))
	k.importFor(patience, killExport(t))
	noWait(t, k.book)
	folder := filepath.Join(k.dir, "lists")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(folder, "list.csv")
	export := func(moment time.Duration) (took time.Duration) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), moment)
		defer cancel()
		cmd := exec.CommandContext(ctx, "kebuctl", "export", "--book", k.book, "--passphrase-file", "-", "--to", to, "--reveal", "--purpose", "test")
		cmd.Stdin = strings.NewReader(testPassphrase)
		start := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil && ctx.Err() == nil {
			t.Fatalf("export failed: %v\n%s", err, out)
		}
		return time.Since(start)
	}
	whole := export(patience)
	want, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	if findPlain(folder, plain[2:3]) == nil {
		t.Fatal("the list holds nobody")
	}
	old := []byte("the list before")
	random := rand.New(rand.NewPCG(20261130, 2))
	placed := 0
	for round := range rounds {
		if err := os.WriteFile(to, old, 0o600); err != nil {
			t.Fatal(err)
		}
		export(time.Duration(random.Int64N(int64(whole) * 5 / 4)))
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
		case !bytes.Equal(got, old):
			t.Errorf("round %d: %d bytes, neither the old list nor the new one", round, len(got))
		}
	}
	if placed == rounds {
		t.Error("none was killed in time")
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
