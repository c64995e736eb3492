package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"kebu/app/phrase"
	"kebu/app/ui"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
	"kebu/cmd/kebu/walk/screen"
)

// A stage is a window in memory, and the hands of the person in front of it. A step that
// fails keeps its error, and those after it do nothing.
type stage struct {
	words  *phrase.Phrases
	window fyne.Window
	ui     *ui.Window
	folder string // of its books
	err    error
	moving bool // the picture is of what goes on

	lock  sync.Mutex
	queue []func() // for the window's goroutine, which is the one of main
}

func newStage(words *phrase.Phrases, theme look.Theme, size fyne.Size) *stage {
	app := test.NewApp()
	app.Preferences().SetString(desk.PrefTheme, string(theme))
	s := &stage{words: words, window: app.NewWindow("")}
	s.show(nil)
	s.window.Resize(size)
	return s
}

// show puts Kebu into the window, with what this computer remembers of backups.
func (s *stage) show(keeper *usecase.Keeper) {
	s.ui = ui.New(ui.Options{
		App: fyne.CurrentApp(), Window: s.window, Words: s.words, Clock: clock, Keeper: keeper, Do: s.do,
		Restart: func(string) {}, Restore: func(book, backup string) { s.ui.Restoring(book, backup) }, Quit: func() {},
	})
}

// play sets a scene up with a copy of the demo shop, which each scene may change.
func (s *stage) play(scene scene, shop string) error {
	var err error
	if s.folder, err = os.MkdirTemp(filepath.Dir(shop), "scene-"); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	book := filepath.Join(s.folder, "shop.kebu")
	if err := copyFile(book, shop); err != nil {
		return fmt.Errorf("copy shop: %w", err)
	}
	scene.play(s, book)
	if !s.moving {
		s.settle()
	}
	return s.err
}

// close frees all that the scene took: hundreds of them follow.
func (s *stage) close() {
	s.ui.End()
	s.window.Close()
	_ = os.RemoveAll(s.folder) // as run does in the end
}

func copyFile(to, from string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = source.Close() }() // only read
	target, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(target, source); err != nil {
		_ = target.Close() // half a file, of which the error tells
		return err
	}
	return target.Close()
}

// do is how work apart from the window comes back to it.
func (s *stage) do(f func()) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.queue = append(s.queue, f)
}

// turn runs what has come back, and reports whether anything had.
func (s *stage) turn() bool {
	s.lock.Lock()
	queue := s.queue
	s.queue = nil
	s.lock.Unlock()
	for _, f := range queue {
		f()
	}
	return len(queue) > 0
}

const (
	patience = 20 * time.Second
	// quiet is how long nothing comes back when all work is done: longer than the pauses
	// after which a page looks again, such as those of typing.
	quiet = 250 * time.Millisecond
	pulse = 5 * time.Millisecond
)

// until turns until the window reads as wanted.
func (s *stage) until(what string, so func(screen.Screen) bool) screen.Screen {
	if s.err != nil {
		return screen.Screen{}
	}
	tick := time.NewTicker(pulse)
	defer tick.Stop()
	for waited := time.Duration(0); ; waited += pulse {
		s.turn()
		seen := screen.Read(s.window.Canvas())
		if so(seen) {
			return seen
		}
		if waited > patience {
			s.err = fmt.Errorf("%s: not within %s; the window reads %v", what, patience, seen)
			return seen
		}
		<-tick.C
	}
}

// settle turns until nothing comes back any more.
func (s *stage) settle() {
	if s.err != nil {
		return
	}
	tick := time.NewTicker(pulse)
	defer tick.Stop()
	for still := time.Duration(0); still < quiet; still += pulse {
		if s.turn() {
			still = 0
		}
		<-tick.C
	}
}

// text returns the text of a key, in the language of the picture.
func (s *stage) text(key string) string { return s.words.Text(key) }

// see waits until a text can be read.
func (s *stage) see(text string) {
	s.until("see "+text, func(seen screen.Screen) bool { return seen.Has(text) })
}

// click waits for a text and clicks it; of several the first.
func (s *stage) click(text string) {
	seen := s.until("find "+text, func(seen screen.Screen) bool { return len(seen.Find(text)) > 0 })
	if s.err == nil {
		screen.Press(s.window.Canvas(), seen.Find(text)[0].Middle())
	}
}

// scroll turns the wheel of the mouse over a text; down is positive.
func (s *stage) scroll(text string, down float32) {
	seen := s.until("find "+text, func(seen screen.Screen) bool { return len(seen.Find(text)) > 0 })
	if s.err == nil {
		test.Scroll(s.window.Canvas(), seen.Find(text)[0].Middle(), 0, -down)
	}
}

// write types into what has the focus.
func (s *stage) write(text string) {
	if s.err != nil {
		return
	}
	focused := s.window.Canvas().Focused()
	if focused == nil {
		s.err = fmt.Errorf("write: nothing has the focus")
		return
	}
	test.Type(focused, text)
}

// press presses a key where the focus is, or a shortcut of the window.
func (s *stage) press(key fyne.KeyName, mod fyne.KeyModifier) {
	if s.err != nil {
		return
	}
	c := s.window.Canvas()
	focused := c.Focused()
	if key == fyne.KeyTab && mod == 0 { // which the driver of a desktop keeps from widgets
		c.FocusNext()
		return
	}
	if focused != nil && mod == 0 {
		focused.TypedKey(&fyne.KeyEvent{Name: key})
		return
	}
	if takes, ok := focused.(fyne.Shortcutable); ok {
		takes.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mod})
		return
	}
	parts.KeysOf(c).Handle(parts.Press{Key: key, Mod: mod})
}

// empty makes a book without customers beside the shop, with the same passphrase.
func (s *stage) empty(shop string) string {
	book := filepath.Join(filepath.Dir(shop), "empty.kebu")
	_, err := usecase.Create(context.Background(), usecase.CreateRequest{Path: book, Owner: "owner", Passphrase: []byte(usecase.DemoPassphrase)})
	if s.err == nil {
		s.err = err
	}
	return book
}

// unlock opens a book as a person does.
func (s *stage) unlock(book string) {
	s.ui.Start(book)
	s.until("a field for the passphrase", func(seen screen.Screen) bool { return seen.Focus != nil })
	s.write(usecase.DemoPassphrase)
	s.press(fyne.KeyReturn, 0)
	s.see(s.text("page_overview"))
}
