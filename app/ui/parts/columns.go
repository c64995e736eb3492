package parts

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// columnSheet is the list in which columns are chosen and moved.
type columnSheet struct {
	g      *grid
	lines  []*columnLine // in the order of the columns
	box    *fyne.Container
	scroll *container.Scroll
	over   *Popover
}

const (
	columnSheetWidth = 240
	columnSheetMost  = 540 // higher than this it scrolls
	columnLineHeight = 28
)

// showColumns opens the list beside an object. A column is moved by dragging, or
// with Alt and ↑ or ↓ while it has the focus.
func showColumns(g *grid, at *Button) {
	s := newColumnSheet(g)
	s.scroll.SetMinSize(fyne.NewSize(columnSheetWidth, min(columnSheetMost, float32(len(g.order))*look.Height(columnLineHeight))))
	restore := Link(g.words.Text("part_columns_restore"), "", func() {
		g.restore()
		g.rearranged()
		s.fill()
	})
	title := NewTitle(g.words.Text("part_columns"), look.SizeCard)
	byKey := at.ringed()
	s.over = ShowPopover(at, container.NewBorder(title, container.NewHBox(restore), nil, nil, s.scroll), nil)
	s.over.OnKey = s.key
	s.focus(0)
	if check := s.lines[0].check; !byKey {
		check.clicked = true
		check.Refresh()
	}
}

func newColumnSheet(g *grid) *columnSheet {
	s := &columnSheet{g: g, box: container.New(layoutLines{})}
	s.scroll = container.NewVScroll(s.box)
	s.fill()
	return s
}

// fill lists the columns as they stand.
func (s *columnSheet) fill() {
	s.lines = nil
	for _, c := range s.g.order {
		s.lines = append(s.lines, newColumnLine(s, c))
	}
	s.bound()
	s.show()
}

func (s *columnSheet) show() {
	s.box.Objects = nil
	for _, l := range s.lines {
		s.box.Objects = append(s.box.Objects, l)
	}
	s.box.Refresh()
}

// bound keeps the last column from being taken away.
func (s *columnSheet) bound() {
	shown := len(s.g.visible())
	for _, l := range s.lines {
		l.check.SetEnabled(l.c.off || shown > 1)
	}
}

// focus gives a line the keyboard and scrolls to it.
func (s *columnSheet) focus(i int) {
	c := canvasOf(s.box)
	if c == nil || i < 0 || i >= len(s.lines) {
		return
	}
	l := s.lines[i]
	c.Focus(l.check)
	top, height, view := l.Position().Y, l.Size().Height, s.scroll.Size().Height
	if offset := min(top, max(s.scroll.Offset.Y, top+height-view)); offset != s.scroll.Offset.Y {
		s.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	}
}

// move puts a line a number of places further down and reports whether it could.
func (s *columnSheet) move(l *columnLine, by int) bool {
	from := slices.Index(s.lines, l)
	to := from + by
	if from < 0 || to < 0 || to >= len(s.lines) {
		return false
	}
	s.lines = slices.Insert(slices.Delete(s.lines, from, from+1), to, l)
	s.g.order = nil
	for _, l := range s.lines {
		s.g.order = append(s.g.order, l.c)
	}
	s.show()
	s.g.arranged()
	return true
}

// key walks the lines with ↑ and ↓, and moves the line of the focus with Alt.
func (s *columnSheet) key(p Press) bool {
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[p.Key]
	at := slices.IndexFunc(s.lines, func(l *columnLine) bool { return l.check.focused })
	if by == 0 || at < 0 || p.Mod&^fyne.KeyModifierAlt != 0 {
		return false
	}
	if p.Mod == fyne.KeyModifierAlt {
		l := s.lines[at]
		l.check.clicked = false
		if !s.move(l, by) {
			return true
		}
		s.g.rearranged()
	}
	s.focus(at + by)
	return true
}

// layoutLines stacks lines of equal height.
type layoutLines struct{}

// Layout puts each line below the one before.
func (layoutLines) Layout(lines []fyne.CanvasObject, size fyne.Size) {
	height := look.Height(columnLineHeight)
	for i, l := range lines {
		l.Move(fyne.NewPos(0, float32(i)*height))
		l.Resize(fyne.NewSize(size.Width, height))
	}
}

// MinSize is that of all lines.
func (layoutLines) MinSize(lines []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(columnSheetWidth, float32(len(lines))*look.Height(columnLineHeight))
}

// columnLine is one column in the list: its check, and where it is taken to be
// dragged.
type columnLine struct {
	drawnOnly
	c     *column
	check *Check
	take  *lineGrip
}

func newColumnLine(s *columnSheet, c *column) *columnLine {
	l := &columnLine{c: c}
	l.check = NewCheck(c.title, func(on bool) {
		c.off = !on
		s.g.rearranged()
		s.bound()
	})
	l.check.SetChecked(!c.off)
	l.take = newLineGrip(s, l)
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the line.
func (l *columnLine) CreateRenderer() fyne.WidgetRenderer {
	const ring = 3 // room for the ring of the check
	return drawnBy(l, func(p *pen, width, height float32) {
		p.child(l.check, ring, 0, width-lineGripWidth-ring, height)
		p.child(l.take, width-lineGripWidth, 0, lineGripWidth, height)
	}, func() (float32, float32) { return columnSheetWidth, look.Height(columnLineHeight) })
}

const lineGripWidth = 30

// lineGrip is where a line is dragged up or down.
type lineGrip struct {
	drawnOnly
	s       *columnSheet
	l       *columnLine
	moved   float32 // since the line last changed its place
	hovered bool
}

func newLineGrip(s *columnSheet, l *columnLine) *lineGrip {
	g := &lineGrip{s: s, l: l}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer draws two rows of three dots.
func (g *lineGrip) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(g, func(p *pen, width, height float32) {
		dot := p.Faint
		if g.hovered {
			p.box(2, 2, width-4, height-4, p.Hover, 5)
			dot = p.Text
		}
		for _, x := range []float32{width/2 - 4, width/2 + 1} {
			for _, y := range []float32{height/2 - 6, height/2 - 1, height/2 + 4} {
				p.box(x, y, 2, 2, dot, 1)
			}
		}
	}, func() (float32, float32) { return lineGripWidth, look.Height(columnLineHeight) })
}

// Dragged moves the line once it is dragged over half of the next.
func (g *lineGrip) Dragged(e *fyne.DragEvent) {
	g.moved += e.Dragged.DY
	height := look.Height(columnLineHeight)
	for g.moved > height/2 && g.s.move(g.l, 1) {
		g.moved -= height
	}
	for g.moved < -height/2 && g.s.move(g.l, -1) {
		g.moved += height
	}
}

// DragEnd remembers the order.
func (g *lineGrip) DragEnd() {
	g.moved = 0
	g.s.g.rearranged()
}

// MouseIn shows what the dots are for.
func (g *lineGrip) MouseIn(*desktop.MouseEvent) {
	g.hovered = true
	g.Refresh()
	showTip(g, g.s.g.words.Text("part_columns_move"))
}

// MouseMoved is of no interest.
func (g *lineGrip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends it.
func (g *lineGrip) MouseOut() {
	g.hovered = false
	g.Refresh()
	hideTip(g)
}

// Cursor shows that the line can be dragged.
func (g *lineGrip) Cursor() desktop.Cursor { return desktop.VResizeCursor }
