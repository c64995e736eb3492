package usecase

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestWrongPassphrasesWaitEverLonger(t *testing.T) {
	book := filepath.Join(t.TempDir(), "shop.kebu")
	right, wrong := []byte("viaduct-mellow-thistle-27-orbit"), []byte("viaduct-mellow-thistle-27-orbiter")
	if _, err := Create(t.Context(), CreateRequest{Path: book, Owner: "owner", Passphrase: right}); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 6, 30, 10, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	folder := filepath.Join(t.TempDir(), "kebu")
	try := func(pass []byte) (time.Duration, error) {
		s, err := NewTries(folder, clock).Open(t.Context(), book, "", bytes.Clone(pass), clock) // as if started anew
		if err == nil {
			return 0, s.Close()
		}
		if wait, ok := errors.AsType[*WaitError](err); ok {
			return wait.For, err
		}
		return 0, err
	}
	for range freeTries {
		if _, err := try(wrong); !errors.Is(err, ErrPassphrase) {
			t.Fatalf("a wrong passphrase: %v", err)
		}
	}
	last := time.Duration(0)
	for n := range 12 {
		wait, err := try(right)
		if wait == 0 || wait < last || wait > longest {
			t.Fatalf("after %d: waits %s, before %s: %v", freeTries+n, wait, last, err)
		}
		now = now.Add(wait - time.Second)
		if again, _ := try(right); again != time.Second {
			t.Errorf("a second too early it waits %s", again)
		}
		now = now.Add(time.Second)
		if _, err := try(wrong); !errors.Is(err, ErrPassphrase) {
			t.Fatalf("after the wait: %v", err)
		}
		last = wait
	}
	if last != longest {
		t.Errorf("waits %s at last", last)
	}
	after, err := os.ReadFile(book)
	if err != nil || !bytes.Equal(before, after) {
		t.Error("wrong passphrases change the book", err)
	}
	now = now.Add(longest)
	if _, err := try(right); err != nil {
		t.Fatal(err)
	}
	if _, err := try(wrong); !errors.Is(err, ErrPassphrase) {
		t.Errorf("after it was opened: %v", err)
	}
	if wait, err := try(right); wait != 0 || err != nil {
		t.Errorf("one wrong passphrase waits %s: %v", wait, err)
	}
	now = now.Add(-24 * time.Hour) // a clock that was set back
	for range freeTries {
		_, _ = try(wrong)
	}
	now = now.Add(-time.Hour)
	if wait, _ := try(right); wait != firstWait {
		t.Errorf("with the clock set back it waits %s", wait)
	}
	var none *Tries
	s, err := none.Open(t.Context(), book, "", bytes.Clone(right), clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	list, err := s.Log(t.Context(), LogRequest{Verb: "login"})
	if err != nil {
		t.Fatal(err)
	}
	var told []int64 // wrong passphrases before each
	for _, e := range slices.Backward(list) {
		told = append(told, e.Rows)
	}
	if want := []int64{freeTries + 12, 1, 0}; !slices.Equal(told, want) {
		t.Errorf("the log tells of %v wrong passphrases, want %v", told, want)
	}
}

func TestTriesThatCannotBeKeptKeepNobodyOut(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	tries := NewTries(filepath.Join(file, "kebu"), time.Now)
	for range 3 * freeTries {
		if _, err := tries.Open(t.Context(), filepath.Join(t.TempDir(), "none.kebu"), "", []byte("x"), time.Now); err == nil {
			t.Fatal("opened")
		}
	}
	if wrong, left := tries.left("x"); wrong != 0 || left != 0 {
		t.Errorf("%d wrong, waits %s", wrong, left)
	}
}
