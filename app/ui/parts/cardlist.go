package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// CardColumn is a column of a CardList.
type CardColumn struct {
	Title string  // "" in every column leaves the head out
	Width float32 // at the standard text size; 0 takes what the others leave, of one column
	Least float32 // to which it shrinks where that one needs the room: bars; 0: it does not
	Right bool
}

// CardCell is what stands in one column of a line.
type CardCell struct {
	Icon         string // in the tone, before the text
	Text, Second string // the second muted, after the text
	Tone         look.Tone
	Semibold     bool
	Bar          float64 // a bar in place of the text, as part of the column
	Soft         bool    // the bar in the lighter colour
}

// CardList is a short list on a card whose lines lead somewhere. It shows as
// many lines as fit; the rest is behind the card's own link.
type CardList struct {
	drawn

	// OnOpen opens a line, by a click, Enter or Space.
	OnOpen func(i int)
	// Ruled draws a line below each line.
	Ruled bool
	// Tip returns what a line says while the pointer rests on it, "" for nothing.
	Tip func(i int) string

	columns []CardColumn
	lines   [][]CardCell
	loading bool
	at      int // under the pointer or the keyboard, -1 for none
	shown   int // lines that fit
	full    map[int]string
}

const (
	cardLine    = 36
	cardHead    = 20
	cardTight   = 30 // height of a line where room is scarce
	cardGrey    = 4  // grey bars while loading
	cardOutside = 8  // how far the ground of a line reaches into the card's edge
	cardGap     = 10 // between columns
)

// NewCardList returns a list that is loading.
func NewCardList(columns ...CardColumn) *CardList {
	l := &CardList{columns: columns, loading: true, at: -1}
	l.ExtendBaseWidget(l)
	return l
}

// SetLines shows lines, which ends the loading.
func (l *CardList) SetLines(lines [][]CardCell) {
	l.lines, l.loading = lines, false
	if l.at >= len(lines) {
		l.at = len(lines) - 1
	}
	l.Refresh()
}

// SetLoading shows grey bars in place of the lines.
func (l *CardList) SetLoading() {
	l.lines, l.loading, l.at = nil, true, -1
	l.Refresh()
}

func (l *CardList) head() float32 {
	for _, c := range l.columns {
		if c.Title != "" {
			return look.Height(cardHead)
		}
	}
	return 0
}

// line returns the height of a line: a little less where all lines fit so, and
// without rules a little more where there is room.
func (l *CardList) line(height float32) float32 {
	line := look.Height(cardLine)
	lines, slots := float32(len(l.lines)), float32(max(len(l.lines), cardGrey))
	switch {
	case lines*line > height && lines*look.Height(cardTight) <= height:
		return look.Px(height/lines - 0.5)
	case slots*line < height && !l.Ruled:
		return look.Px(min(height/slots, line+8) - 0.5)
	default:
		return line
	}
}

func (l *CardList) find(at fyne.Position) int {
	y := at.Y - l.head()
	if y < 0 {
		return -1
	}
	if i := int(y / l.line(l.Size().Height-l.head())); i < l.shown {
		return i
	}
	return -1
}

func (l *CardList) point(i int) {
	if l.at == i {
		return
	}
	l.at = i
	l.Refresh()
}

// Tapped opens the line under the pointer.
func (l *CardList) Tapped(e *fyne.PointEvent) {
	l.clickFocus(l)
	if i := l.find(e.Position); i >= 0 {
		l.open(i)
	}
}

func (l *CardList) open(i int) {
	hideTip(l)
	if l.OnOpen != nil {
		l.OnOpen(i)
	}
}

// TypedKey walks the lines, and opens one.
func (l *CardList) TypedKey(e *fyne.KeyEvent) {
	switch {
	case l.shown == 0:
		Bubble(l, e)
	case e.Name == fyne.KeyUp && plain():
		l.point(max(l.at-1, 0))
	case e.Name == fyne.KeyDown && plain():
		l.point(min(l.at+1, l.shown-1))
	case e.Name == fyne.KeyHome:
		l.point(0)
	case e.Name == fyne.KeyEnd:
		l.point(l.shown - 1)
	case isTap(e) && l.at >= 0 && plain():
		l.open(l.at)
	default:
		Bubble(l, e)
	}
}

// TypedShortcut hands on what the list has no use for.
func (l *CardList) TypedShortcut(s fyne.Shortcut) { BubbleShortcut(l, s) }

// FocusGained points at the first line.
func (l *CardList) FocusGained() {
	if l.at < 0 {
		l.at = 0
	}
	l.drawn.FocusGained()
}

// FocusLost points at nothing.
func (l *CardList) FocusLost() {
	l.at = -1
	l.drawn.FocusLost()
}

// MouseIn points at the line under the pointer.
func (l *CardList) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved does so too.
func (l *CardList) MouseMoved(e *desktop.MouseEvent) {
	i := l.find(e.Position)
	if i == l.at {
		return
	}
	l.point(i)
	hideTip(l)
	switch {
	case i < 0:
	case l.full[i] != "":
		showTip(l, l.full[i])
	case l.Tip != nil:
		showTip(l, l.Tip(i))
	}
}

// MouseOut points at nothing.
func (l *CardList) MouseOut() {
	hideTip(l)
	if !l.focused {
		l.point(-1)
	}
}

// Cursor is a hand over a line.
func (l *CardList) Cursor() desktop.Cursor { return hand(l.OnOpen != nil && l.at >= 0) }

// CreateRenderer draws the list.
func (l *CardList) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, l.draw, func() (float32, float32) {
		return 160, l.head() + cardGrey*look.Height(cardLine)
	})
}

// place is where a column stands.
type place struct{ x, width float32 }

func (l *CardList) places(width float32) []place {
	widths := make([]float32, len(l.columns))
	rest, grows := width-cardGap*float32(len(l.columns)-1), 0
	for i, c := range l.columns {
		widths[i] = look.Px(look.Size(c.Width))
		rest -= widths[i]
		if c.Width == 0 {
			grows = i
		}
	}
	missing := l.widest(grows) - rest
	for i, c := range l.columns {
		if c.Least > 0 && missing > 0 {
			less := look.Px(min(missing+1, widths[i]-c.Least))
			widths[i] -= less
			rest, missing = rest+less, missing-less
		}
	}
	widths[grows] = max(0, rest)
	places := make([]place, len(l.columns))
	x := float32(0)
	for i, w := range widths {
		places[i] = place{x, w}
		x += w + cardGap
	}
	return places
}

// widest returns the width of the longest text in a column.
func (l *CardList) widest(column int) float32 {
	width := float32(0)
	for _, cells := range l.lines {
		width = max(width, look.Width(cells[column].Text, look.SizeBody, cells[column].Semibold))
	}
	return width
}

func (l *CardList) draw(p *pen, width, height float32) {
	places, head := l.places(width), l.head()
	if head > 0 {
		for i, c := range l.columns {
			at := places[i]
			if c.Right {
				p.textRight(at.x+at.width, head/2-4, fitted(c.Title, look.SizeSmall, false, at.width+cardGap), look.SizeSmall, p.Muted, false)
			} else {
				p.text(at.x, head/2-4, fitted(c.Title, look.SizeSmall, false, at.width), look.SizeSmall, p.Muted, false)
			}
		}
		p.box(0, head-1, width, 1, p.Line, 0)
	}
	line := l.line(height - head)
	l.shown = max(0, min(len(l.lines), int((height-head+1)/line)))
	l.full = map[int]string{}
	if l.loading {
		for i := range cardGrey {
			middle := head + line*(float32(i)+0.5)
			p.box(0, middle-6, look.Px(width*(0.5-0.06*float32(i%3))), 12, p.Button, 4)
			p.box(width-48, middle-6, 48, 12, p.Button, 4)
		}
		return
	}
	for i, cells := range l.lines[:l.shown] {
		top := head + look.Px(line*float32(i))
		if i == l.at && l.OnOpen != nil {
			ground := p.box(-cardOutside, top, width+2*cardOutside, line-1, p.Hover, 5)
			if l.focused && !l.clicked {
				ground.StrokeColor, ground.StrokeWidth = p.Accent, 2
			}
		}
		for n, c := range cells {
			if text := p.drawCardCell(c, places[n], top+look.Px((line-1)/2), l.columns[n].Right); text != "" {
				l.full[i] = text
			}
		}
		if l.Ruled {
			p.box(0, top+line-1, width, 1, p.Line, 0)
		}
	}
}

// drawCardCell draws a cell and returns its full text if it had to be shortened.
func (p *pen) drawCardCell(c CardCell, at place, middle float32, right bool) (full string) {
	front, _ := p.Of(c.Tone)
	if c.Bar > 0 {
		fill := p.Bar
		if c.Soft {
			fill = p.BarSoft
		}
		p.box(at.x, middle-5, max(2, look.Px(at.width*float32(min(c.Bar, 1)))), 10, fill, 2)
		return ""
	}
	if c.Icon != "" {
		p.icon(c.Icon, at.x, middle-8, 16, front)
		at.x, at.width = at.x+26, at.width-26
		front = p.Text
	}
	text := fitted(c.Text, look.SizeBody, c.Semibold, at.width)
	if text != c.Text {
		full = c.Text
	}
	if right {
		p.textRight(at.x+at.width, middle, text, look.SizeBody, front, c.Semibold)
		return full
	}
	used := p.text(at.x, middle, text, look.SizeBody, front, c.Semibold) + 6
	if room := at.width - used; c.Second != "" && room > 20 {
		second := fitted(c.Second, look.SizeSmall, false, room)
		p.text(at.x+used, middle, second, look.SizeSmall, p.Muted, false)
		if second != c.Second {
			full = c.Text + "  " + c.Second
		}
	}
	return full
}

// Whole returns the list in a width, as high as all of its lines.
func (l *CardList) Whole(width float32) fyne.CanvasObject {
	l.Ruled = true
	return container.New(fixed{width, l.head() + float32(len(l.lines))*look.Height(cardLine)}, l)
}

// fixed gives what it holds one size.
type fixed struct{ width, height float32 }

// MinSize is the size.
func (f fixed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(f.width, f.height) }

// Layout gives the room there is.
func (f fixed) Layout(list []fyne.CanvasObject, size fyne.Size) {
	for _, o := range list {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}
