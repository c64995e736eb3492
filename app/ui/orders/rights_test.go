package orders

import (
	"encoding/json"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// as opens the page for a role.
func as(t *testing.T, book *fakeBook, r access.Role, h access.House) (*desktest.Stage, *Page) {
	t.Helper()
	s := desktest.NewAs(t, r, h)
	p := New(s.Desk, book)
	s.Open(p, place.Place{})
	s.Until("the list is read", func() bool { return p.ready && p.list.Known() && p.totals.Orders > 0 })
	return s, p
}

// TestEachRoleHasWhatTheTableGivesIt compares columns, conditions and sums with the table.
func TestEachRoleHasWhatTheTableGivesIt(t *testing.T) {
	_, owner := as(t, newBook(3), access.Owner, access.House{})
	every, conditions := desktest.Columns(owner.table.Layout()), owner.asks()
	for _, r := range access.Roles {
		if !access.May(r, access.Orders) {
			continue
		}
		s, p := as(t, newBook(3), r, access.House{})
		for _, id := range every {
			if has := slices.Contains(desktest.Columns(p.table.Layout()), id); has != (access.Sees(r, access.Of(id)) >= access.Masked) {
				t.Errorf("%s has column %s: %t", r, id, has)
			}
		}
		for _, f := range conditions {
			has := slices.ContainsFunc(p.asks(), func(k parts.FilterField) bool { return k.ID == f.ID })
			if has != (access.Sees(r, access.Of(f.ID)) >= access.Aggregates) {
				t.Errorf("%s filters by %s: %t", r, f.ID, has)
			}
		}
		if has := s.Screen().Has(p.shop.footer(p.totals, true)); has != (access.Sees(r, access.Amount) >= access.Aggregates) {
			t.Errorf("%s reads the sum: %t", r, has)
		}
		s.Press(fyne.KeyDown, fyne.KeyDown)
		s.See(s.Text("orders_lines"))
		if has := s.Screen().Has("10.00"); has != (access.Sees(r, access.Amount) >= access.Masked) {
			t.Errorf("%s reads what was paid: %t", r, has)
		}
	}
}

// TestTheSortOfAnotherRoleIsNoHarm: a warehouse is not asked to sort by money.
func TestTheSortOfAnotherRoleIsNoHarm(t *testing.T) {
	layout, err := json.Marshal(parts.TableLayout{Sort: []parts.SortKey{{ID: "gross"}, {ID: "status"}}})
	if err != nil {
		t.Fatal(err)
	}
	book := newBook(3)
	book.recalled[layoutName] = string(layout)
	as(t, book, access.Warehouse, access.House{})
	if got := book.selection().Sort; !slices.Equal(got, []usecase.Sort{{By: "status"}}) {
		t.Errorf("sorted by %v", got)
	}
}

// TestWhoMayNotImportIsNotToldTo: an empty page says who does.
func TestWhoMayNotImportIsNotToldTo(t *testing.T) {
	s := desktest.NewAs(t, access.Warehouse, access.House{})
	s.Open(New(s.Desk, newBook(0)), place.Place{})
	s.See(s.Text("orders_empty_wait"))
	if s.Screen().Has(s.Text("customers_import")) {
		t.Error("a warehouse is told to import")
	}
}
