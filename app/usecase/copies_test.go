package usecase_test

import (
	"os"
	"path/filepath"
	"testing"

	"kebu/app/crm/backup"
	"kebu/app/usecase"
)

// TestTheBackupsOfABookAreFoundWithoutItsKeys looks at a whole book, at one of which
// nothing can be read, and at another's.
func TestTheBackupsOfABookAreFoundWithoutItsKeys(t *testing.T) {
	s, other := newSafeShop(t), newSafeShop(t)
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	for _, shop := range []*safeShop{s, other} {
		if err := shop.ChooseFolders(t.Context(), shop.keeper, elsewhere); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: export}); err != nil {
		t.Fatal(err)
	}
	for _, shop := range []*safeShop{s, other} {
		if err := shop.keep(); err != nil {
			t.Fatal(err)
		}
	}
	s.now = s.now.AddDate(0, 0, 1)
	if _, err := s.Backup(t.Context(), usecase.BackupRequest{Folder: usecase.BackupsBeside(s.path), Reason: backup.Hand}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, readable := range []bool{true, false} {
		list := usecase.BackupsOf(s.keeper, s.path)
		if len(list) != 2 || list[0].Reason != backup.Hand || list[1].Reason != backup.Day || !list[0].Whole || !list[1].Whole {
			t.Fatalf("backups: %+v", list)
		}
		if held := list[1].Held; held == nil || held.Orders != 7 || held.Customers == 0 {
			t.Errorf("it holds %+v", held)
		}
		if list[0].Held != nil || list[0].Generation != backup.Monthly {
			t.Errorf("made by hand: %+v", list[0])
		}
		if readable {
			if err := os.WriteFile(s.path, []byte("nothing of it is left"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestACopyOfABookIsNotKeptSafeInItsPlace opens a backup beside its book, and then
// without it.
func TestACopyOfABookIsNotKeptSafeInItsPlace(t *testing.T) {
	s := newSafeShop(t)
	s.work()
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	if s.keeper.For(s.Session) != s.keeper {
		t.Error("the book itself is not kept safe")
	}
	book, copied := s.path, filepath.Join(t.TempDir(), "look.kebu")
	d, err := usecase.Restore(t.Context(), usecase.RestoreRequest{
		Backup: usecase.BackupsOf(s.keeper, s.path)[0].Path, To: copied, Passphrase: shopPass, Clock: s.clock,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Finish(t.Context(), s.keeper); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s.path = copied
	s.open()
	if of := s.keeper.CopyOf(s.Session); s.keeper.For(s.Session) != nil || of != book {
		t.Errorf("a copy of %q is kept safe in the place of the book", of)
	}
	if err := os.Remove(book); err != nil {
		t.Fatal(err)
	}
	if s.keeper.For(s.Session) != s.keeper {
		t.Error("the only book is not kept safe")
	}
}
