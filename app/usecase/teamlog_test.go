package usecase_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm/access"
	"kebu/app/usecase"
	"kebu/crypto/evidence"
)

// comeAndGo has a person be let in, change roles and passphrase, and leave.
func comeAndGo(t *testing.T, s *usecase.Session) {
	t.Helper()
	ctx := t.Context()
	if err := errors.Join(
		s.AddUser(ctx, usecase.NewMember{Name: "kiki", Role: access.Service, Passphrase: []byte("copper-lantern-drift-88-sonnet")}),
		s.AssignRole(ctx, "kiki", access.Finance),
		s.DisableUser(ctx, "kiki"),
		s.AssignRole(ctx, "kiki", access.Service),
		s.EnableUser(ctx, "kiki"),
		s.ResetUser(ctx, "kiki", []byte("copper-lantern-drift-99-sonnet"), usecase.Cost{}, false),
		s.RemoveUser(ctx, "kiki"),
	); err != nil {
		t.Fatal(err)
	}
}

// TestThePackTellsWhoCouldOpenTheBookOverTime: also of who never did; without a name.
func TestThePackTellsWhoCouldOpenTheBookOverTime(t *testing.T) {
	ctx := t.Context()
	s := open(t, newBook(t), "", clock())
	defer func() { _ = s.Close() }()
	comeAndGo(t, s)
	c, err := s.Checkpoint(ctx)
	if err != nil {
		t.Fatal(err)
	}
	pack, key := packed(t, s)
	r, err := evidence.Verify(pack, evidence.Brought{Key: key, Known: []string{c.Text}})
	if err != nil {
		t.Fatal(err)
	}
	keys := make(map[string]int)
	var told []string
	for _, p := range r.People {
		if _, ok := keys[p.Who]; !ok {
			keys[p.Who] = len(keys)
		}
		told = append(told, fmt.Sprint(p.Entry, " ", keys[p.Who], " ", p.Role))
	}
	if want := []string{"0 0 owner", "1 1 service", "2 1 finance", "3 1 out", "5 1 service", "6 1 out", "7 2 out"}; r.State() == evidence.Failed || !slices.Equal(told, want) {
		t.Errorf("%s: %q\nwant %q", r.State(), told, want)
	}
	for name, content := range unzip(t, pack) {
		if strings.Contains(content, "kiki") {
			t.Errorf("%s has a name", name)
		}
	}
	sound(t, s)
}

// TestTheLogTellsWhatWasBefore: of a person's role, of the owner's rules, of a segment.
func TestTheLogTellsWhatWasBefore(t *testing.T) {
	ctx := t.Context()
	s := open(t, newBook(t), "", clock())
	defer func() { _ = s.Close() }()
	save := func(rule string) error { _, err := s.SaveSegment(ctx, "regulars", rule); return err }
	comeAndGo(t, s)
	if err := errors.Join(
		s.SetHouse(ctx, access.House{Rows: 99}),
		s.SetHouse(ctx, access.House{Rows: 50}),
		save("purchases > 2"), save("purchases > 3"),
	); err != nil {
		t.Fatal(err)
	}
	list, err := s.Log(ctx, usecase.LogRequest{Reason: "to look"})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range slices.Backward(list) {
		for _, c := range e.Changes {
			told = append(told, fmt.Sprintf("%s %s: %s > %s", c.What, c.Name, c.Before.Reveal(), c.After.Reveal()))
		}
	}
	if want := []string{
		"user kiki:  > service", "user kiki: service > finance", "user kiki: finance > ", "user kiki: finance > service",
		"user kiki:  > service", "user kiki: service > service", "user kiki: service > ",
		`rules :  > {"rows":99}`, `rules : {"rows":99} > {"rows":50}`,
		"segment regulars:  > purchases > 2", "segment regulars: purchases > 2 > purchases > 3",
	}; !slices.Equal(told, want) {
		t.Errorf("%q\nwant %q", told, want)
	}
}

// TestRecoveryTellsOfAHeaderThatTheLogDoesNotKnow, which it would else make its own.
func TestRecoveryTellsOfAHeaderThatTheLogDoesNotKnow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	code, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: path, Owner: "owner", Passphrase: []byte(logPass)})
	if err != nil {
		t.Fatal(err)
	}
	addUser(t, path, "ling", "service")
	other := []byte("a quite different saying of mine")
	if err := usecase.Recover(t.Context(), usecase.RecoverRequest{Path: path, Code: code.Reveal(), Passphrase: other, Clock: clock}); err != nil {
		t.Fatal(err)
	}
	s, err := usecase.Open(t.Context(), path, "", other, clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if got := acts(t, s, usecase.LogRequest{}); got != "found recover login" {
		t.Errorf("log %q", got)
	}
}
