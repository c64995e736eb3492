package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/look"
)

// Event is one line of a timeline.
type Event struct {
	Year, Day string // 2026, 06-30
	Icon      string
	Tone      look.Tone // of the icon
	Title     string
	Second    string
	Right     string    // an amount, or who
	RightTone look.Tone // Plain for amounts; Muted is written small
	Open      bool      // whether it has something to open
}

// Timeline shows events under the heads of their years. Only those in view
// are made.
type Timeline struct {
	widget.BaseWidget

	// OnOpen opens event i, one that has something to open.
	OnOpen func(i int)

	events []Event
	list   *timelineList
	view   fyne.CanvasObject
}

// NewTimeline returns an empty timeline.
func NewTimeline() *Timeline {
	t := &Timeline{}
	t.list = &timelineList{of: t}
	t.list.Length = func() int { return len(t.events) }
	t.list.CreateItem = func() fyne.CanvasObject { return newTimelineRow(t) }
	t.list.UpdateItem = func(i int, o fyne.CanvasObject) {
		if row, ok := o.(*timelineRow); ok {
			row.set(i)
		}
	}
	t.list.HideSeparators = true
	t.list.ExtendBaseWidget(t.list)
	t.view = container.NewThemeOverride(t.list, unmarked{look.Tight()})
	t.ExtendBaseWidget(t)
	return t
}

// SetEvents shows events, in the order they are given.
func (t *Timeline) SetEvents(events []Event) {
	before := len(t.events)
	t.events = events
	for i := range max(before, len(events)) {
		height := float32(eventHeight)
		if t.head(i) {
			height += headHeight
		}
		t.list.SetItemHeight(i, look.Height(height))
	}
	t.list.at = min(t.list.at, max(0, len(events)-1))
	t.list.Refresh()
}

// Focusable returns what takes the focus.
func (t *Timeline) Focusable() fyne.Focusable { return t.list }

// ScrollToTop shows the newest events.
func (t *Timeline) ScrollToTop() { t.list.ScrollTo(0) }

// head says whether the year's head stands above event i.
func (t *Timeline) head(i int) bool {
	if i >= len(t.events) {
		return false
	}
	return t.events[i].Year != "" && (i == 0 || t.events[i-1].Year != t.events[i].Year)
}

func (t *Timeline) open(i int) {
	if i >= 0 && i < len(t.events) && t.events[i].Open && t.OnOpen != nil {
		t.OnOpen(i)
	}
}

// CreateRenderer shows the list.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.view) }

// unmarked takes away the marks that Fyne draws in lists of its own: those of
// rows would cover the heads of the years too, and shadows darken the last row.
type unmarked struct{ fyne.Theme }

// Color returns no colour for marks and shadows.
func (u unmarked) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameHover, theme.ColorNameSelection, theme.ColorNameFocus, theme.ColorNameShadow:
		return color.Transparent
	}
	return u.Theme.Color(name, v)
}

// timelineList is the list with the keys of a timeline.
type timelineList struct {
	widget.List
	of    *Timeline
	at    int
	shown bool // whether the present event has the ring
}

// FocusGained marks the present event.
func (l *timelineList) FocusGained() { l.shown = true; l.Refresh() }

// FocusLost unmarks it.
func (l *timelineList) FocusLost() { l.shown = false; l.Refresh() }

// TypedKey walks the events with ↑ ↓, Home, End, PageUp and PageDown, and opens
// one with Enter or Space.
func (l *timelineList) TypedKey(e *fyne.KeyEvent) {
	page := max(1, int(l.Size().Height/look.Height(eventHeight))-1)
	switch {
	case !plain():
		Bubble(l, e)
	case e.Name == fyne.KeyUp:
		l.move(l.at - 1)
	case e.Name == fyne.KeyDown:
		l.move(l.at + 1)
	case e.Name == fyne.KeyPageUp:
		l.move(l.at - page)
	case e.Name == fyne.KeyPageDown:
		l.move(l.at + page)
	case e.Name == fyne.KeyHome:
		l.move(0)
	case e.Name == fyne.KeyEnd:
		l.move(len(l.of.events) - 1)
	case isTap(e):
		l.of.open(l.at)
	default:
		Bubble(l, e)
	}
}

func (l *timelineList) move(to int) {
	l.at, l.shown = max(0, min(to, len(l.of.events)-1)), true
	l.ScrollTo(l.at)
}

const (
	eventHeight = 46
	headHeight  = 26
	railAt      = 104 // of the line through the icons
)

// timelineRow is one event, with the head of its year if it is the first.
type timelineRow struct {
	drawn
	of *Timeline
	i  int
}

func newTimelineRow(of *Timeline) *timelineRow {
	r := &timelineRow{of: of, i: -1}
	r.ExtendBaseWidget(r)
	return r
}

func (r *timelineRow) set(i int) { r.i = i; r.Refresh() }

// Tapped opens the event.
func (r *timelineRow) Tapped(*fyne.PointEvent) {
	l := r.of.list
	if c := canvasOf(l); c != nil {
		c.Focus(l)
	}
	l.at, l.shown = r.i, false // no ring after a click
	l.Refresh()
	r.of.open(r.i)
}

// MouseIn shows that the event can be opened.
func (r *timelineRow) MouseIn(*desktop.MouseEvent) { r.hover(true) }

// MouseMoved is of no interest.
func (r *timelineRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends what MouseIn began.
func (r *timelineRow) MouseOut() { r.hover(false) }

// Cursor is a hand over what can be opened.
func (r *timelineRow) Cursor() desktop.Cursor {
	return hand(r.i >= 0 && r.i < len(r.of.events) && r.of.events[r.i].Open)
}

// CreateRenderer draws the event.
func (r *timelineRow) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(r, r.draw, func() (float32, float32) { return 240, look.Height(eventHeight) })
}

func (r *timelineRow) draw(p *pen, width, height float32) {
	events := r.of.events
	if r.i < 0 || r.i >= len(events) {
		return
	}
	e, y := events[r.i], float32(0)
	if r.of.head(r.i) {
		p.text(16, 12, e.Year, look.SizeBody, p.Text, true)
		y = height - look.Height(eventHeight)
	}
	const side = 8
	if r.hovered && e.Open {
		p.box(side, y-2, width-2*side, height-y-2, p.Hover, 5)
	}
	if r.i < len(events)-1 && !r.of.head(r.i+1) {
		p.box(railAt, y+26, 1, height-y-26, p.Line, 0)
	}
	if r.of.list.shown && r.of.list.at == r.i {
		p.ring(side+2, y, width-2*side-4, height-y-6, 4)
	}
	first, second := y+look.Px(look.Size(12)), y+look.Px(look.Size(30))
	p.text(16, first+1, e.Day, look.SizeBody, p.Muted, false)
	p.frame(railAt-12, y, 25, 25, p.Surface, p.Line, 12.5)
	c, _ := p.Of(e.Tone)
	p.icon(e.Icon, railAt-7, y+5, 15, c)
	right, size := width-16, float32(look.SizeBody)
	if e.RightTone == look.Muted {
		size = look.SizeSmall
	}
	if e.Right != "" {
		c, _ := p.Of(e.RightTone)
		right -= p.textRight(right, first, e.Right, size, c, false) + 12
	}
	const left = railAt + 26
	p.text(left, first, fitted(e.Title, look.SizeBody, false, right-left), look.SizeBody, p.Text, false)
	p.text(left, second, fitted(e.Second, look.SizeSmall, false, width-16-left), look.SizeSmall, p.Muted, false)
}
