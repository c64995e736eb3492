package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kebu/app/usecase"
)

// backupKills is how often a backup is killed, and how often a restore.
const backupKills = 12

// killable runs a command on a book and kills it after a time, if it still runs.
func killable(t *testing.T, moment time.Duration, args ...string) (took time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), moment)
	defer cancel()
	cmd := exec.CommandContext(ctx, "kebuctl", args...)
	cmd.Stdin = strings.NewReader(testPassphrase)
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil && ctx.Err() == nil {
		t.Fatalf("%s failed: %v\n%s", args[0], err, out)
	}
	return time.Since(start)
}

func killRounds() int {
	if testing.Short() {
		return backupKills / 4
	}
	return backupKills
}

// TestKilledBackupsLeaveTheEarlierOnes kills backups at random moments: each file
// that is called a backup is one, whole, and what is left of others goes with the
// next.
func TestKilledBackupsLeaveTheEarlierOnes(t *testing.T) {
	k := newKill(t, newBook(t))
	k.importFor(patience, killExport(t))
	safe := filepath.Join(k.dir, "safe")
	backup := func(moment time.Duration) time.Duration {
		t.Helper()
		return killable(t, moment, "backup", "--book", k.book, "--passphrase-file", "-", "--to", safe)
	}
	whole := backup(patience)
	random := rand.New(rand.NewPCG(20261130, 3))
	var cut int
	for round := 0; round < killRounds() || cut == 0 && round < 4*killRounds(); round++ {
		backup(whole/4 + time.Duration(random.Int64N(int64(whole))))
		s, err := usecase.Open(t.Context(), k.book, "", []byte(testPassphrase), testClock)
		if err != nil {
			t.Fatal(err)
		}
		list, err := s.Backups(t.Context(), safe)
		if err != nil || len(list) == 0 {
			t.Fatalf("round %d: %d backups, %v", round, len(list), err)
		}
		for _, f := range list {
			if !f.Whole {
				t.Errorf("round %d: %s is not whole", round, filepath.Base(f.Path))
			}
		}
		if r, err := s.Drill(t.Context(), safe, nil); err != nil || r.Orders != killOrders {
			t.Errorf("round %d: drill: %d orders, %v", round, r.Orders, err)
		}
		if left, _ := filepath.Glob(filepath.Join(safe, "*.unfinished")); len(left) > 0 {
			cut++
		}
		if err := errors.Join(s.Close(), findPlain(k.dir, plain)); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	backup(patience)
	if !k.look() {
		t.Error("the book is not as it was")
	}
	if left, _ := filepath.Glob(filepath.Join(safe, "*unfinished*")); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
	t.Logf("%d were killed while they wrote", cut)
	if cut == 0 {
		t.Error("no backup was killed while it wrote")
	}
}

// TestKilledRestoresLeaveABook kills restores at random moments: at the book's name
// is always a whole book, the one before or the restored one, and the one before is
// kept once it was replaced.
func TestKilledRestoresLeaveABook(t *testing.T) {
	k := newKill(t, newBook(t))
	safe := filepath.Join(k.dir, "safe")
	killable(t, patience, "backup", "--book", k.book, "--passphrase-file", "-", "--to", safe)
	empty, err := filepath.Glob(filepath.Join(safe, "*.kebu"))
	if err != nil || len(empty) != 1 {
		t.Fatalf("%q, %v", empty, err)
	}
	k.importFor(patience, killExport(t))
	full, err := os.ReadFile(k.book)
	if err != nil {
		t.Fatal(err)
	}
	restore := func(moment time.Duration) time.Duration {
		t.Helper()
		return killable(t, moment, "restore", empty[0], "--over", k.book, "--passphrase-file", "-")
	}
	whole := restore(patience)
	random := rand.New(rand.NewPCG(20261130, 4))
	var before, after int
	for round := range killRounds() {
		olds, _ := filepath.Glob(filepath.Join(k.dir, "*.before-restore-*"))
		for _, path := range olds {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(k.book, full, 0o600); err != nil {
			t.Fatal(err)
		}
		restore(whole/4 + time.Duration(random.Int64N(int64(whole))))
		if k.look() {
			before++
			continue
		}
		after++
		kept, _ := filepath.Glob(filepath.Join(k.dir, "*.before-restore-*.kebu"))
		if len(kept) != 1 {
			t.Fatalf("round %d: kept are %q", round, kept)
		}
		old := *k
		old.book = kept[0]
		if !old.look() {
			t.Errorf("round %d: the book before is not kept", round)
		}
	}
	t.Logf("%d killed before the swap, %d after", before, after)
	if (before == 0 || after == 0) && !testing.Short() { // few rounds may be of one kind
		t.Errorf("%d killed before the swap, %d after: none of a kind", before, after)
	}
}
