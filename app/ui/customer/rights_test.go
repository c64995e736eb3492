package customer

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
	"kebu/cmd/kebu/walk/screen"
)

// TestEachRoleHasWhatTheTableGivesIt compares figures, tabs, columns, buttons and keys
// with the table.
func TestEachRoleHasWhatTheTableGivesIt(t *testing.T) {
	for _, r := range access.Roles {
		s := newStageOf(t, desktest.Role(r, access.House{}), "")
		p := s.page
		sees := func(f access.Field) bool { return access.Sees(r, f) >= access.Masked }
		for key, so := range map[string]bool{
			"person_net": sees(access.Amount) && sees(access.Facts), "person_refunds": sees(access.Amount) && sees(access.Facts),
			"person_interval": sees(access.Facts), "customer_tags": sees(access.Tag), "customer_fields": access.May(r, access.SetField),
			"customer_reveal": access.May(r, access.Reveal), "customer_note": access.May(r, access.Note),
			"customer_show_all": sees(access.Facts) || sees(access.Writing), // else there is nothing to choose
		} {
			if has := reads(s, s.Text(key)); has != so {
				t.Errorf("%s reads %s: %t", r, s.Text(key), has)
			}
		}
		if has := slices.Contains(p.shownTabs, tabOrders); has != sees(access.Facts) {
			t.Errorf("%s has the tab of orders: %t", r, has)
		}
		if has := slices.Contains(p.shownTabs, tabNotes); has != sees(access.Writing) {
			t.Errorf("%s has the tab of notes: %t", r, has)
		}
		if has := s.Screen().Has("¥466"); has != sees(access.Amount) && sees(access.Facts) {
			t.Errorf("%s reads what an order cost: %t", r, has)
		}
		for _, c := range p.table.Layout().Columns {
			if !sees(access.Of(c.ID)) {
				t.Errorf("%s has column %s", r, c.ID)
			}
		}
		if p.write.object.Visible() != access.May(r, access.Note) {
			t.Errorf("%s has a field for notes: %t", r, p.write.object.Visible())
		}
		for k, v := range keys {
			if !access.May(r, v) && p.Key(k) {
				t.Errorf("%s has a key for %s", r, v)
			}
		}
	}
}

// reads reports whether a text stands by itself.
func reads(s *stage, text string) bool {
	return slices.ContainsFunc(s.Screen().Texts, func(t screen.Text) bool { return t.Text == text })
}

// TestTheTabOfAnotherRoleIsNoHarm: who has no notes comes to the timeline.
func TestTheTabOfAnotherRoleIsNoHarm(t *testing.T) {
	left := `{"tab":2,"shown":2,"orders":{"Columns":[{"ID":"gross"},{"ID":"number"}],"Sort":[{"ID":"gross"}]}}`
	s := newStageOf(t, desktest.Role(access.Warehouse, access.House{}), left)
	if v := s.page.view; v.Tab != tabTimeline || v.Shown != showAll {
		t.Errorf("%+v", v)
	}
	s.page.choose(tabOrders)
	if slices.ContainsFunc(s.page.table.Layout().Columns, func(c parts.ColumnLayout) bool { return c.ID == "gross" }) {
		t.Error("a warehouse has the column of another role")
	}
}

// TestTheRevealTellsItsLimitBeforehand: how many are left, that one seen counts no more,
// and at the limit when it goes on, without asking for a reason.
func TestTheRevealTellsItsLimitBeforehand(t *testing.T) {
	s := newStage(t)
	next := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		left usecase.Reveals
		read string
		asks bool
	}{
		{usecase.Reveals{Left: 3, Most: 20, Until: next}, "今天还能看 3 位，上限 20 位。", true},
		{usecase.Reveals{Most: 20, Again: true, Until: next}, "再看不计数", true},
		{usecase.Reveals{Most: 20, Until: next}, "2026-11-24 00:00 起可以再看", false},
		{usecase.Reveals{Left: 3, Most: 20, Nothing: true}, s.Desk.Words.Error(usecase.ErrShipped), false},
	} {
		s.book.left = c.left
		s.page.askReveal(nil)
		s.See(c.read)
		if asks := s.Screen().Has(s.Text("customer_reveal_log")); asks != c.asks {
			t.Errorf("%+v asks for a reason: %t", c.left, asks)
		}
		s.Press(fyne.KeyEscape)
		s.Gone(c.read)
	}
}

// TestABoundOfTheDayDoesNotEndRevealing as what a role may never do.
func TestABoundOfTheDayDoesNotEndRevealing(t *testing.T) {
	for err, want := range map[error]bool{&usecase.DailyError{Limit: 1}: true, usecase.ErrShipped: true, crm.ErrDenied: false} {
		if got := passes(fmt.Errorf("reveal: %w", err)); got != want {
			t.Errorf("%v: %t", err, got)
		}
	}
}

// TestTheClipboardIsClearedAfterHalfAMinute by the clock.
func TestTheClipboardIsClearedAfterHalfAMinute(t *testing.T) {
	s := newStage(t)
	s.reveal()
	s.page.copyClear("13800005678")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "13800005678" {
		t.Fatalf("copied %q", got)
	}
	s.now = s.now.Add(30 * time.Second)
	s.Until("the clipboard is empty", func() bool { return fyne.CurrentApp().Clipboard().Content() == "" })
	if s.page.reveal.profile == nil {
		t.Error("masked after half a minute")
	}
}
