package segments

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// followAfter is how long the panel waits for the selection to rest.
const followAfter = 120 * time.Millisecond

func (p *Page) makeTable() {
	p.table = parts.NewDataTable(p.desk.Words, p.desk.Tasks, p.columns(), parts.Rows[row](&p.list))
	p.table.OnSort = func(keys []parts.SortKey) {
		before, _ := p.selected()
		p.sort = orders(keys)
		sortRows(p.list, p.sort)
		p.choose(before.Name)
		p.table.RowsChanged()
	}
	p.table.OnLayout = func(l parts.TableLayout) { p.desk.KeepLayout(p.book, layoutName, l) }
	p.table.OnSelect = p.follows
	p.table.OnOpen = func(i int) {
		if r, ok := p.list.At(i); ok {
			p.open(r)
		}
	}
	p.table.OnMenu = p.menu
	p.table.OnCopied = func(n int) {
		p.desk.Layer.Done(p.desk.Text("segments_copied", map[string]any{"Count": n}), "", nil)
	}
}

func (p *Page) columns() []parts.Column[row] {
	title := func(key string) string {
		return p.desk.Text("segments_col_"+key, map[string]any{"Symbol": p.symbol()})
	}
	number := func(id string, width float32, cell func(row) parts.Cell) parts.Column[row] {
		return parts.Column[row]{
			ID: id, Title: title(id), Min: 48, Start: width, Max: 300, Align: parts.Right, Sortable: true, Descending: true, Cell: cell,
		}
	}
	moves := number("moved", 96, func(r row) parts.Cell {
		c := parts.Cell{Text: r.moved, Number: true}
		switch {
		case r.grew:
			c.Tone = look.Good
		case r.still:
			c.Tone = look.Muted
		}
		return c
	})
	moves.Tapped = func(i int) { // who they are
		if r, ok := p.list.At(i); ok && r.Hidden == "" {
			p.follow.Cancel()
			p.peek(r)
		}
	}
	list := []parts.Column[row]{
		{ID: "name", Title: title("name"), Min: 80, Start: 190, Max: 400, Sortable: true, Cell: func(r row) parts.Cell { return parts.Cell{Text: r.Name} }},
		{ID: "rule", Title: title("rule"), Min: 120, Start: 300, Max: 1200, Grow: true, Cell: func(r row) parts.Cell {
			return parts.Cell{Text: r.reads, Tone: look.Muted}
		}},
		number("now", 76, func(r row) parts.Cell { return parts.Cell{Text: r.count, Number: true} }),
		moves,
		number("net", 120, func(r row) parts.Cell { return parts.Cell{Text: r.net, Number: true} }),
		{ID: "export", Title: title("export"), Min: 60, Start: 104, Max: 200, Sortable: true, Descending: true, Cell: func(r row) parts.Cell {
			return parts.Cell{Text: r.export}
		}},
	}
	return slices.DeleteFunc(list, func(c parts.Column[row]) bool { return c.ID == "net" && !p.desk.Asks("net") })
}

// orders is how the table is sorted.
func orders(keys []parts.SortKey) []order {
	list := make([]order, len(keys))
	for i, k := range keys {
		list[i] = order{k.ID, k.Descending}
	}
	return list
}

// follows shows the segment that is selected in the panel, once the selection
// rests.
func (p *Page) follows() {
	r, ok := p.selected()
	if !ok || r.Hidden != "" {
		p.closePanel()
		return
	}
	p.follow.After(followAfter, func() { p.peek(r) })
}

func (p *Page) closePanel() {
	p.follow.Cancel()
	p.movers.Cancel()
	p.peeked = ""
	if p.panel.Visible() {
		p.panel.Hide()
		p.body.Refresh()
	}
}

// closed gives the room back when the user has closed the panel.
func (p *Page) closed() {
	p.peeked = ""
	p.body.Refresh()
	p.focusTable()
}

// shownMovers is how many of those who came or left the panel names.
const shownMovers = 8

// moves are who came and who left, named as far as they are shown.
type moves struct {
	entered, left       []mover
	enteredAll, leftAll int
}

// peek shows a segment in the panel: its rule, its figures, who came, who left.
func (p *Page) peek(r row) {
	var m moves
	if p.peeked != r.Name {
		p.peeked = r.Name
		p.showPanel(r, moves{})
	}
	shop := p.shop
	p.movers.Go(func(ctx context.Context) error {
		entered, left, err := p.book.SegmentMoves(ctx, r.Name)
		if err != nil {
			return err
		}
		m.enteredAll, m.leftAll = len(entered), len(left)
		if m.entered, err = p.named(ctx, shop, entered); err != nil {
			return err
		}
		m.left, err = p.named(ctx, shop, left)
		return err
	}, func(err error) {
		if !p.desk.Failed(err) && p.peeked == r.Name {
			p.showPanel(r, m)
		}
	})
}

// named reads the names of the first of some customers.
func (p *Page) named(ctx context.Context, shop shop, ids []string) ([]mover, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var list []mover
	_, err := p.book.Customers(ctx, usecase.Selection{IDs: ids, Limit: shownMovers}, func(c usecase.Customer) error {
		list = append(list, shop.mover(c))
		return nil
	})
	return list, err
}

func (p *Page) showPanel(r row, m moves) {
	d := p.desk
	stack := []fyne.CanvasObject{parts.NewPara(r.reads, 0), parts.NewRule()}
	for i, f := range p.shop.figures(r) {
		if i == figureNet && !d.Asks("net") {
			continue
		}
		line := parts.NewFigureLine(f.label)
		line.Set(f.value, f.why, look.Faint)
		stack = append(stack, line)
	}
	stack = append(stack, parts.NewRule())
	if r.Since == 0 {
		stack = append(stack, parts.NewPara(d.Text("segments_no_memory"), 0).SetTone(look.Muted))
	} else {
		stack = append(stack, p.moverLines("segments_entered", r.Entered, m.entered)...)
		stack = append(stack, p.moverLines("segments_left", r.Left, m.left)...)
	}
	hidden := !p.panel.Visible()
	foot := []*parts.Button{parts.Second(d.Text("segments_open"), "people", func() { p.open(r) })}
	if d.May(access.SaveSegment) {
		foot = append(foot, parts.Second(d.Text("segments_edit"), "note", func() { p.edit(r) }))
	}
	p.panel.Open(r.Name, "", parts.NewStack(stack...), foot...)
	if hidden {
		p.body.Refresh()
	}
}

// moverLines lists who came, or who left.
func (p *Page) moverLines(key string, all int, movers []mover) []fyne.CanvasObject {
	d := p.desk
	head := parts.NewHead(d.Text(key), parts.NewText(p.shop.customers(all), look.SizeBody, look.Muted))
	if all == 0 {
		return []fyne.CanvasObject{head}
	}
	lines := make([][]parts.CardCell, len(movers))
	for i, m := range movers {
		lines[i] = []parts.CardCell{{Text: m.name, Second: m.alias}, {Text: m.net, Tone: look.Muted}}
	}
	names := parts.NewCardList(parts.CardColumn{}, parts.CardColumn{Width: 84, Right: true})
	names.SetLines(lines)
	names.OnOpen = func(i int) { d.Open(walk(movers, i)) }
	list := []fyne.CanvasObject{head, names.Whole(160)}
	if rest := all - len(movers); rest > 0 && len(movers) > 0 {
		list = append(list, parts.NewText(d.Text("segments_rest", map[string]any{"Count": rest}), look.SizeSmall, look.Faint))
	}
	return list
}
