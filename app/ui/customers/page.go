// Package customers is the page that finds and picks people, shows each at a
// glance, and acts on many.
package customers

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/ui/act"
	"kebu/app/ui/desk"
	"kebu/app/ui/export"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/rows"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// Reader is what the page reads of the book.
type Reader interface {
	Customers(context.Context, usecase.Selection, func(usecase.Customer) error) (int, error)
	Show(context.Context, string) (usecase.Profile, error)
	Settings(context.Context) (usecase.Settings, error)
	Stats(context.Context) (usecase.Stats, error)
	Shops(context.Context) ([]usecase.ShopCount, error)
}

// Sums adds up what customers spent.
type Sums interface {
	Totals(context.Context, usecase.Selection) (usecase.Totals, error)
	TotalsOf(context.Context, usecase.Targets) (usecase.Totals, error)
}

// Writer is what the page does to the book.
type Writer interface {
	act.Tagger
	act.Drafter
	SaveSegment(ctx context.Context, name, rule string) (usecase.Done, error)
	SetContact(context.Context, usecase.Targets, bool) (usecase.Done, error)
	SetAlias(context.Context, string, pii.Text) (usecase.Done, error)
	Join(context.Context, ...string) (usecase.Joined, error)
}

// Memory is what the page remembers in the book.
type Memory interface {
	Remember(ctx context.Context, name, value string) error
	Recall(ctx context.Context, name string) (string, error)
}

// Book is the book, as the page sees it.
type Book interface {
	Reader
	Sums
	Writer
	Memory
	export.Book
}

// Page is the page.
type Page struct {
	desk *desk.Desk
	book Book
	shop shop
	ask  question

	list   *rows.Cache[row]
	all    int // customers of the book
	totals usecase.Totals

	table  *parts.DataTable[row]
	bar    *parts.FilterBar
	panel  *parts.SidePanel
	footer *parts.Footer
	body   *fyne.Container

	choices choices         // of the filter bar
	layout  string          // name of the remembered layout that the table has
	kept    map[string]bool // ids that were selected before the reading

	saveButton, exportButton, everyone *parts.Button

	ready      bool // settings and layout are read
	withHabits bool // the list was asked for them
	pending    *place.Place
	sums       task.Latest // of the list
	chosen     task.Latest // sums of the selection
	follow     task.Latest // the panel follows the selection
	profile    task.Latest
	arrange    task.Latest
}

const prefPanel = "panel" // width, on this computer

// New makes the page; it reads the book when it is first shown.
func New(d *desk.Desk, book Book) *Page {
	p := &Page{desk: d, book: book, ask: start()}
	for _, l := range []*task.Latest{&p.sums, &p.chosen, &p.follow, &p.profile, &p.arrange} {
		l.Runner = d.Tasks
	}
	p.shop = shop{words: d.Words, zone: d.Clock().Location(), today: d.Today()}
	p.list = rows.New(p.load, p.loaded)
	p.exportButton = parts.Primary(d.Text("customers_export"), "export", p.export)
	p.saveButton = parts.Second(d.Text("customers_save"), "segment", p.save)
	p.everyone = parts.Second(d.Text("customers_everyone"), "people", p.clear)
	p.footer = parts.NewFooter()
	p.panel = parts.NewSidePanel(d.Words)
	p.panel.SetWidth(float32(d.Prefs.FloatWithFallback(prefPanel, 328)))
	p.panel.OnWidth = func(w float32) {
		d.Prefs.SetFloat(prefPanel, float64(w))
		p.body.Refresh()
	}
	p.panel.OnClose = func() {
		p.body.Refresh()
		p.focusTable()
	}
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
		layout, err = p.book.Recall(ctx, layoutName(""))
		return err
	}, func(err error) {
		if err != nil {
			p.body.Objects = []fyne.CanvasObject{p.failed(err, p.open)}
			p.body.Refresh()
			return
		}
		p.shop.currency, p.shop.zone = settings.Currency, settings.Zone
		p.bar = p.newBar()
		p.makeTable(layout)
		p.ready = true
		p.choose()
		if at := p.pending; at != nil {
			p.pending = nil
			p.Show(*at)
		}
	})
}

func (p *Page) makeTable(layout string) {
	p.table = parts.NewDataTable(p.desk.Words, p.desk.Tasks, p.columns(), parts.Rows[row](p.list))
	p.layout = layoutName("")
	p.setLayout(layout)
	p.showSort()
	p.table.OnSort = func(keys []parts.SortKey) {
		p.ask.sort = sorts(keys)
		p.showSort()
		p.list.Reset()
	}
	p.table.OnLayout = func(l parts.TableLayout) {
		p.desk.KeepLayout(p.book, p.layout, l)
		if p.habits() && !p.withHabits {
			p.list.Reset()
		}
	}
	p.table.OnSelect = func() {
		p.kept = nil // the user has selected others meanwhile
		p.selected()
	}
	p.table.OnOpen = p.openRow
	p.table.OnMenu = p.menu
	p.table.OnType = func(r rune) {
		p.bar.TypeSearch(r)
	}
	p.table.OnCopied = p.copied
	p.table.OnCopyUnread = p.copyUnread
	p.body.Objects = []fyne.CanvasObject{p.bar, p.table, p.footer, p.panel}
	p.panel.Hide()
	p.body.Refresh()
}

// showSort shows in the head by what the list is sorted.
func (p *Page) showSort() { p.table.SetSort(sortKeys(p.order())) }

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
	if len(list) > 1 {
		parts.LayList(size, p.bar, p.table, p.footer, p.panel)
	}
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header {
	title := p.desk.Text("customers_title")
	if p.ask.segment != "" {
		title = p.ask.segment
	}
	var actions []fyne.CanvasObject
	if p.desk.May(access.SaveSegment) {
		actions = append(actions, p.saveButton)
	}
	if p.desk.May(access.Export) {
		actions = append(actions, p.exportButton)
	}
	if p.ask.imported != 0 {
		title = p.desk.Text("customers_imported")
		actions = append([]fyne.CanvasObject{p.everyone}, actions...)
	}
	fact := ""
	if p.list.Known() {
		fact = p.shop.fact(p.list.Count(), p.all, p.ask.filtered())
	}
	p.saveButton.SetText(p.desk.Text("customers_save"))
	if p.ask.changed() {
		p.saveButton.SetText(p.desk.Text("customers_update"))
	}
	p.saveButton.SetEnabled(len(p.ask.chips) > 0)
	p.exportButton.SetEnabled(p.list.Count() > 0)
	return desk.Header{
		Title: title, Fact: fact,
		Actions: actions, Primary: p.export,
	}
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
	switch {
	case at.Fresh || at.Rule != "" || at.Segment != "" || at.Import != 0:
		p.ask.search = at.Search
		p.desk.Failed(p.ask.ask(at.Rule))
		p.ask.search = at.Search
		p.ask.segment, p.ask.saved, p.ask.imported = at.Segment, p.ask.rule(), at.Import
		p.showChips()
		p.table.Selection().None()
		p.read()
	case !p.list.Known():
		p.list.Reset()
	}
	p.focusTable()
}

func (p *Page) focusTable() {
	if p.table != nil {
		p.desk.Window.Canvas().Focus(p.table)
	}
}

// Hide leaves the page as it is.
func (p *Page) Hide() { p.desk.Layer.HideTooltip() }

// Reload reads the rows again; filter, scroll and selection stay.
func (p *Page) Reload() {
	if !p.ready {
		return
	}
	p.shop.today = p.desk.Today()
	p.keep()
	p.list.Reset()
	p.choose()
}

// keep notes who is selected, by id: after the reading they may stand elsewhere.
func (p *Page) keep() {
	s := p.table.Selection()
	if len(p.kept) > 0 && s.Len(p.list.Count()) == 0 {
		return // those of before are not selected again yet
	}
	p.kept = nil
	if s.Inverse() {
		if len(s.Exceptions()) > 0 {
			s.None() // who they were is not known any more
		}
		return
	}
	p.kept = map[string]bool{}
	s.Each(p.list.Count(), func(i int) {
		if r, ok := p.list.At(i); ok {
			p.kept[r.id] = true
		}
	})
	s.None()
}

// restore selects those again who were selected, where their rows are read.
func (p *Page) restore() {
	if len(p.kept) == 0 {
		return
	}
	found := 0
	p.list.Each(func(i int, r row) {
		if p.kept[r.id] {
			delete(p.kept, r.id)
			p.table.Selection().Range(i, i)
			p.table.SetCursor(i)
			found++
		}
	})
	if found > 0 {
		p.selected()
	}
}

// load reads a page of the list.
func (p *Page) load(from, limit int, done func([]row, int, error)) func() {
	var list []row
	var total int
	sel, shop, search := p.selection(from, limit), p.shop, p.ask.search
	p.withHabits = p.habits()
	sel.Habits = p.withHabits
	return p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		total, err = p.book.Customers(ctx, sel, func(c usecase.Customer) error {
			list = append(list, shop.rowOf(c, search))
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
		p.table.SetState(p.nobody())
	default:
		p.table.SetState(nil)
	}
	p.restore()
	p.table.RowsChanged()
	p.sum()
	p.desk.Retitle()
}

// sum reads what the list adds up to.
func (p *Page) sum() {
	var totals usecase.Totals
	var all int
	sel := p.selection(0, 0)
	p.sums.Go(func(ctx context.Context) (err error) {
		if totals, err = p.book.Totals(ctx, sel); err != nil {
			return err
		}
		all, err = p.everyoneOf(ctx)
		return err
	}, func(err error) {
		if err != nil {
			return // the list itself tells of it
		}
		p.totals, p.all = totals, all
		p.showFooter()
		p.bar.SetCount(p.shop.customers(totals.Customers))
		p.desk.Retitle()
	})
}

// everyoneOf counts the customers of the book: the numbers of the shop are quicker for who
// may have them.
func (p *Page) everyoneOf(ctx context.Context) (int, error) {
	if p.desk.May(access.Stats) {
		stats, err := p.book.Stats(ctx)
		return stats.Customers, err
	}
	totals, err := p.book.Totals(ctx, usecase.Selection{})
	return totals.Customers, err
}

func (p *Page) failed(err error, again func()) fyne.CanvasObject {
	if _, hidden := errors.AsType[*usecase.HiddenError](err); hidden && p.ready {
		return parts.NewEmptyState("lock", p.desk.Text("customers_hidden"), p.desk.Words.Error(err),
			parts.Second(p.desk.Text("customers_clear"), "", p.clear), "")
	}
	return parts.NewEmptyState("warn", p.desk.Text("customers_error"), p.desk.Words.Error(err),
		parts.Second(p.desk.Text("customers_retry"), "", again), "")
}

// nobody says why the list is empty, and what to do.
func (p *Page) nobody() fyne.CanvasObject {
	if !p.ask.filtered() {
		if !p.desk.May(access.Import) {
			return parts.NewEmptyState("people", p.desk.Text("customers_empty_title"), p.desk.Text("customers_empty_wait"), nil, "")
		}
		return parts.NewEmptyState("people", p.desk.Text("customers_empty_title"), p.desk.Text("customers_empty_text"),
			parts.Primary(p.desk.Text("customers_import"), "import", func() {
				p.desk.Open(place.Place{Page: place.Imports, Choose: true})
			}), p.desk.Text("customers_empty_hint"))
	}
	text := "customers_none_text"
	switch {
	case p.ask.digits():
		text = "customers_none_digits"
	case len(p.ask.chips) == 0 && p.ask.imported == 0:
		text = "customers_none_search"
	}
	return parts.NewEmptyState("search", p.desk.Text("customers_none_title"), p.desk.Text(text),
		parts.Second(p.desk.Text("customers_clear"), "", p.clear), "")
}
