// Package orders is the page that finds an order, shows what was bought, what
// was given back, and whom it belongs to.
package orders

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/rows"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// Reader is what the page reads of the book.
type Reader interface {
	Orders(context.Context, usecase.OrderSelection, func(usecase.OrderRow) error) (int, error)
	OrderTotals(context.Context, usecase.OrderSelection) (usecase.OrderTotals, error)
	Order(context.Context, int64) (usecase.OrderDetail, error)
	Shops(context.Context) ([]usecase.ShopCount, error)
	Settings(context.Context) (usecase.Settings, error)
}

// Names tells what orders are filtered by is called.
type Names interface {
	Show(ctx context.Context, customer string) (usecase.Profile, error)
	ImportOf(ctx context.Context, step int64) (usecase.Imported, error)
}

// Memory is what the page remembers in the book.
type Memory interface {
	Remember(ctx context.Context, name, value string) error
	Recall(ctx context.Context, name string) (string, error)
}

// Book is the book, as the page sees it.
type Book interface {
	Reader
	Names
	Memory
}

// Page is the page.
type Page struct {
	desk *desk.Desk
	book Book
	shop shop
	ask  question

	list   *rows.Cache[row]
	all    int
	totals usecase.OrderTotals

	table  *parts.DataTable[row]
	bar    *parts.FilterBar
	panel  *parts.SidePanel
	footer *parts.Footer
	body   *fyne.Container

	ready   bool
	pending *place.Place
	names   names
	sums    task.Latest
	naming  task.Latest
	follow  task.Latest
	detail  task.Latest
}

const layoutName = "orders.table"

// New makes the page; it reads the book when it is first shown.
func New(d *desk.Desk, book Book) *Page {
	p := &Page{desk: d, book: book, ask: start()}
	for _, l := range []*task.Latest{&p.sums, &p.naming, &p.follow, &p.detail} {
		l.Runner = d.Tasks
	}
	p.shop = shop{words: d.Words, zone: d.Clock().Location()}
	p.list = rows.New(p.load, p.loaded)
	p.footer = parts.NewFooter()
	p.panel = parts.NewSidePanel(d.Words)
	p.panel.OnClose = p.closed
	p.body = container.New(p)
	p.open()
	return p
}

// open reads what the table needs to know before it can be made.
func (p *Page) open() {
	var settings usecase.Settings
	var shops []usecase.ShopCount
	var layout string
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		if settings, err = p.book.Settings(ctx); err != nil {
			return err
		}
		if shops, err = p.book.Shops(ctx); err != nil {
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
		p.shop.currency, p.shop.zone, p.shop.shops = settings.Currency, settings.Zone, shops
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
		p.ask.sort = p.sorted(remembered.Sort)
	}
	p.table.SetSort(sortKeys(p.ask.sort))
	p.table.OnSort = func(keys []parts.SortKey) {
		p.ask.sort = sorts(keys)
		p.table.SetSort(sortKeys(p.ask.sort))
		p.list.Reset()
	}
	p.table.OnLayout = func(l parts.TableLayout) { p.desk.KeepLayout(p.book, layoutName, l) }
	p.table.OnSelect = p.selected
	p.table.OnOpen = p.openRow
	p.table.OnMenu = p.menu
	p.table.OnType = func(r rune) { p.bar.TypeSearch(r) }
	p.table.OnCopied = p.copied
	p.table.OnCopyUnread = p.copyUnread
	p.body.Objects = []fyne.CanvasObject{p.bar, p.table, p.footer, p.panel}
	p.body.Refresh()
}

// MinSize lets the page be as small as the window.
func (p *Page) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(500, 300) }

// Layout puts the bar above, the table below it, and the panel beside the table,
// or over it where the window is narrow.
func (p *Page) Layout(list []fyne.CanvasObject, size fyne.Size) {
	if len(list) == 1 {
		list[0].Move(fyne.NewPos(0, 0))
		list[0].Resize(size)
		return
	}
	if len(list) == 0 {
		return
	}
	parts.LayList(size, p.bar, p.table, p.footer, p.panel)
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header {
	fact := ""
	if p.list.Known() {
		fact = p.shop.orders(p.list.Count())
		if p.ask.filtered() {
			fact = p.desk.Text("orders_some", map[string]any{"Listed": phrase.Count(p.list.Count()), "All": phrase.Count(p.all)})
		}
	}
	return desk.Header{Title: p.desk.Text("orders_title"), Fact: fact}
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
	if at.Fresh || at.Customer != "" || at.Import != 0 || at.From != "" || at.To != "" || at.Order != "" || at.Refunded {
		p.ask.at(at)
		p.name(at)
		p.showChips()
		p.table.Selection().None()
		p.list.Reset()
	} else if !p.list.Known() {
		p.list.Reset()
	}
	p.desk.Window.Canvas().Focus(p.table)
}

// name reads what the customer and the import of a place are called.
func (p *Page) name(at place.Place) {
	p.names = names{p.desk.Text("orders_this_customer"), p.desk.Text("orders_this_import")}
	if at.Customer == "" && at.Import == 0 {
		p.naming.Cancel()
		return
	}
	read := p.names
	p.naming.Go(func(ctx context.Context) error {
		if at.Customer != "" {
			c, err := p.book.Show(ctx, at.Customer)
			if err != nil {
				return err
			}
			read.customer = cmp.Or(c.Alias.Reveal(), c.NameMask, read.customer)
		}
		if at.Import != 0 {
			i, err := p.book.ImportOf(ctx, at.Import)
			if err != nil {
				return err
			}
			read.imported = cmp.Or(i.Report.File, read.imported)
		}
		return nil
	}, func(err error) {
		if err != nil {
			return // the chip says that it is this one
		}
		p.names = read
		p.bar.Rename()
	})
}

// Hide leaves the page as it is.
func (p *Page) Hide() { p.desk.Layer.HideTooltip() }

// Reload reads the rows again; filter, scroll and selection stay.
func (p *Page) Reload() {
	if p.ready {
		p.list.Reset()
		p.selected()
	}
}

// Key knows the keys of the page.
func (p *Page) Key(k parts.Press) bool {
	if !p.ready {
		return false
	}
	switch k {
	case parts.Press{Key: fyne.KeyF, Mod: fyne.KeyModifierShortcutDefault}:
		p.bar.FocusSearch()
	case parts.Press{Key: fyne.KeyEscape}:
		switch {
		case p.table.Selection().Len(p.list.Count()) > 0:
			p.closed()
		case p.ask.search != "":
			p.bar.SetSearch("")
			p.ask.search = ""
			p.asked()
		default:
			return false
		}
	default:
		return false
	}
	return true
}

// closed takes the selection away, and with it the panel.
func (p *Page) closed() {
	p.table.Selection().None()
	p.table.RefreshRows()
	p.selected()
	p.desk.Window.Canvas().Focus(p.table)
}

// load reads a page of the list.
func (p *Page) load(from, limit int, done func([]row, int, error)) func() {
	var list []row
	var total int
	sel, shop := p.ask.selection(from, limit), p.shop
	return p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		total, err = p.book.Orders(ctx, sel, func(o usecase.OrderRow) error {
			list = append(list, shop.rowOf(o))
			return nil
		})
		return err
	}, func(err error) { done(list, total, err) }).Cancel
}

// loaded shows what was read.
func (p *Page) loaded() {
	switch {
	case p.list.Err() != nil:
		p.table.SetState(p.failed(p.list.Err(), p.list.Reset))
	case p.list.Known() && p.list.Count() == 0:
		p.table.SetState(p.nothing())
	default:
		p.table.SetState(nil)
	}
	p.table.RowsChanged()
	p.sum()
	p.desk.Retitle()
}

// sum reads what the list adds up to.
func (p *Page) sum() {
	var totals, every usecase.OrderTotals
	sel := p.ask.selection(0, 0)
	p.sums.Go(func(ctx context.Context) (err error) {
		if totals, err = p.book.OrderTotals(ctx, sel); err != nil {
			return err
		}
		every, err = p.book.OrderTotals(ctx, usecase.OrderSelection{})
		return err
	}, func(err error) {
		if err != nil {
			return // the list itself tells of it
		}
		p.totals, p.all = totals, every.Orders
		p.footer.SetText(p.shop.footer(totals, p.desk.Asks("net")))
		p.bar.SetCount(p.shop.orders(totals.Orders))
		p.desk.Retitle()
	})
}

func (p *Page) failed(err error, again func()) fyne.CanvasObject {
	return parts.NewEmptyState("warn", p.desk.Text("orders_error"), p.desk.Words.Error(err),
		parts.Second(p.desk.Text("customers_retry"), "", again), "")
}

// nothing says why the list is empty, and what to do.
func (p *Page) nothing() fyne.CanvasObject {
	if p.ask.filtered() {
		return parts.NewEmptyState("search", p.desk.Text("orders_none_title"), p.desk.Text("customers_none_text"),
			parts.Second(p.desk.Text("customers_clear"), "", p.clear), "")
	}
	if !p.desk.May(access.Import) {
		return parts.NewEmptyState("orders", p.desk.Text("orders_empty_title"), p.desk.Text("orders_empty_wait"), nil, "")
	}
	return parts.NewEmptyState("orders", p.desk.Text("orders_empty_title"), p.desk.Text("orders_empty_text"),
		parts.Primary(p.desk.Text("customers_import"), "import", func() {
			p.desk.Open(place.Place{Page: place.Imports, Choose: true})
		}), p.desk.Text("customers_empty_hint"))
}

// openRow opens the customer of an order.
func (p *Page) openRow(i int) {
	r, ok := p.list.At(i)
	switch {
	case !ok:
	case r.nobody:
		p.desk.Layer.Info(r.name)
	default:
		p.desk.Open(place.Place{Page: place.Customer, Customer: r.customer})
	}
}

func (p *Page) copied(rows int) {
	p.desk.Layer.Done(p.desk.Text("customers_copied", map[string]any{"Count": rows}), "", nil)
}

// copyUnread copies rows that are selected and not all read.
func (p *Page) copyUnread() {
	var runs [][2]int
	for from, end := range p.table.Selection().Runs(p.list.Count()) {
		runs = append(runs, [2]int{from, end})
	}
	ask, shop := p.ask, p.shop
	var list []row
	p.desk.Tasks.Go(func(ctx context.Context) error {
		for _, r := range runs {
			_, err := p.book.Orders(ctx, ask.selection(r[0], r[1]-r[0]), func(o usecase.OrderRow) error {
				list = append(list, shop.rowOf(o))
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
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
	chosen := p.table.Selection().Len(p.list.Count())
	return []parts.MenuItem{
		{Text: d.Text("orders_open_customer"), Shortcut: "Enter", Disabled: r.nobody, Do: func() { p.openRow(i) }},
		{Text: d.Text("orders_copy_number"), Do: func() {
			fyne.CurrentApp().Clipboard().SetContent(r.number)
			d.Layer.Done(d.Text("orders_copied_number"), "", nil)
		}},
		{Text: d.Text("customers_copy_rows", map[string]any{"Count": chosen}), Shortcut: "Ctrl+C", Do: p.table.Copy},
	}
}
