package team

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/parts"
)

func TestTheTableSaysWhatKeysAndWhatTheProgramKeeps(t *testing.T) {
	s := open(t, xin)
	s.Click(s.Text("team_tab_rules"))
	for _, key := range []string{"team_legend_keys", "team_legend_reveal", "team_legend_program", "team_field_phone", "team_level_reveals", "team_level_sums"} {
		s.See(s.Text(key))
	}
	s.Click(s.Text("team_narrow"))
	s.Click(s.Text("role_service"))
	s.See(s.Text("team_narrow_title", map[string]any{"Role": s.Text("role_service")}))
	for _, field := range []string{"team_field_name", "team_field_phone"} { // which share a key
		s.choose(s.Text(field), s.Text("team_level_masked"))
	}
	s.See("会收走这些资料的钥匙：姓名、电话、邮箱")
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("team_resealed"))
	house, err := s.book.House(t.Context())
	if err != nil || house.Holds(access.Service, access.Phone) || house.Sees(access.Service, access.Phone) != access.Masked {
		t.Errorf("%+v, %v", house, err)
	}
}

// choose chooses in the list beside a label.
func (s *stage) choose(label, option string) {
	s.T.Helper()
	s.See(label)
	found := s.Screen().Find(label)
	at := found[len(found)-1]
	for _, text := range s.Screen().Texts {
		if text.Kind == "*parts.Select" && text.Layer == at.Layer && text.Middle().Y-at.Middle().Y < 8 && at.Middle().Y-text.Middle().Y < 8 {
			s.ClickAt(text.Middle())
			s.Click(option)
			return
		}
	}
	s.T.Fatalf("no list beside %s: %v", label, s.Screen())
}

func TestBoundsAreHeldWithinTheirRange(t *testing.T) {
	s := open(t)
	s.Click(s.Text("team_tab_rules"))
	s.Scroll(s.Text("team_field_phone"), 1000)
	s.See("250 位")
	s.See("24 小时")
	s.Click(s.Text("team_bounds_change"))
	rows, ok := s.Focused().(*parts.Entry)
	if !ok || rows.Text != "250" {
		t.Fatal("the focus is not in the first bound")
	}
	for _, wrong := range []string{"251", "0", "many"} {
		rows.SetText(wrong)
		s.Ctrl(fyne.KeyReturn)
		s.See(s.Text("team_number_wrong", map[string]any{"Least": 1, "Most": 250}))
	}
	rows.SetText("100")
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("rules_set"))
	s.See("100 位")
	if house, err := s.book.House(t.Context()); err != nil || house.ClearRows() != 100 || house.Wait() != 24*time.Hour || house.Reveals(access.Owner) != access.OwnerReveals {
		t.Errorf("%+v, %v", house, err)
	}
}
