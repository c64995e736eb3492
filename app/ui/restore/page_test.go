package restore

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/crm/backup"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
	"kebu/crypto/passphrase/passphrasetest"
)

func TestMain(m *testing.M) {
	passphrasetest.Lower()
	os.Exit(m.Run())
}

const (
	pass  = "viaduct-mellow-thistle-27-orbit"
	other = "quiet-orchard-saddle-41-lantern"
)

// stage is the page in a window, for a book that was worked on since its backup.
type stage struct {
	*desktest.Stage
	page   *Page
	book   string
	copied string
	keeper *usecase.Keeper

	opened   *usecase.Session
	at       string
	left     bool
	unlocked string
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{Stage: desktest.New(t), book: filepath.Join(t.TempDir(), "shop.kebu")}
	s.keeper = usecase.NewKeeper(t.TempDir(), s.Desk.Clock)
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: s.book, Owner: "owner", Passphrase: []byte(pass)}); err != nil {
		t.Fatal(err)
	}
	s.with(func(b *usecase.Session) error {
		if err := b.KeepSafe(t.Context(), s.keeper, backup.Day, nil); err != nil {
			return err
		}
		_, err := b.SaveSegment(t.Context(), "regulars", "purchases >= 3")
		return err
	})
	s.copied = usecase.BackupsOf(s.keeper, s.book)[0].Path
	t.Cleanup(func() {
		if s.opened != nil {
			_ = s.opened.Close()
		}
	})
	return s
}

// with does something in the book.
func (s *stage) with(do func(*usecase.Session) error) {
	s.T.Helper()
	b, err := usecase.Open(s.T.Context(), s.book, "", []byte(pass), s.Desk.Clock)
	if err != nil {
		s.T.Fatal(err)
	}
	if err := do(b); err != nil {
		s.T.Fatal(err)
	}
	if err := b.Close(); err != nil {
		s.T.Fatal(err)
	}
}

// start shows the page for the book, with a backup chosen before or "".
func (s *stage) start(book, copied string) {
	s.page = New(s.Desk, Options{
		Book: book, Backup: copied, Keeper: s.keeper,
		Opened: func(session *usecase.Session, book string, _ place.Place) { s.opened, s.at = session, book },
		Unlock: func(book string) { s.unlocked = book },
		Leave:  func() { s.left = true },
	})
	s.Show(s.page.Body(), s.page.Key)
	s.page.Focus()
	s.T.Cleanup(s.page.Close)
}

// compared types the passphrase and waits for what would be different.
func (s *stage) compared() {
	s.T.Helper()
	s.Type(pass)
	s.Press(fyne.KeyReturn)
	s.Until("the comparison", func() bool { return s.page.made != nil })
}

// untouched fails unless the book is byte for byte as it was, with nothing beside.
func (s *stage) untouched(before []byte) {
	s.T.Helper()
	after, err := os.ReadFile(s.book)
	if err != nil || !bytes.Equal(before, after) {
		s.T.Errorf("the book changed, %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(s.book), "*unfinished*")); len(left) > 0 {
		s.T.Errorf("left: %q", left)
	}
}

func (s *stage) read() []byte {
	s.T.Helper()
	data, err := os.ReadFile(s.book)
	if err != nil {
		s.T.Fatal(err)
	}
	return data
}

func TestABackupIsChosenComparedAndPutInPlace(t *testing.T) {
	s := newStage(t)
	s.start(s.book, "")
	s.See(s.Text("backup_reason_day"))
	s.See("0 · 0")
	s.Press(fyne.KeyReturn)
	s.Ctrl(fyne.KeyReturn)
	if s.page.steps.Page() != stepPass {
		t.Fatalf("on step %d", s.page.steps.Page())
	}
	s.page.Focus()
	before := s.read()
	s.compared()
	s.See(s.Text("restoring_lost", map[string]any{"Count": 1, "Number": "1"}))
	s.See(s.Text("step_segment_save"))
	s.Ctrl(fyne.KeyReturn) // asks
	s.See(s.Text("restoring_yes"))
	s.Press(fyne.KeyReturn, fyne.KeyEnter)
	if s.page.steps.Page() != stepCompare {
		t.Fatal("plain Enter restores")
	}
	after, err := os.ReadFile(s.book)
	if err != nil || !bytes.Equal(before, after) {
		t.Fatalf("the book changed before it was agreed to, %v", err)
	}
	s.Click(s.Text("restoring_yes"))
	s.Until("it is restored", func() bool { return s.page.done.book != "" })
	kept, _ := filepath.Glob(filepath.Join(filepath.Dir(s.book), "shop.before-restore-*.kebu"))
	if len(kept) != 1 {
		t.Fatalf("kept: %q", kept)
	}
	s.See(s.Text("restored_kept", map[string]any{"Kept": kept[0]}))
	s.Ctrl(fyne.KeyReturn)
	s.Until("the book is open", func() bool { return s.opened != nil })
	if list, err := s.opened.History(t.Context()); err != nil || len(list) != 0 || s.at != s.book {
		t.Errorf("%d steps in %s, %v", len(list), s.at, err)
	}
	if s.page.pass.pass.Text != "" {
		t.Error("the passphrase stays in the field")
	}
}

func TestWhoWasErasedSinceIsTold(t *testing.T) {
	s := newStage(t)
	s.with(func(b *usecase.Session) error {
		if _, err := b.Import(t.Context(), usecase.ImportRequest{Path: "../../../testdata/exports/taobao/ExportOrderList-2015.csv"}); err != nil {
			return err
		}
		if err := b.KeepSafe(t.Context(), s.keeper, backup.Hand, nil); err != nil {
			return err
		}
		var gone string
		if _, err := b.Customers(t.Context(), usecase.Selection{Limit: 1}, func(c usecase.Customer) error {
			gone = c.ID
			return nil
		}); err != nil {
			return err
		}
		_, err := b.Erase(t.Context(), s.keeper, gone)
		return err
	})
	s.start(s.book, usecase.BackupsOf(s.keeper, s.book)[0].Path)
	s.compared()
	s.See(s.Text("restore_erased", map[string]any{"Count": 1}))
}

func TestABackupIsLookedIntoAsANewFile(t *testing.T) {
	s := newStage(t)
	s.start(s.book, s.copied)
	before := s.read()
	s.page.pass.where.Set(newFile)
	s.page.pass.placed()
	s.compared()
	s.Ctrl(fyne.KeyReturn)
	s.Until("it is there", func() bool { return s.page.done.book != "" })
	s.untouched(before)
	s.Ctrl(fyne.KeyReturn)
	s.Until("the copy is open", func() bool { return s.opened != nil })
	if s.at == s.book || s.keeper.For(s.opened) != nil {
		t.Errorf("opened %s, kept safe as the book", s.at)
	}
}

func TestWithoutABookABackupBecomesANewFile(t *testing.T) {
	s := newStage(t)
	s.start("", "")
	if s.page.steps.Next(); s.page.steps.Page() != stepBackup {
		t.Fatal("one goes on without a backup")
	}
	s.page.choose.choose(s.copied)
	s.page.steps.Next()
	path := filepath.Join(t.TempDir(), "again.kebu")
	s.page.pass.path.SetText(path)
	s.page.Focus()
	s.compared()
	s.Ctrl(fyne.KeyReturn)
	s.Until("it is there", func() bool { return s.page.done.book == path })
}

func TestCancelLeavesEverythingAsItWas(t *testing.T) {
	s := newStage(t)
	before := s.read()
	s.start(s.book, s.copied)
	s.Type(pass)
	s.page.steps.Next()
	s.Press(fyne.KeyEscape) // while it is read
	s.Until("it is stopped", func() bool { return s.page.running == nil })
	if s.page.made != nil || s.page.steps.Page() != stepPass {
		t.Error("it was not stopped")
	}
	s.page.steps.Next()
	s.Until("the comparison", func() bool { return s.page.made != nil })
	s.page.steps.Back()
	s.page.steps.Back()
	s.page.steps.Back()
	if !s.left {
		t.Error("one does not get out")
	}
	s.untouched(before)
}

func TestWhatCannotBeRestoredIsOneSentence(t *testing.T) {
	s := newStage(t)
	folder := t.TempDir()
	foreign := filepath.Join(folder, "foreign.kebu")
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: foreign, Owner: "owner", Passphrase: []byte(pass)}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(s.copied)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, data []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	bent := bytes.Clone(data)
	bent[len(bent)-100] ^= 1
	before := s.read()
	for _, c := range []struct{ name, copied, pass, key string }{
		{"another book's", foreign, pass, "error_other_book"},
		{"cut", write("cut.kebu", data[:len(data)-5000]), pass, "error_bad_backup"},
		{"damaged", write("bent.kebu", bent), pass, "error_bad_backup"},
		{"no book", write("list.kebu", []byte("just a list")), pass, "error_not_book"},
		{"a wrong passphrase", s.copied, other, "error_passphrase"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.start(s.book, c.copied)
			s.Type(c.pass)
			s.page.steps.Next()
			s.See(s.Text(c.key))
			if s.page.made != nil {
				t.Error("it was made all the same")
			}
			s.untouched(before)
		})
	}
	t.Run("in use", func(*testing.T) {
		s.with(func(*usecase.Session) error {
			s.start(s.book, s.copied)
			s.Type(pass)
			s.page.steps.Next()
			s.See(s.Text("error_in_use"))
			return nil
		})
	})
}

func TestABookWithAnotherPassphraseIsComparedOnceItIsTyped(t *testing.T) {
	s := newStage(t)
	s.with(func(b *usecase.Session) error {
		return b.ChangePassphrase(t.Context(), []byte(pass), []byte(other), usecase.Cost{})
	})
	s.start(s.book, s.copied)
	s.compared()
	s.See(s.Text("restoring_pass_differs"))
	s.Click(s.Text("restoring_pass_now_type"))
	s.page.pass.now.SetText(other)
	s.page.steps.Next()
	s.Until("the comparison", func() bool { return s.page.made != nil })
	s.See(s.Text("restoring_lost", map[string]any{"Count": 2, "Number": "2"}))
}

func TestADamagedBookIsReplacedByItsBackup(t *testing.T) {
	s := newStage(t)
	if err := os.WriteFile(s.book, []byte("nothing of it is left"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.start(s.book, "")
	s.See(s.Text("backup_reason_day"))
	s.Press(fyne.KeyReturn)
	s.Ctrl(fyne.KeyReturn)
	s.page.Focus()
	s.compared()
	s.See(s.Text("restoring_unread"))
	parts.KeysOf(s.Window.Canvas()).Handle(parts.Submit)
	s.Click(s.Text("restoring_yes"))
	s.Until("it is restored", func() bool { return s.page.done.book == s.book })
}

func TestWhoCameSinceIsToldBeforehand(t *testing.T) {
	s := newStage(t)
	s.with(func(b *usecase.Session) error {
		return b.AddUser(t.Context(), usecase.NewMember{Name: "Ling", Role: access.Service, Passphrase: []byte(other)})
	})
	s.start(s.book, s.copied)
	s.compared()
	gone := s.Desk.Words.TeamDifference(usecase.TeamDifference{Name: "Ling", Now: access.Service})
	s.See(gone + "\n" + s.Text("restore_team_pass"))
}
