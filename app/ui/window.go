// Package ui is the window: the sidebar, the strip above a page, the status bar
// and what is the same on every page. Each page has a folder of its own.
package ui

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/act"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/seat"
	"kebu/app/ui/task"
	"kebu/app/ui/unlock"
	"kebu/app/ui/welcome"
	"kebu/app/usecase"
)

// What this computer remembers. Nothing that matters: the file may be lost.
const (
	PrefLanguage = "language" // BCP 47; "" for the system's
	prefBook     = "book"     // path of the last book
	prefFolded   = "folded"
)

// Options are what a window is made of.
type Options struct {
	App    fyne.App
	Window fyne.Window
	Words  *phrase.Phrases
	Clock  usecase.Clock
	Tries  *usecase.Tries  // nil counts none
	Keeper *usecase.Keeper // nil makes no backups by itself
	// Do runs a function on the window's goroutine, later: fyne.Do.
	Do func(func())
	// Restart ends the program, and with it all personal values in its memory,
	// and starts it anew at the passphrase of a book, or for "" at the first run.
	Restart func(book string)
	// Restore ends the program likewise, and starts it anew where a book is restored
	// from a backup, which is yet to be chosen for "".
	Restore func(book, backup string)
	// Quit ends the program.
	Quit func()
}

// Window is the window of one book, or the way to one.
type Window struct {
	o     Options
	desk  *desk.Desk
	keys  *parts.Keys
	under *fyne.Container // what lies under the layer: a door or the shell

	session *usecase.Session
	shell   *shell
	hidden  *shell // the one behind the lock, while works of it come to their end
	door    interface{ Key(parts.Press) bool }
	steps   taken
	lastUse time.Time
	sleep   seat.Watch
	keeping bool // a backup is being made
}

// New makes a window; Start shows something in it.
func New(o Options) *Window {
	tasks := task.New(o.Do)
	w := &Window{o: o, under: container.NewStack(), lastUse: o.Clock()}
	w.desk = &desk.Desk{
		Frame: w, Words: o.Words, Tasks: tasks, Layer: parts.NewLayer(o.Words, tasks),
		Window: o.Window, Clock: o.Clock, Prefs: o.App.Preferences(),
	}
	tasks.Started = w.used
	w.desk.TakeBack, w.desk.DoAgain, w.desk.Restore = w.TakeBack, w.DoAgain, w.restore
	w.Relook()
	o.App.Settings().AddListener(func(fyne.Settings) { w.followSystem() })
	o.Window.SetPadded(false)
	o.Window.SetTitle(o.Words.Text("shell_title"))
	o.Window.SetContent(container.NewStack(newAwake(w.used, w.under), w.desk.Layer.Object()))
	w.keys = parts.KeysOf(o.Window.Canvas())
	w.keys.Push(w.key)
	w.keys.Install(shortcuts()...)
	o.Window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { w.dropped(uris) })
	o.Window.SetCloseIntercept(w.close)
	return w
}

// Start shows the way to a book: its passphrase, or without a book the first run.
func (w *Window) Start(book string) {
	if book == "" {
		book = w.desk.Prefs.String(prefBook)
	}
	if book == "" || !welcome.Exists(book) {
		w.Welcome()
		return
	}
	w.unlock(book)
}

// Welcome shows the first run: a new book, one that is there, or the demo shop.
func (w *Window) Welcome() {
	page := welcome.New(w.desk, welcome.Options{Opened: w.opened, Unlock: w.unlock, Restore: w.Restoring, Language: w.setLanguage})
	w.show(page, page.Body())
}

func (w *Window) unlock(book string) {
	page := unlock.New(w.desk, unlock.Options{Book: book, Tries: w.o.Tries, Keeper: w.o.Keeper, Opened: w.opened, Welcome: w.Welcome, Restore: w.Restoring})
	w.show(page, page.Body())
	page.Focus()
}

func (w *Window) show(door interface{ Key(parts.Press) bool }, body fyne.CanvasObject) {
	w.door = door
	w.put(body)
}

// put shows an object instead of the one before. A field that is gone would keep the
// keys.
func (w *Window) put(o fyne.CanvasObject) {
	w.under.Objects = []fyne.CanvasObject{o}
	w.under.Refresh()
	w.o.Window.Canvas().Unfocus()
}

// opened shows the pages of a book that was opened, the one named first.
func (w *Window) opened(s *usecase.Session, book string, first place.Place) {
	w.session, w.desk.Rights, w.door = s, s, nil
	w.desk.Book = book
	var settings struct {
		demo bool
		name string
		keep *usecase.Keeper
		of   string // what the book is a copy of
	}
	w.desk.Tasks.Go(func(ctx context.Context) error {
		set, err := s.Settings(ctx)
		if err != nil {
			return err
		}
		settings.demo, settings.name, settings.keep, settings.of = set.Demo, set.Name, w.o.Keeper.For(s), w.o.Keeper.CopyOf(s)
		return nil
	}, func(err error) {
		if w.desk.Failed(err) {
			return
		}
		w.desk.Demo = settings.demo
		if !settings.demo {
			w.desk.Keeper, w.desk.CopyOf = settings.keep, settings.of
			if settings.keep != nil || w.o.Keeper == nil { // a copy is not the book to open next time
				w.desk.Prefs.SetString(prefBook, book)
			}
		}
		if settings.name == "" {
			settings.name = strings.TrimSuffix(filepath.Base(book), filepath.Ext(book))
		}
		w.shell = newShell(w, settings.name)
		w.put(w.shell.object)
		if first.Page == "" || !w.desk.May(pageOf(first.Page).verb) {
			first.Page = w.lines()[0].id // there is one: the settings are everybody's
		}
		w.Open(first)
		w.count()
		if w.desk.May(access.Reseal) {
			act.Reseal(w.desk, s, nil) // what was left when somebody lost a key goes on
		}
		w.desk.Tasks.Every(10*time.Second, w.lockUnwatched)
		w.keepSafe()
		w.desk.Tasks.Every(keepEvery, w.keepSafe)
		// The search is ready before it is first used.
		w.desk.Tasks.Go(s.Warm, nil)
	})
}

// close closes the window.
func (w *Window) close() { w.leave(w.closeSafely) }

// leave leaves the book; what runs is stopped only when asked.
func (w *Window) leave(then func()) {
	if !w.works() {
		then()
		return
	}
	words := w.o.Words
	d := parts.NewDialog(w.o.Window.Canvas(), words, words.Text("shell_close_title"),
		parts.NewPara(words.Text("shell_close_working"), 380), fyne.NewSize(440, 210))
	d.Final(parts.DialogAction{Text: words.Text("shell_close_yes"), Do: func() bool {
		then()
		return true
	}})
	d.Show()
}

// works reports whether something long runs in the book.
func (w *Window) works() bool {
	s := w.worker()
	return s != nil && len(s.works) > 0
}

// worker is the shell that has the works, also when it is hidden.
func (w *Window) worker() *shell {
	if w.shell == nil {
		return w.hidden
	}
	return w.shell
}

func (w *Window) quit() {
	w.End()
	w.o.Quit()
}

// restart ends the book and starts anew at another, or for "" at the first run.
func (w *Window) restart(book string) {
	w.End()
	w.o.Restart(book)
}

// End stops all work, closes the book, takes what was copied in clear out of the
// clipboard and lets go of the window, which is to close now.
func (w *Window) End() {
	if w.shell != nil {
		w.cover()
	}
	w.desk.Tasks.Close()
	w.desk.ClearCopied()
	if door, ok := w.door.(interface{ Close() }); ok {
		door.Close()
	}
	parts.Forget(w.o.Window.Canvas())
	if w.session != nil {
		// What stands in the book is on disk before; closing only tidies up.
		_ = w.session.Close()
		w.session = nil
	}
}

// cover hides the page and closes what lies above it: they keep what was typed.
func (w *Window) cover() {
	if page := w.shell.page(); page != nil {
		page.Hide()
	}
	parts.CloseOverlays(w.o.Window.Canvas())
}

// Lock hides everything at once, lets what runs come to its end, then ends this
// process: personal values leave the memory in no other way.
func (w *Window) Lock() {
	if w.session == nil || w.shell == nil {
		return
	}
	w.cover()
	words := w.o.Words
	w.desk.Layer.Silence()
	w.desk.ClearCopied()
	book := w.desk.Book
	if w.desk.Demo {
		book = ""
	}
	cover := func(text string, below ...fyne.CanvasObject) {
		w.put(lockedObject(words.Text(text), below...))
	}
	stop := parts.Second(words.Text("shell_locked_stop"), "", func() { w.restart(book) })
	pause := time.Duration(0)
	if w.works() {
		pause = betweenWorks
		cover("shell_locked_working", stop)
	} else {
		cover("shell_locked")
	}
	w.shell, w.hidden = nil, w.shell
	// First the screen, then what takes a moment.
	w.backUpLocked(func() { cover("shell_locked_backup", stop) })
	still := time.Duration(0)
	w.desk.Tasks.Every(blink, func() {
		switch still += blink; {
		case w.works():
			still = 0
		case still > pause:
			w.restart(book)
		}
	})
}

// blink is long enough for the window to be drawn once.
const blink = 40 * time.Millisecond

// betweenWorks is longer than a work runs before it is told of: after one of several
// files the next is at work, too.
const betweenWorks = time.Second

// used notes that somebody is at the window.
func (w *Window) used() { w.lastUse = w.o.Clock() }

// lockUnwatched locks when the computer slept, when its screen is locked, and, unless
// the setting says never, when nobody was at the window for as long as it says.
func (w *Window) lockUnwatched() {
	if w.shell == nil {
		return
	}
	if w.sleep.Slept(w.o.Clock()) {
		w.Lock()
		return
	}
	locked := false
	w.desk.Tasks.Quietly(func(ctx context.Context) error {
		locked = seat.Locked(ctx)
		return nil
	}, func(error) {
		if locked && w.shell != nil {
			w.Lock()
			return
		}
		w.lockIdle()
	})
}

// lockIdle locks when nobody was at the window for as long as the setting says. Work
// that somebody waits for is no idleness.
func (w *Window) lockIdle() {
	if w.shell == nil || w.works() {
		return
	}
	after := desk.AutoLock(w.desk.Prefs)
	if after > 0 && w.o.Clock().Round(0).Sub(w.lastUse.Round(0)) >= after {
		w.Lock()
	}
}

// dropped opens files that were dropped on the window.
func (w *Window) dropped(uris []fyne.URI) {
	w.used()
	if parts.DialogOpen(w.o.Window.Canvas()) {
		w.desk.Layer.Info(w.o.Words.Text("shell_drop_dialog"))
		return
	}
	var files []string
	for _, u := range uris {
		path := u.Path()
		if strings.EqualFold(filepath.Ext(path), ".kebu") {
			w.another(path)
			return
		}
		files = append(files, path)
	}
	switch {
	case w.shell == nil || len(files) == 0:
	case !w.desk.May(access.Import):
		w.desk.Layer.Info(w.o.Words.Text("error_denied"))
	default:
		w.Open(place.Place{Page: place.Imports, Files: files})
	}
}

// another offers to open another book.
func (w *Window) another(book string) {
	switch {
	case w.session == nil:
		w.unlock(book)
		return
	case w.works():
		w.leave(func() { w.restart(book) })
		return
	}
	words := w.o.Words
	d := parts.NewDialog(w.o.Window.Canvas(), words, words.Text("shell_other_title"),
		parts.NewPara(words.Text("shell_other_text", map[string]any{"File": filepath.Base(book)}), 380), fyne.NewSize(440, 200))
	d.SetPrimary(parts.DialogAction{Text: words.Text("shell_other_yes"), Do: func() bool {
		w.restart(book)
		return true
	}})
	d.Show()
}

// setLanguage keeps the language and starts anew in it.
func (w *Window) setLanguage(tag string) {
	w.desk.Prefs.SetString(PrefLanguage, tag)
	w.restart(w.desk.Book)
}

// Relook takes theme, text size and density from what this computer remembers.
func (w *Window) Relook() {
	theme, scale, density := desk.LookOf(w.desk.Prefs)
	w.o.App.Settings().SetTheme(look.Use(theme, w.o.App.Settings().ThemeVariant(), scale, density))
}

// followSystem takes over that the system went dark or light.
func (w *Window) followSystem() {
	theme, _, _ := desk.LookOf(w.desk.Prefs)
	if theme == look.System && desk.IsDark(w.o.App.Settings().ThemeVariant()) != look.Now().Dark {
		w.Relook()
	}
}
