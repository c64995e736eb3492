package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// gridHead is the head of a table: titles that sort, grips that widen, the check
// of all rows, and the choice of columns. With the focus, ← and → go from title
// to title, and Space and Enter sort.
type gridHead struct {
	drawnOnly
	g       *grid
	grips   []*colGrip
	choose  *Button
	under   int // column under the pointer; -1 the check
	focused bool
	at      int      // column with the focus
	full    []string // titles that were shortened, by column
	over    *canvas.Rectangle
}

func newGridHead(g *grid) *gridHead {
	h := &gridHead{g: g, under: nowhere, over: &canvas.Rectangle{}}
	h.choose = IconButton("cols", g.words.Text("part_columns"), func() { showColumns(g, h.choose) })
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer draws the head.
func (h *gridHead) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(h, h.draw, func() (float32, float32) { return h.g.checks(), look.RowHeight() })
}

// headX returns where a column stands in the head.
func (h *gridHead) headX(n int, c *column) float32 {
	if n == 0 {
		return c.x
	}
	return c.x - h.g.scroll.Offset.X
}

func (h *gridHead) draw(p *pen, width, height float32) {
	g := h.g
	shown := g.visible()
	for len(h.grips) < len(shown) {
		h.grips = append(h.grips, newColGrip(h, len(h.grips)))
	}
	h.full = make([]string, len(shown))
	p.box(0, 0, width, height, p.Header, 0)
	for n := len(shown) - 1; n >= 0; n-- {
		c := shown[n]
		x := h.headX(n, c)
		if x > width || n > 0 && x+c.shown <= shown[0].x+shown[0].shown {
			continue // beyond the right edge, or behind the first column
		}
		if n == 0 {
			p.box(0, 0, x+c.shown, height, p.Header, 0)
		}
		h.drawTitle(p, n, c, x, min(x+c.shown, width), height)
		p.child(h.grips[n], x+c.shown-gripWidth/2, 0, gripWidth, height)
	}
	if len(shown) > 1 && g.scroll.Offset.X > 0 {
		p.box(shown[0].x+shown[0].shown, 0, 1, height, p.Line, 0)
	}
	p.box(0, height-1, width, 1, p.Line, 0)
	if h.focused && h.at < len(shown) {
		c := shown[h.at]
		x := h.headX(h.at, c)
		p.ring(x+2, 2, min(x+c.shown, width)-x-4, height-5, 3)
	}
	p.objects = append(p.objects, h.over)
	if g.plain {
		return
	}
	p.box(0, 0, checkWidth, height-1, p.Header, 0)
	state := Off
	switch chosen := g.chosen.Len(g.count()); {
	case chosen > 0 && chosen == g.count():
		state = On
	case chosen > 0:
		state = Some
	}
	p.check(checkLeft, checkTop(height), state, h.under == -1, false)
	size := h.choose.MinSize()
	p.box(width-size.Width-4, 0, size.Width+4, height-1, p.Header, 0)
	p.child(h.choose, width-size.Width-2, (height-1-size.Height)/2, size.Width, size.Height)
}

const gripWidth = 8

// drawTitle draws the title of a column from x to end, with an arrow where it sorts.
func (h *gridHead) drawTitle(p *pen, n int, c *column, x, end, height float32) {
	middle := (height - 1) / 2
	if n > 0 && c.title != "" {
		p.box(x, height/2-7, 1, 14, p.Line, 0)
	}
	at, sorted := -1, SortKey{}
	for i, k := range h.g.sort {
		if k.ID == c.id {
			at, sorted = i, k
		}
	}
	tone, arrow := p.Muted, float32(0)
	if at >= 0 {
		tone, arrow = p.Text, 14
		if at > 0 {
			arrow = 22
		}
	} else if h.under == n && c.sortable {
		tone = p.Text
	}
	room := end - x - cellLeft - cellRight - arrow
	if room <= 0 {
		return
	}
	text := fitted(c.title, look.SizeSmall, at >= 0, room)
	if text != c.title {
		h.full[n] = c.title
	}
	left := x + cellLeft
	if c.right {
		left = end - cellRight - arrow - look.Width(text, look.SizeSmall, at >= 0)
	}
	wide := p.text(left, middle, text, look.SizeSmall, tone, at >= 0)
	if at < 0 {
		return
	}
	name := "up"
	if sorted.Descending {
		name = "down"
	}
	p.stroke(name, left+wide+3, middle-6, 11, p.Accent, 2)
	if at > 0 {
		p.text(left+wide+15, middle-1, "2", 10, p.Muted, false)
	}
}

// columnAt returns the number of the shown column at x, -1 for the check.
func (h *gridHead) columnAt(x float32) int {
	if !h.g.plain && x < checkWidth {
		return -1
	}
	shown := h.g.visible()
	for n, c := range shown {
		if left := h.headX(n, c); x >= left && x < left+c.shown {
			return n
		}
	}
	return nowhere
}

// Tapped sorts by the column, or selects all rows.
func (h *gridHead) Tapped(e *fyne.PointEvent) {
	switch n := h.columnAt(e.Position.X); {
	case n == -1:
		h.g.allOrNone()
	case n >= 0:
		if c := h.g.visible()[n]; c.sortable {
			h.g.sortBy(c, modifiers()&fyne.KeyModifierShift != 0)
		}
	}
}

// Enable and Disable do nothing: whether there is something to sort says itself.
func (h *gridHead) Enable() {}

// Disable is of no use either.
func (h *gridHead) Disable() {}

// Disabled reports that no column sorts: Tab passes the head over.
func (h *gridHead) Disabled() bool { return h.sortable(0, 1) < 0 }

// sortable returns the first shown column from n on that sorts, -1 for none.
func (h *gridHead) sortable(n, by int) int {
	for shown := h.g.visible(); n >= 0 && n < len(shown); n += by {
		if shown[n].sortable {
			return n
		}
	}
	return -1
}

// FocusGained marks the first title that sorts, or the one of before.
func (h *gridHead) FocusGained() {
	h.focused = true
	h.at = min(h.at, len(h.g.visible())-1) // columns may be gone
	h.goTo(h.sortable(h.at, 1))
	h.goTo(h.sortable(h.at, -1))
	h.Refresh()
}

// FocusLost takes the mark away.
func (h *gridHead) FocusLost() {
	h.focused = false
	h.Refresh()
}

// TypedRune takes no letters.
func (h *gridHead) TypedRune(rune) {}

// TypedKey goes along the titles and sorts.
func (h *gridHead) TypedKey(e *fyne.KeyEvent) {
	switch shown := h.g.visible(); e.Name {
	case fyne.KeyLeft:
		h.goTo(h.sortable(h.at-1, -1))
	case fyne.KeyRight:
		h.goTo(h.sortable(h.at+1, 1))
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		if h.at < len(shown) && shown[h.at].sortable {
			h.g.sortBy(shown[h.at], modifiers()&fyne.KeyModifierShift != 0)
		}
	default:
		Bubble(h, e)
	}
}

// TypedShortcut hands on what the head has no use for.
func (h *gridHead) TypedShortcut(s fyne.Shortcut) { BubbleShortcut(h, s) }

// goTo moves the mark to a column, with -1 nowhere, and scrolls to it.
func (h *gridHead) goTo(n int) {
	if n < 0 {
		return
	}
	h.at = n
	g := h.g
	if c := g.visible()[n]; n > 0 {
		offset, left := g.scroll.Offset, g.checks()+g.visible()[0].shown
		offset.X = max(min(offset.X, c.x-left), c.x+c.shown-g.scroll.Size().Width)
		g.ScrollToOffset(offset)
	}
	h.Refresh()
}

// MouseIn marks the column that a click would sort by.
func (h *gridHead) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved marks the column that a click would sort by, and tells a shortened
// title.
func (h *gridHead) MouseMoved(e *desktop.MouseEvent) {
	n := h.columnAt(e.Position.X)
	if n == h.under {
		return
	}
	h.under = n
	h.Refresh()
	hideTip(h.over)
	if n < 0 || h.full[n] == "" {
		return
	}
	c := h.g.visible()[n]
	h.over.Move(fyne.NewPos(h.headX(n, c), 0))
	h.over.Resize(fyne.NewSize(c.shown, h.Size().Height))
	showTip(h.over, h.full[n])
}

// MouseOut marks none.
func (h *gridHead) MouseOut() {
	h.under = nowhere
	hideTip(h.over)
	h.Refresh()
}

// Cursor is a hand over what a click would sort by.
func (h *gridHead) Cursor() desktop.Cursor {
	return hand(h.under == -1 || h.under >= 0 && h.under < len(h.full) && h.g.visible()[h.under].sortable)
}

// colGrip is the right edge of a column: dragging it widens the column, a double
// click fits it to the rows in view.
type colGrip struct {
	drawnOnly
	h     *gridHead
	n     int
	start float32 // width when the drag began
	moved float32
	held  bool
}

func newColGrip(h *gridHead, n int) *colGrip {
	c := &colGrip{h: h, n: n}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer draws nothing: the head draws the lines.
func (c *colGrip) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(c, func(p *pen, width, height float32) {
		if c.held {
			p.box(width/2-1, 0, 2, height, p.Accent, 0)
		}
	}, func() (float32, float32) { return gripWidth, gripWidth })
}

// Cursor shows that the edge can be dragged.
func (c *colGrip) Cursor() desktop.Cursor { return desktop.HResizeCursor }

func (c *colGrip) column() *column {
	if shown := c.h.g.visible(); c.n < len(shown) {
		return shown[c.n]
	}
	return nil
}

// Dragged widens the column.
func (c *colGrip) Dragged(e *fyne.DragEvent) {
	col := c.column()
	if col == nil {
		return
	}
	if !c.held {
		c.held, c.start, c.moved = true, col.shown, 0
	}
	c.moved += e.Dragged.DX
	col.setWidth((c.start + c.moved) / float32(look.Now().Scale))
	c.h.g.arranged()
}

// DragEnd remembers the width.
func (c *colGrip) DragEnd() {
	c.held = false
	c.h.g.rearranged()
}

// DoubleTapped fits the column to its title and the rows in view.
func (c *colGrip) DoubleTapped(*fyne.PointEvent) {
	col := c.column()
	if col == nil {
		return
	}
	g := c.h.g
	width := look.Width(col.title, look.SizeSmall, true) + cellLeft + cellRight + 16
	for _, r := range g.content.rows {
		if !r.Hidden && c.n < len(r.cells) {
			width = max(width, r.cells[c.n].width())
		}
	}
	col.setWidth(width / float32(look.Now().Scale))
	g.rearranged()
}

// width is what the cell needs to be shown whole.
func (c Cell) width() float32 {
	width := float32(cellLeft + cellRight)
	if c.Letter != "" {
		width += 22
	}
	if c.Icon != "" {
		width += 18
	}
	for _, chip := range c.Chips {
		width += look.Width(chip.Text, look.SizeSmall, false) + 2*chipPad + 4
	}
	if c.Second != "" {
		width += look.Width(c.Second, look.SizeSmall, false) + secondGap
	}
	return width + look.Width(c.Text, look.SizeBody, false)
}
