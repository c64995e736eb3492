package usecase_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
)

// TestPlacesAndEntriesAreTheLog: what is read by places is what Log returns whole.
func TestPlacesAndEntriesAreTheLog(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	s, ctx := sessionAt(t, &now), t.Context()
	if _, err := s.Import(ctx, usecase.ImportRequest{Path: export}); err != nil {
		t.Fatal(err)
	}
	customers := ids(t, s, usecase.Selection{})
	now = now.Add(24 * time.Hour)
	must(t)(s.Note(ctx, customers[0], pii.New("likes tea")))
	must(t)(s.SetField(ctx, customers[1], "sister", pii.New("Ottilie")))
	if _, err := s.Reveal(ctx, customers[0], "to call"); err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]usecase.LogRequest{
		"all": {}, "user": {User: "owner"}, "nobody": {User: "no one"}, "verb": {Verb: "note"}, "verbs": {Verbs: []string{"note", "import"}},
		"customer": {Customer: customers[0]}, "from": {From: crm.At(now)}, "to": {To: crm.At(now)},
	} {
		want, err := s.Log(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		places, err := s.LogPlaces(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Log(ctx, usecase.LogRequest{Entries: append([]int64{}, places...)})
		if err != nil || !reflect.DeepEqual(got, want) || len(want) == 0 != (name == "nobody") {
			t.Errorf("%s: %d entries, want %d; %v", name, len(got), len(want), err)
		}
	}
	about, err := s.Log(ctx, usecase.LogRequest{Customer: customers[0]})
	if err != nil || len(about) != 2 || about[0].Verb != "reveal" || about[1].Verb != "note" || about[1].As != "owner" {
		t.Errorf("of a customer: %+v, %v", about, err)
	}
}

func TestALookAtOneEntryIsRecorded(t *testing.T) {
	s, ctx := session(t), t.Context()
	if _, err := s.SaveSegment(ctx, "all", "purchases >= 0"); err != nil {
		t.Fatal(err)
	}
	look := func(r usecase.LogRequest) usecase.LogEntry {
		t.Helper()
		r.Entries = []int64{1}
		list, err := s.Log(ctx, r)
		if err != nil || len(list) != 1 || len(list[0].Changes) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		return list[0]
	}
	if e := look(usecase.LogRequest{}); !e.Changes[0].After.Empty() || !e.Opened {
		t.Errorf("without a reason: %+v", e)
	}
	if e := look(usecase.LogRequest{Reason: " a complaint "}); e.Changes[0].After.Reveal() != "purchases >= 0" {
		t.Error("with a reason nothing is shown")
	}
	list, err := s.Log(ctx, usecase.LogRequest{Verb: "reveal"})
	if err != nil || len(list) != 1 || list[0].Purpose != "a complaint" || list[0].Rule != "log 1" {
		t.Errorf("recorded: %+v, %v", list, err)
	}
}

func TestTheStateOfTheLog(t *testing.T) {
	path := newBook(t)
	addUser(t, path, "kiki", "clerk")
	kiki := open(t, path, "kiki", clock())
	if _, err := kiki.LogState(t.Context()); err == nil {
		t.Error("a clerk reads the log")
	}
	if err := kiki.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, path, "", clock())
	defer func() { _ = s.Close() }()
	tell := func() string {
		t.Helper()
		state, err := s.LogState(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(state.Entries, state.Users, state.Signed, state.At != 0)
	}
	if got := tell(); got != "4 [kiki owner] 0 false" {
		t.Error(got)
	}
	if _, err := s.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := tell(); got != "4 [kiki owner] 4 true" {
		t.Error(got)
	}
	if report, err := s.CheckLog(t.Context()); err != nil || len(report.Problems) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestNamesOfThoseWhoAreThere(t *testing.T) {
	s, ctx := session(t), t.Context()
	if _, err := s.Import(ctx, usecase.ImportRequest{Path: export}); err != nil {
		t.Fatal(err)
	}
	customers := ids(t, s, usecase.Selection{})
	names, err := s.NamesOf(ctx, append(slices.Clone(customers), "00112233445566778899aabbccddeeff", "no id"))
	if err != nil || len(names) != len(customers) {
		t.Fatalf("%d names, %v", len(names), err)
	}
	for _, id := range customers {
		p, err := s.Show(ctx, id)
		if err != nil || names[id].Mask != p.NameMask {
			t.Errorf("another name than the profile's: %v", err)
		}
	}
}
