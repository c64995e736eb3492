package team

import (
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
)

// begin begins a guide about somebody.
func (s *stage) begin(kind occasion, name string, role access.Role) {
	s.T.Helper()
	s.Click(s.Text("team_tab_guides"))
	s.See(s.Text("team_guide_" + string(kind) + "_text"))
	c := s.Window.Canvas()
	buttons := s.Screen().Find(s.Text("team_guide_begin"))
	at := buttons[0]
	if kind == whenLost {
		at = buttons[1]
	}
	s.ClickAt(at.Middle())
	if _, ok := c.Focused().(*parts.Select); !ok {
		s.T.Errorf("the focus is on %T, not on who it is about", c.Focused())
	}
	s.Press(fyne.KeySpace)
	s.Click(s.Words.User(name, role))
	s.See(s.about("team_guide_about", name))
}

// remembered waits until the book remembers a step.
func (s *stage) remembered(at step) {
	s.T.Helper()
	s.Until("the step is remembered", func() bool {
		text, err := s.book.Recall(s.T.Context(), guideName)
		if err != nil {
			s.T.Fatal(err)
		}
		return recalled(text).Done[at]
	})
}

// TestAMemberOfStaffHasLeft goes on by a new page after each step, as after a lock.
func TestAMemberOfStaffHasLeft(t *testing.T) {
	s := open(t, xin, mei)
	s.begin(whenLeft, "Xin", access.Service)
	s.Click(s.Text("team_remove_item"))
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("team_guide_own_text")) // the book is sealed anew by itself
	if _, ok := s.member("Xin"); ok || s.book.Stale() {
		t.Error("who has left is still in, or holds a key that counts")
	}
	if focused, ok := s.Focused().(*parts.Button); !ok || focused.Text() != s.Text("settings_pass_change") {
		t.Errorf("the focus is on %T", s.Focused())
	}
	s.remembered(stepAccess)

	s.login("", ownersPhrase)
	s.show(place.Place{Page: place.Team})
	s.See(s.about("team_guide_about", "Xin")) // without being asked for
	s.Click(s.Text("settings_pass_change"))
	s.Type(ownersPhrase)
	for range 2 {
		s.Press(fyne.KeyReturn)
		s.Type(newPhrase)
	}
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("team_guide_sheet_text"))
	s.remembered(stepOwn)

	s.login("", newPhrase)
	s.show(place.Place{Page: place.Team})
	s.See(s.Text("team_guide_sheet_text"))
	s.Click(s.Text("team_guide_skip"))
	s.See(s.Text("team_guide_done"))
	s.Click(s.Text("team_guide_leave"))
	s.See(s.Text("team_guide_lost_text"))
	s.Until("it is forgotten", func() bool {
		text, err := s.book.Recall(t.Context(), guideName)
		return err == nil && text == ""
	})

	s.show(place.Place{Page: place.Team})
	if s.Screen().Has(s.Text("team_guide_left_text")) {
		t.Error("a guide that is over is gone back to")
	}
}

func TestSomebodySuspendedElsewhereIsOut(t *testing.T) {
	s := open(t, xin)
	s.begin(whenLeft, "Xin", access.Service)
	if err := s.book.DisableUser(t.Context(), "Xin"); err != nil {
		t.Fatal(err)
	}
	s.page.Reload()
	s.See(s.Text("team_guide_seal_text"))
	s.Click(s.Text("team_guide_seal_do"))
	s.See(s.Text("team_guide_own_text"))
	if s.book.Stale() {
		t.Error("the book is not sealed anew")
	}
}

func TestALaptopOfStaffWasLost(t *testing.T) {
	s := open(t, xin)
	s.begin(whenLost, "Xin", access.Service)
	s.See(s.Text("team_guide_lost_access_text"))
	s.Click(s.Text("team_reset_item"))
	s.See(s.Text("team_reset_leaked_text"))
	if s.Screen().Has(s.Text("team_reset_forgot")) {
		t.Error("a lost laptop is no forgotten passphrase")
	}
	s.Click(s.Text("team_pass_noted"))
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("team_guide_own_text"))
	if s.book.Stale() || s.resealed() != 1 {
		t.Error("the book is not sealed anew")
	}
	for range 2 {
		s.Click(s.Text("team_guide_skip"))
	}
	s.See(s.Text("team_guide_done"))
	if s.opens("Xin", staffPhrase) {
		t.Error("what the laptop knew opens the book")
	}
}

func TestTheOwnersLaptopWasLost(t *testing.T) {
	s := open(t)
	s.begin(whenLost, "Ada", access.Owner)
	s.See(s.Text("team_guide_own_text_owner"))
	if s.Screen().Has(s.Text("team_guide_skip")) {
		t.Error("the passphrase that is lost may be kept")
	}
	s.Click(s.Text("settings_pass_change"))
	s.Type(ownersPhrase)
	for range 2 {
		s.Press(fyne.KeyReturn)
		s.Type(newPhrase)
	}
	s.Ctrl(fyne.KeyReturn)
	s.Click(s.Text("team_guide_sheet_do"))
	s.See(s.Text("act_sheet_old"))
	s.Ctrl(fyne.KeyReturn)
	s.Click(s.Text("welcome_sheet_copied"))
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("team_guide_done"))
	if s.opens("", ownersPhrase) || !s.opened("", newPhrase) {
		t.Error("the old passphrase opens the book, or the new one does not")
	}
}

func TestNobodyHasLeftWhereNobodyIs(t *testing.T) {
	s := open(t)
	s.Click(s.Text("team_tab_guides"))
	s.ClickAt(s.Screen().Find(s.Text("team_guide_begin"))[0].Middle())
	s.See(s.Text("team_guide_nobody"))
	s.Click(s.Text("team_guide_leave"))
	s.See(s.Text("team_guide_left_text"))
}
