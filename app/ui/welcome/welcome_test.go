package welcome

import (
	"os"
	"path/filepath"
	"testing"

	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/place"
	"kebu/app/usecase"
	"kebu/crypto/passphrase/passphrasetest"
)

func TestMain(m *testing.M) {
	passphrasetest.Lower()
	os.Exit(m.Run())
}

// stage is the page in a window.
type stage struct {
	*desktest.Stage
	page *Page

	opened *usecase.Session
	book   string
	first  place.Place
}

func newStage(t *testing.T) *stage {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	s := &stage{Stage: desktest.New(t)}
	s.page = New(s.Desk, Options{
		Opened: func(session *usecase.Session, book string, first place.Place) {
			s.opened, s.book, s.first = session, book, first
		},
		Unlock:   func(string) {},
		Language: func(string) {},
	})
	s.Show(s.page.Body(), s.page.Key)
	t.Cleanup(func() {
		if s.opened != nil {
			if err := s.opened.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return s
}
