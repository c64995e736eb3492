package welcome

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/ui/door"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

const pass = "nine quiet lanterns by a lake"

// toTest goes through the first three steps and returns the path of the book to be.
func (s *stage) toTest() string {
	s.page.anew()
	w := s.page.wizard
	path := filepath.Join(s.T.TempDir(), "books", "shop")
	w.path.SetText(path)
	s.Type("Pomelo Store")
	s.Press(fyne.KeyReturn)
	s.Type(pass)
	s.Press(fyne.KeyReturn)
	s.Type(pass)
	s.Press(fyne.KeyReturn)
	if w.steps.Page() != stepSheet {
		s.T.Fatalf("on step %d", w.steps.Page())
	}
	w.steps.Next()
	if w.steps.Page() != stepSheet {
		s.T.Fatal("one goes on without a sheet")
	}
	s.Click(s.Text("welcome_sheet_copied"))
	w.steps.Next()
	return path + door.Extension
}

func (s *stage) typeGroups() {
	w := s.page.wizard
	groups := w.code.Groups()
	for _, n := range w.test.asked {
		s.Type(groups[n-1])
		s.Press(fyne.KeyReturn)
	}
}

func TestFiveStepsMakeABook(t *testing.T) {
	s := newStage(t)
	path := s.toTest()
	if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("there is something before the last step")
	}
	code := s.page.wizard.code
	s.typeGroups()
	w := s.page.wizard
	s.Until("the book", func() bool { return w.session != nil })
	if w.pass.Ready() || w.code != (usecase.RecoveryCode{}) || !w.sheet.Blank() {
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
	if err := usecase.Recover(t.Context(), usecase.RecoverRequest{Path: path, Code: code.Reveal(), Passphrase: []byte("another quite long saying"), Clock: s.Desk.Clock}); err != nil {
		t.Error("the sheet does not open the book:", err)
	}
}

func TestAWrongGroupHoldsTheWizard(t *testing.T) {
	s := newStage(t)
	path := s.toTest()
	w := s.page.wizard
	other := usecase.NewRecoveryCode().Groups()
	for _, n := range w.test.asked {
		s.Type(other[n-1])
		s.Press(fyne.KeyReturn)
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
	s := newStage(t)
	path := s.toTest()
	folder := filepath.Dir(path)
	if err := os.WriteFile(folder, nil, 0o600); err != nil { // where the folder should be
		t.Fatal(err)
	}
	s.typeGroups()
	w := s.page.wizard
	s.Until("the answer", func() bool { return w.problem.Visible() })
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	w.create()
	s.Until("the book", func() bool { return w.session != nil })
	w.finish(place.Place{})
}

func TestABookIsNeverMadeOverAnother(t *testing.T) {
	s := newStage(t)
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
	if got := door.FreeName(filepath.Dir(path), "shop"); filepath.Base(got) != "shop-2.kebu" {
		t.Errorf("proposed %q", got)
	}
}

func TestTheDemoShopOpensTwiceAndIsNotTheLastBook(t *testing.T) {
	s := newStage(t)
	for range 2 {
		s.page.demo()
		s.Until("the shop", func() bool { return s.opened != nil })
		if err := s.opened.Close(); err != nil {
			t.Fatal(err)
		}
		s.opened = nil
	}
	if s.Desk.Prefs.String("door.path") != "" {
		t.Error("the demo shop is remembered")
	}
}
