// Package segments is the page of the saved questions: whom each finds now, and
// who came and who left.
package segments

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/act"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// Reader is what the page reads of the book.
type Reader interface {
	Segments(context.Context) ([]usecase.Segment, error)
	SegmentMoves(ctx context.Context, name string) (entered, left []string, err error)
	Customers(context.Context, usecase.Selection, func(usecase.Customer) error) (int, error)
	Totals(context.Context, usecase.Selection) (usecase.Totals, error)
	Settings(context.Context) (usecase.Settings, error)
}

// Writer is what the page does to the book.
type Writer interface {
	SaveSegment(ctx context.Context, name, rule string) (usecase.Done, error)
	RenameSegment(ctx context.Context, name, to string) (usecase.Done, error)
	DeleteSegment(ctx context.Context, name string) (usecase.Done, error)
}

// Memory is what the page remembers in the book.
type Memory interface {
	Remember(ctx context.Context, name, value string) error
	Recall(ctx context.Context, name string) (string, error)
}

// Book is the book, as the page sees it.
type Book interface {
	Reader
	Writer
	Memory
}

// Page is the page.
type Page struct {
	desk *desk.Desk
	book Book
	shop shop
	list list
	sort []order
	made []ready // the segments to start from

	primary   *parts.Button
	table     *parts.DataTable[row]
	saved     *parts.Card // with the table
	readyList *parts.CardList
	readyCard *parts.Card
	panel     *parts.SidePanel
	body      *fyne.Container

	reading, counting, follow, movers task.Latest
	read                              bool // the segments were, once
	peeked                            string
}

const layoutName = "segments.table"

// New makes the page; it reads the book when it is first shown.
func New(d *desk.Desk, book Book) *Page {
	p := &Page{desk: d, book: book, shop: shop{words: d.Words, zone: d.Clock().Location()}}
	p.reading.Runner, p.counting.Runner, p.follow.Runner, p.movers.Runner = d.Tasks, d.Tasks, d.Tasks, d.Tasks
	p.primary = parts.Primary(d.Text("segments_new"), "plus", p.create)
	p.panel = parts.NewSidePanel(d.Words)
	p.panel.OnClose = p.closed
	p.panel.Hide()
	p.makeTable()
	p.saved = parts.NewCard("", nil, p.table).Flush()
	p.readyList = parts.NewCardList(parts.CardColumn{Width: 110}, parts.CardColumn{}, parts.CardColumn{Width: 70, Right: true}, parts.CardColumn{Width: 60, Right: true})
	if d.May(access.SaveSegment) {
		p.readyList.OnOpen = func(i int) { p.copyReady(p.made[i]) }
	}
	p.readyCard = parts.NewCard(d.Text("segments_ready"), nil, p.readyList)
	p.readyCard.SetNote(d.Text("segments_ready_note"))
	p.body = container.New(p, p.saved, p.readyCard, p.panel)
	return p
}

// MinSize lets the page be as small as the window.
func (p *Page) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(500, 300) }

// narrow is the width of a window below which the panel lies over the page.
const narrow = 1180

// readyPart is how much of the height the segments to start from may take.
const readyPart = 0.45

// Layout puts the saved segments above, those to start from below them, and the
// panel beside both, or over them where the window is narrow.
func (p *Page) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(look.Px(x), look.Px(y)))
		o.Resize(fyne.NewSize(look.Px(w), look.Px(h)))
	}
	width := size.Width
	if p.panel.Visible() {
		if p.desk.Window.Canvas().Size().Width >= narrow {
			width -= p.panel.Width()
		}
		put(p.panel, size.Width-p.panel.Width(), 0, p.panel.Width(), size.Height)
	}
	height := size.Height - 2*16 - 12
	whole := look.Height(44) + float32(len(p.ready()))*look.Height(36) + 16
	foot := min(whole, look.Px(height*readyPart))
	put(p.saved, 20, 16, width-40, height-foot)
	put(p.readyCard, 20, 16+height-foot+12, width-40, foot)
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header {
	h := desk.Header{Title: p.desk.Text("page_segments")}
	if p.desk.May(access.SaveSegment) {
		h.Actions, h.Primary = []fyne.CanvasObject{p.primary}, p.create
	}
	if len(p.list) > 0 {
		h.Fact = p.desk.Text("segments_fact", map[string]any{"Count": len(p.list)})
	}
	return h
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Panel returns the panel beside the table.
func (p *Page) Panel() fyne.CanvasObject { return p.panel }

// Show reads the segments when the page is first opened.
func (p *Page) Show(place.Place) {
	if !p.read {
		p.Reload()
		return
	}
	if len(p.list) > 0 {
		p.focusTable()
	}
}

func (p *Page) focusTable() { p.desk.Window.Canvas().Focus(p.table) }

// Hide leaves the page as it is.
func (p *Page) Hide() { p.desk.Layer.HideTooltip() }

// Key renames and deletes the segment that is selected.
func (p *Page) Key(k parts.Press) bool {
	r, ok := p.selected()
	switch {
	case !ok:
		return false
	case k == parts.Press{Key: fyne.KeyF2} && p.desk.May(access.RenameSegment):
		p.rename(r)
	case k == parts.Press{Key: fyne.KeyDelete} && p.desk.May(access.DeleteSegment):
		p.delete(r)
	default:
		return false
	}
	return true
}

// Reload reads the segments again; what is selected stays.
func (p *Page) Reload() {
	var segments []usecase.Segment
	var settings usecase.Settings
	var layout string
	p.table.Loading()
	first := !p.read
	p.reading.Go(func(ctx context.Context) (err error) {
		if settings, err = p.book.Settings(ctx); err != nil {
			return err
		}
		if first {
			if layout, err = p.book.Recall(ctx, layoutName); err != nil {
				return err
			}
		}
		segments, err = p.book.Segments(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.saved.SetBody(parts.NewProblem(p.desk.Text("segments_error"), p.desk.Words.Error(err),
				parts.Second(p.desk.Text("segments_retry"), "", p.Reload)))
			return
		}
		p.shop.currency, p.shop.zone = settings.Currency, settings.Zone
		if first {
			p.arrange(layout)
		}
		p.read = true
		p.show(segments)
		if first && len(p.list) > 0 {
			p.focusTable()
		}
		p.showReady(nil)
		p.countReady()
	})
}

// arrange makes the table as it was left.
func (p *Page) arrange(layout string) {
	p.makeTable()
	if remembered, known := desk.KeptLayout(layout); known {
		p.table.SetLayout(remembered)
		p.table.SetSort(remembered.Sort)
		p.sort = orders(remembered.Sort)
	}
}

// show lists segments.
func (p *Page) show(segments []usecase.Segment) {
	before, _ := p.selected()
	p.list = make(list, len(segments))
	for i, g := range segments {
		p.list[i] = p.shop.rowOf(g)
	}
	sortRows(p.list, p.sort)
	p.desk.Retitle()
	if len(p.list) == 0 {
		p.saved.SetBody(parts.NewEmptyState("segment", p.desk.Text("segments_empty_title"), p.desk.Text("segments_empty_text"),
			parts.Second(p.desk.Text("segments_empty_action"), "people", func() { p.desk.Open(place.Place{Page: place.Customers}) }), ""))
		p.closePanel()
		return
	}
	p.saved.SetBody(p.table)
	p.choose(before.Name)
	p.table.RowsChanged()
}

// choose selects a segment again, after the rows were read or sorted.
func (p *Page) choose(name string) {
	i := p.list.find(name)
	p.table.Selection().None()
	if i < 0 {
		p.table.SetCursor(-1)
		p.closePanel()
		return
	}
	p.table.Selection().Only(i)
	p.table.SetCursor(i)
	if p.panel.Visible() {
		p.peek(p.list[i])
	}
}

// selected returns the one segment that is selected.
func (p *Page) selected() (row, bool) {
	i := p.table.Cursor()
	if p.table.Selection().Len(len(p.list)) != 1 || !p.table.Selection().Has(i) {
		return row{}, false
	}
	return p.list.At(i)
}

// ready are the segments to start from whose rules the user may ask.
func (p *Page) ready() []usecase.ReadySegment {
	return slices.DeleteFunc(usecase.ReadySegments(), func(g usecase.ReadySegment) bool { return p.desk.Hidden(g.Rule) != "" })
}

// countReady counts whom the segments to start from would find.
func (p *Page) countReady() {
	all := p.ready()
	counts := make([]int, len(all))
	p.counting.Go(func(ctx context.Context) error {
		for i, g := range all {
			totals, err := p.book.Totals(ctx, usecase.Selection{Where: g.Rule})
			if err != nil {
				return err
			}
			counts[i] = totals.Customers
		}
		return nil
	}, func(err error) {
		if err == nil { // else the list stays without counts
			p.showReady(counts)
		}
	})
}

// showReady lists the segments to start from.
func (p *Page) showReady(counts []int) {
	p.made = p.shop.readyOnes(p.ready(), counts)
	lines := make([][]parts.CardCell, len(p.made))
	for i, r := range p.made {
		lines[i] = []parts.CardCell{
			{Text: r.name},
			{Text: r.reads, Tone: look.Muted},
			{Text: r.count},
			{},
		}
		if p.desk.May(access.SaveSegment) {
			lines[i][3] = parts.CardCell{Text: p.desk.Text("segments_copy"), Tone: look.Accent}
		}
	}
	p.readyList.SetLines(lines)
	const bar = 12 // the scroll bar stands beside the lines, in the edge of the card
	lower := container.NewVScroll(container.New(wider(-bar), p.readyList.Whole(300)))
	p.readyCard.SetBody(container.New(wider(bar), lower))
}

// open opens the customers of a segment, or says why the user may not ask who they are.
func (p *Page) open(r row) {
	if r.Hidden != "" {
		p.desk.Layer.Info(r.reads)
		return
	}
	p.desk.Open(customersOf(r.Name, r.Rule))
}

// rename asks for another name.
func (p *Page) rename(r row) {
	act.Name(p.desk, p.table.Anchor(p.list.find(r.Name)), p.desk.Text("segments_rename_title"), r.Name, func(name string) {
		if name == r.Name {
			return
		}
		p.desk.Do(func(usecase.Done) string {
			return p.desk.Text("segments_renamed", map[string]any{"Old": r.Name, "Name": name})
		}, func(ctx context.Context) (usecase.Done, error) { return p.book.RenameSegment(ctx, r.Name, name) })
	})
}

// delete removes a segment; it can be taken back.
func (p *Page) delete(r row) {
	p.desk.Do(func(usecase.Done) string {
		return p.desk.Text("segments_deleted", map[string]any{"Name": r.Name})
	}, func(ctx context.Context) (usecase.Done, error) { return p.book.DeleteSegment(ctx, r.Name) })
}

// menu is the menu of a row.
func (p *Page) menu(at int) []parts.MenuItem {
	r, ok := p.list.At(at)
	if !ok {
		return nil
	}
	d := p.desk
	var items []parts.MenuItem
	if r.Hidden == "" {
		items = append(items, parts.MenuItem{Text: d.Text("segments_open"), Shortcut: "Enter", Do: func() { p.open(r) }})
	}
	change := d.Offer(access.RenameSegment, parts.MenuItem{Text: d.Text("segments_rename"), Shortcut: "F2", Do: func() { p.rename(r) }})
	if r.Hidden == "" {
		change = slices.Concat(change, d.Offer(access.SaveSegment,
			parts.MenuItem{Text: d.Text("segments_edit"), Do: func() { p.edit(r) }},
			parts.MenuItem{Text: d.Text("segments_duplicate"), Do: func() { p.duplicate(r.Name, r.Rule) }}))
	}
	remove := d.Offer(access.DeleteSegment, parts.MenuItem{Text: d.Text("segments_delete"), Shortcut: "Del", Do: func() { p.delete(r) }})
	for _, group := range [][]parts.MenuItem{change, remove} {
		if len(items) > 0 && len(group) > 0 {
			items = append(items, parts.MenuItem{Separator: true})
		}
		items = append(items, group...)
	}
	return items
}

// wider gives what it holds more width than there is, or less.
type wider float32

// MinSize is that of what it holds.
func (w wider) MinSize(list []fyne.CanvasObject) fyne.Size { return list[0].MinSize() }

// Layout gives the width.
func (w wider) Layout(list []fyne.CanvasObject, size fyne.Size) {
	list[0].Move(fyne.NewPos(0, 0))
	list[0].Resize(fyne.NewSize(size.Width+float32(w), size.Height))
}

// symbol is the sign in the head of a column of amounts.
func (p *Page) symbol() string { return phrase.Symbol(p.shop.currency) }
