package customers

import (
	"encoding/json"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/crm"
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
	s.Until("the list is read", func() bool { return p.ready && p.list.Known() && p.totals.Customers > 0 })
	return s, p
}

// TestEachRoleHasWhatTheTableGivesIt compares columns, filters and the lines of the
// menu with the table, for every role, and under rules that hide amounts and places.
func TestEachRoleHasWhatTheTableGivesIt(t *testing.T) {
	_, owner := as(t, newBook(3), access.Owner, access.House{})
	every := desktest.Columns(owner.table.Layout())
	if len(every) < 15 {
		t.Fatalf("the owner has %q", every)
	}
	narrow := access.House{Most: map[access.Role]map[access.Field]access.Level{}}
	for _, r := range access.Roles[1:] {
		narrow.Most[r] = map[access.Field]access.Level{access.Amount: access.None, access.Place: access.None}
	}
	for i, h := range []access.House{{}, narrow} {
		for _, r := range access.Roles {
			if i > 0 && r != access.Service && r != access.Marketing {
				continue // who is left out under the table has no more to lose
			}
			s, p := as(t, newBook(3), r, h)
			for _, id := range every {
				if has, sees := slices.Contains(desktest.Columns(p.table.Layout()), id), h.Sees(r, access.Of(id)) >= access.Masked; has != sees {
					t.Errorf("%s has column %s: %t", r, id, has)
				}
			}
			fields := p.asks()
			for _, f := range crm.Fields {
				has := slices.ContainsFunc(fields, func(k parts.FilterField) bool { return k.ID == string(f) })
				if has != (h.Sees(r, access.Of(string(f))) >= access.Aggregates) {
					t.Errorf("%s filters by %s: %t", r, f, has)
				}
			}
			s.Press(fyne.KeyHome)
			menu := p.menu(0)
			for key, v := range map[string]access.Verb{
				"customers_note_item": access.Note, "customers_tag_item": access.AddTag, "customers_refuse": access.SetContact,
			} {
				if has := slices.ContainsFunc(menu, func(m parts.MenuItem) bool { return m.Text == s.Text(key) }); has != h.May(r, v) {
					t.Errorf("%s is offered %s: %t", r, v, has)
				}
			}
			for key, v := range map[string]access.Verb{"customers_save": access.SaveSegment, "customers_export": access.Export} {
				if has := s.Screen().Has(s.Text(key)); has != h.May(r, v) {
					t.Errorf("%s reads %s: %t", r, s.Text(key), has)
				}
			}
			if has := s.Screen().Has(p.shop.footer(p.totals, true)); has != (h.Sees(r, access.Amount) >= access.Aggregates) {
				t.Errorf("%s reads the sum: %t", r, has)
			}
			for k, v := range keys {
				if !h.May(r, v) && p.Key(k) {
					t.Errorf("%s has a key for %s", r, v)
				}
			}
		}
	}
}

// TestThePanelShowsWhatIsSeen: a warehouse has no figures of money, no tags and no note.
func TestThePanelShowsWhatIsSeen(t *testing.T) {
	s, _ := as(t, newBook(3), access.Warehouse, access.House{})
	s.Press(fyne.KeyDown)
	s.See(s.Text("customers_open"))
	s.See(s.Text("person_orders"))
	s.See("*******5678")
	for _, key := range []string{"person_net", "customers_tag_short", "customers_note"} {
		if s.Screen().Has(s.Text(key)) {
			t.Errorf("a warehouse reads %s", s.Text(key))
		}
	}
}

// TestTheLayoutOfAnotherRoleIsNoHarm: what it was sorted by is not asked for.
func TestTheLayoutOfAnotherRoleIsNoHarm(t *testing.T) {
	layout, err := json.Marshal(parts.TableLayout{
		Columns: []parts.ColumnLayout{{ID: "net"}, {ID: "tags"}, {ID: "name"}}, Sort: []parts.SortKey{{ID: "net", Descending: true}, {ID: "name"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	book := newBook(3)
	book.recalled[layoutName("")] = string(layout)
	_, p := as(t, book, access.Warehouse, access.House{})
	if got := book.selection().Sort; !slices.Equal(got, []usecase.Sort{{By: "name"}}) {
		t.Errorf("sorted by %v", got)
	}
	if slices.Contains(desktest.Columns(p.table.Layout()), "net") || slices.Contains(desktest.Columns(p.table.Layout()), "tags") {
		t.Errorf("columns %q", desktest.Columns(p.table.Layout()))
	}
	hidden := access.House{Most: map[access.Role]map[access.Field]access.Level{access.Service: {access.Facts: access.None}}}
	plain := newBook(3)
	if as(t, plain, access.Service, hidden); plain.selection().Sort != nil {
		t.Errorf("who sees no orders has them sorted by %v", plain.selection().Sort)
	}
}

// TestAListOfWhatIsHiddenSaysWhy: it leads back to all customers.
func TestAListOfWhatIsHiddenSaysWhy(t *testing.T) {
	book := newBook(3)
	s, p := as(t, book, access.Warehouse, access.House{})
	book.fail(&usecase.HiddenError{Field: access.Amount})
	p.Show(place.Place{Rule: "net > 1", Fresh: true})
	s.See(s.Text("customers_hidden"))
	book.fail(nil)
	s.Click(s.Text("customers_clear"))
	s.See("name 1")
}
