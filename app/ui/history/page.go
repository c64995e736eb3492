// Package history is the page of the log: who did what to whom, in plain words, and what
// proves it to others: checkpoints and audit packs.
package history

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/rows"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// Reader is what the page reads of the book.
type Reader interface {
	LogPlaces(context.Context, usecase.LogRequest) ([]int64, error)
	Log(context.Context, usecase.LogRequest) ([]usecase.LogEntry, error)
	LogState(context.Context) (usecase.LogState, error)
	NamesOf(ctx context.Context, customers []string) (map[string]usecase.Named, error)
	Settings(context.Context) (usecase.Settings, error)
}

// Prover is what proves the log.
type Prover interface {
	CheckLog(context.Context) (usecase.CheckReport, error)
	Checkpoint(context.Context) (usecase.Checkpoint, error)
	AuditPack(context.Context, usecase.PackRequest) (usecase.PackReport, error)
}

// Memory is what the page remembers in the book.
type Memory interface {
	Remember(ctx context.Context, name, value string) error
	Recall(ctx context.Context, name string) (string, error)
}

// Book is the book, as the page sees it.
type Book interface {
	Reader
	Prover
	Memory
}

// Page is the page.
type Page struct {
	desk *desk.Desk
	book Book
	shop shop
	name string // of the shop
	ask  question

	places  []int64 // of the entries that are listed, newest first
	list    *rows.Cache[row]
	state   usecase.LogState
	checked string // what the last look at the log found
	whom    string // the customer whom the filter names

	strip  fyne.CanvasObject
	table  *parts.DataTable[row]
	bar    *parts.FilterBar
	panel  *parts.SidePanel
	footer *parts.Footer
	body   *fyne.Container
	proofs []fyne.CanvasObject // the buttons of the header

	reveal  revelation
	ready   bool
	stale   bool // the page itself added an entry
	pending *place.Place
	stating task.Latest
	naming  task.Latest
	follow  task.Latest
	detail  task.Latest
}

const layoutName = "history.table"

// New makes the page; it reads the book when it is first shown.
func New(d *desk.Desk, book Book) *Page {
	p := &Page{desk: d, book: book, shop: shop{d.Words, d.Clock().Location()}}
	for _, l := range []*task.Latest{&p.stating, &p.naming, &p.follow, &p.detail} {
		l.Runner = d.Tasks
	}
	p.list = rows.New(p.load, p.loaded)
	p.footer = parts.NewFooter()
	p.panel = parts.NewSidePanel(d.Words)
	p.panel.OnClose = p.closed
	if d.May(access.Checkpoint) {
		p.proofs = append(p.proofs, parts.Second(d.Text("history_checkpoint"), "shield", p.checkpoint))
	}
	if d.May(access.AuditPack) {
		p.proofs = append(p.proofs, parts.Second(d.Text("history_pack"), "export", p.pack))
	}
	p.strip = parts.NewStrip(look.Plain, "")
	p.body = container.New(p)
	p.open()
	return p
}

// open reads what the table needs to know before it can be made.
func (p *Page) open() {
	var settings usecase.Settings
	var layout string
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		if settings, err = p.book.Settings(ctx); err != nil {
			return err
		}
		layout, err = p.book.Recall(ctx, layoutName)
		return err
	}, func(err error) {
		if err != nil {
			p.body.Objects = []fyne.CanvasObject{p.failed(err, p.open)}
			p.body.Refresh()
			return
		}
		p.name = settings.Name
		if settings.Zone != nil {
			p.shop.zone = settings.Zone
		}
		p.bar = p.newBar()
		p.makeTable(layout)
		p.ready = true
		if at := p.pending; at != nil {
			p.pending = nil
			p.Show(*at)
		}
	})
}

func (p *Page) makeTable(layout string) {
	p.table = parts.NewDataTable(p.desk.Words, p.desk.Tasks, p.columns(), parts.Rows[row](p.list))
	if remembered, known := desk.KeptLayout(layout); known {
		p.table.SetLayout(remembered)
	}
	p.table.OnLayout = func(l parts.TableLayout) { p.desk.KeepLayout(p.book, layoutName, l) }
	p.table.OnSelect = p.selected
	p.table.OnOpen = p.openRow
	p.table.OnMenu = p.menu
	p.table.OnCopied = p.copied
	p.table.OnCopyUnread = p.copyUnread
	p.body.Objects = []fyne.CanvasObject{p.strip, p.bar, p.table, p.footer, p.panel}
	p.body.Refresh()
}

// MinSize lets the page be as small as the window.
func (p *Page) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(500, 300) }

// Layout puts how the log stands above the list.
func (p *Page) Layout(list []fyne.CanvasObject, size fyne.Size) {
	if len(list) == 1 {
		list[0].Move(fyne.NewPos(0, 0))
		list[0].Resize(size)
	}
	if len(list) < 2 {
		return
	}
	top := list[0].MinSize().Height
	list[0].Move(fyne.NewPos(0, 0))
	list[0].Resize(fyne.NewSize(size.Width, top))
	parts.LayList(fyne.NewSize(size.Width, size.Height-top), p.bar, p.table, p.footer, p.panel)
	for _, o := range list[1:] {
		o.Move(o.Position().AddXY(0, top))
	}
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header {
	h := desk.Header{Title: p.desk.Text("page_history"), Actions: p.proofs}
	if p.list.Known() {
		h.Fact = p.fact()
	}
	return h
}

// fact says how many entries are listed.
func (p *Page) fact() string {
	n, all := p.list.Count(), max(int(p.state.Entries), p.list.Count())
	if n < all && len(p.ask.chips) > 0 {
		return p.desk.Text("history_some", map[string]any{"Listed": phrase.Count(n), "All": phrase.Count(all)})
	}
	return p.desk.Text("history_all", map[string]any{"Count": n, "All": phrase.Count(n)})
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Panel returns the panel beside the table.
func (p *Page) Panel() fyne.CanvasObject { return p.panel }

// Show opens the page with a filter, or as it was left.
func (p *Page) Show(at place.Place) {
	if !p.ready {
		p.pending = &at
		return
	}
	if at.Fresh || at.Customer != "" {
		p.ask.at(at)
		p.nameCustomer(at.Customer)
		p.showChips()
		p.again()
	} else if !p.list.Known() || p.stale {
		p.again()
	}
	p.desk.Window.Canvas().Focus(p.table)
}

// nameCustomer reads what the customer of the filter is called.
func (p *Page) nameCustomer(id string) {
	p.whom = p.desk.Text("history_this_customer")
	if id == "" {
		p.naming.Cancel()
		return
	}
	var names map[string]usecase.Named
	p.naming.Go(func(ctx context.Context) (err error) {
		names, err = p.book.NamesOf(ctx, []string{id})
		return err
	}, func(err error) {
		if err == nil { // else the chip says that it is this one
			_, p.whom, _ = p.shop.named(id, names)
			p.bar.Rename()
		}
	})
}

// Hide masks what is clear.
func (p *Page) Hide() {
	p.conceal()
	p.desk.Layer.HideTooltip()
}

// Reload reads the log again: there is more of it.
func (p *Page) Reload() {
	if p.ready {
		p.again()
	}
}

// again reads the list anew, from its top.
func (p *Page) again() {
	p.stale = false
	p.conceal()
	p.table.Selection().None()
	p.table.ScrollTo(0)
	p.list.Reset()
	p.selected()
	p.stand()
	p.desk.Retitle()
}

// Key knows the keys of the page.
func (p *Page) Key(k parts.Press) bool {
	if !p.ready || k != (parts.Press{Key: fyne.KeyEscape}) || p.table.Selection().Len(p.list.Count()) == 0 {
		return false
	}
	p.closed()
	return true
}

// closed takes the selection away, and with it the panel.
func (p *Page) closed() {
	p.table.Selection().None()
	p.table.RefreshRows()
	p.selected()
	p.desk.Window.Canvas().Focus(p.table)
}

// load reads a page of the list; the first one after a Reset finds which entries fit.
func (p *Page) load(from, limit int, done func([]row, int, error)) func() {
	var list []row
	places, known := p.places, p.list.Known()
	ask, shop := p.ask.request(p.shop.zone), p.shop
	return p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		if !known {
			if places, err = p.book.LogPlaces(ctx, ask); err != nil {
				return err
			}
		}
		part := places[min(from, len(places)):min(from+limit, len(places))]
		list, err = entries(ctx, p.book, shop, part)
		return err
	}, func(err error) {
		if err == nil {
			p.places = places
		}
		done(list, len(places), err)
	}).Cancel
}

// entries reads entries with the names of those whom they tell of first.
func entries(ctx context.Context, book Reader, shop shop, places []int64) ([]row, error) {
	read, err := book.Log(ctx, usecase.LogRequest{Entries: append([]int64{}, places...)})
	if err != nil {
		return nil, err
	}
	var ids []string
	for i := range read {
		if about := customers(&read[i]); len(about) > 0 {
			ids = append(ids, about[0])
		}
	}
	names, err := book.NamesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]row, len(read))
	for i := range read {
		list[i] = shop.rowOf(read[i], names)
	}
	return list, nil
}

// loaded shows what was read.
func (p *Page) loaded() {
	switch {
	case p.list.Err() != nil:
		p.table.SetState(p.failed(p.list.Err(), p.list.Reset))
	case p.list.Known() && p.list.Count() == 0: // opening the book is an entry: the filter leaves none
		p.table.SetState(parts.NewEmptyState("search", p.desk.Text("history_none_title"), p.desk.Text("customers_none_text"),
			parts.Second(p.desk.Text("customers_clear"), "", p.clear), ""))
	default:
		p.table.SetState(nil)
	}
	p.table.RowsChanged()
	p.footer.SetText(p.fact())
	p.bar.SetCount(p.fact())
	p.desk.Retitle()
}

func (p *Page) failed(err error, again func()) fyne.CanvasObject {
	return parts.NewEmptyState("warn", p.desk.Text("history_error"), p.desk.Words.Error(err),
		parts.Second(p.desk.Text("customers_retry"), "", again), "")
}

// openRow opens the customer of an entry.
func (p *Page) openRow(i int) {
	if r, ok := p.list.At(i); ok && r.customer != "" && p.desk.May(access.Show) {
		p.desk.Open(place.Place{Page: place.Customer, Customer: r.customer})
	}
}

func (p *Page) copied(rows int) {
	p.desk.Layer.Done(p.desk.Text("customers_copied", map[string]any{"Count": rows}), "", nil)
}

// copyUnread copies rows that are selected and not all read.
func (p *Page) copyUnread() {
	var chosen []int64
	for from, end := range p.table.Selection().Runs(p.list.Count()) {
		chosen = append(chosen, p.places[from:min(end, len(p.places))]...)
	}
	var list []row
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		list, err = entries(ctx, p.book, p.shop, chosen)
		return err
	}, func(err error) {
		if p.desk.Failed(err) {
			return
		}
		fyne.CurrentApp().Clipboard().SetContent(p.table.Text(slices.Values(list)))
		p.copied(len(list))
	})
}

func (p *Page) menu(i int) []parts.MenuItem {
	d := p.desk
	r, ok := p.list.At(i)
	if !ok {
		return nil
	}
	only := func(c chip) func() {
		return func() {
			p.ask.chips = append(slices.DeleteFunc(p.ask.chips, func(o chip) bool { return o.field == c.field }), c)
			p.showChips()
			p.again()
		}
	}
	items := []parts.MenuItem{{Text: d.Text("history_only", map[string]any{"Name": r.who}), Do: only(chip{byUser, opIs, []string{r.entry.User}})}}
	if r.customer != "" {
		if d.May(access.Show) {
			items = append([]parts.MenuItem{{Text: d.Text("history_open_customer"), Shortcut: "Enter", Do: func() { p.openRow(i) }}}, items...)
		}
		items = append(items, parts.MenuItem{Text: d.Text("history_only", map[string]any{"Name": r.whom}), Do: func() {
			p.nameCustomer(r.customer)
			only(chip{byCustomer, opIs, []string{r.customer}})()
		}})
	}
	chosen := p.table.Selection().Len(p.list.Count())
	return append(items, parts.MenuItem{Text: d.Text("customers_copy_rows", map[string]any{"Count": chosen}), Shortcut: "Ctrl+C", Do: p.table.Copy})
}
