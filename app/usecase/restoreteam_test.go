package usecase_test

import (
	"errors"
	"slices"
	"testing"

	"kebu/app/crm/access"
	"kebu/app/usecase"
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
	if err := errors.Join(s.RemoveUser(ctx, "Ling"), s.DisableUser(ctx, "Mo"), s.AssignRole(ctx, "Bo", access.Service), s.Close()); err != nil {
		t.Fatal(err)
	}
	request := usecase.RestoreRequest{Backup: list[0].Path, Passphrase: shopPass, Over: s.path, Clock: s.clock}
	for _, c := range []struct {
		as   string
		want []usecase.TeamDifference
	}{
		{"Yu", []usecase.TeamDifference{
			{Name: "Bo", Now: access.Service, Then: access.Manager},
			{Name: "Mo", Then: access.Manager},
			{Name: "Xin", Now: access.Manager},
			{Name: "Ling", Then: access.Manager},
		}},
		{"", []usecase.TeamDifference{
			{Name: "Bo", Now: access.Service, Then: access.Manager},
			{Name: "Mo", KeptOut: true},
			{Name: "Xin", Now: access.Manager},
			{Name: "Ling", KeptOut: true},
		}},
	} {
		request.User = c.as
		d, err := usecase.Restore(ctx, request)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(d.Team, c.want) {
			t.Errorf("as %q: %+v", c.as, d.Team)
		}
		if c.as != "" {
			err = d.Discard()
		} else {
			_, err = d.Finish(ctx, s.keeper)
		}
		if err != nil {
			t.Fatal(err)
		}
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
