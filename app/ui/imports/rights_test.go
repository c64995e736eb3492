package imports

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// TestEachRoleHasWhatTheTableGivesIt compares the way to import and to take back with the
// table.
func TestEachRoleHasWhatTheTableGivesIt(t *testing.T) {
	for _, r := range access.Roles {
		if !access.May(r, access.Imports) {
			continue
		}
		s := desktest.NewAs(t, r, access.House{})
		book := &fakeBook{past: []usecase.Imported{{Step: 1, Report: usecase.ImportReport{File: "may.csv"}}}}
		p := New(s.Desk, book)
		s.Open(p, place.Place{Page: place.Imports})
		s.See("may.csv")
		for key, v := range map[string]access.Verb{
			"imports_choose": access.Import, "imports_drop": access.Import, "imports_undo": access.Undo,
		} {
			if has := s.Screen().Has(s.Text(key)); has != access.May(r, v) {
				t.Errorf("%s reads %s: %t", r, s.Text(key), has)
			}
		}
		start, ok := p.view.(*startView)
		if !ok {
			t.Fatalf("the page shows %T", p.view)
		}
		s.Press(fyne.KeyHome)
		if has := slices.ContainsFunc(start.menu(0), func(m parts.MenuItem) bool { return m.Text == s.Text("imports_undo") }); has != access.May(r, access.Undo) {
			t.Errorf("%s is offered to take back: %t", r, has)
		}
		if !access.May(r, access.Undo) && p.Key(parts.Press{Key: fyne.KeyDelete}) {
			t.Errorf("%s has a key to take back", r)
		}
	}
}
