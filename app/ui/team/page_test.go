package team

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/place"
	"kebu/app/usecase"
	"kebu/crypto/passphrase/passphrasetest"
)

const (
	ownersPhrase = "viaduct-mellow-thistle-27-orbit"
	staffPhrase  = "saddle-orchard-quiet-41-lantern"
	newPhrase    = "copper-meadow-violin-63-harbour"
)

func TestMain(m *testing.M) {
	passphrasetest.Lower()
	os.Exit(m.Run())
}

// book is a book in which some things are otherwise than in its file.

type book struct {
	*usecase.Session

	lock  sync.Mutex
	asked []usecase.Approval // instead of the book's, if not nil
	err   error              // of reading and changing people
}

func (b *book) fail(err error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.err = err
}

func (b *book) failure() error {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.err
}

func (b *book) Team(ctx context.Context) ([]usecase.Member, error) {
	list, err := b.Session.Team(ctx)
	return list, errors.Join(err, b.failure())
}

func (b *book) DisableUser(ctx context.Context, name string) error {
	if err := b.failure(); err != nil {
		return err
	}
	return b.Session.DisableUser(ctx, name)
}

func (b *book) Approvals(ctx context.Context) ([]usecase.Approval, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.asked == nil {
		return b.Session.Approvals(ctx)
	}
	return slices.Clone(b.asked), nil
}

func (b *book) Approve(_ context.Context, id int64, yes bool) error {
	b.lock.Lock()
	defer b.lock.Unlock()
	for i := range b.asked {
		if a := &b.asked[i]; a.ID == id {
			a.Decider, a.Decided, a.Verdict = b.User(), crm.At(desktest.Now), usecase.VerdictNo
			if yes {
				a.Verdict = usecase.VerdictYes
			}
			return nil
		}
	}
	return crm.ErrNotFound
}

// stage is the page of a book with an owner, Ada, and staff.

type stage struct {
	*desktest.Stage

	book *book
	page *Page
	path string
	now  time.Time
}

var (
	xin = usecase.NewMember{Name: "Xin", Role: access.Service}
	mei = usecase.NewMember{Name: "Mei", Role: access.Manager}
	bo  = usecase.NewMember{Name: "Bo", Role: access.Auditor, Days: 7}
)

func open(t *testing.T, staff ...usecase.NewMember) *stage {
	t.Helper()
	s := &stage{Stage: desktest.New(t), path: filepath.Join(t.TempDir(), "shop.kebu"), now: desktest.Now}
	s.Desk.Clock = func() time.Time { return s.now }
	s.Desk.Book = s.path
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: s.path, Owner: "Ada", Passphrase: []byte(ownersPhrase)}); err != nil {
		t.Fatal(err)
	}
	s.login("", ownersPhrase)
	for _, m := range staff {
		m.Passphrase = []byte(staffPhrase)
		if err := s.book.AddUser(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	s.show(place.Place{Page: place.Team})
	return s
}

// login opens the book as a user, the owner without a name.

func (s *stage) login(user, pass string) {
	s.T.Helper()
	if s.book != nil {
		if err := s.book.Close(); err != nil {
			s.T.Fatal(err)
		}
	}
	session, err := usecase.Open(s.T.Context(), s.path, user, []byte(pass), s.Desk.Clock)
	if err != nil {
		s.T.Fatal(err)
	}
	s.T.Cleanup(func() { _ = session.Close() })
	s.book = &book{Session: session}
	s.Desk.Rights = session
}

// show opens a new page of the book.

func (s *stage) show(at place.Place) {
	s.T.Helper()
	s.page = New(s.Desk, s.book)
	s.Open(s.page, at)
	s.Until("the team is read", func() bool { return s.page.read })
}

// opens ends the session and reports whether a passphrase opens the book to a user.

func (s *stage) opens(user, pass string) bool {
	s.T.Helper()
	if err := s.book.Close(); err != nil {
		s.T.Fatal(err)
	}
	return s.opened(user, pass)
}

// opened is opens after the session.

func (s *stage) opened(user, pass string) bool {
	s.T.Helper()
	session, err := usecase.Open(s.T.Context(), s.path, user, []byte(pass), s.Desk.Clock)
	if err == nil {
		err = session.Close()
	}
	return err == nil
}

// member returns a person as the book has them.

func (s *stage) member(name string) (usecase.Member, bool) {
	s.T.Helper()
	list, err := s.book.Session.Team(s.T.Context())
	if err != nil {
		s.T.Fatal(err)
	}
	i := slices.IndexFunc(list, func(m usecase.Member) bool { return m.Name == name })
	if i < 0 {
		return usecase.Member{}, false
	}
	return list[i], true
}

// ask opens the dialog of a verb about Xin.
func (s *stage) ask(verb string) {
	s.T.Helper()
	s.Click(xin.Name)
	s.Click(s.Text(verb))
}

// about is a text with a person's name.

func (s *stage) about(key, name string) string {
	return s.Text(key, map[string]any{"User": name})
}

// resealed counts how often the book was sealed anew.

func (s *stage) resealed() int {
	n := 0
	for _, w := range s.Works {
		if w.Title == s.Text("team_resealing") && w.Ended {
			n++
		}
	}
	return n
}

func TestTheListTellsWhoCanOpenTheBook(t *testing.T) {
	s := open(t, xin, mei, bo)
	for _, text := range []string{"Ada", s.Text("team_self"), "Xin", s.Text("role_service"), s.Text("team_does_service"), "2026-07-07 10:00"} {
		s.See(text)
	}
	s.See("4 人能打开这本客簿")
	s.now = s.now.AddDate(0, 0, 8)
	s.page.Reload()
	s.See(s.Text("team_ended"))
	s.See("3 人能打开这本客簿")
	s.Click("Ada")
	s.See(s.Text("team_owner_panel"))
	s.Click("Bo")
	s.Gone(s.Text("team_owner_panel"))
	s.See("到 2026-07-07 10:00")
}

func TestALesserRoleLosesItsKeys(t *testing.T) {
	s := open(t, xin)
	s.ask("team_role_item")
	s.See(s.Text("team_role_now", map[string]any{"Role": s.Text("role_service")}))
	s.See(s.Text("team_stays")) // what they already saw or copied stays with them
	s.See(s.Text("team_role_more"))
	s.Click(s.Text("role_manager"))
	s.Click(s.Text("role_marketing"))
	s.See("会收走这些资料的钥匙：姓名、电话、邮箱、街道门牌、备注、留言")
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("team_resealed"))
	if m, _ := s.member("Xin"); m.Role != access.Marketing || s.book.Stale() || s.resealed() != 1 {
		t.Errorf("%+v, sealed anew %d times", m, s.resealed())
	}
	s.ask("team_role_item")
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("team_changed_role", map[string]any{"User": "Xin", "Role": s.Text("role_manager")}))
	if s.book.Stale() || s.resealed() != 1 {
		t.Error("a role that sees more takes keys")
	}
}

func TestSomebodyIsSuspendedAndLetInAgain(t *testing.T) {
	s := open(t, xin)
	s.ask("team_suspend_item")
	s.See(s.about("team_suspend_text", "Xin"))
	s.See(s.Text("team_stays"))
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("team_resealed"))
	s.Until("nobody but the owner opens it", func() bool { return s.page.open() == 1 })
	if m, _ := s.member("Xin"); !m.Disabled {
		t.Error("not suspended")
	}
	s.Click(s.Text("team_enable_item"))
	s.Ctrl(fyne.KeyReturn)
	s.See(s.about("team_enabled", "Xin"))
	s.Until("two open it", func() bool { return s.page.open() == 2 })
	if !s.opens("Xin", staffPhrase) {
		t.Error("the passphrase from before opens nothing")
	}
}

func TestWhoIsRemovedIsGone(t *testing.T) {
	s := open(t, xin, mei)
	s.ask("team_remove_item")
	for _, key := range []string{"team_stays", "team_older_copies", "team_reseals"} {
		s.See(s.Text(key))
	}
	s.Press(fyne.KeyReturn) // which cancels at most
	if _, ok := s.member("Xin"); !ok {
		t.Fatal("plain Enter removes")
	}
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("team_resealed"))
	s.Until("the list is shorter", func() bool { return s.page.people.Count() == 2 })
	if s.opens("Xin", staffPhrase) {
		t.Error("who was removed opens the book")
	}
}

func TestTheMenuOfARowHasTheSameVerbs(t *testing.T) {
	s := open(t, xin)
	s.Click("Xin")
	s.Press(desktop.KeyMenu)
	s.Click(s.Text("team_remove_item"))
	s.See(s.about("team_remove_title", "Xin"))
}

func TestOnlyWhatOneMayDoIsOffered(t *testing.T) {
	s := open(t, xin, mei, bo)
	s.login("Mei", staffPhrase)
	s.show(place.Place{Page: place.Team})
	s.Click("Xin")
	s.See(s.Text("team_does_service"))
	for _, key := range []string{"team_add", "team_role_item", "team_reset_item", "team_suspend_item", "team_remove_item", "team_tab_guides"} {
		if s.Screen().Has(s.Text(key)) {
			t.Errorf("who runs the day is offered %s", key)
		}
	}
	s.Ctrl(fyne.KeyReturn)
	if s.Screen().Has(s.Text("team_add_title")) {
		t.Error("the keyboard adds people")
	}
	s.See(s.Text("team_tab_queue"))
	s.Click(s.Text("team_tab_rules"))
	s.See(s.Text("team_legend_keys"))
	if s.Screen().Has(s.Text("team_narrow")) || s.Screen().Has(s.Text("team_bounds_change")) {
		t.Error("the rules are offered to be changed")
	}
	s.login("Bo", staffPhrase)
	s.show(place.Place{Page: place.Team})
	s.See("Xin")
	if s.Screen().Has(s.Text("team_tab_queue")) {
		t.Error("an auditor is shown the lists that wait")
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	s := open(t, xin)
	s.ask("team_suspend_item")
	s.book.fail(usecase.ErrDiskFull)
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Words.Error(usecase.ErrDiskFull))
	s.See(s.about("team_suspend_title", "Xin")) // which stays, to try again
	s.book.fail(nil)
	s.Ctrl(fyne.KeyReturn)
	s.See(s.about("team_suspended", "Xin"))

	s.book.fail(errors.New("no"))
	s.page.Reload()
	s.See(s.Text("team_error"))
	s.book.fail(nil)
	s.Click(s.Text("team_again"))
	s.See(s.Text("team_disabled"))
}
