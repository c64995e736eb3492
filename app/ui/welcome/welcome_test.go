package welcome

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
	"kebu/crypto/passphrase/passphrasetest"
)

func TestMain(m *testing.M) {
	passphrasetest.Lower()
	os.Exit(m.Run())
}

func clock() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }

// screen is the page in a window, and the queue of what comes back to it.
type screen struct {
	t      *testing.T
	page   *Page
	window fyne.Window
	desk   *desk.Desk

	lock  sync.Mutex
	queue []func()

	opened   *usecase.Session
	book     string
	first    place.Place
	unlocked string
}

func newScreen(t *testing.T, language string, choice look.Theme, size fyne.Size) *screen {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	app := test.NewTempApp(t)
	test.ApplyTheme(t, look.Use(choice, theme.VariantLight, look.Standard, look.Normal))
	s := &screen{t: t, window: test.NewTempWindow(t, nil)}
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
		Opened: func(session *usecase.Session, book string, first place.Place) {
			s.opened, s.book, s.first = session, book, first
		},
		Unlock:   func(book string) { s.unlocked = book },
		Language: func(string) {},
	})
	s.window.SetPadded(false)
	s.window.SetContent(container.NewStack(s.page.Body(), s.desk.Layer.Object()))
	s.window.Resize(size)
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
func (s *screen) until(what string, so func() bool) {
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
