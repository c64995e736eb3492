package welcome

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

const pass = "nine quiet lanterns by a lake"

func small(t *testing.T) *screen {
	return newScreen(t, "en", look.Light, fyne.NewSize(1024, 560))
}

func (s *screen) write(text string) {
	s.t.Helper()
	for _, r := range text {
		focused := s.window.Canvas().Focused()
		if focused == nil {
			s.t.Fatal("nothing has the focus")
		}
		focused.TypedRune(r)
	}
}

func (s *screen) enter() { s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }

// toTest goes through the first three steps and returns the path of the book to be.
func (s *screen) toTest() string {
	s.page.anew()
	w := s.page.wizard
	path := filepath.Join(s.t.TempDir(), "books", "shop")
	w.path.SetText(path)
	s.write("Pomelo Store")
	s.enter()
	s.write(pass)
	s.enter()
	s.write(pass)
	s.enter()
	if w.steps.Page() != stepSheet {
		s.t.Fatalf("on step %d", w.steps.Page())
	}
	w.steps.Next()
	if w.steps.Page() != stepSheet {
		s.t.Fatal("one goes on without a sheet")
	}
	w.sheet.copied.Tapped(nil)
	w.steps.Next()
	return path + bookExtension
}

func (s *screen) typeGroups() {
	w := s.page.wizard
	groups := w.code.Groups()
	for _, n := range w.test.asked {
		s.write(groups[n-1])
		s.enter()
	}
}

func TestFiveStepsMakeABook(t *testing.T) {
	s := small(t)
	path := s.toTest()
	if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("there is something before the last step")
	}
	code := s.page.wizard.code
	s.typeGroups()
	w := s.page.wizard
	s.until("the book", func() bool { return w.session != nil })
	if w.pass.Ready() || w.code != (usecase.RecoveryCode{}) || w.sheet.paper.Objects != nil {
		t.Error("passphrase or code is still there")
	}
	w.steps.Back()
	if w.steps.Page() != stepDone {
		t.Error("one goes back behind a book that is made")
	}
	w.steps.Next()
	if s.opened == nil || s.book != path || s.first.Page != place.Imports || !s.first.Choose {
		t.Fatalf("opened %q at %+v", s.book, s.first)
	}
	set, err := s.opened.Settings(t.Context())
	if err != nil || set.Name != "Pomelo Store" {
		t.Errorf("name %q, %v", set.Name, err)
	}
	if err := s.opened.Close(); err != nil {
		t.Fatal(err)
	}
	s.opened = nil
	if err := usecase.Recover(path, code.Reveal(), []byte("another quite long saying"), usecase.Cost{}); err != nil {
		t.Error("the sheet does not open the book:", err)
	}
}

func TestAWrongGroupHoldsTheWizard(t *testing.T) {
	s := small(t)
	path := s.toTest()
	w := s.page.wizard
	other := usecase.NewRecoveryCode().Groups()
	for _, n := range w.test.asked {
		s.write(other[n-1])
		s.enter()
	}
	if w.steps.Page() != stepTest || !w.test.fields[0].Failed() {
		t.Error("groups of another code are taken")
	}
	w.steps.OnCancel()
	if s.page.wizard != nil || s.page.body.Objects[0] != fyne.CanvasObject(s.page.cards) {
		t.Error("one does not come back to the cards")
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a cancelled wizard leaves a book")
	}
}

func TestWhatCannotBeMadeIsToldAndTriedAgain(t *testing.T) {
	s := small(t)
	path := s.toTest()
	folder := filepath.Dir(path)
	if err := os.WriteFile(folder, nil, 0o600); err != nil { // where the folder should be
		t.Fatal(err)
	}
	s.typeGroups()
	w := s.page.wizard
	s.until("the answer", func() bool { return w.problem.Visible() })
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	w.create()
	s.until("the book", func() bool { return w.session != nil })
	w.finish(place.Place{})
}

func TestABookIsNeverMadeOverAnother(t *testing.T) {
	s := small(t)
	s.page.anew()
	w := s.page.wizard
	path := filepath.Join(t.TempDir(), "shop.kebu")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.path.SetText(path)
	w.steps.Next()
	if w.steps.Page() != stepPlace || !w.pathField.Failed() {
		t.Error("the place of another file is taken")
	}
	if got := freeName(filepath.Dir(path), "shop"); filepath.Base(got) != "shop-2.kebu" {
		t.Errorf("proposed %q", got)
	}
}

func TestTheDemoShopOpensTwiceAndIsNotTheLastBook(t *testing.T) {
	s := small(t)
	for range 2 {
		s.page.demo()
		s.until("the shop", func() bool { return s.opened != nil })
		if err := s.opened.Close(); err != nil {
			t.Fatal(err)
		}
		s.opened = nil
	}
	if s.desk.Prefs.String("door.path") != "" {
		t.Error("the demo shop is remembered")
	}
}

func TestPlaces(t *testing.T) {
	folder := t.TempDir()
	for path, want := range map[string]string{
		"":                                "welcome_place_blank",
		"shop.kebu":                       "welcome_place_relative",
		folder:                            "welcome_place_folder",
		filepath.Join(folder, "new.kebu"): "",
	} {
		if got := placeProblem(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
	for typed, want := range map[string]string{"": "", " /a/shop ": "/a/shop.kebu", "/a/shop.KEBU": "/a/shop.KEBU"} {
		if got := whole(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	if doubtKey("/home/owner/Dropbox/shop.kebu") == "" || doubtKey("/home/owner/shop.kebu") != "" {
		t.Error("doubts about the wrong place")
	}
}
