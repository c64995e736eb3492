package usecase_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kebu/app/crm/backup"
	"kebu/app/usecase"
)

// erasing is a shop that imported an export and erases one of its customers.
type erasing struct {
	*safeShop
	gone string // id
	left []string
}

func newErasing(t *testing.T) *erasing {
	t.Helper()
	s := &erasing{safeShop: newSafeShop(t)}
	s.read()
	all := s.customers(s.Session)
	s.gone, s.left = all[0], all[1:]
	return s
}

func (s *erasing) read() usecase.ImportReport {
	s.Helper()
	r, err := s.Import(s.Context(), usecase.ImportRequest{Path: export})
	if err != nil {
		s.Fatal(err)
	}
	return r
}

func (s *erasing) customers(of *usecase.Session) []string {
	s.Helper()
	list, err := listed(s.Context(), of, usecase.Selection{})
	if err != nil {
		s.Fatal(err)
	}
	ids := make([]string, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	slices.Sort(ids)
	return ids
}

func (s *erasing) erase() {
	s.Helper()
	if d, err := s.Erase(s.Context(), s.keeper, s.gone); err != nil || d.Customers != 1 {
		s.Fatal(d, err)
	}
}

func (s *erasing) wantsLeft(what string, of *usecase.Session) {
	s.Helper()
	if got := s.customers(of); !slices.Equal(got, s.left) {
		s.Errorf("%s: customers %q, want %q", what, got, s.left)
	}
}

func TestAnOlderBookForgetsWhoWasErasedSince(t *testing.T) {
	s := newErasing(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	s.open()
	s.erase()
	s.wants("erased", usecase.NoAlarm, 1, true)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	s.open()
	s.wants("put back", usecase.RolledBack, 1, true)
	if err := s.AcceptState(t.Context(), s.keeper); err != nil {
		t.Fatal(err)
	}
	s.wantsLeft("accepted", s.Session)
	if r := s.read(); r.Erased == 0 || r.Orders.New+r.Orders.Changed != 0 {
		t.Errorf("read again: %+v", r)
	}
	s.wantsLeft("read again", s.Session)
}

// TestABackupForgetsWhoWasErasedSince restores one from before while the book cannot be
// read: the list is beside the later backups, or beside the settings.
func TestABackupForgetsWhoWasErasedSince(t *testing.T) {
	s := newErasing(t)
	folder := filepath.Join(t.TempDir(), "safe")
	before, err := s.Backup(t.Context(), usecase.BackupRequest{Folder: folder, Reason: backup.Hand})
	if err != nil {
		t.Fatal(err)
	}
	copied, err := os.ReadFile(before.Path)
	if err != nil {
		t.Fatal(err)
	}
	restore := func(what string, k *usecase.Keeper, folder string, erased, forged int) *usecase.Session {
		t.Helper()
		path := filepath.Join(folder, "copy.kebu")
		if err := os.WriteFile(path, copied, 0o600); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), "new.kebu")
		d, err := usecase.Restore(t.Context(), usecase.RestoreRequest{Backup: path, Passphrase: shopPass, To: to, Keeper: k, Clock: s.clock})
		if err != nil {
			t.Fatal(err)
		}
		if d.Erased != erased || d.Forged != forged || d.Backup.Customers != len(s.left)+1-erased {
			t.Errorf("%s: erased %d, forged %d, %d customers", what, d.Erased, d.Forged, d.Backup.Customers)
		}
		if _, err := d.Finish(t.Context(), k); err != nil {
			t.Fatal(err)
		}
		restored, err := usecase.Open(t.Context(), to, "", shopPass, s.clock)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = restored.Close() })
		if r, err := restored.Check(t.Context(), nil); err != nil || len(r.Problems) > 0 {
			t.Errorf("%s: %v %q", what, err, r.Problems)
		}
		return restored
	}
	s.erase()
	restore("nobody knows", nil, t.TempDir(), 0, 0)
	s.wantsLeft("known on this computer", restore("known on this computer", s.keeper, t.TempDir(), 1, 0))
	if _, err := s.Backup(t.Context(), usecase.BackupRequest{Folder: folder, Reason: backup.Hand}); err != nil {
		t.Fatal(err)
	}
	s.wantsLeft("beside backups", restore("beside backups", nil, folder, 1, 0))

	lists, err := filepath.Glob(filepath.Join(folder, "*-erased.json"))
	if err != nil || len(lists) != 1 {
		t.Fatal(lists, err)
	}
	list, err := os.ReadFile(lists[0])
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(list, []byte("贝小可")) {
		t.Error("the list names somebody")
	}
	if err := os.WriteFile(lists[0], bytes.Replace(list, []byte(`refused\":false`), []byte(`refused\":true`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	restore("a changed list", nil, folder, 0, 1)
	if err := os.WriteFile(lists[0], list[:len(list)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	restore("half a list", nil, folder, 0, 1)
}

// TestStepsThatAreFinalStay takes back what changed more than rows.
func TestStepsThatAreFinalStay(t *testing.T) {
	s := newErasing(t)
	s.erase()
	if _, err := s.RenewRecovery(t.Context()); err != nil {
		t.Fatal(err)
	}
	history, err := s.History(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	finals := 0
	for _, c := range history {
		if !c.Final {
			continue
		}
		finals++
		if _, err := s.Undo(t.Context(), c.Step); err == nil {
			t.Errorf("%s was taken back", c.Verb)
		}
		if _, err := s.UndoPreview(t.Context(), c.Step); err == nil {
			t.Errorf("%s might be taken back", c.Verb)
		}
	}
	if finals < 2 {
		t.Errorf("%d final steps", finals)
	}
}
