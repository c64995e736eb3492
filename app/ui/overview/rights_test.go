package overview

import (
	"testing"
	"time"

	"kebu/app/crm/access"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// TestEachRoleHasWhatTheTableGivesIt compares tiles, cards and the way to imports with
// the table, and under rules that hide amounts.
func TestEachRoleHasWhatTheTableGivesIt(t *testing.T) {
	hidden := access.House{Most: map[access.Role]map[access.Field]access.Level{}}
	for _, r := range access.Roles[1:] {
		hidden.Most[r] = map[access.Field]access.Level{access.Amount: access.None}
	}
	for _, h := range []access.House{{}, hidden} {
		for _, r := range access.Roles {
			if !access.May(r, access.Overview) {
				continue
			}
			s := &stage{Stage: desktest.New(t)}
			s.Desk.Clock = func() time.Time { return time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC) }
			s.Desk.Rights = desktest.Role(r, h)
			book := filled()
			if access.Sees(r, access.Facts) < access.Masked {
				book.overview.Due = nil // as the use-case does
			}
			s.page = New(s.Desk, book)
			s.Open(s.page, place.Place{})
			s.See(s.Text("overview_mix"))
			s.Until("the figures are read", func() bool { return s.page.read })
			amounts := h.Sees(r, access.Amount) >= access.Aggregates
			for key, so := range map[string]bool{
				"overview_net": amounts, "overview_refunds": amounts, "overview_chart": amounts, "overview_buyers": true,
				"overview_segments": h.May(r, access.Segments), "overview_import": h.May(r, access.Import),
				"overview_todo": h.May(r, access.Imports) || h.May(r, access.Review) || h.Sees(r, access.Writing) >= access.Masked,
			} {
				if has := s.Screen().Has(s.Text(key)); has != so {
					t.Errorf("%s reads %s: %t", r, s.Text(key), has)
				}
			}
			named := h.Sees(r, access.Facts) >= access.Masked
			if has := s.Screen().Has("陈**"); has != named {
				t.Errorf("%s reads who should be back: %t", r, has)
			}
			if has := s.Screen().Has(s.Text("overview_due_unnamed")); has == named {
				t.Errorf("%s reads that it is not told who: %t", r, has)
			}
			if has := s.Screen().Has("100.00"); has != (named && h.Sees(r, access.Amount) >= access.Masked) {
				t.Errorf("%s reads what one spent: %t", r, has)
			}
		}
	}
}

// TestASegmentOfWhatIsHiddenIsNotAMove: only segments that the user can open are told of.
func TestASegmentOfWhatIsHiddenIsNotAMove(t *testing.T) {
	s := newStage(t, filled())
	s.See("Gifts")
	s.page.showMoves([]usecase.Segment{{Name: "Gifts", Rule: "tag = gift"}, {Name: "Big", Hidden: access.Amount}})
	if s.Screen().Has("Big") {
		t.Error("a segment that cannot be opened is told of")
	}
}
