package usecase_test

import (
	"errors"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
	"kebu/store"
)

const shopify = "../../testdata/exports/shopify/orders_export-79.csv"

// people imports an export and returns the ids of its customers.
func people(t *testing.T, s *usecase.Session) []string {
	t.Helper()
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: shopify}); err != nil {
		t.Fatal(err)
	}
	return ids(t, s, usecase.Selection{})
}

func ids(t *testing.T, s *usecase.Session, sel usecase.Selection) []string {
	t.Helper()
	var list []string
	if _, err := s.Customers(t.Context(), sel, func(c store.Customer) error {
		list = append(list, c.ID)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

func show(t *testing.T, s *usecase.Session, id string) usecase.Profile {
	t.Helper()
	p, err := s.Show(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func undo(t *testing.T, s *usecase.Session, d usecase.Done) {
	t.Helper()
	kept, err := s.Undo(t.Context(), d.Step)
	if err != nil {
		t.Fatal(err)
	}
	if len(kept) > 0 {
		t.Errorf("undo of step %d kept %v", d.Step, kept)
	}
}

// must returns what a verb did.
func must(t *testing.T) func(usecase.Done, error) usecase.Done {
	return func(d usecase.Done, err error) usecase.Done {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
}

func sound(t *testing.T, s *usecase.Session) {
	t.Helper()
	r, err := s.Check(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Errorf("check: %s", p)
	}
}

func TestChoicesAreRememberedWithoutAStep(t *testing.T) {
	s := session(t)
	for _, value := range []string{"328", "400", ""} {
		if err := s.Remember(t.Context(), "panel", value); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Recall(t.Context(), "panel"); err != nil || got != value {
			t.Errorf("recalled %q, %v, want %q", got, err, value)
		}
	}
	if _, err := s.Undo(t.Context(), 1); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("undo of the first step: %v, want none to be there", err)
	}
	sound(t, s)
}

func TestDraftsOfNotesAreKeptUntilBlank(t *testing.T) {
	s := session(t)
	id := people(t, s)[0]
	for _, text := range []string{"rings bef", "rings before noon", ""} {
		if err := s.KeepDraft(t.Context(), id, pii.New(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Draft(t.Context(), id); err != nil || got.Reveal() != text {
			t.Errorf("draft does not read %q: %v", text, err)
		}
		sound(t, s)
	}
	if err := s.KeepDraft(t.Context(), id, pii.New("half a thought")); err != nil {
		t.Fatal(err)
	}
	if p := show(t, s, id); len(p.Notes) > 0 {
		t.Error("a draft shows as a note")
	}
	if _, err := s.Undo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Draft(t.Context(), id); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("draft of one who is gone: %v", err)
	}
	sound(t, s)
}

// TestDraftsOfSheetsAreKeptApart: those of one customer, those of several, and that of
// the customer's page.
func TestDraftsOfSheetsAreKeptApart(t *testing.T) {
	s := session(t)
	list := people(t, s)
	one, other := usecase.Targets{IDs: list[:1]}, usecase.Targets{IDs: list[1:2]}
	several, all := usecase.Targets{IDs: list[:2]}, usecase.Targets{Where: "purchases >= 0"}
	keep := func(text string, on usecase.Targets) {
		t.Helper()
		if err := s.KeepDraftMany(t.Context(), pii.New(text), on); err != nil {
			t.Fatal(err)
		}
	}
	reads := func(want string, on usecase.Targets) {
		t.Helper()
		if got, err := s.DraftMany(t.Context(), on); err != nil || got.Reveal() != want {
			t.Errorf("the draft on %d does not read %q: %v", len(on.IDs), want, err)
		}
	}
	keep("on one", one)
	keep("on two", several)
	keep("on all", all)
	if err := s.KeepDraft(t.Context(), list[0], pii.New("on the page")); err != nil {
		t.Fatal(err)
	}
	reads("on one", one)
	reads("", other)
	reads("on all", several)
	reads("on all", all)
	sound(t, s)
	keep(" ", several)
	reads("", all)
	reads("on one", one)
	keep("", one)
	reads("", one)
	if got, err := s.Draft(t.Context(), list[0]); err != nil || got.Reveal() != "on the page" {
		t.Errorf("the draft of the page is gone: %v", err)
	}
}
