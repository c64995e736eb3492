package overview

import (
	"path/filepath"
	"slices"
	"testing"

	"kebu/app/crm/access"
	"kebu/app/ui/desk"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// of is the page of a book that lies at a path.
func of(t *testing.T, book *fakeBook, path string, change func(*desk.Desk)) *stage {
	t.Helper()
	s := &stage{Stage: desktest.New(t)}
	s.Desk.Book = path
	if change != nil {
		change(s.Desk)
	}
	s.page = New(s.Desk, book)
	s.Open(s.page, place.Place{})
	s.See("¥1,190.00")
	return s
}

func TestACopySaysWhatItIsACopyOf(t *testing.T) {
	book := filepath.Join("books", "tea.kebu")
	s := of(t, filled(), filepath.Join("copies", "tea.kebu"), func(d *desk.Desk) { d.CopyOf = book })
	s.See(s.Text("overview_copy", map[string]any{"Path": book}))
	s.Click(s.Text("overview_backups"))
	if got := s.LastOpened(); got.Page != place.Settings || got.Section != place.Backups {
		t.Errorf("it leads to %+v", got)
	}
}

func TestABackupIsRestoredInstead(t *testing.T) {
	const path = "kebu-3f9a2c1d-20261130T211654Z-day.kebu"
	restored := ""
	s := of(t, filled(), path, func(d *desk.Desk) {
		d.CopyOf = "tea.kebu"
		d.Restore = func(backup string) { restored = backup }
	})
	s.See(s.Text("overview_is_backup"))
	s.Click(s.Text("settings_backup_restore"))
	if restored != path {
		t.Errorf("restored is %q", restored)
	}
	if s.Screen().Has(s.Text("overview_copy", map[string]any{"Path": "tea.kebu"})) {
		t.Error("it is told twice")
	}
}

func TestADoubtfulPlaceIsToldUntilTheBookStays(t *testing.T) {
	synced := filepath.Join(t.TempDir(), "Dropbox", "tea.kebu")
	kept := func(d *desk.Desk) { d.Keeper = usecase.NewKeeper(t.TempDir(), d.Clock) }
	s := of(t, filled(), synced, kept)
	s.See(s.Text("overview_place_synchronised"))
	s.Click(s.Text("overview_backups"))
	if got := s.LastOpened(); got.Section != place.Backups {
		t.Errorf("it leads to %+v", got)
	}
	s.Click(s.Text("overview_place_stay"))
	s.Gone(s.Text("overview_place_synchronised"))
	if stay := s.Desk.Prefs.StringList(desk.PrefPlaces); !slices.Equal(stay, []string{synced}) {
		t.Errorf("remembered are %q", stay)
	}
	s.page.Reload()
	s.See("¥1,190.00")
	if s.Screen().Has(s.Text("overview_place_synchronised")) {
		t.Error("it is told again")
	}
	if of(t, filled(), filepath.Join(t.TempDir(), "tea.kebu"), kept).Screen().Has(s.Text("overview_place_synchronised")) {
		t.Error("a good place is told of")
	}
}

// TestUsersThatWereFoundChangedAreTold to who can look, and the alarm of the backups
// stands below.
func TestUsersThatWereFoundChangedAreTold(t *testing.T) {
	for _, r := range access.Roles {
		if !access.May(r, access.Overview) {
			continue
		}
		book := filled()
		book.found, book.safe = true, usecase.Safety{Alarm: usecase.Failed}
		s := &stage{Stage: desktest.New(t)}
		s.Desk.Rights = desktest.Role(r, access.House{})
		s.page = New(s.Desk, book)
		s.Open(s.page, place.Place{})
		s.See(alarm(s.Words, book.safe, s.Desk.Clock()))
		team, log := access.May(r, access.Team), access.May(r, access.Log)
		if has := s.Screen().Has(s.Text("overview_found")); has != (team || log) {
			t.Errorf("%s is told: %t", r, has)
		}
		if team {
			s.Click(s.Text("page_team"))
			if got := s.LastOpened(); got.Page != place.Team {
				t.Errorf("%s is led to %+v", r, got)
			}
		}
	}
}
