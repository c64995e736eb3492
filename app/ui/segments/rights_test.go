package segments

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

func as(t *testing.T, book *fakeBook, r access.Role, h access.House) (*desktest.Stage, *Page) {
	t.Helper()
	s := desktest.NewAs(t, r, h)
	p := New(s.Desk, book)
	s.Open(p, place.Place{})
	s.Until("the segments are read", func() bool { return p.read })
	return s, p
}

// TestEachRoleHasWhatTheTableGivesIt compares the menu, the keys and the button with the table.
func TestEachRoleHasWhatTheTableGivesIt(t *testing.T) {
	for _, r := range access.Roles {
		if !access.May(r, access.Segments) {
			continue
		}
		book := filled()
		s, p := as(t, book, r, access.House{})
		s.Press(fyne.KeyHome)
		for key, v := range map[string]access.Verb{
			"segments_rename": access.RenameSegment, "segments_edit": access.SaveSegment, "segments_duplicate": access.SaveSegment,
			"segments_delete": access.DeleteSegment,
		} {
			if has := slices.ContainsFunc(p.menu(0), func(m parts.MenuItem) bool { return m.Text == s.Text(key) }); has != access.May(r, v) {
				t.Errorf("%s is offered %s: %t", r, key, has)
			}
		}
		for key, so := range map[string]bool{"segments_new": access.May(r, access.SaveSegment), "segments_copy": access.May(r, access.SaveSegment)} {
			if has := s.Screen().Has(s.Text(key)); has != so {
				t.Errorf("%s reads %s: %t", r, s.Text(key), has)
			}
		}
		if p.Key(parts.Press{Key: fyne.KeyDelete}) != access.May(r, access.DeleteSegment) {
			t.Errorf("the key of %s", r)
		}
	}
}

// TestASegmentOfWhatIsHiddenSaysWhyItDoesNotOpen: it has its name, no numbers, no panel; and
// no segment to start from asks for what is hidden.
func TestASegmentOfWhatIsHiddenSaysWhyItDoesNotOpen(t *testing.T) {
	h := access.House{Most: map[access.Role]map[access.Field]access.Level{access.Manager: {access.Amount: access.None}}}
	book := filled()
	book.list = append(book.list, usecase.Segment{Name: "Zebra", Hidden: access.Amount})
	s, p := as(t, book, access.Manager, h)
	s.See("Zebra")
	why := s.Text("segments_hidden", map[string]any{"Field": s.Desk.Words.Hidden(access.Amount)})
	s.See(why)
	s.Press(fyne.KeyEnd, fyne.KeyReturn)
	if len(s.Opened) != 0 || p.panel.Visible() {
		t.Error("it opens")
	}
	if has := s.Screen().Has(s.Text("ready_big")); has || len(p.ready()) == 0 {
		t.Error("a segment to start from asks for amounts")
	}
	if slices.ContainsFunc(p.table.Layout().Columns, func(c parts.ColumnLayout) bool { return c.ID == "net" }) {
		t.Error("there is a column of amounts")
	}
	p.write("", "Big", "tag = x or net > 5")
	s.See(s.Desk.Words.Error(&usecase.HiddenError{Field: access.Amount}))
}
