// Package desktest puts a page into a window in memory, for tests: with a frame
// that notes what the page asks of it, and the hands of the person in front.
package desktest

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
)

// Now is the time of every Stage.
var Now = time.Date(2026, 6, 30, 10, 0, 0, 0, time.UTC)

// Stage is a page in a window, and what comes back to it.
type Stage struct {
	*Hands

	Desk *desk.Desk

	// What the page asked of the frame, in order.
	Opened []place.Place
	Steps  []desk.Step
	Works  []*Work
	Locked bool
	Left   bool // for the first page

	page            desk.Page
	header, content *fyne.Container
}

// New returns an empty window in simplified Chinese.
func New(t *testing.T) *Stage {
	t.Helper()
	s := &Stage{Hands: NewHands(t), header: container.NewHBox()}
	tasks := task.New(s.Later)
	t.Cleanup(tasks.Close)
	s.Desk = &desk.Desk{
		Frame: frame{s}, Words: s.Words, Tasks: tasks, Layer: parts.NewLayer(s.Words, tasks), Window: s.Window,
		Clock: func() time.Time { return Now }, Prefs: fyne.CurrentApp().Preferences(),
	}
	s.Window.SetPadded(false)
	return s
}

// Open shows a page at a place.
func (s *Stage) Open(page desk.Page, at place.Place) {
	s.page = page
	s.content = container.NewBorder(s.header, nil, nil, nil, page.Body())
	s.Show(s.content, s.key)
	page.Show(at)
	s.Desk.Retitle()
}

// Show shows what stands in the window in place of pages, and gives it the keys.
func (s *Stage) Show(body fyne.CanvasObject, key func(parts.Press) bool) {
	s.Window.SetContent(container.NewStack(body, s.Desk.Layer.Object()))
	s.Window.Resize(fyne.NewSize(1190, 740))
	parts.KeysOf(s.Window.Canvas()).Push(key)
}

// key is for the page, or for the filled button of its header.
func (s *Stage) key(k parts.Press) bool {
	if s.page.Key(k) {
		return true
	}
	primary := s.page.Header().Primary
	if k != parts.Submit || primary == nil {
		return false
	}
	primary()
	return true
}

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
func (f frame) Choose()            { f.s.Left = true }
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
