package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kebu/app/usecase"
)

// backupKills is how often a backup is killed, and how often a restore.
const backupKills = 12

// TestKilledBackupsLeaveTheEarlierOnes kills backups at random moments: each file
// that is called a backup is one, whole, and what is left of others goes with the
// next.
func TestKilledBackupsLeaveTheEarlierOnes(t *testing.T) {
	skipShort(t)
	k := newKill(t, newBook(t))
	newKiller(t, 0).finish(k.importing(killExport(t)))
	safe := filepath.Join(k.dir, "safe")
	backup := command{args: []string{"backup", "--book", k.book, "--to", safe}}
	killer := newKiller(t, 3)
	killer.finish(backup)
	var cut int
	for round := 0; round < backupKills || cut == 0 && round < 4*backupKills; round++ {
		killer.kill(backup)
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
	killer.finish(backup)
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
	skipShort(t)
	k := newKill(t, newBook(t))
	safe := filepath.Join(k.dir, "safe")
	newKiller(t, 0).finish(command{args: []string{"backup", "--book", k.book, "--to", safe}})
	empty, err := filepath.Glob(filepath.Join(safe, "*.kebu"))
	if err != nil || len(empty) != 1 {
		t.Fatalf("%q, %v", empty, err)
	}
	newKiller(t, 0).finish(k.importing(killExport(t)))
	full, err := os.ReadFile(k.book)
	if err != nil {
		t.Fatal(err)
	}
	restore := command{args: []string{"restore", empty[0], "--over", k.book}}
	killer := newKiller(t, 4)
	killer.finish(restore)
	var before, after int
	for round := 0; round < backupKills || (before == 0 || after == 0) && round < 4*backupKills; round++ {
		olds, _ := filepath.Glob(filepath.Join(k.dir, "*.before-restore-*"))
		for _, path := range olds {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(k.book, full, 0o600); err != nil {
			t.Fatal(err)
		}
		killer.kill(restore)
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
	if before == 0 || after == 0 {
		t.Errorf("%d killed before the swap, %d after: none of a kind", before, after)
	}
}
