package unlock

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/door"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
	"kebu/cmd/kebu/walk/screen"
	"kebu/crypto/passphrase/passphrasetest"
)

func TestMain(m *testing.M) {
	passphrasetest.Lower()
	os.Exit(m.Run())
}

func clock() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }

const (
	oldPass = "four old bridges over rain"
	newPass = "nine quiet lanterns by a lake"
)

// stage is the page in a window, and the queue of what comes back to it.
type stage struct {
	t      *testing.T
	page   *Page
	window fyne.Window
	desk   *desk.Desk
	code   usecase.RecoveryCode

	lock  sync.Mutex
	queue []func()

	opened  *usecase.Session
	welcome bool
}

func newScreen(t *testing.T, language string, choice look.Theme, size fyne.Size) *stage {
	t.Helper()
	app := test.NewTempApp(t)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	test.ApplyTheme(t, look.Use(choice, theme.VariantLight, look.Standard, look.Normal))
	s := &stage{t: t, window: test.NewTempWindow(t, nil), code: usecase.NewRecoveryCode()}
	book := filepath.Join(t.TempDir(), "shop.kebu")
	_, err := usecase.Create(t.Context(), usecase.CreateRequest{
		Path: book, Owner: "owner", Shop: "Pomelo Store", Passphrase: []byte(oldPass), Code: s.code,
	})
	if err != nil {
		t.Fatal(err)
	}
	words := phrase.New(language)
	tasks := task.New(func(f func()) {
		s.lock.Lock()
		defer s.lock.Unlock()
		s.queue = append(s.queue, f)
	})
	t.Cleanup(tasks.Close)
	s.desk = &desk.Desk{
		Words: words, Tasks: tasks, Layer: parts.NewLayer(words, tasks), Window: s.window, Clock: clock, Prefs: app.Preferences(),
	}
	s.page = New(s.desk, Options{
		Book:    book,
		Opened:  func(session *usecase.Session, _ string, _ place.Place) { s.opened = session },
		Welcome: func() { s.welcome = true },
	})
	s.window.SetPadded(false)
	s.window.SetContent(container.NewStack(s.page.Body(), s.desk.Layer.Object()))
	s.window.Resize(size)
	parts.KeysOf(s.window.Canvas()).Push(s.page.Key)
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

// until runs what comes back to the window until something is so.
func (s *stage) until(what string, so func() bool) {
	s.t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(20 * time.Second); !so(); <-tick.C {
		s.lock.Lock()
		queue := s.queue
		s.queue = nil
		s.lock.Unlock()
		for _, f := range queue {
			f()
		}
		if time.Now().After(end) {
			s.t.Fatalf("%s: not within 20 s", what)
		}
	}
}

// write types into what has the focus, key by key.
func (s *stage) write(text string) {
	s.t.Helper()
	for _, r := range text {
		focused := s.window.Canvas().Focused()
		if focused == nil {
			s.t.Fatal("nothing has the focus")
		}
		focused.TypedRune(r)
	}
}

func (s *stage) key(k fyne.KeyName) { s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k}) }

func small(t *testing.T) *stage {
	return newScreen(t, "en", look.Light, fyne.NewSize(1024, 560))
}

func TestEnterOpensTheBook(t *testing.T) {
	s := small(t)
	s.write(oldPass)
	s.key(fyne.KeyReturn)
	s.until("the book", func() bool { return s.opened != nil })
	if s.page.pass.Text != "" {
		t.Error("the passphrase stays in the field")
	}
	shop, opened := door.Recall(s.desk.Prefs, s.page.o.Book)
	if shop != "Pomelo Store" || !opened.Equal(clock()) {
		t.Errorf("remembered %q, %s", shop, opened)
	}
}

func TestAWrongPassphraseIsSaidAndSelected(t *testing.T) {
	s := small(t)
	s.key(fyne.KeyReturn)
	if !s.page.field.Failed() {
		t.Error("nothing typed is not told")
	}
	s.write("Four old bridges over rain")
	s.key(fyne.KeyReturn)
	s.until("the answer", func() bool { return s.page.field.Failed() })
	if s.opened != nil || s.page.pass.Disabled() || s.page.pass.SelectedText() == "" {
		t.Error("the passphrase is not ready to be typed anew")
	}
	s.write("x")
	if s.page.field.Failed() || s.page.pass.Text != "x" {
		t.Errorf("typing on: failed %v, %d letters", s.page.field.Failed(), len(s.page.pass.Text))
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
			other, err := usecase.Open(t.Context(), s.page.o.Book, "", []byte(oldPass), clock)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = other.Close() })
			return book
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := small(t)
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
			s.write(oldPass)
			s.key(fyne.KeyReturn)
			s.until("the answer", func() bool { return s.page.field.Failed() })
			if text := s.desk.Text(c.text); !screen.Read(s.window.Canvas()).Has(text) {
				t.Errorf("it does not say %q: %v", text, screen.Read(s.window.Canvas()))
			}
			if after, err := os.ReadFile(s.page.o.Book); (err != nil) != (before == nil) || !bytes.Equal(after, before) {
				t.Errorf("the file was touched, %v", err)
			}
		})
	}
}

func TestTheRecoverySheetOpensTheBookAndEndsTheOldPassphrase(t *testing.T) {
	s := small(t)
	s.page.recover()
	for _, group := range s.code.Groups() {
		s.write(strings.ToLower(group)) // goes on to the next by itself
	}
	if s.page.sheet.on.Disabled() {
		t.Fatal("the whole code is not taken")
	}
	s.key(fyne.KeyReturn)
	s.write(newPass)
	s.key(fyne.KeyReturn)
	s.write(newPass)
	s.key(fyne.KeyReturn)
	s.until("the book", func() bool { return s.opened != nil })
	if err := s.opened.Close(); err != nil {
		t.Fatal(err)
	}
	s.opened = nil
	if _, err := usecase.Open(t.Context(), s.page.o.Book, "", []byte(oldPass), clock); err == nil {
		t.Error("the old passphrase still opens the book")
	}
}

func TestTheSheetOfAnotherBookIsTold(t *testing.T) {
	s := small(t)
	s.page.recover()
	for i, group := range usecase.NewRecoveryCode().Groups() {
		s.page.sheet.groups[i].SetText(group)
	}
	s.page.sheet.next()
	s.write(newPass)
	s.key(fyne.KeyReturn)
	s.write(newPass)
	s.key(fyne.KeyReturn)
	s.until("the answer", func() bool { return s.page.sheet.pass == nil })
	if !s.page.sheet.problem.Failed() || s.opened != nil {
		t.Error("the sheet of another book is not told")
	}
}

func TestAMistypedGroupIsNamedAtOnce(t *testing.T) {
	s := small(t)
	s.page.recover()
	groups := s.code.Groups()
	s.write(groups[0])
	wrong := "00000"
	if groups[1] == wrong || usecase.CheckRecoveryGroup(2, wrong) {
		wrong = "00001"
	}
	s.write(wrong)
	if !s.page.sheet.problem.Failed() {
		t.Fatal("a mistyped group is not told")
	}
	s.key(fyne.KeyEscape)
	if s.page.sheet != nil {
		t.Error("Esc does not lead back to the passphrase")
	}
}

func TestAPastedCodeIsSpread(t *testing.T) {
	s := small(t)
	s.page.recover()
	s.page.sheet.groups[0].SetText(strings.Join(strings.Split(s.code.Reveal(), "-"), " \n"))
	if s.page.sheet.on.Disabled() {
		t.Error("the whole code is not taken")
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
