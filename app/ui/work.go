package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
)

// work is a long work in the status bar.
type work struct {
	s     *shell
	title string
	phase string
	part  float64
	page  string // where it began
	bar   *parts.Progress
}

// Work shows a long work in the status bar until it ends.
func (w *Window) Work(title string, cancel func()) desk.Work {
	k := &work{s: w.worker(), title: title, bar: parts.NewProgress(w.o.Words)}
	k.bar.OnCancel = cancel
	k.Set("", -1)
	if k.s != nil {
		k.page = k.s.trail[k.s.at].Page
		k.s.works = append(k.s.works, k)
		k.s.status.worked()
	}
	return k
}

// Set says how far the work is.
func (k *work) Set(phase string, part float64) {
	k.phase, k.part = phase, part
	k.bar.Set(k.text(), part)
	if k.s != nil {
		k.s.status.Refresh()
	}
}

// End takes the work from the status bar.
func (k *work) End() {
	if k.s != nil {
		k.s.works = slices.DeleteFunc(k.s.works, func(o *work) bool { return o == k })
		k.s.status.worked()
	}
}

func (k *work) text() string {
	if k.phase == "" {
		return k.title
	}
	return k.title + " · " + k.phase
}

func (s *status) works() []*work {
	if s.w.shell == nil {
		return nil
	}
	return s.w.shell.works
}

// worked takes over that a work began or ended.
func (s *status) worked() {
	s.list.show(s.works())
	s.Refresh()
}

const barWidth = 120

func (s *status) runningText() string {
	switch works := s.works(); len(works) {
	case 0:
		return ""
	case 1:
		return look.Shorten(works[0].text(), look.SizeSmall, false, 420)
	default:
		return s.w.o.Words.Text("shell_works", map[string]any{"Count": len(works)})
	}
}

func (s *status) runningWidth() float32 {
	beside := float32(barWidth + 12)
	if len(s.works()) > 1 {
		beside = 14
	}
	return look.Width(s.runningText(), look.SizeSmall, false) + 20 + beside
}

// paintRunning draws the one work with its bar; of several their number, and
// that they can be listed.
func (s *status) paintRunning(t *touch) []fyne.CanvasObject {
	works := s.works()
	if len(works) == 0 {
		return nil
	}
	k, middle := look.Now().Tokens, t.Size().Height/2
	text, width := line(s.runningText(), 8, middle, look.SizeSmall, k.Text, false)
	x := 8 + width + 14
	if len(works) > 1 {
		return []fyne.CanvasObject{text, icon("down", k.Muted, x-8, middle, 14)}
	}
	list := []fyne.CanvasObject{text, ground(k.BarSoft, 2, x, middle-2, barWidth, 4)}
	if part := works[0].part; part > 0 {
		list = append(list, ground(k.Accent, 2, x, middle-2, barWidth*float32(min(part, 1)), 4))
	}
	return list
}

// openWorks leads to where the one work began, or lists several.
func (s *status) openWorks() {
	switch works := s.works(); len(works) {
	case 0:
	case 1:
		s.w.Open(place.Place{Page: works[0].page})
	default:
		s.list.open(s.running, works)
	}
}

func (s *status) cancelWork() {
	for _, k := range s.works() {
		k.bar.Cancel()
	}
}

// workList is the sheet above the status bar that lists what runs, each with
// its bar and the way to stop it.
type workList struct {
	sheet *parts.Popover
	lines *fyne.Container
}

const workWidth = 360

func (l *workList) open(at fyne.CanvasObject, works []*work) {
	l.lines = container.NewVBox()
	l.fill(works)
	l.sheet = parts.ShowPopover(at, l.lines, nil)
}

// show keeps an open list at what runs; with the last work it closes.
func (l *workList) show(works []*work) {
	switch {
	case l.sheet == nil || !l.sheet.Shown():
	case len(works) == 0:
		l.sheet.Hide()
	default:
		l.fill(works)
		l.sheet.Refresh()
	}
}

func (l *workList) fill(works []*work) {
	l.lines.Objects = nil
	for _, k := range works {
		l.lines.Add(container.NewGridWrap(fyne.NewSize(workWidth, k.bar.MinSize().Height), k.bar))
	}
}
