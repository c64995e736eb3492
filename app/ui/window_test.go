package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"kebu/app/ui/desk"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
	"kebu/cmd/kebu/walk/screen"
	"kebu/crypto/passphrase/passphrasetest"
)

// shop is the file of the demo shop, of which each test has a copy.
var shop string

func TestMain(m *testing.M) {
	passphrasetest.Lower()
	os.Exit(func() int {
		folder, err := os.MkdirTemp("", "kebu-window-")
		if err != nil {
			panic(err)
		}
		defer func() { _ = os.RemoveAll(folder) }()
		shop = filepath.Join(folder, "shop.kebu")
		clock := func() time.Time { return desktest.Now }
		if _, err := usecase.Demo(context.Background(), usecase.DemoRequest{Path: shop, Lang: "zh", Clock: clock}); err != nil {
			panic(err)
		}
		return m.Run()
	}())
}

// opened is a window of the demo shop.
type opened struct {
	*desktest.Hands
	*Window
	book      string
	idle      atomic.Int64 // how long nobody was there; the book reads the clock too
	restarted []string
	quitted   bool
	busiest   time.Duration // the longest that the window was busy with one task
}

// shut is the window before it shows anything.
func shut(t *testing.T) *opened {
	t.Helper()
	o := &opened{Hands: desktest.NewHands(t), book: filepath.Join(t.TempDir(), "shop.kebu")}
	copyFile(t, o.book, shop)
	o.Window = New(Options{
		App: fyne.CurrentApp(), Window: o.Hands.Window, Words: o.Words, Clock: o.clock, Do: func(f func()) { o.Later(func() { o.run(f) }) },
		Restart: func(book string) { o.restarted = append(o.restarted, book) }, Quit: func() { o.quitted = true },
		Restore: func(book, backup string) { o.restarted = append(o.restarted, book+" "+backup) },
	})
	t.Cleanup(o.End)
	o.Hands.Window.Resize(fyne.NewSize(1366, 768))
	return o
}

func (o *opened) clock() time.Time { return desktest.Now.Add(time.Duration(o.idle.Load())) }

func openShop(t *testing.T) *opened {
	t.Helper()
	o := shut(t)
	session, err := usecase.Open(t.Context(), o.book, "", []byte(usecase.DemoPassphrase), o.clock)
	if err != nil {
		t.Fatal(err)
	}
	o.opened(session, o.book, place.Place{Page: place.Customers})
	o.See(o.Text("shell_demo"))
	o.Until("the customers are listed", func() bool { return o.shell.header.shown.Fact != "" })
	return o
}

func copyFile(t *testing.T, to, from string) {
	t.Helper()
	source, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = source.Close() }()
	target, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(target, source); err != nil {
		t.Fatal(err)
	}
	if err := target.Close(); err != nil {
		t.Fatal(err)
	}
}

func (o *opened) canvas() fyne.Canvas { return o.Hands.Window.Canvas() }

// tagged returns how many have a tag.
func (o *opened) tagged(tag string) int {
	o.T.Helper()
	tags, err := o.session.Tags(o.T.Context())
	if err != nil {
		o.T.Fatal(err)
	}
	for _, t := range tags {
		if t.Tag == tag {
			return t.Customers
		}
	}
	return 0
}

func TestTheBookTellsWhenItWasChecked(t *testing.T) {
	o := openShop(t)
	o.Click(o.Text("shell_sealed"))
	o.See(o.Text("shell_check_never"))
	o.Click(o.Text("shell_check"))
	o.Until("the file is checked", func() bool {
		text, err := o.session.Recall(t.Context(), "check.last")
		return err == nil && text != ""
	})
	o.Click(o.Text("shell_sealed"))
	o.See(o.Text("shell_check_last", map[string]any{"When": o.Words.When(desktest.Now, desktest.Now)}))
}

func TestATagIsTakenBackAndDoneAgain(t *testing.T) {
	o := openShop(t)
	o.Ctrl(fyne.KeyZ)
	o.See(o.Text("shell_undo_nothing"))
	o.Press(fyne.KeyDown)
	o.Ctrl(fyne.KeyT)
	o.See("1 位客户的标签")
	o.Type("harvest")
	o.Press(fyne.KeyReturn)
	o.See("给 1 位加了标签 harvest。")
	for range 2 {
		if n := o.tagged("harvest"); n != 1 {
			t.Fatalf("%d are tagged", n)
		}
		o.Ctrl(fyne.KeyZ)
		o.See(o.Text("shell_undone", map[string]any{"Text": "给 1 位加了标签 harvest。"}))
		if n := o.tagged("harvest"); n != 0 {
			t.Fatalf("%d are tagged after it was taken back", n)
		}
		o.PressWith(ctrlShift, fyne.KeyZ)
		o.See(o.Text("shell_redone", map[string]any{"Text": "给 1 位加了标签 harvest。"}))
	}
	if n := o.tagged("harvest"); n != 1 {
		t.Fatalf("%d are tagged in the end", n)
	}
	o.PressWith(ctrlShift, fyne.KeyZ)
	o.See(o.Text("shell_redo_nothing"))
}

func TestTheKeysOpenThePages(t *testing.T) {
	o := openShop(t)
	for i, key := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6} {
		o.Ctrl(key)
		want := []string{place.Overview, place.Customers, place.Orders, place.Imports, place.Segments, place.Settings}[i]
		if got := o.shell.trail[o.shell.at].Page; got != want {
			t.Errorf("Ctrl+%s opens %s, want %s", key, got, want)
		}
		o.See(o.Text("shell_demo"))
	}
	o.PressWith(fyne.KeyModifierAlt, fyne.KeyLeft)
	if got := o.shell.trail[o.shell.at].Page; got != place.Segments {
		t.Errorf("Alt+← opens %s", got)
	}
	o.PressWith(fyne.KeyModifierAlt, fyne.KeyRight)
	o.Ctrl(fyne.KeyB)
	if !o.desk.Prefs.Bool(prefFolded) || !o.shell.side.folded {
		t.Error("Ctrl+B does not fold the sidebar")
	}
	o.Press(fyne.KeyF1)
	o.See(o.Text("shell_keys"))
	o.Ctrl(fyne.Key1)
	if got := o.shell.trail[o.shell.at].Page; got != place.Settings {
		t.Errorf("a dialog lets Ctrl+1 open %s", got)
	}
	o.Press(fyne.KeyEscape)
	o.Gone(o.Text("shell_keys"))
}

func TestF6GoesRoundTheRegions(t *testing.T) {
	o := openShop(t)
	regions := []fyne.CanvasObject{o.shell.side, o.shell.header, o.shell.body, o.shell.status}
	in := func() int {
		return slices.IndexFunc(regions, func(r fyne.CanvasObject) bool { return holds(r, o.canvas().Focused()) })
	}
	first := in()
	if first != 2 {
		t.Fatalf("at the start the focus is in region %d", first)
	}
	for step := 1; step <= 4; step++ {
		o.Press(fyne.KeyF6)
		if got := in(); got != (first+step)%4 {
			t.Fatalf("F6 pressed %d times leads to region %d", step, got)
		}
	}
}

func TestF6ReachesThePanelOfThePage(t *testing.T) {
	o := openShop(t)
	o.Press(fyne.KeyDown)
	o.See(o.Text("customers_reveal"))
	panel := o.shell.page().(panelled).Panel() //nolint:errcheck // the page has one
	table := o.canvas().Focused()
	o.Press(fyne.KeyF6)
	if !holds(panel, o.canvas().Focused()) {
		t.Fatal("F6 does not lead from the table into the panel")
	}
	o.PressWith(fyne.KeyModifierShift, fyne.KeyF6)
	if o.canvas().Focused() != table {
		t.Error("Shift+F6 does not lead back to the table")
	}
	o.Ctrl(fyne.Key1)
	o.Until("the figures are read", func() bool { return o.shell.header.shown.Fact != "" })
	o.Press(fyne.KeyF6)
	first := o.canvas().Focused()
	o.Press(fyne.KeyF6, fyne.KeyF6, fyne.KeyF6, fyne.KeyF6)
	if o.canvas().Focused() != first {
		t.Error("F6 leads into the panel of a page that is left")
	}
}

func TestTheFirstKeyAfterThePassphraseOpensAPage(t *testing.T) {
	o := shut(t)
	o.Start(o.book)
	o.Type(usecase.DemoPassphrase)
	o.Press(fyne.KeyReturn)
	o.Until("the book is open", func() bool { return o.shell != nil })
	o.Ctrl(fyne.Key2)
	if got := o.shell.trail[o.shell.at].Page; got != place.Customers {
		t.Errorf("the window shows %s", got)
	}
	o.Lock()
	if o.canvas().Focused() != nil {
		t.Error("a locked window has a field for the keys")
	}
}

func TestAPageThatIsLeftTakesNoKeys(t *testing.T) {
	o := openShop(t)
	table := o.canvas().Focused()
	o.Ctrl(fyne.Key1)
	if o.canvas().Focused() == table {
		t.Error("the table of customers has the focus of the overview")
	}
	o.Ctrl(fyne.Key2)
	if o.canvas().Focused() != table {
		t.Error("the table of customers is not ready for keys")
	}
}

func TestTheKeysOfEachPageAreListed(t *testing.T) {
	o := openShop(t)
	for _, e := range pages {
		if e.icon == "" {
			continue
		}
		o.Open(place.Place{Page: e.id})
		o.Press(fyne.KeyF1)
		o.See(o.Text("keys_everywhere"))
		if got, want := o.Screen().Has(o.Text("keys_tag")), e.id == place.Customers; got != want {
			t.Errorf("%s: the list has the key for tags: %t", e.id, got)
		}
		title := func(t screen.Text) bool { return t.Text == o.Text("keys_here") }
		if got, want := slices.ContainsFunc(o.Screen().Texts, title), e.id != place.Settings; got != want {
			t.Errorf("%s: the list has keys of its own: %t", e.id, got)
		}
		o.Press(fyne.KeyEscape)
		o.Gone(o.Text("keys_everywhere"))
	}
}

// holds reports whether an object is the focused one, or around it.
func holds(around fyne.CanvasObject, focused fyne.Focusable) bool {
	obj, ok := focused.(fyne.CanvasObject)
	if !ok {
		return false
	}
	driver := fyne.CurrentApp().Driver()
	from, at := driver.AbsolutePositionForObject(around), driver.AbsolutePositionForObject(obj)
	to := from.AddXY(around.Size().Width, around.Size().Height)
	return at.X >= from.X && at.Y >= from.Y && at.X < to.X && at.Y < to.Y
}

func TestTheLockHidesAnOpenDialogAtOnce(t *testing.T) {
	o := openShop(t)
	o.Ctrl(fyne.KeyE)
	o.See(o.Text("export_purpose"))
	o.Lock()
	seen := o.Screen()
	if seen.Overlays != 0 || !seen.Has(o.Text("shell_locked")) || len(seen.Texts) != 1 {
		t.Errorf("locked, the window reads %v", seen.Texts)
	}
	o.Until("the program starts anew", func() bool { return len(o.restarted) == 1 })
	o.Ctrl(fyne.Key1)
	o.Ctrl(fyne.KeyZ)
	o.dropped([]fyne.URI{storage.NewFileURI("orders.csv")})
	if got := o.Screen(); len(got.Texts) != 1 {
		t.Errorf("a locked window takes keys: %v", got.Texts)
	}
}

func TestTheLockClearsWhatWasCopied(t *testing.T) {
	o := openShop(t)
	o.desk.CopyClear("k7dm-2xq9-tf4r")
	o.Lock()
	if got := fyne.CurrentApp().Clipboard().Content(); got != "" {
		t.Errorf("the clipboard holds %q", got)
	}
}

func TestTheEndClearsWhatWasCopied(t *testing.T) {
	o := openShop(t)
	o.desk.CopyClear("k7dm-2xq9-tf4r")
	o.close()
	if got := fyne.CurrentApp().Clipboard().Content(); !o.quitted || got != "" {
		t.Errorf("closed %t, the clipboard holds %q", o.quitted, got)
	}
}

// TestTheEndKeepsWhatWasTyped in the sheet of a note.
func TestTheEndKeepsWhatWasTyped(t *testing.T) {
	o := openShop(t)
	o.Press(fyne.KeyDown)
	o.PressWith(fyne.KeyModifierShift, fyne.KeyDown)
	o.Ctrl(fyne.KeyN)
	o.Type("half a thought")
	o.close()
	session, err := usecase.Open(t.Context(), o.book, "", []byte(usecase.DemoPassphrase), o.clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	if got, err := session.DraftMany(t.Context(), usecase.Targets{}); err != nil || got.Reveal() != "half a thought" {
		t.Errorf("the draft is lost: %v", err)
	}
}

func TestALockedWindowFinishesItsWork(t *testing.T) {
	o := openShop(t)
	one := o.Work("working", func() {})
	o.Lock()
	if seen := o.Screen(); !seen.Has(o.Text("shell_locked_working")) || len(seen.Texts) != 2 {
		t.Errorf("locked, the window reads %v", seen.Texts)
	}
	goesOn := func(d time.Duration) {
		t.Helper()
		passed := false
		o.desk.Tasks.After(d, func() { passed = true })
		o.Until("the time has passed", func() bool { return passed || len(o.restarted) > 0 })
		if len(o.restarted) > 0 {
			t.Fatal("the book is closed under running work")
		}
	}
	goesOn(3 * blink)
	one.End()
	goesOn(betweenWorks / 2) // as of several files: the next is told of when it takes long
	two := o.Work("the next", func() {})
	goesOn(betweenWorks + 3*blink)
	two.End()
	o.Until("the program starts anew", func() bool { return len(o.restarted) == 1 })
}

func TestALockedWindowTellsNothingAndTakesNothingBack(t *testing.T) {
	o := openShop(t)
	o.Track(desk.Step{ID: 1, Text: "before"})
	o.Work("working", func() {})
	o.Lock()
	o.Track(desk.Step{ID: 2, Text: "after"})
	o.desk.Failed(errors.New("of a page"))
	if seen := o.Screen(); len(seen.Texts) != 2 {
		t.Errorf("locked, the window reads %v", seen.Texts)
	}
}

func TestALockedWindowCanBeStopped(t *testing.T) {
	o := openShop(t)
	o.Work("working", func() {})
	o.Lock()
	o.Click(o.Text("shell_locked_stop"))
	if len(o.restarted) != 1 {
		t.Error("the program goes on")
	}
}

func TestTheWindowLocksByItself(t *testing.T) {
	for _, c := range []struct {
		name    string
		minutes int
		idle    time.Duration
		work    bool
		locks   bool
	}{
		{"before the time", 10, 9 * time.Minute, false, false},
		{"after the time", 10, 10 * time.Minute, false, true},
		{"never", -1, 99 * time.Hour, false, false},
		{"while it works", 10, 99 * time.Hour, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := openShop(t)
			o.desk.Prefs.SetInt(desk.PrefLock, c.minutes)
			if c.work {
				o.Work("working", func() {})
			}
			o.used()
			o.idle.Add(int64(c.idle))
			o.lockIdle()
			if locked := o.shell == nil; locked != c.locks {
				t.Errorf("locked: %t", locked)
			}
		})
	}
}

// TestTheWindowLocksAfterSleep: also while it works, and where the setting says never.
func TestTheWindowLocksAfterSleep(t *testing.T) {
	for _, never := range []bool{false, true} {
		o := openShop(t)
		if never {
			o.desk.Prefs.SetInt(desk.PrefLock, -1)
		}
		o.Work("working", func() {})
		o.lockUnwatched()
		o.used()
		o.idle.Add(int64(3 * time.Minute))
		o.lockUnwatched()
		if o.shell != nil {
			t.Errorf("never %t: not locked", never)
		}
	}
}

func TestAUsedWindowDoesNotLock(t *testing.T) {
	o := openShop(t)
	o.idle.Add(int64(9 * time.Minute))
	o.Press(fyne.KeyF5)
	o.idle.Add(int64(9 * time.Minute))
	o.lockIdle()
	if o.shell == nil {
		t.Error("locked under somebody's hands")
	}
}

func TestADropOpensImportsButNotUnderADialog(t *testing.T) {
	o := openShop(t)
	file := filepath.Join(t.TempDir(), "orders.csv")
	if err := os.WriteFile(file, []byte("nothing\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.Ctrl(fyne.KeyE)
	o.See(o.Text("export_purpose"))
	o.dropped([]fyne.URI{storage.NewFileURI(file)})
	o.See(o.Text("shell_drop_dialog"))
	if got := o.shell.trail[o.shell.at].Page; got != place.Customers {
		t.Errorf("a dialog is left for %s", got)
	}
	o.Press(fyne.KeyEscape)
	o.Until("the dialog is closed", func() bool { return !parts.DialogOpen(o.canvas()) })
	o.dropped([]fyne.URI{storage.NewFileURI(file)})
	if got := o.shell.trail[o.shell.at].Page; got != place.Imports {
		t.Errorf("a drop leads to %s", got)
	}
}

func TestADroppedBookIsAskedFor(t *testing.T) {
	o := openShop(t)
	o.dropped([]fyne.URI{storage.NewFileURI("/books/other.kebu")})
	o.See(o.Text("shell_other_title"))
	o.Press(fyne.KeyReturn)
	if len(o.restarted) != 0 {
		t.Fatal("plain Enter leaves the book")
	}
	o.Ctrl(fyne.KeyReturn)
	o.Until("the other book is opened", func() bool { return slices.Equal(o.restarted, []string{"/books/other.kebu"}) })
}

func TestClosingAsksWhileSomethingRuns(t *testing.T) {
	o := openShop(t)
	work := o.Work("working", func() {})
	o.close()
	o.See(o.Text("shell_close_title"))
	o.Press(fyne.KeyReturn)
	if o.quitted {
		t.Fatal("plain Enter closes the program")
	}
	o.Press(fyne.KeyEscape)
	o.Until("the dialog is closed", func() bool { return !parts.DialogOpen(o.canvas()) })
	o.Click(o.Text("shell_demo_own"))
	o.See(o.Text("shell_close_title"))
	o.Press(fyne.KeyEscape)
	o.Until("the dialog is closed", func() bool { return !parts.DialogOpen(o.canvas()) })
	o.dropped([]fyne.URI{storage.NewFileURI("/books/other.kebu")})
	o.See(o.Text("shell_close_title"))
	o.Press(fyne.KeyEscape)
	o.Until("the dialog is closed", func() bool { return !parts.DialogOpen(o.canvas()) })
	if len(o.restarted) != 0 {
		t.Fatal("the book is left unasked")
	}
	work.End()
	o.close()
	if !o.quitted {
		t.Error("nothing runs and the window stays")
	}
}

func TestRunningWorkIsInTheStatusBar(t *testing.T) {
	o := openShop(t)
	cancelled := ""
	one := o.Work("counting", func() { cancelled += "counting" })
	one.Set("half", 0.5)
	o.See("counting · half")
	o.Ctrl(fyne.Key6)
	o.Click("counting · half")
	if got := o.shell.trail[o.shell.at].Page; got != place.Customers {
		t.Errorf("a work leads to %s, where it did not begin", got)
	}
	two := o.Work("writing", func() { cancelled += "writing" })
	o.Click(o.Text("shell_works", map[string]any{"Count": 2}))
	o.See("counting · half")
	two.Set("begun", 0.1)
	o.See("writing · begun")
	o.Click(o.Text("part_cancel")) // the last in the list
	if cancelled != "writing" {
		t.Errorf("cancelled: %q", cancelled)
	}
	two.End()
	if o.Screen().Has("writing") {
		t.Error("what ended is listed still")
	}
	one.End()
	if o.Screen().Has("counting") || o.Screen().Overlays != 0 {
		t.Error("an empty list stays open")
	}
}

// TestLookingAtTheClockIsNoUse looks as the window does by itself, until it locks.
func TestLookingAtTheClockIsNoUse(t *testing.T) {
	o := openShop(t)
	o.desk.Prefs.SetInt(desk.PrefLock, 1)
	o.used()
	for range 3 { // shorter steps than sleep
		o.idle.Add(int64(30 * time.Second))
		o.lockUnwatched()
		o.rest()
	}
	o.Until("it is locked", func() bool { return o.shell == nil })
}
