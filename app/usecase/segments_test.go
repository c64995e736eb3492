package usecase_test

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/usecase"
)

// segment returns the one segment of a book.
func segment(t *testing.T, s *usecase.Session) usecase.Segment {
	t.Helper()
	list, err := s.Segments(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d segments, %v, want one", len(list), err)
	}
	return list[0]
}

func moves(t *testing.T, s *usecase.Session, name string) (entered, left []string) {
	t.Helper()
	entered, left, err := s.SegmentMoves(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return entered, left
}

func TestSegmentsTellWhoCameAndWent(t *testing.T) {
	now := date(time.November, 1)
	day := crm.DayOf(now)
	s := sessionAt(t, &now)
	list := people(t, s)
	tag := func(id string, on bool) {
		t.Helper()
		if on {
			must(t)(s.AddTag(t.Context(), "礼", usecase.Targets{IDs: []string{id}}))
		} else {
			must(t)(s.RemoveTag(t.Context(), "礼", usecase.Targets{IDs: []string{id}}))
		}
	}
	must(t)(s.SaveSegment(t.Context(), "送礼", "tag = 礼"))
	tag(list[0], true)
	if g := segment(t, s); g.Since != 0 || g.Customers != 1 {
		t.Errorf("the first day: %+v, want one customer and no movement known", g)
	}
	if in, out := moves(t, s, "送礼"); in != nil || out != nil {
		t.Errorf("moves of the first day: %v, %v", in, out)
	}

	now = now.AddDate(0, 0, 2)
	tag(list[0], false)
	tag(list[1], true)
	for range 2 { // the snapshot that the first list takes changes nothing today
		if g := segment(t, s); g.Since != day || g.Entered != 1 || g.Left != 1 || g.Customers != 1 {
			t.Errorf("the third day: %+v, want one in and one out", g)
		}
	}
	if in, out := moves(t, s, "送礼"); !slices.Equal(in, list[1:2]) || !slices.Equal(out, list[:1]) {
		t.Errorf("moves of the third day: %v, %v", in, out)
	}
	must(t)(s.RenameSegment(t.Context(), "送礼", "礼物"))
	if g := segment(t, s); g.Since != day {
		t.Error("another name has another past")
	}

	now = now.AddDate(0, 0, 6) // the first day is 8 days ago, the third is the oldest
	if g := segment(t, s); g.Since != day+2 || g.Entered != 0 || g.Left != 0 {
		t.Errorf("the ninth day: %+v, want no movement since the third", g)
	}
	undone := must(t)(s.SaveSegment(t.Context(), "礼物", "tag = 茶"))
	if g := segment(t, s); g.Since != 0 {
		t.Errorf("another rule: %+v, want no movement known", g)
	}
	undo(t, s, undone)
	if g := segment(t, s); g.Since != day+2 {
		t.Error("the rule that is back has lost its past")
	}

	now = now.AddDate(0, 0, 1)
	must(t)(s.RemoveTag(t.Context(), "礼", usecase.Targets{IDs: list[1:2]}))
	if _, err := s.Undo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if g := segment(t, s); g.Left != len(ids(t, s, usecase.Selection{})) {
		t.Errorf("%d left of %d that there are", g.Left, len(ids(t, s, usecase.Selection{})))
	}
	if _, _, err := s.SegmentMoves(t.Context(), "送礼"); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("moves of no segment: %v", err)
	}
	sound(t, s)
}

func TestSegmentsHaveTheirNetAndTheirLastExport(t *testing.T) {
	now := date(time.November, 1)
	s := sessionAt(t, &now)
	people(t, s)
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	must(t)(s.SaveSegment(t.Context(), "all", "purchases>=0"))
	if g := segment(t, s); len(stats.Money) != 1 || g.Net != stats.Money[0].Net() || g.LastExport.Known() {
		t.Errorf("%+v, want the net of the shop and no export", g)
	}
	now = now.Add(time.Hour)
	if _, err := s.Export(t.Context(), usecase.ExportRequest{
		Selection: usecase.Selection{Where: "purchases  >=  0"}, To: filepath.Join(t.TempDir(), "list.csv"), Purpose: "test",
		Title: func(c string) string { return c },
	}); err != nil {
		t.Fatal(err)
	}
	if g := segment(t, s); g.LastExport != crm.At(now) {
		t.Errorf("last export %v, want %v", g.LastExport, crm.At(now))
	}
}

func TestRenamedSegment(t *testing.T) {
	s := session(t)
	must(t)(s.SaveSegment(t.Context(), "vip", "net > 100"))
	other := must(t)(s.SaveSegment(t.Context(), "new", "purchases = 1"))
	if _, err := s.RenameSegment(t.Context(), "vip", "NEW"); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("renamed to a name that is taken: %v", err)
	}
	if _, err := s.RenameSegment(t.Context(), "nobody", "someone"); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("renamed what is not there: %v", err)
	}
	undo(t, s, other)
	must(t)(s.RenameSegment(t.Context(), "vip", "VIP"))
	renamed := must(t)(s.RenameSegment(t.Context(), "VIP", "best"))
	if g := segment(t, s); g.Name != "best" || g.Rule != "net > 100" {
		t.Errorf("%+v", g)
	}
	undo(t, s, renamed)
	if g := segment(t, s); g.Name != "VIP" {
		t.Errorf("after undo: %+v", g)
	}
}

func TestReadySegmentsAreRulesInTheirOneForm(t *testing.T) {
	for _, r := range usecase.ReadySegments() {
		if rule, err := crm.ParseRule(r.Rule); err != nil || rule.String() != r.Rule {
			t.Errorf("%s: %v, %v", r.Key, rule, err)
		}
	}
}
