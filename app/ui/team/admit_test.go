package team

import (
	"regexp"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

var generated = regexp.MustCompile(`^[a-z]+( [a-z]+){4}$`)

// generated returns the passphrase that is on offer.
func (s *stage) generated() string {
	s.T.Helper()
	for _, text := range s.Screen().Texts {
		if generated.MatchString(text.Text) {
			return text.Text
		}
	}
	s.T.Fatalf("no passphrase is on offer: %v", s.Screen())
	return ""
}

func TestAPersonOfEachRoleIsAddedWithTheGeneratedPassphrase(t *testing.T) {
	s := open(t)
	last := ""
	for _, role := range staff() {
		name, title := "the "+string(role), s.Text("role_"+string(role))
		s.Ctrl(fyne.KeyReturn)
		s.See(s.Text("team_add_title"))
		s.Type(name)
		if role != staff()[0] {
			s.Click(s.Text("role_" + string(staff()[0])))
			s.Click(title)
		}
		s.See(s.Text("team_does_" + string(role)))
		pass := s.generated()
		if pass == last {
			t.Error("two people are given one passphrase")
		}
		last = pass
		s.Ctrl(fyne.KeyReturn)
		if _, ok := s.member(name); ok {
			t.Fatalf("%s is let in with a passphrase that nobody wrote down", name)
		}
		s.Click(s.Text("team_pass_noted"))
		s.Ctrl(fyne.KeyReturn)
		s.See(s.Text("team_added", map[string]any{"User": name, "Role": title}))
		m, ok := s.member(name)
		if !ok || m.Role != role {
			t.Errorf("added as %+v", m)
		}
		if bounded := m.Until.Known(); bounded != (role == access.Auditor) {
			t.Errorf("the time of %s is bounded: %v", role, bounded)
		}
		s.Until("the list has them", func() bool { return s.page.people.Count() == 2+slices.Index(staff(), role) })
	}
	if s.Screen().Has(last) {
		t.Error("the passphrase is still shown")
	}
	if !s.opens("the "+string(access.Auditor), last) {
		t.Error("the passphrase on offer opens nothing")
	}
}

func TestAnotherPassphraseHasToBeWrittenDownAgain(t *testing.T) {
	s := open(t)
	s.Ctrl(fyne.KeyReturn)
	s.Type("Xin")
	first := s.generated()
	s.Click(s.Text("team_pass_noted"))
	s.Click(s.Text("team_pass_another"))
	second := s.generated()
	if second == first {
		t.Error("it is not another")
	}
	s.Ctrl(fyne.KeyReturn)
	if _, ok := s.member("Xin"); ok {
		t.Error("let in with a passphrase that nobody wrote down")
	}
	s.Click(s.Text("team_pass_copy"))
	if got := fyne.CurrentApp().Clipboard().Content(); got != second {
		t.Errorf("%q is copied", got)
	}
}

func TestATypedPassphraseHasToBeStrong(t *testing.T) {
	s := open(t)
	s.Ctrl(fyne.KeyReturn)
	s.Type("Xin")
	s.Click(s.Text("team_pass_typed"))
	entry, ok := s.Focused().(*parts.Entry)
	if !ok || !entry.Password {
		t.Fatal("the focus is not where it is typed")
	}
	for pass, says := range map[string]string{"mima123": "door_too_weak", "mossy kettle": "door_short"} { // twelve are still too few
		entry.SetText("")
		s.Type(pass)
		s.See(s.Text(says, map[string]any{"Count": usecase.MinPassphrase - len(pass)}))
		s.Press(fyne.KeyReturn)
		s.Type(pass)
		s.Ctrl(fyne.KeyReturn)
		if _, ok := s.member("Xin"); ok {
			t.Fatalf("let in with %q", pass)
		}
		again, _ := s.Focused().(*parts.Entry)
		again.SetText("")
		entry.Focus()
	}
	entry.SetText("")
	s.Type(staffPhrase)
	s.See(s.Text("door_very_strong"))
	s.Press(fyne.KeyReturn)
	s.Type(staffPhrase)
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("team_added", map[string]any{"User": "Xin", "Role": s.Text("role_manager")}))
	if !s.opens("Xin", staffPhrase) {
		t.Error("it opens nothing")
	}
}

func TestANameOrDaysThatDoNotFitAreToldWhereTheyStand(t *testing.T) {
	s := open(t, xin)
	s.Ctrl(fyne.KeyReturn)
	s.Type("Xin")
	s.Click(s.Text("role_manager"))
	s.Click(s.Text("role_auditor"))
	s.Click(s.Text("team_pass_noted"))
	days := s.field(s.Text("team_days"))
	for _, wrong := range []string{"0", "31", "a week"} {
		days.SetText(wrong)
		s.Ctrl(fyne.KeyReturn)
		s.See(s.Text("team_days_wrong"))
	}
	days.SetText("7")
	s.Gone(s.Text("team_days_wrong"))
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Words.Error(usecase.ErrName))
	name, ok := s.Focused().(*parts.Entry)
	if !ok || name.Text != "Xin" {
		t.Fatal("the name that is taken is not gone back to")
	}
	name.SetText("Bo")
	s.Ctrl(fyne.KeyReturn)
	s.See("2026-07-07 10:00")
}

// field returns the first field below a label.
func (s *stage) field(label string) *parts.Entry {
	s.T.Helper()
	s.See(label)
	c := s.Window.Canvas()
	below := s.Screen().Find(label)[0].Pos.Y
	c.Unfocus()
	for range 40 {
		c.FocusNext()
		e, ok := c.Focused().(*parts.Entry)
		if ok && fyne.CurrentApp().Driver().AbsolutePositionForObject(e).Y > below {
			return e
		}
	}
	s.T.Fatalf("no field below %s", label)
	return nil
}

func TestAForgottenPassphraseTakesNoKeys(t *testing.T) {
	for _, leaked := range []bool{false, true} {
		s := open(t, xin)
		s.ask("team_reset_item")
		s.See(s.Text("team_reset_forgot_text"))
		if leaked {
			s.Click(s.Text("team_reset_leaked"))
			s.See(s.Text("team_reset_leaked_text"))
		}
		s.Click(s.Text("team_pass_typed"))
		s.Type(newPhrase)
		s.Press(fyne.KeyReturn)
		s.Type(newPhrase)
		s.Ctrl(fyne.KeyReturn)
		done, sealed := s.about("team_reset_done", "Xin"), 0
		if leaked {
			done, sealed = s.Text("team_resealed"), 1
		}
		s.See(done)
		if got := s.resealed(); got != sealed || s.book.Stale() {
			t.Errorf("leaked %v: sealed anew %d times", leaked, got)
		}
		if s.opens("Xin", staffPhrase) || !s.opened("Xin", newPhrase) {
			t.Errorf("leaked %v: the old passphrase still opens the book, or the new one does not", leaked)
		}
	}
}
