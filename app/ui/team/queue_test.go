package team

import (
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/crm"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// lists are one of the owner's that waits, and one of Mei's.

func lists() []usecase.Approval {
	list := usecase.Approval{At: crm.At(desktest.Now), Rows: 412, Columns: []string{"name", "phone"}, Purpose: "spring tea"}
	own, other := list, list
	own.ID, own.User = 2, "Ada"
	other.ID, other.User = 1, "Mei"
	return []usecase.Approval{own, other}
}

// queued shows the lists that wait.

func queued(t *testing.T, asked []usecase.Approval, staff ...usecase.NewMember) *stage {
	t.Helper()
	s := open(t, staff...)
	s.book.asked = asked
	s.show(place.Place{Page: place.Team, Waiting: true})
	return s
}

func (b *book) verdict(id int64) string {
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, a := range b.asked {
		if a.ID == id {
			return a.Verdict
		}
	}
	return ""
}

func TestAListOfAnotherIsDecided(t *testing.T) {
	for _, yes := range []bool{true, false} {
		s := queued(t, lists(), mei)
		s.See(s.Text("team_tab_queue_some", map[string]any{"Waiting": "1"}))
		s.See(s.Text("team_queue_own"))
		s.Click("Mei")
		s.See(s.Text("team_queue_what", map[string]any{"User": "Mei", "Customers": "412", "Columns": "姓名、电话", "Purpose": "spring tea"}))
		said, verdict := "team_queue_refused", usecase.VerdictNo
		if yes {
			said, verdict = "team_queue_approved", usecase.VerdictYes
			s.Ctrl(fyne.KeyReturn)
		} else {
			s.Press(fyne.KeyDelete)
		}
		s.See(s.about(said, "Mei"))
		s.Gone(s.Text("team_tab_queue_some", map[string]any{"Waiting": "1"}))
		if got := s.book.verdict(1); got != verdict {
			t.Errorf("the verdict is %q", got)
		}
	}
}

func TestNobodyDecidesOnTheirOwnList(t *testing.T) {
	s := queued(t, lists()[:1], mei)
	s.See(s.Text("team_queue_own"))
	if s.Screen().Has(s.Text("team_queue_approve")) || s.Screen().Has(s.Text("team_queue_refuse")) {
		t.Error("it is offered")
	}
	s.Ctrl(fyne.KeyReturn)
	s.Press(fyne.KeyDelete)
	if got := s.book.verdict(2); got != "" {
		t.Errorf("decided: %q", got)
	}
}

func TestWhoIsAloneIsToldFromWhenOn(t *testing.T) {
	for _, staff := range [][]usecase.NewMember{nil, {xin}} { // who looks after customers approves nothing
		s := queued(t, lists()[:1], staff...)
		s.See("2026-07-01 10:00")
	}
}

func TestNoListWaits(t *testing.T) {
	s := queued(t, []usecase.Approval{})
	s.See(s.Text("team_queue_none"))
	s.See(s.Text("team_queue_none_text", map[string]any{"Most": 250}))
}
