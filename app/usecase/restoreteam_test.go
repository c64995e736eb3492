package usecase_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/usecase"
	"kebu/crypto/evidence"
)

// TestWhoIsKeptOutStaysOutOfARestoredBook removes, suspends, demotes and lets in people
// after a backup, and restores it.
func TestWhoIsKeptOutStaysOutOfARestoredBook(t *testing.T) {
	s, ctx := newSafeShop(t), t.Context()
	hire := func(names ...string) {
		for _, name := range names {
			if err := s.AddUser(ctx, usecase.NewMember{Name: name, Role: access.Manager, Passphrase: shopPass}); err != nil {
				t.Fatal(err)
			}
		}
	}
	hire("Bo", "Ling", "Mo", "Yu")
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	list, err := s.Backups(ctx, usecase.BackupsBeside(s.path))
	if err != nil {
		t.Fatal(err)
	}
	hire("Xin")
	if err := errors.Join(s.RemoveUser(ctx, "Ling"), s.DisableUser(ctx, "Mo"), s.AssignRole(ctx, "Bo", access.Service),
		s.ChangePassphrase(ctx, shopPass, []byte("quiet-orchard-saddle-41-lantern"), usecase.Cost{}), s.Close()); err != nil {
		t.Fatal(err)
	}
	request := usecase.RestoreRequest{Backup: list[0].Path, User: "Yu", Passphrase: shopPass, Over: s.path, Clock: s.clock}
	if _, err := usecase.Restore(ctx, request); !errors.Is(err, crm.ErrDenied) {
		t.Errorf("a manager restores: %v", err)
	}
	request.Over, request.To = "", filepath.Join(t.TempDir(), "look.kebu")
	if _, err := usecase.Restore(ctx, request); !errors.Is(err, crm.ErrDenied) {
		t.Errorf("a manager looks into a backup: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(request.To), "*")); len(left) > 0 {
		t.Errorf("left %q", left)
	}
	request.User, request.Over, request.To = "", s.path, ""
	want := []usecase.TeamDifference{
		{Name: "Bo", Now: access.Service, Then: access.Manager},
		{Name: "Mo", KeptOut: true},
		{Name: "Xin", Now: access.Manager},
		{Name: "Ling", KeptOut: true},
	}
	book, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	for what, data := range map[string][]byte{
		"another passphrase":        book,
		"damaged behind its header": append(bytes.Clone(book[:len(book)-9000]), make([]byte, 9000)...),
	} {
		if err := os.WriteFile(s.path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := usecase.Restore(ctx, request)
		if err != nil {
			t.Fatal(err)
		}
		if d.Unread == nil || !slices.Equal(d.Team, want) {
			t.Errorf("%s: %v, team: %+v", what, d.Unread, d.Team)
		}
		if err := d.Discard(); err != nil {
			t.Fatal(err)
		}
	}
	d, err := usecase.Restore(ctx, request)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Finish(ctx, s.keeper); err != nil {
		t.Fatal(err)
	}
	for name, out := range map[string]bool{"Bo": false, "Ling": true, "Mo": true, "Yu": false} {
		b, err := usecase.Open(ctx, s.path, name, shopPass, s.clock)
		if (err != nil) != out {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			err = b.Close()
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	s.open()
	defer func() { _ = s.Close() }()
	if got := acts(t, s.Session, usecase.LogRequest{Verbs: []string{"user disable", "restore"}}); got != "user disable user disable restore" {
		t.Errorf("log: %s", got)
	}
}

// TestARestoredBookIsVerified logs the login of who restores before what that does.
func TestARestoredBookIsVerified(t *testing.T) {
	s, ctx := newSafeShop(t), t.Context()
	if err := errors.Join(s.keep(), s.Close()); err != nil {
		t.Fatal(err)
	}
	d, err := usecase.Restore(ctx, usecase.RestoreRequest{Backup: usecase.BackupsOf(s.keeper, s.path)[0].Path, Passphrase: shopPass, Over: s.path, Clock: s.clock})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Finish(ctx, s.keeper); err != nil {
		t.Fatal(err)
	}
	s.open()
	if got := acts(t, s.Session, usecase.LogRequest{}); got != "login login restore login" {
		t.Errorf("log: %s", got)
	}
	if report, err := s.CheckLog(ctx); err != nil || len(report.Problems) > 0 {
		t.Errorf("check: %+v, %v", report, err)
	}
	pack, key := packed(t, s.Session)
	if r, err := evidence.Verify(pack, evidence.Brought{Key: key}); err != nil || r.State() == evidence.Failed {
		t.Errorf("verified: %+v, %v", r, err)
	}
}
