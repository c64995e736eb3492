package usecase_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"kebu/app/crm/backup"
	"kebu/app/usecase"
)

func TestRestoreTellsWhatWouldBeDifferent(t *testing.T) {
	s := newSafeShop(t)
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: export}); err != nil {
		t.Fatal(err)
	}
	before := figures(t, s.Session)
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	list, err := s.Backups(t.Context(), usecase.BackupsBeside(s.path))
	if err != nil {
		t.Fatal(err)
	}
	s.now = s.now.AddDate(0, 0, 3)
	s.work()
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: "../../testdata/exports/shopify/orders_export-79.csv"}); err != nil {
		t.Fatal(err)
	}
	s.wants("worked on", usecase.NoAlarm, 1, false)
	after := figures(t, s.Session)
	request := usecase.RestoreRequest{Backup: list[0].Path, Passphrase: shopPass, Over: s.path, Clock: s.clock}
	if _, err := usecase.Restore(t.Context(), request); !errors.Is(err, usecase.ErrInUse) {
		t.Fatalf("over an open book: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var replaced usecase.Checkpoint
	for _, finish := range []bool{false, true} {
		d, err := usecase.Restore(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		if d.Backup.Orders != 7 || d.Backup.Verb != "import" || d.Backup.Steps != 1 || d.Live == nil || d.Live.Steps != 3 || d.Live.Orders <= 7 {
			t.Errorf("preview: %+v, %+v, %v", d.Backup, d.Live, d.Unread)
		}
		if len(d.Gained) != 0 || len(d.Lost) != 2 || d.Lost[0].Verb != "segment save" || d.Lost[1].Verb != "import" {
			t.Errorf("lost %+v, gained %+v", d.Lost, d.Gained)
		}
		if !finish {
			if err := d.Discard(); err != nil {
				t.Fatal(err)
			}
			s.open()
			if got := figures(t, s.Session); got != after {
				t.Error("a preview changed the book")
			}
			if replaced, err = s.Checkpoint(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			continue
		}
		kept, err := d.Finish(t.Context(), s.keeper)
		if err != nil {
			t.Fatal(err)
		}
		live := s.path
		s.path = kept
		s.open()
		if got := figures(t, s.Session); got != after {
			t.Error("the book that was replaced changed")
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s.path = live
	}
	s.open()
	if got := figures(t, s.Session); got != before {
		t.Errorf("restored %s, want %s", got, before)
	}
	log, err := s.Log(t.Context(), usecase.LogRequest{Verb: "restore"})
	if err != nil || len(log) != 1 || !log[0].Opened || log[0].Seen != replaced.Size || log[0].Root != replaced.Root {
		t.Errorf("entry %+v, %v, want the log of %+v", log, err, replaced)
	}
	s.wants("a restored book is not a rolled back one", usecase.NoAlarm, 0, false)
	s.work()
	s.wants("work after it counts", usecase.NoAlarm, 1, false)
}

func TestRestoreRefuses(t *testing.T) {
	s, other := newSafeShop(t), newSafeShop(t)
	folder := t.TempDir()
	r, err := s.Backup(t.Context(), usecase.BackupRequest{Folder: folder, Reason: backup.Hand})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(other.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(r.Path)
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(folder, "cut.kebu")
	if err := os.WriteFile(cut, data[:len(data)-5000], 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what           string
		backup, to, on string
		pass           string
		want           error
	}{
		{"another book", r.Path, "", other.path, string(shopPass), usecase.ErrOtherBook},
		{"a file that is there", r.Path, cut, "", string(shopPass), fs.ErrExist},
		{"itself", r.Path, "", r.Path, string(shopPass), fs.ErrExist},
		{"a wrong passphrase", r.Path, "", s.path, "viaduct-mellow-thistle-27-ferry", usecase.ErrPassphrase},
		{"a backup that was cut", cut, "", s.path, string(shopPass), usecase.ErrBadBackup},
		{"no backup", filepath.Join(folder, "none.kebu"), "", s.path, string(shopPass), fs.ErrNotExist},
		{"no book", r.Path, "", filepath.Join(folder, "none.kebu"), string(shopPass), fs.ErrNotExist},
	} {
		before, err := os.ReadFile(s.path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := usecase.Restore(t.Context(), usecase.RestoreRequest{Backup: c.backup, To: c.to, Over: c.on, Passphrase: []byte(c.pass), Clock: s.clock}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.what, err, c.want)
		}
		if after, err := os.ReadFile(s.path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the book changed, %v", c.what, err)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(s.path), "*unfinished*")); len(left) > 0 {
			t.Errorf("%s: left %q", c.what, left)
		}
	}
	// Guesses at a backup wait as those at a book do.
	guess := usecase.RestoreRequest{
		Backup: r.Path, Over: s.path, Passphrase: []byte("viaduct-mellow-thistle-27-ferry"), Clock: s.clock,
		Tries: usecase.NewTries(filepath.Join(folder, "tries"), s.clock),
	}
	for range 5 {
		if _, err := usecase.Restore(t.Context(), guess); !errors.Is(err, usecase.ErrPassphrase) {
			t.Error(err)
		}
	}
	guess.Passphrase = shopPass
	if _, err := usecase.Restore(t.Context(), guess); err == nil {
		t.Error("a sixth passphrase does not wait")
	} else if _, ok := errors.AsType[*usecase.WaitError](err); !ok {
		t.Error(err)
	}
	// A book that is damaged beyond opening can be replaced, and is kept.
	book, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path, book[:len(book)-9000], 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := usecase.Restore(t.Context(), usecase.RestoreRequest{Backup: r.Path, Over: s.path, Passphrase: shopPass, Clock: s.clock})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := d.Finish(t.Context(), s.keeper)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(kept); err != nil || len(got) < len(book)-9000 {
		t.Errorf("the damaged book is not kept: %v", err)
	}
	s.open()
}

// TestTheRecoverySheetOpensABackup has neither the book nor its passphrase left.
func TestTheRecoverySheetOpensABackup(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "shop.kebu")
	code, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: path, Owner: "owner", Passphrase: shopPass})
	if err != nil {
		t.Fatal(err)
	}
	s, err := usecase.Open(t.Context(), path, "", shopPass, clock)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Backup(t.Context(), usecase.BackupRequest{Folder: filepath.Join(dir, "backups"), Reason: backup.Hand})
	if err = errors.Join(err, s.Close(), os.Remove(path)); err != nil {
		t.Fatal(err)
	}
	pass := []byte("quiet-orchard-saddle-41-lantern")
	if err := usecase.Recover(t.Context(), usecase.RecoverRequest{Path: r.Path, Code: code.Reveal(), Passphrase: pass, Clock: clock}); err != nil {
		t.Fatal(err)
	}
	d, err := usecase.Restore(t.Context(), usecase.RestoreRequest{Backup: r.Path, To: path, Passphrase: pass, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := d.Finish(t.Context(), nil); err != nil || kept != "" {
		t.Errorf("kept %q, %v", kept, err)
	}
	if s, err = usecase.Open(t.Context(), path, "", pass, clock); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
