package imports

import (
	"slices"

	"kebu/app/crm/access"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// changesTable lists every change to the book, and takes them back and does them
// again.
type changesTable struct {
	p     *Page
	rows  []change
	table *parts.DataTable[change]
}

func newChangesTable(p *Page) *changesTable {
	c := &changesTable{p: p, rows: p.shop.steps(p.changes)}
	for i := range c.rows {
		if v := map[bool]access.Verb{false: access.Undo, true: access.Redo}[c.rows[i].undone]; !p.desk.May(v) {
			c.rows[i].act = ""
		}
	}
	c.table = parts.NewDataTable(p.desk.Words, p.desk.Tasks, c.columns(), parts.Rows[change](c)).Plain()
	c.table.OnOpen = c.act
	c.table.OnMenu = c.menu
	c.table.OnCopied = p.copied
	c.table.RowsChanged()
	return c
}

// Count returns the number of changes.
func (c *changesTable) Count() int { return len(c.rows) }

// At returns a change.
func (c *changesTable) At(i int) (change, bool) {
	if i < 0 || i >= len(c.rows) {
		return change{}, false
	}
	return c.rows[i], true
}

func (c *changesTable) columns() []parts.Column[change] {
	d, p := c.p.desk, c.p
	text := func(id string, width float32, cell func(change) string) parts.Column[change] {
		return parts.Column[change]{ID: id, Title: d.Text("imports_col_" + id), Min: 40, Start: width, Max: 600, Cell: func(r change) parts.Cell {
			k := parts.Cell{Text: cell(r)}
			if r.undone {
				k.Tone = look.Faint
			}
			return k
		}}
	}
	what := text("what", 220, func(r change) string { return r.what })
	what.Grow, what.Max = true, 0
	rows := text("rows", p.fit(66, 74), func(r change) string { return r.rows })
	rows.Align = parts.Right
	number := rows.Cell
	rows.Cell = func(r change) parts.Cell {
		k := number(r)
		k.Number = true
		return k
	}
	var wide float32
	for _, key := range []string{"imports_undo", "imports_change_undo", "shell_redo"} {
		wide = max(wide, look.Width(d.Text(key), look.SizeBody, false)/float32(look.Now().Scale)+22)
	}
	return []parts.Column[change]{
		text("when", 112, func(r change) string { return r.when }),
		what,
		text("who", 100, func(r change) string { return r.who }),
		rows,
		{ID: "state", Min: 40, Start: p.fit(210, 250), Max: 400, Cell: func(r change) parts.Cell { return parts.Cell{Text: r.state, Tone: look.Muted} }},
		{ID: "act", Min: 40, Start: wide, Max: 200, Align: parts.Right, Tapped: c.act, Cell: func(r change) parts.Cell {
			return parts.Cell{Text: r.act, Tone: look.Accent, Number: true}
		}},
	}
}

// act takes a change back, or does it again. An import is taken back after a
// look at what goes.
func (c *changesTable) act(i int) {
	r, ok := c.At(i)
	switch {
	case !ok || r.act == "":
	case r.undone:
		c.p.desk.DoAgain(r.step)
	case r.imported:
		if n := slices.IndexFunc(c.p.past, func(m usecase.Imported) bool { return m.Step == r.step }); n >= 0 {
			c.p.undo(c.p.past[n])
		}
	default:
		c.p.desk.TakeBack(desk.Step{ID: r.step, Text: r.what})
	}
}

func (c *changesTable) menu(i int) []parts.MenuItem {
	r, ok := c.At(i)
	if !ok {
		return nil
	}
	items := []parts.MenuItem{{Text: c.p.desk.Text("imports_copy"), Shortcut: "Ctrl+C", Do: c.table.Copy}}
	if r.act != "" {
		items = append(items, parts.MenuItem{Separator: true}, parts.MenuItem{Text: r.act, Icon: "undo", Shortcut: "Enter", Do: func() { c.act(i) }})
	}
	return items
}
