package parts

import (
	"slices"

	"kebu/app/ui/look"
)

// column is a column of a grid.
type column struct {
	id, title          string
	least, start, most float32
	width              float32 // chosen; the growing one may be wider
	right, grow        bool
	sortable           bool
	descending         bool
	off, offAtStart    bool
	tapped             func(row int)

	x, shown float32 // where it stands, and how wide
}

// Layout returns how the columns stand, to be remembered.
func (g *grid) Layout() TableLayout {
	l := TableLayout{Sort: slices.Clone(g.sort)}
	for _, c := range g.order {
		l.Columns = append(l.Columns, ColumnLayout{c.id, c.width, c.off})
	}
	return l
}

// SetLayout arranges the columns as they were remembered. Columns that it does
// not know stand at the end as at first; those that are gone are ignored.
func (g *grid) SetLayout(l TableLayout) {
	g.restore()
	var order []*column
	for _, k := range l.Columns {
		i := slices.IndexFunc(g.columns, func(c *column) bool { return c.id == k.ID })
		if i < 0 || slices.Contains(order, g.columns[i]) {
			continue
		}
		c := g.columns[i]
		c.off = k.Off
		if k.Width > 0 {
			c.setWidth(k.Width)
		}
		order = append(order, c)
	}
	for _, c := range g.columns {
		if !slices.Contains(order, c) {
			order = append(order, c)
		}
	}
	g.order = order
	if len(g.visible()) == 0 {
		g.restore()
	}
	if sort := slices.DeleteFunc(slices.Clone(l.Sort), func(k SortKey) bool {
		return !slices.ContainsFunc(g.columns, func(c *column) bool { return c.id == k.ID && c.sortable })
	}); len(sort) > 0 {
		g.sort = sort
	}
	g.arranged()
}

// restore arranges the columns as they were at first.
func (g *grid) restore() {
	g.order = slices.Clone(g.columns)
	for _, c := range g.columns {
		c.off, c.width = c.offAtStart, c.start
	}
}

func (c *column) setWidth(w float32) {
	if c.most > 0 {
		w = min(w, c.most)
	}
	c.width = look.Px(max(c.least, w))
}

// visible returns the columns that are shown, in their order.
func (g *grid) visible() []*column {
	var list []*column
	for _, c := range g.order {
		if !c.off {
			list = append(list, c)
		}
	}
	return list
}

// place gives every shown column its place; it returns the width of all.
func (g *grid) place(width float32) float32 {
	shown, view := g.visible(), width
	if n := len(shown); n > 0 && shown[n-1].right && !g.plain {
		view -= chooseRoom // the title must not stand under the button
	}
	total := g.checks()
	for _, c := range shown {
		c.shown = c.width
		if c.grow {
			c.shown = c.least // and what the others leave
		}
		c.shown = look.Px(c.shown * float32(look.Now().Scale))
		total += c.shown
	}
	if rest := view - total; rest > 0 {
		for _, c := range shown {
			if c.grow {
				c.shown += rest
				total = view
				break
			}
		}
	}
	x := g.checks()
	for _, c := range shown {
		c.x = x
		x += c.shown
	}
	return max(total, width)
}

// arranged lays the columns out anew and tells of it.
func (g *grid) arranged() {
	g.content.resize()
	g.head.Refresh()
	g.content.Refresh()
}

// rearranged is arranged by the user.
func (g *grid) rearranged() {
	g.arranged()
	if g.OnLayout != nil {
		g.OnLayout(g.Layout())
	}
}
