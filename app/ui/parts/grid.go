package parts

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/look"
	"kebu/app/ui/task"
)

const (
	checkWidth = 38
	plainLeft  = 8  // of a table without checks
	chooseRoom = 28 // of the button that chooses columns
	// barsAfter is how long rows may be on their way before grey bars stand for them.
	barsAfter = 150 * time.Millisecond
	barRows   = 8
)

// grid is a DataTable without the type of its rows.
type grid struct {
	widget.BaseWidget

	// OnSelect is called when the selection or the cursor has changed.
	OnSelect func()
	// OnOpen is called for a row that is opened, by a double click or Enter.
	OnOpen func(row int)
	// OnSort is called when the user sorts.
	OnSort func(keys []SortKey)
	// OnMenu returns the menu of the selected rows, asked for at one of them.
	OnMenu func(row int) []MenuItem
	// OnType is given a letter that is typed.
	OnType func(r rune)
	// OnLayout is called when the user has arranged the columns.
	OnLayout func(TableLayout)
	// OnCopied is told how many rows were copied.
	OnCopied func(rows int)
	// OnCopyUnread is called instead of copying when not all of the selected rows
	// are read: whoever it is reads them and copies the Text of them. Without it
	// the rows before the first unread one are copied.
	OnCopyUnread func()

	words   Words
	timer   Timer
	self    fyne.Widget // the table whose core this is
	columns []*column   // as they were given
	order   []*column   // as they stand, those off too
	count   func() int
	cells   func(row int, shown []*column, to []Cell) bool

	plain   bool // no checks, and the columns stay as they are
	sort    []SortKey
	chosen  *Selection
	cursor  int // -1 is none
	anchor  int
	hovered int
	pointer float32 // height of the pointer above the rows in view, -1 for none
	under   *gridRow
	focused bool
	clicked bool // the focus came by a click: no ring

	head    *gridHead
	scroll  *container.Scroll
	content *gridBody
	state   fyne.CanvasObject // in place of the rows, or nil
	wanted  *fyne.Position    // to scroll to, once there is room and rows
	read    bool              // RowsChanged was called
	bars    bool              // grey bars stand for rows on their way
	waiting *task.Task
}

func newGrid(words Words, timer Timer) *grid {
	g := &grid{words: words, timer: timer, chosen: NewSelection(), cursor: -1, anchor: -1, hovered: -1, pointer: -1}
	g.head = newGridHead(g)
	g.content = newGridBody(g)
	g.scroll = container.NewScroll(g.content)
	g.scroll.OnScrolled = func(fyne.Position) { g.scrolled() }
	return g
}

// checks is the width of the checks.
func (g *grid) checks() float32 {
	if g.plain {
		return plainLeft
	}
	return checkWidth
}

// Selection returns the selected rows. After changing it call Refresh.
func (g *grid) Selection() *Selection { return g.chosen }

// Cursor returns the row that the keyboard is at, -1 for none.
func (g *grid) Cursor() int { return g.cursor }

// SetCursor moves the keyboard to a row, without selecting it.
func (g *grid) SetCursor(row int) { g.cursor, g.anchor = row, row }

// SetSort shows by which columns the rows are sorted, without calling OnSort.
func (g *grid) SetSort(keys []SortKey) {
	g.sort = slices.Clone(keys)
	g.head.Refresh()
}

// SetState shows an object in place of the rows: that there are none, or why
// they cannot be read. Nil shows the rows.
func (g *grid) SetState(o fyne.CanvasObject) {
	if o == nil && g.state == nil {
		return
	}
	g.state = o
	g.Refresh()
}

// Loading says that the rows are being read, as they are when the table is made:
// after 150 ms without a RowsChanged grey bars stand for them, unless there are
// rows to show.
func (g *grid) Loading() {
	g.waiting.Cancel()
	g.read = false
	if g.count() > 0 || g.timer == nil {
		return
	}
	g.waiting = g.timer.After(barsAfter, func() {
		g.bars = g.state == nil && g.count() == 0
		g.content.resize()
	})
}

// RowsChanged takes over that rows were read, or that there are more or fewer.
func (g *grid) RowsChanged() {
	g.waiting.Cancel()
	g.read, g.bars = true, false
	if n := g.count(); g.cursor >= n {
		g.cursor, g.anchor = n-1, n-1
	}
	g.content.resize()
	g.scrollToWanted()
	g.head.Refresh()
	g.content.Refresh()
}

// RefreshRows draws rows anew; none means all that are in view.
func (g *grid) RefreshRows(rows ...int) { g.content.redraw(rows...) }

// Offset returns how far the rows are scrolled.
func (g *grid) Offset() fyne.Position { return g.scroll.Offset }

// ScrollToOffset scrolls to where Offset was; a table that is not on the screen
// yet does so later.
func (g *grid) ScrollToOffset(to fyne.Position) {
	g.wanted = &to
	g.scrollToWanted()
}

func (g *grid) scrollToWanted() {
	view, all := g.scroll.Size(), g.content.MinSize()
	if g.wanted == nil || view.Height <= 0 || g.count() == 0 {
		return
	}
	to := *g.wanted
	g.wanted = nil
	to.X = max(0, min(to.X, all.Width-view.Width))
	to.Y = max(0, min(to.Y, all.Height-view.Height))
	g.scroll.ScrollToOffset(to)
	g.scrolled() // Fyne does not tell of it
}

// scrolled follows the rows, which may have moved under the pointer.
func (g *grid) scrolled() {
	g.head.Refresh()
	g.content.reposition()
	if g.pointer >= 0 {
		g.hover(int((g.scroll.Offset.Y + g.pointer) / look.RowHeight()))
		if g.under != nil {
			g.under.leave()
		}
	}
}

// hover marks a row and no other; -1 is none.
func (g *grid) hover(row int) {
	if before := g.hovered; before != row {
		g.hovered = row
		g.content.redraw(before, row)
	}
}

// ScrollTo scrolls until a row is in view.
func (g *grid) ScrollTo(row int) {
	height := look.RowHeight()
	top, view := float32(row)*height, g.scroll.Size().Height
	offset := g.scroll.Offset
	switch {
	case top < offset.Y:
		offset.Y = top
	case top+height > offset.Y+view:
		offset.Y = max(0, top+height-view)
	default:
		return
	}
	g.ScrollToOffset(offset)
}

// Anchor scrolls until a row is in view and returns an object where its first
// column is drawn, for what opens beside the row. There is one for all rows.
func (g *grid) Anchor(row int) fyne.CanvasObject {
	g.ScrollTo(row)
	a, height := g.content.anchor, look.RowHeight()
	width := g.scroll.Size().Width - g.checks()
	if shown := g.visible(); len(shown) > 0 {
		width = min(width, shown[0].shown)
	}
	a.Move(fyne.NewPos(g.scroll.Offset.X+g.checks(), float32(row)*height))
	a.Resize(fyne.NewSize(width, height))
	return a
}

// sortBy sorts by a column: as it prefers, then the other way, then as at the
// start. With also it becomes the second. What was selected is so no more, but
// for all: other rows stand in these places now.
func (g *grid) sortBy(c *column, also bool) {
	i := slices.IndexFunc(g.sort, func(k SortKey) bool { return k.ID == c.id })
	first := SortKey{c.id, c.descending}
	switch {
	case i < 0 && also && len(g.sort) > 0:
		g.sort = []SortKey{g.sort[0], first}
	case i < 0:
		g.sort = []SortKey{first}
	case g.sort[i] == first:
		g.sort[i].Descending = !first.Descending
		if !also {
			g.sort = []SortKey{g.sort[i]}
		}
	default:
		g.sort = slices.Delete(slices.Clone(g.sort), i, i+1)
	}
	chosen := g.chosen.Len(g.count())
	if chosen < g.count() {
		g.chosen.None()
	}
	g.cursor, g.anchor = -1, -1
	g.ScrollToOffset(fyne.NewPos(g.scroll.Offset.X, 0))
	g.head.Refresh()
	if g.OnSort != nil {
		g.OnSort(slices.Clone(g.sort))
	}
	if chosen > 0 {
		g.changed()
	}
	if g.OnLayout != nil {
		g.OnLayout(g.Layout())
	}
}

// CreateRenderer draws the head and the rows.
func (g *grid) CreateRenderer() fyne.WidgetRenderer {
	if !g.read {
		g.Loading()
	}
	return &gridRenderer{g}
}

type gridRenderer struct{ g *grid }

// Destroy stops what is waited for.
func (r *gridRenderer) Destroy() { r.g.waiting.Cancel() }

// MinSize is small: the table takes what it is given.
func (r *gridRenderer) MinSize() fyne.Size { return fyne.NewSize(200, 120) }

// Objects returns the head and the rows, or what stands in their place.
func (r *gridRenderer) Objects() []fyne.CanvasObject {
	g := r.g
	if g.state != nil {
		return []fyne.CanvasObject{g.content.ground, g.head, g.state}
	}
	return []fyne.CanvasObject{g.content.ground, g.scroll, g.head}
}

// Layout puts the head above the rows.
func (r *gridRenderer) Layout(size fyne.Size) {
	g, head := r.g, look.RowHeight()
	g.content.ground.FillColor = look.Now().Surface
	g.content.ground.Resize(size)
	g.head.Move(fyne.NewPos(0, 0))
	g.head.Resize(fyne.NewSize(size.Width, head))
	body := fyne.NewSize(size.Width, max(0, size.Height-head))
	g.scroll.Move(fyne.NewPos(0, head))
	g.scroll.Resize(body)
	if g.state != nil {
		g.state.Move(fyne.NewPos(0, head))
		g.state.Resize(body)
	}
	g.content.resize()
	g.scrollToWanted()
	g.head.Refresh() // its columns stand where those of the rows do
}

// Refresh draws all of it anew.
func (r *gridRenderer) Refresh() {
	g := r.g
	r.Layout(g.self.Size())
	g.content.Refresh()
	canvas.Refresh(g.self)
}
