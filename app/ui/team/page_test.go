package team

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
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

// ask opens the dialog of a verb about somebody.
func (s *stage) ask(name, verb string) {
	s.T.Helper()
	s.Click(name)
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
	days, _ := s.field(s.Text("team_days"))
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

// field returns the entry of the dialog whose text is a number, by the label above it.
func (s *stage) field(label string) (*parts.Entry, bool) {
	s.T.Helper()
	s.See(label)
	c := s.Window.Canvas()
	below := s.Screen().Find(label)[0].Pos.Y
	c.Unfocus()
	for range 40 {
		c.FocusNext()
		e, ok := c.Focused().(*parts.Entry)
		if ok && fyne.CurrentApp().Driver().AbsolutePositionForObject(e).Y > below {
			return e, true
		}
	}
	s.T.Fatalf("no field below %s", label)
	return nil, false
}

func TestALesserRoleLosesItsKeys(t *testing.T) {
	s := open(t, xin)
	s.ask("Xin", "team_role_item")
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
	s.ask("Xin", "team_role_item")
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("team_changed_role", map[string]any{"User": "Xin", "Role": s.Text("role_manager")}))
	if s.book.Stale() || s.resealed() != 1 {
		t.Error("a role that sees more takes keys")
	}
}

func TestSomebodyIsSuspendedAndLetInAgain(t *testing.T) {
	s := open(t, xin)
	s.ask("Xin", "team_suspend_item")
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

func TestAForgottenPassphraseTakesNoKeys(t *testing.T) {
	for _, leaked := range []bool{false, true} {
		s := open(t, xin)
		s.ask("Xin", "team_reset_item")
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

func TestWhoIsRemovedIsGone(t *testing.T) {
	s := open(t, xin, mei)
	s.ask("Xin", "team_remove_item")
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
