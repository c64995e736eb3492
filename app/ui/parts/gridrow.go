package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/look"
)

// nowhere is no column, and not the check.
const nowhere = -2

// gridBody is as high as all rows, and holds widgets for those in view.
type gridBody struct {
	widget.BaseWidget
	g      *grid
	ground *canvas.Rectangle
	anchor *canvas.Rectangle // clear, for grid.Anchor
	rows   []*gridRow        // in view, the first at row first
	first  int
	width  float32
}

func newGridBody(g *grid) *gridBody {
	b := &gridBody{g: g, ground: canvas.NewRectangle(look.Now().Surface), anchor: canvas.NewRectangle(color.Transparent)}
	b.ExtendBaseWidget(b)
	return b
}

// resize takes over how many rows there are and how wide they are.
func (b *gridBody) resize() {
	b.width = b.g.place(b.g.scroll.Size().Width)
	b.g.scroll.Refresh() // asks for the least size, keeps the offset inside
	b.reposition()
}

// reposition gives each row in view its widget.
func (b *gridBody) reposition() {
	height := look.RowHeight()
	count := b.g.count()
	if b.g.bars {
		count = barRows
	}
	view := b.g.scroll.Size().Height
	first := max(0, min(int(b.g.scroll.Offset.Y/height), count-1))
	last := min(count, int((b.g.scroll.Offset.Y+view)/height)+1)
	want := max(0, last-first)
	if view < height {
		want = 0 // before the first layout
	}
	for len(b.rows) < want {
		b.rows = append(b.rows, newGridRow(b.g))
	}
	b.first = first
	for i, r := range b.rows {
		r.Hidden = i >= want
		if r.Hidden {
			continue
		}
		r.Move(fyne.NewPos(0, float32(first+i)*height))
		size := fyne.NewSize(b.width, height)
		moved := r.row != first+i
		r.row = first + i
		if r.Size() != size {
			r.Resize(size)
		} else if moved || r.offset != b.g.scroll.Offset.X {
			r.Refresh()
		}
	}
	canvas.Refresh(b)
}

// redraw draws rows in view anew; none means all of them.
func (b *gridBody) redraw(rows ...int) {
	if len(rows) == 0 {
		for _, r := range b.rows {
			if !r.Hidden {
				r.Refresh()
			}
		}
		return
	}
	for _, row := range rows {
		if i := row - b.first; i >= 0 && i < len(b.rows) && !b.rows[i].Hidden {
			b.rows[i].Refresh()
		}
	}
}

// CreateRenderer draws the rows in view.
func (b *gridBody) CreateRenderer() fyne.WidgetRenderer { return &gridBodyRenderer{b: b} }

type gridBodyRenderer struct {
	b       *gridBody
	objects []fyne.CanvasObject
}

// Destroy has nothing to free.
func (r *gridBodyRenderer) Destroy() {}

// Layout has nothing to do: reposition places the rows.
func (r *gridBodyRenderer) Layout(fyne.Size) {}

// MinSize is that of all rows.
func (r *gridBodyRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.b.width, float32(r.b.g.count())*look.RowHeight())
}

// Objects returns the rows in view.
func (r *gridBodyRenderer) Objects() []fyne.CanvasObject {
	r.objects = append(r.objects[:0], r.b.anchor)
	for _, row := range r.b.rows {
		r.objects = append(r.objects, row)
	}
	return r.objects
}

// Refresh draws every row in view anew.
func (r *gridBodyRenderer) Refresh() {
	r.b.reposition()
	r.b.redraw()
}

// gridRow is a row in view.
type gridRow struct {
	drawnOnly
	g      *grid
	row    int
	offset float32 // of the scroll, when it was drawn
	cells  []Cell
	full   []string // texts that were shortened, by column
	over   *canvas.Rectangle
	under  int // column under the pointer, -1 the check
}

func newGridRow(g *grid) *gridRow {
	r := &gridRow{g: g, row: -1, under: nowhere, over: &canvas.Rectangle{}}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer draws the row.
func (r *gridRow) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(r, r.draw, func() (float32, float32) { return r.g.checks(), look.RowHeight() })
}

func (r *gridRow) draw(p *pen, width, height float32) {
	g := r.g
	if r.row < 0 || r.row >= g.count() && !g.bars {
		return
	}
	shown := g.visible()
	if cap(r.cells) < len(shown) {
		r.cells, r.full = make([]Cell, len(shown)), make([]string, len(shown))
	}
	r.cells, r.full = r.cells[:len(shown)], r.full[:len(shown)]
	clear(r.full)
	loaded := !g.bars && g.cells(r.row, shown, r.cells)
	selected := loaded && g.chosen.Has(r.row)
	ground := p.Surface
	switch {
	case selected:
		ground = p.Selected
	case r.row == g.hovered:
		ground = p.Hover
	}
	p.box(0, 0, width, height, ground, 0)
	r.offset = g.scroll.Offset.X
	// The check and the first column stay when the others scroll away.
	for n := len(shown) - 1; n >= 0; n-- {
		c, x := shown[n], shown[n].x
		if n == 0 {
			x += r.offset
			if r.offset > 0 {
				p.box(r.offset, 0, g.checks()+c.shown, height, ground, 0)
				p.box(x+c.shown, 0, 1, height, p.Line, 0)
			}
		} else if x+c.shown < r.offset || x > r.offset+g.scroll.Size().Width {
			continue
		}
		switch {
		case g.bars:
			p.box(x+cellLeft, (height-1)/2-5, c.shown*0.6, 10, p.Button, 5)
		case !loaded:
			p.text(x+cellLeft, (height-1)/2, "…", look.SizeBody, p.Faint, false)
		default:
			r.full[n] = tipOf(r.cells[n], p.drawCell(r.cells[n], x, c.shown, height, selected))
		}
	}
	p.box(0, height-1, width, 1, p.Line, 0)
	if loaded && !g.plain {
		state := Off
		if selected {
			state = On
		}
		p.check(r.offset+checkLeft, checkTop(height), state, r.under == -1 && r == g.under, false)
	}
	if g.focused && !g.clicked && r.row == g.marked() {
		p.innerRing(r.offset+1, 1, g.scroll.Size().Width-2, height-3)
	}
	p.objects = append(p.objects, r.over)
}

const checkLeft = 14

// checkTop is where a check stands in a row, above its line.
func checkTop(height float32) float32 { return look.Px((height-1)/2) - checkSize/2 }

// columnAt returns the number of the shown column at x of the row, -1 for the check.
func (r *gridRow) columnAt(x float32) int {
	shown := r.g.visible()
	stay := x - r.g.scroll.Offset.X // where the first column is
	if stay < r.g.checks() {
		return -1
	}
	if len(shown) > 0 && stay < r.g.checks()+shown[0].shown {
		return 0
	}
	for n, c := range shown {
		if n > 0 && x >= c.x && x < c.x+c.shown {
			return n
		}
	}
	return len(shown)
}

// MouseIn marks the row.
func (r *gridRow) MouseIn(e *desktop.MouseEvent) {
	r.g.under, r.under = r, nowhere
	r.g.hover(r.row)
	r.MouseMoved(e)
}

// MouseMoved shows the full text of a shortened cell.
func (r *gridRow) MouseMoved(e *desktop.MouseEvent) {
	r.g.pointer = r.Position().Y + e.Position.Y - r.g.scroll.Offset.Y
	n := r.columnAt(e.Position.X)
	if n == r.under {
		return
	}
	atCheck := n == -1 || r.under == -1
	r.under = n
	hideTip(r.over)
	if atCheck {
		r.Refresh()
	}
	if n < 0 || n >= len(r.full) || r.full[n] == "" {
		return
	}
	c := r.g.visible()[n]
	x := c.x
	if n == 0 {
		x += r.g.scroll.Offset.X
	}
	r.over.Move(fyne.NewPos(x, 0))
	r.over.Resize(fyne.NewSize(c.shown, r.Size().Height))
	showTip(r.over, r.full[n])
}

// MouseOut takes the mark away.
func (r *gridRow) MouseOut() {
	r.leave()
	if r.g.under == r { // not where the pointer is in another already
		r.g.under, r.g.pointer = nil, -1
		r.g.hover(-1)
	}
}

func (r *gridRow) leave() {
	r.under = nowhere
	hideTip(r.over)
}

// MouseDown selects at once.
func (r *gridRow) MouseDown(e *desktop.MouseEvent) {
	r.g.clickFocus()
	switch {
	case e.Button == desktop.MouseButtonSecondary:
		if !r.g.chosen.Has(r.row) {
			r.g.selectOnly(r.row)
		} else {
			r.g.moveCursor(r.row)
		}
	case e.Modifier&fyne.KeyModifierShift != 0:
		r.g.extend(r.row, r.adds(e))
	case r.adds(e):
		r.g.toggle(r.row)
	default:
		r.g.selectOnly(r.row)
	}
}

// adds says that a press leaves the other rows selected.
func (r *gridRow) adds(e *desktop.MouseEvent) bool {
	return r.columnAt(e.Position.X) < 0 && !r.g.plain || e.Modifier&withCtrl != 0
}

// MouseUp follows a link.
func (r *gridRow) MouseUp(e *desktop.MouseEvent) {
	if c := r.linkAt(r.columnAt(e.Position.X)); c != nil && e.Button == desktop.MouseButtonPrimary && plain() {
		c.tapped(r.row)
	}
}

// linkAt returns a column in which this row has a link, nil for none.
func (r *gridRow) linkAt(n int) *column {
	if n < 0 || n >= len(r.cells) || r.cells[n].Text == "" {
		return nil
	}
	if c := r.g.visible()[n]; c.tapped != nil {
		return c
	}
	return nil
}

// Cursor is a hand over a link.
func (r *gridRow) Cursor() desktop.Cursor { return hand(r.linkAt(r.under) != nil) }

// DoubleTapped opens the row. That Fyne waits for a second tap delays nothing:
// the row was selected by MouseDown.
func (r *gridRow) DoubleTapped(e *fyne.PointEvent) {
	if n := r.columnAt(e.Position.X); n >= 0 && plain() && r.g.OnOpen != nil && r.linkAt(n) == nil {
		r.g.OnOpen(r.row)
	}
}

// TappedSecondary shows the menu of the selected rows.
func (r *gridRow) TappedSecondary(e *fyne.PointEvent) { r.g.menuAt(r.row, e.AbsolutePosition) }
