// Package desktest puts a page into a window in memory, for tests: with a frame
// that notes what the page asks of it, and the hands of the person in front.
package desktest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/cmd/kebu/walk/screen"
)

// Now is the time of every Stage.
var Now = time.Date(2026, 6, 30, 10, 0, 0, 0, time.UTC)

// Stage is a page in a window, and what comes back to it.
type Stage struct {
	T      *testing.T
	Desk   *desk.Desk
	Window fyne.Window

	// What the page asked of the frame, in order.
	Opened []place.Place
	Steps  []desk.Step
	Works  []*Work
	Locked bool

	page            desk.Page
	header, content *fyne.Container

	lock  sync.Mutex
	queue []func()
}

// New returns an empty window in simplified Chinese.
func New(t *testing.T) *Stage {
	t.Helper()
	app := test.NewTempApp(t)
	test.ApplyTheme(t, look.Use(look.Light, theme.VariantLight, look.Standard, look.Normal))
	s := &Stage{T: t, Window: test.NewTempWindow(t, nil), header: container.NewHBox()}
	words := phrase.New("zh-Hans")
	tasks := task.New(s.later)
	t.Cleanup(tasks.Close)
	s.Desk = &desk.Desk{
		Frame: frame{s}, Words: words, Tasks: tasks, Layer: parts.NewLayer(words, tasks), Window: s.Window,
		Clock: func() time.Time { return Now }, Prefs: app.Preferences(),
	}
	s.Window.SetPadded(false)
	return s
}

// Open shows a page at a place.
func (s *Stage) Open(page desk.Page, at place.Place) {
	s.page = page
	s.content = container.NewBorder(s.header, nil, nil, nil, page.Body())
	s.Window.SetContent(container.NewStack(s.content, s.Desk.Layer.Object()))
	s.Window.Resize(fyne.NewSize(1190, 740))
	parts.KeysOf(s.Window.Canvas()).Push(page.Key)
	page.Show(at)
	s.Desk.Retitle()
}

func (s *Stage) later(f func()) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.queue = append(s.queue, f)
}

// Until runs what comes back to the window until something is so, for 10 s.
func (s *Stage) Until(what string, so func() bool) {
	s.T.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(10 * time.Second); !so(); <-tick.C {
		s.lock.Lock()
		queue := s.queue
		s.queue = nil
		s.lock.Unlock()
		for _, f := range queue {
			f()
		}
		if time.Now().After(end) {
			s.T.Fatal(fmt.Errorf("%s: not within 10 s; the window reads %v", what, s.Screen().Texts))
		}
	}
}

// Screen is what can be read.
func (s *Stage) Screen() screen.Screen { return screen.Read(s.Window.Canvas()) }

// Text returns a text in the language of the window.
func (s *Stage) Text(key string, data ...map[string]any) string { return s.Desk.Text(key, data...) }

// See waits until a text can be read.
func (s *Stage) See(text string) {
	s.T.Helper()
	s.Until("see "+text, func() bool { return s.Screen().Has(text) })
}

// Gone waits until a text can be read no more.
func (s *Stage) Gone(text string) {
	s.T.Helper()
	s.Until("no more "+text, func() bool { return !s.Screen().Has(text) })
}

// Click waits for a text and clicks it; of several the last, which lies on top.
func (s *Stage) Click(text string) {
	s.T.Helper()
	s.See(text)
	found := s.Screen().Find(text)
	test.TapCanvas(s.Window.Canvas(), found[len(found)-1].Middle())
}

// Type writes where the focus is.
func (s *Stage) Type(text string) {
	s.T.Helper()
	test.Type(s.Focused(), text)
}

// Focused returns what has the focus.
func (s *Stage) Focused() fyne.Focusable {
	s.T.Helper()
	focused := s.Window.Canvas().Focused()
	if focused == nil {
		s.T.Fatal(fmt.Errorf("nothing has the focus; the window reads %v", s.Screen().Texts))
	}
	return focused
}

// Press presses keys where the focus is.
func (s *Stage) Press(keys ...fyne.KeyName) {
	for _, k := range keys {
		if focused := s.Window.Canvas().Focused(); focused != nil {
			focused.TypedKey(&fyne.KeyEvent{Name: k})
		} else {
			parts.KeysOf(s.Window.Canvas()).Handle(parts.Press{Key: k})
		}
	}
}

// PressWith presses a key with modifiers where the focus is.
func (s *Stage) PressWith(mod fyne.KeyModifier, key fyne.KeyName) {
	if takes, ok := s.Window.Canvas().Focused().(fyne.Shortcutable); ok {
		takes.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mod})
		return
	}
	parts.KeysOf(s.Window.Canvas()).Handle(parts.Press{Key: key, Mod: mod})
}

// Ctrl presses a key with Ctrl.
func (s *Stage) Ctrl(key fyne.KeyName) { s.PressWith(fyne.KeyModifierShortcutDefault, key) }

// LastOpened returns the place that was opened last.
func (s *Stage) LastOpened() place.Place {
	s.T.Helper()
	if len(s.Opened) == 0 {
		s.T.Fatal("nothing was opened")
	}
	return s.Opened[len(s.Opened)-1]
}

// Work is a work that the page shows in the status bar.
type Work struct {
	Title  string
	Phase  string
	Part   float64
	Ended  bool
	Cancel func()
}

// Set notes how far the work is.
func (w *Work) Set(phase string, part float64) { w.Phase, w.Part = phase, part }

// End notes that it is over.
func (w *Work) End() { w.Ended = true }

// frame is the window around the page.
type frame struct{ s *Stage }

func (f frame) Open(p place.Place) { f.s.Opened = append(f.s.Opened, p) }
func (f frame) Back()              {}
func (f frame) Lock()              { f.s.Locked = true }
func (f frame) Changed()           { f.s.page.Reload() }

func (f frame) Track(step desk.Step) {
	f.s.Steps = append(f.s.Steps, step)
	f.s.Desk.Layer.DoneWith(step.Text, step.Beside...)
}

func (f frame) Work(title string, cancel func()) desk.Work {
	w := &Work{Title: title, Cancel: cancel}
	f.s.Works = append(f.s.Works, w)
	return w
}

// Retitle shows the header of the page.
func (f frame) Retitle() {
	if f.s.content == nil {
		return
	}
	h := f.s.page.Header()
	f.s.header.Objects = []fyne.CanvasObject{
		parts.NewText(h.Title, look.SizeTitle, look.Plain), parts.NewText(h.Fact, look.SizeBody, look.Muted),
	}
	if h.Beside != nil {
		f.s.header.Add(h.Beside)
	}
	f.s.header.Objects = append(f.s.header.Objects, h.Actions...)
	f.s.content.Refresh()
}

// Relook takes the look that this computer remembers.
func (f frame) Relook() {
	theme, scale, density := desk.LookOf(f.s.Desk.Prefs)
	test.ApplyTheme(f.s.T, look.Use(theme, fyne.CurrentApp().Settings().ThemeVariant(), scale, density))
}
