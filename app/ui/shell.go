package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
)

// Sizes of the shell.
const (
	sideWide   = 176
	sideFolded = 52
	foldBelow  = 1180 // a narrower window folds the sidebar by itself
	headHeight = 54
	demoHeight = 28
	statHeight = 28
)

// shell is what stands around the pages of an open book.
type shell struct {
	w       *Window
	object  *fyne.Container
	side    *sidebar
	header  *header
	status  *status
	body    *fyne.Container
	demo    fyne.CanvasObject // nil for a real book
	regions parts.Regions

	open   map[string]desk.Page
	stale  map[string]bool
	trail  []place.Place
	at     int // in trail
	folded bool
	works  []*work
	empty  bool // the book has no orders
}

func newShell(w *Window, shop string) *shell {
	s := &shell{
		w: w, open: map[string]desk.Page{}, stale: map[string]bool{}, at: -1,
		folded: w.desk.Prefs.Bool(prefFolded), body: container.NewStack(),
	}
	s.side = newSidebar(w, shop)
	s.header = newHeader(w)
	s.status = newStatus(w)
	objects := []fyne.CanvasObject{s.side, s.header, s.body, s.status}
	if w.desk.Demo {
		words := w.o.Words
		s.demo = parts.NewStrip(look.Late, words.Text("shell_demo"), parts.Link(words.Text("shell_demo_own"), "", w.Choose))
		objects = append(objects, s.demo)
	}
	s.object = container.New(s, objects...)
	s.regions.Add("sidebar", s.side)
	s.regions.Add("header", s.header)
	s.regions.Add("body", s.body)
	s.regions.Add("panel", nothing)
	s.regions.Add("status", s.status)
	return s
}

// MinSize returns the smallest size of the window.
func (s *shell) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1024, 560) }

// Layout places the parts of the shell.
func (s *shell) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	side := float32(sideWide)
	folded := s.folded || size.Width < foldBelow
	if folded {
		side = sideFolded
	}
	s.side.setFolded(folded)
	stat := look.Height(statHeight)
	s.w.desk.Layer.SetBody(side, stat+look.Height(parts.FooterHeight)) // what a page does with its rows stays in reach
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	place(s.side, 0, 0, side, size.Height-stat)
	place(s.status, 0, size.Height-stat, size.Width, stat)
	top := look.Height(headHeight)
	place(s.header, side, 0, size.Width-side, top)
	if s.demo != nil {
		h := max(s.demo.MinSize().Height, demoHeight)
		place(s.demo, side, top, size.Width-side, h)
		top += h
	}
	place(s.body, side, top, size.Width-side, size.Height-stat-top)
}

// page returns the page that is shown, nil before the first.
func (s *shell) page() desk.Page {
	if s.at < 0 {
		return nil
	}
	return s.open[s.trail[s.at].Page]
}

// panelled is a page that shows a panel beside its rows.
type panelled interface{ Panel() fyne.CanvasObject }

// nothing is a region that cannot have the focus.
var nothing = container.NewWithoutLayout()

// step goes to the next region, or to the one before. The panel is the page's.
func (s *shell) step(back bool) {
	var panel fyne.CanvasObject = nothing
	if page, ok := s.page().(panelled); ok {
		panel = page.Panel()
	}
	s.regions.Add("panel", panel)
	if back {
		s.regions.Previous()
	} else {
		s.regions.Next()
	}
}

func (s *shell) fold(yes bool) {
	s.folded = yes
	s.w.desk.Prefs.SetBool(prefFolded, yes)
	s.object.Refresh()
}

// Open shows a page and notes it in the trail.
func (w *Window) Open(p place.Place) {
	s := w.shell
	if s == nil {
		return
	}
	w.used()
	if !w.desk.May(pageOf(p.Page).verb) {
		w.desk.Layer.Info(w.o.Words.Text("error_denied"))
		return
	}
	s.trail = append(s.trail[:s.at+1], p)
	w.enter(len(s.trail) - 1)
	// What was asked for once is not asked again on the way back.
	if at := &s.trail[s.at]; w.shell == s {
		at.Files, at.Choose, at.Reveal = nil, false, false
	}
}

// Back shows the page of before.
func (w *Window) Back() {
	if s := w.shell; s != nil && s.at > 0 {
		w.enter(s.at - 1)
	}
}

func (w *Window) forward() {
	if s := w.shell; s != nil && s.at+1 < len(s.trail) {
		w.enter(s.at + 1)
	}
}

// enter shows the page at a point of the trail.
func (w *Window) enter(at int) {
	s := w.shell
	before := s.page()
	s.at = at
	p := s.trail[at]
	page, ok := s.open[p.Page]
	if !ok {
		page = pageOf(p.Page).open(w.desk, w.session)
		s.open[p.Page] = page
	} else if s.stale[p.Page] {
		page.Reload()
	}
	delete(s.stale, p.Page)
	if before != nil && before != page {
		before.Hide()
		s.regions.Leave("body")
	}
	if len(s.body.Objects) != 1 || s.body.Objects[0] != page.Body() {
		s.body.Objects = []fyne.CanvasObject{page.Body()}
		s.body.Refresh()
	}
	page.Show(p)
	s.side.choose(p.Page)
	w.Retitle()
}

// Retitle shows the header of the page anew.
func (w *Window) Retitle() {
	if w.shell == nil {
		return
	}
	if page := w.shell.page(); page != nil {
		w.shell.header.set(page.Header())
	}
}

// Changed has the pages read the book again: the open one now, the others
// when they are opened.
func (w *Window) Changed() {
	s := w.shell
	if s == nil || s.page() == nil {
		return
	}
	for id := range s.open {
		s.stale[id] = true
	}
	delete(s.stale, s.trail[s.at].Page)
	s.page().Reload()
	w.count()
}

// learn takes over how many orders the book has. The first import gives the book
// its currency, which the pages know since they were made: so they are made anew,
// but for that of the imports, which shows what it did.
func (s *shell) learn(orders int) {
	first := s.empty && orders > 0
	s.empty = orders == 0
	if !first {
		return
	}
	for id := range s.open {
		if id != place.Imports {
			delete(s.open, id)
			delete(s.stale, id)
		}
	}
	if s.page() == nil {
		s.w.enter(s.at)
	}
}

// Choose leads from this book to another, or to a new one.
func (w *Window) Choose() { w.leave(func() { w.restart("") }) }

// lockedObject covers everything while the program ends.
func lockedObject(text string, below ...fyne.CanvasObject) fyne.CanvasObject {
	ground := canvas.NewRectangle(look.Now().Background)
	lines := append([]fyne.CanvasObject{parts.NewText(text, look.SizeTitle, look.Muted)}, below...)
	for i, l := range lines {
		lines[i] = container.NewCenter(l)
	}
	return container.NewStack(ground, container.NewCenter(parts.NewStack(lines...)))
}
