package unlock

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/door"
	"kebu/app/ui/place"
	"kebu/app/usecase"
	"kebu/crypto/passphrase/passphrasetest"
)

func TestMain(m *testing.M) {
	passphrasetest.Lower()
	os.Exit(m.Run())
}

const (
	oldPass = "four old bridges over rain"
	newPass = "nine quiet lanterns by a lake"
)

// stage is the page in a window.
type stage struct {
	*desktest.Stage
	page *Page
	code usecase.RecoveryCode

	opened *usecase.Session
}

func newStage(t *testing.T) *stage {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	s := &stage{Stage: desktest.New(t), code: usecase.NewRecoveryCode()}
	book := filepath.Join(t.TempDir(), "shop.kebu")
	_, err := usecase.Create(t.Context(), usecase.CreateRequest{
		Path: book, Owner: "owner", Shop: "Pomelo Store", Passphrase: []byte(oldPass), Code: s.code,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.page = New(s.Desk, Options{
		Book:    book,
		Opened:  func(session *usecase.Session, _ string, _ place.Place) { s.opened = session },
		Welcome: func() {},
	})
	s.Show(s.page.Body(), s.page.Key)
	s.page.Focus()
	t.Cleanup(func() {
		if s.opened != nil {
			if err := s.opened.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return s
}

func TestEnterOpensTheBook(t *testing.T) {
	s := newStage(t)
	s.Type(oldPass)
	s.Press(fyne.KeyReturn)
	s.Until("the book", func() bool { return s.opened != nil })
	if s.page.pass.Text != "" {
		t.Error("the passphrase stays in the field")
	}
	shop, opened := door.Recall(s.Desk.Prefs, s.page.o.Book)
	if shop != "Pomelo Store" || !opened.Equal(desktest.Now) {
		t.Errorf("remembered %q, %s", shop, opened)
	}
}

func TestAWrongPassphraseIsSaidAndSelected(t *testing.T) {
	s := newStage(t)
	s.Press(fyne.KeyReturn)
	if !s.page.field.Failed() {
		t.Error("nothing typed is not told")
	}
	s.Type("Four old bridges over rain")
	s.Press(fyne.KeyReturn)
	s.Until("the answer", func() bool { return s.page.field.Failed() })
	if s.opened != nil || s.page.pass.Disabled() || s.page.pass.SelectedText() == "" {
		t.Error("the passphrase is not ready to be typed anew")
	}
	s.Type("x")
	if s.page.field.Failed() || s.page.pass.Text != "x" {
		t.Errorf("typing on: failed %v, %d letters", s.page.field.Failed(), len(s.page.pass.Text))
	}
}

func TestManyWrongPassphrasesWait(t *testing.T) {
	s := newStage(t)
	s.page.o.Tries = usecase.NewTries(t.TempDir(), s.Desk.Clock)
	for range 5 {
		s.Type("a wrong one")
		s.Press(fyne.KeyReturn)
		s.Until("the answer", func() bool { return s.page.field.Failed() })
	}
	s.Type(oldPass)
	s.Press(fyne.KeyReturn)
	s.See(s.Text("error_wait_seconds", map[string]any{"Count": 10}))
	if s.opened != nil {
		t.Error("the sixth opens without a wait")
	}
}

func TestABookThatCannotBeOpenedIsOneSentenceAndUntouched(t *testing.T) {
	const copySize, sumSize = 1 << 16, 32 // of the header, of which there are two copies
	for _, c := range []struct {
		name, text string
		spoil      func(t *testing.T, s *stage, book []byte) []byte
	}{
		{"no book", "error_not_book", func(*testing.T, *stage, []byte) []byte { return []byte("just a list") }},
		{"gone", "error_missing", func(*testing.T, *stage, []byte) []byte { return nil }},
		{"damaged", "error_damaged", func(_ *testing.T, _ *stage, book []byte) []byte {
			for i := 2 * copySize; i < len(book); i++ {
				book[i] ^= 1
			}
			return book
		}},
		{"of a newer version", "error_newer", func(_ *testing.T, _ *stage, book []byte) []byte {
			for _, copied := range [][]byte{book[:copySize], book[copySize : 2*copySize]} {
				copied[9] = 99 // the format
				sum := sha256.Sum256(copied[:copySize-sumSize])
				copy(copied[copySize-sumSize:], sum[:])
			}
			return book
		}},
		{"open elsewhere", "error_in_use", func(t *testing.T, s *stage, book []byte) []byte {
			other, err := usecase.Open(t.Context(), s.page.o.Book, "", []byte(oldPass), s.Desk.Clock)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = other.Close() })
			return book
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t)
			book, err := os.ReadFile(s.page.o.Book)
			if err != nil {
				t.Fatal(err)
			}
			before := c.spoil(t, s, slices.Clone(book))
			if before == nil {
				err = os.Remove(s.page.o.Book)
			} else {
				err = os.WriteFile(s.page.o.Book, before, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			s.Type(oldPass)
			s.Press(fyne.KeyReturn)
			s.Until("the answer", func() bool { return s.page.field.Failed() })
			if text := s.Desk.Text(c.text); !s.Screen().Has(text) {
				t.Errorf("it does not say %q: %v", text, s.Screen())
			}
			if after, err := os.ReadFile(s.page.o.Book); (err != nil) != (before == nil) || !bytes.Equal(after, before) {
				t.Errorf("the file was touched, %v", err)
			}
		})
	}
}

func TestTheRecoverySheetOpensTheBookAndEndsTheOldPassphrase(t *testing.T) {
	s := newStage(t)
	s.page.recover()
	for _, group := range s.code.Groups() {
		s.Type(strings.ToLower(group)) // goes on to the next by itself
	}
	if s.page.sheet.on.Disabled() {
		t.Fatal("the whole code is not taken")
	}
	s.Press(fyne.KeyReturn)
	s.Type(newPass)
	s.Press(fyne.KeyReturn)
	s.Type(newPass)
	s.Press(fyne.KeyReturn)
	s.Until("the book", func() bool { return s.opened != nil })
	if err := s.opened.Close(); err != nil {
		t.Fatal(err)
	}
	s.opened = nil
	if _, err := usecase.Open(t.Context(), s.page.o.Book, "", []byte(oldPass), s.Desk.Clock); err == nil {
		t.Error("the old passphrase still opens the book")
	}
}

// TestWhatAScannerTypesIsTheCode: the QR code of the sheet as a scanner types it, and as
// it is pasted from one that reads into a text.
func TestWhatAScannerTypesIsTheCode(t *testing.T) {
	for name, give := range map[string]func(s *stage, code string){
		"typed":       typed,
		"lower case":  func(s *stage, code string) { typed(s, strings.ToLower(code)) },
		"wide dashes": func(s *stage, code string) { typed(s, strings.ReplaceAll(code, "-", "－")) },
		"pasted": func(s *stage, code string) {
			wrapped := " " + strings.ToLower(code[:20]) + "\r\n" + strings.ReplaceAll(code[20:], "-", " – ") + "\n"
			fyne.CurrentApp().Clipboard().SetContent(wrapped)
			s.page.sheet.groups[0].TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			s.page.recover()
			give(s, s.code.Reveal())
			for i, group := range s.code.Groups() {
				if got := s.page.sheet.groups[i].Text; !strings.EqualFold(got, group) {
					t.Errorf("group %d has %d letters that are not its own", i+1, len(got))
				}
			}
			s.Press(fyne.KeyReturn) // as a scanner ends
			if s.page.sheet.pass == nil {
				t.Error("no passphrase is asked for")
			}
		})
	}
}

// typed types letter by letter, each where the focus is then.
func typed(s *stage, text string) {
	for _, r := range text {
		s.Type(string(r))
	}
}

func TestTheSheetOfAnotherBookIsTold(t *testing.T) {
	s := newStage(t)
	s.page.recover()
	for i, group := range usecase.NewRecoveryCode().Groups() {
		s.page.sheet.groups[i].SetText(group)
	}
	s.page.sheet.next()
	s.Type(newPass)
	s.Press(fyne.KeyReturn)
	s.Type(newPass)
	s.Press(fyne.KeyReturn)
	s.Until("the answer", func() bool { return s.page.sheet.pass == nil })
	if !s.page.sheet.problem.Failed() || s.opened != nil {
		t.Error("the sheet of another book is not told")
	}
}

func TestAMistypedGroupIsNamedAtOnce(t *testing.T) {
	s := newStage(t)
	s.page.recover()
	groups := s.code.Groups()
	s.Type(groups[0])
	wrong := "00000"
	if groups[1] == wrong || usecase.CheckRecoveryGroup(2, wrong) {
		wrong = "00001"
	}
	s.Type(wrong)
	if !s.page.sheet.problem.Failed() {
		t.Fatal("a mistyped group is not told")
	}
	s.Press(fyne.KeyEscape)
	if s.page.sheet != nil {
		t.Error("Esc does not lead back to the passphrase")
	}
}

func TestAPastedCodeIsSpread(t *testing.T) {
	for field, between := range []string{" \n", "", "\r\n", "\u3000"} { // as of a scanned picture, or a letter
		s := newStage(t)
		s.page.recover()
		groups := s.code.Groups()
		s.page.sheet.groups[field].SetText(strings.Join(groups[:], between))
		if s.page.sheet.on.Disabled() {
			t.Errorf("the whole code with %q between is not taken in field %d", between, field+1)
		}
	}
}

func TestCaption(t *testing.T) {
	for _, c := range []struct{ book, shop, home, name, where string }{
		{"/home/owner/Documents/shop.kebu", "Pomelo Store", "/home/owner", "Pomelo Store", "Documents / shop.kebu"},
		{"/srv/shop.kebu", "", "/home/owner", "shop", "/srv/shop.kebu"},
		{"/srv/shop.kebu", "", "", "shop", "/srv/shop.kebu"},
	} {
		name, where := Caption(filepath.FromSlash(c.book), c.shop, filepath.FromSlash(c.home))
		if name != c.name || strings.ReplaceAll(where, `\`, "/") != c.where {
			t.Errorf("%s: %q, %q", c.book, name, where)
		}
	}
}
