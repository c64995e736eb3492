package usecase_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kebu/app/crm/access"
	"kebu/app/crm/backup"
	"kebu/app/usecase"
)

// as opens the book as somebody else, who has the passphrase of the shop.
func (s *safeShop) as(user string) *usecase.Session {
	s.Helper()
	other, err := usecase.Open(s.Context(), s.path, user, shopPass, s.clock)
	if err != nil {
		s.Fatal(err)
	}
	return other
}

// TestABackupFromBeforeAPersonCameIsNoDamage has a manager look at what the owner
// backed up before.
func TestABackupFromBeforeAPersonCameIsNoDamage(t *testing.T) {
	s := newSafeShop(t)
	s.work()
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	if err := s.AddUser(t.Context(), usecase.NewMember{Name: "Xin", Role: access.Manager, Passphrase: shopPass}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s.Session = s.as("Xin")
	folder := usecase.BackupsBeside(s.path)
	list, err := s.Backups(t.Context(), folder)
	if err != nil || len(list) != 1 || !list[0].Before || list[0].Whole || list[0].Generation != backup.Monthly {
		t.Fatalf("backups: %+v, %v", list, err)
	}
	if _, err := s.DrillNow(t.Context(), s.keeper, nil); err == nil {
		t.Error("a drill of what the manager cannot open")
	}
	s.wants("no drill was possible", usecase.NoAlarm, 1, true)
	s.now = s.now.AddDate(0, 0, 1)
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	if list, err = s.Backups(t.Context(), folder); err != nil || len(list) != 2 || !list[0].Whole || !list[1].Before {
		t.Errorf("backups: %+v, %v", list, err)
	}
	if result, err := s.DrillNow(t.Context(), s.keeper, nil); err != nil || result.Failed != usecase.NoFailure {
		t.Errorf("drill: %+v, %v", result, err)
	}
}

// TestEachBackupHasACheckpointBeside checks who signed them, that they are of the log,
// and that they go with their backup.
func TestEachBackupHasACheckpointBeside(t *testing.T) {
	s := newSafeShop(t)
	if err := s.AddUser(t.Context(), usecase.NewMember{Name: "Yu", Role: access.Warehouse, Passphrase: shopPass}); err != nil {
		t.Fatal(err)
	}
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	folder := usecase.BackupsBeside(s.path)
	files := func(pattern string) []string {
		t.Helper()
		list, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s.Session = s.as("Yu") // whose role signs nothing by hand
	s.now = s.now.AddDate(0, 0, 1)
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s.open()
	var known []string
	for _, path := range files("*.checkpoint") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		known = append(known, string(text))
	}
	if len(known) != 2 || len(files("*.kebu")) != 2 {
		t.Fatalf("%d checkpoints beside %d backups", len(known), len(files("*.kebu")))
	}
	verified(t, s.Session, known...)
	name, _ := backup.Parse(filepath.Base(files("*.kebu")[0]))
	name.At = name.At.Add(time.Hour)
	orphan := filepath.Join(folder, strings.TrimSuffix(name.String(), ".kebu")+".checkpoint") // a crash left it
	if err := os.WriteFile(orphan, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 60 {
		s.now = s.now.AddDate(0, 0, 1)
		if err := s.keep(); err != nil {
			t.Fatal(err)
		}
	}
	backups := files("*.kebu")
	if got := files("*.checkpoint"); len(got) != len(backups) || len(got) > backup.Days+backup.Weeks+backup.Months {
		t.Errorf("%d checkpoints beside %d backups", len(got), len(backups))
	}
}
