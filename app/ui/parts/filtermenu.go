package parts

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// finder is a list under a field: typing narrows it, ↑ ↓ walk it, Enter or a
// click takes a line.
type finder struct {
	drawnOnly
	entry  *Entry
	lines  *finderLines
	scroll *container.Scroll
	view   fyne.CanvasObject // the scroll without its shadow
	width  float32
	rows   int // of the view
}

// finderItem is a line that can be taken, under the head of its group.
type finderItem struct {
	group, title, also string
	checked            bool
	take               func()
}

// newFinder returns a finder; all gives every line, anew for each key.
func newFinder(placeholder, none string, width float32, rows int, all func() []finderItem) *finder {
	f := &finder{width: width, rows: rows}
	f.entry = NewEntry(placeholder)
	f.lines = newFinderLines(none)
	f.lines.entry = f.entry
	f.scroll = container.NewVScroll(f.lines)
	f.view = container.NewThemeOverride(f.scroll, unmarked{look.Tight()})
	f.entry.OnChanged = func(text string) { f.find(text, all()) }
	f.entry.OnKey = f.key
	f.entry.OnSubmitted = func(string) { f.lines.take(f.lines.at) }
	f.find("", all())
	f.ExtendBaseWidget(f)
	return f
}

// find shows the lines that have the text, those that begin with it first.
func (f *finder) find(text string, all []finderItem) {
	text = folded(text)
	var begin, within []finderItem
	for _, i := range all {
		title, also := folded(i.title), folded(i.also)
		switch {
		case strings.HasPrefix(title, text), strings.HasPrefix(also, text):
			begin = append(begin, i)
		case strings.Contains(title, text), strings.Contains(also, text):
			within = append(within, i)
		}
	}
	f.lines.items = append(begin, within...)
	f.lines.at = -1
	if text != "" && len(f.lines.items) > 0 {
		f.lines.at = 0
	}
	f.lines.Refresh()
	f.scroll.Refresh()
	f.scroll.ScrollToTop()
}

// folded is a text as it is found: in lower case, without blanks.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '_' {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

func (f *finder) key(p Press) bool {
	if p.Mod != 0 {
		return false
	}
	switch p.Key {
	case fyne.KeyDown:
		f.lines.step(1)
	case fyne.KeyUp:
		f.lines.step(-1)
	default:
		return false
	}
	top, bottom := f.lines.span(f.lines.at)
	switch view := f.scroll.Size().Height; {
	case top < f.scroll.Offset.Y:
		f.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > f.scroll.Offset.Y+view:
		f.scroll.ScrollToOffset(fyne.NewPos(0, bottom-view))
	}
	return true
}

func (f *finder) height() float32 {
	return min(f.lines.height(), look.Height(menuRow)*float32(f.rows))
}

// CreateRenderer draws field and list.
func (f *finder) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(f, func(p *pen, width, height float32) {
		field := look.FieldHeight()
		p.child(f.entry, 0, 0, width, field)
		p.child(f.view, -8, field+6, width+16, height-field-6)
	}, func() (float32, float32) {
		return f.width, look.FieldHeight() + 6 + max(f.height(), look.Height(menuRow))
	})
}

// finderLines draws the lines.
type finderLines struct {
	drawnOnly
	none  string
	items []finderItem
	at    int
	entry *Entry // keeps the focus
}

func newFinderLines(none string) *finderLines {
	l := &finderLines{none: none, at: -1}
	l.ExtendBaseWidget(l)
	return l
}

func (l *finderLines) step(by int) {
	if n := len(l.items); n > 0 {
		if l.at < 0 && by < 0 {
			l.at = 0
		}
		l.at = (l.at + by + n) % n
		l.Refresh()
	}
}

func (l *finderLines) take(i int) {
	if i >= 0 && i < len(l.items) {
		l.items[i].take()
	}
}

const groupRow = 26

// head says whether the head of a group stands above line i.
func (l *finderLines) head(i int) bool {
	g := l.items[i].group
	return g != "" && (i == 0 || l.items[i-1].group != g)
}

// span returns the top of line i with its head, and its bottom.
func (l *finderLines) span(i int) (top, bottom float32) {
	for k := range l.items {
		top = bottom
		if l.head(k) {
			bottom += look.Height(groupRow)
		}
		bottom += look.Height(menuRow)
		if k == i {
			return top, bottom
		}
	}
	return top, bottom
}

func (l *finderLines) height() float32 {
	_, bottom := l.span(len(l.items))
	if len(l.items) == 0 {
		return look.Height(menuRow)
	}
	return bottom
}

func (l *finderLines) find(y float32) int {
	for i := range l.items {
		if _, bottom := l.span(i); y < bottom && y >= bottom-look.Height(menuRow) {
			return i
		}
	}
	return -1
}

// Tapped takes the line under the pointer.
func (l *finderLines) Tapped(e *fyne.PointEvent) {
	l.entry.Focus()
	l.take(l.find(e.Position.Y))
}

// MouseIn marks the line under the pointer.
func (l *finderLines) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved marks the line under the pointer.
func (l *finderLines) MouseMoved(e *desktop.MouseEvent) {
	if i := l.find(e.Position.Y); i != l.at {
		l.at = i
		l.Refresh()
	}
}

// MouseOut leaves the mark where it is.
func (l *finderLines) MouseOut() {}

// CreateRenderer draws the lines.
func (l *finderLines) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, l.draw, func() (float32, float32) { return 120, l.height() })
}

func (l *finderLines) draw(p *pen, width, _ float32) {
	if len(l.items) == 0 {
		p.text(18, look.Height(menuRow)/2, l.none, look.SizeBody, p.Muted, false)
		return
	}
	ground := p.Hover
	if p.Dark {
		ground = p.Button
	}
	y := float32(0)
	for i, item := range l.items {
		if l.head(i) {
			p.text(18, y+look.Height(groupRow)/2+2, item.group, look.SizeSmall, p.Faint, false)
			y += look.Height(groupRow)
		}
		row := look.Height(menuRow)
		if i == l.at {
			p.box(8, y, width-16, row, ground, 5)
		}
		left, right := float32(18), width-18
		if item.checked {
			p.stroke("check", right-14, y+look.Px(row/2)-7, 14, p.Accent, 2)
			right -= 20
		}
		p.text(left, y+row/2, fitted(item.title, look.SizeBody, item.checked, right-left), look.SizeBody, p.Text, item.checked)
		y += row
	}
}

// showFieldMenu lets one choose the field of a new chip.
func showFieldMenu(b *FilterBar) {
	var pop *Popover
	all := func() []finderItem {
		items := make([]finderItem, 0, len(b.fields)+1)
		for _, f := range b.fields {
			items = append(items, finderItem{group: f.Group, title: f.Title, also: f.Also, take: func() {
				pop.Hide()
				b.create(FilterChip{Field: f.ID, Op: f.op("").ID})
			}})
		}
		if b.custom {
			items = append(items, finderItem{group: b.words.Text("part_filter_other"), title: b.words.Text("part_filter_write"), also: "rule", take: func() {
				pop.Hide()
				b.create(FilterChip{Custom: true})
			}})
		}
		return items
	}
	f := newFinder(b.words.Text("part_filter_find"), b.words.Text("part_filter_none"), 204, 16, all)
	pop = ShowPopover(b.add, f, nil)
}
