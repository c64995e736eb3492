// Package customer is the page of one customer: everything known of a person,
// the reason of each figure, and a place to write.
package customer

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/ui/act"
	"kebu/app/ui/desk"
	"kebu/app/ui/export"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/person"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// Reader is what the page reads of the book.
type Reader interface {
	Show(context.Context, string) (usecase.Profile, error)
	Reveal(ctx context.Context, id, reason string) (usecase.Profile, error)
	RevealsLeft(ctx context.Context, id string) (usecase.Reveals, error)
	Order(context.Context, int64) (usecase.OrderDetail, error)
	Customers(context.Context, usecase.Selection, func(usecase.Customer) error) (int, error)
}

// Notes is what the page does with notes.
type Notes interface {
	act.Noter
	EditNote(context.Context, string, pii.Text) (usecase.Done, error)
	DeleteNote(context.Context, string) (usecase.Done, error)
	PinNote(context.Context, string, bool) (usecase.Done, error)
	SettleNote(context.Context, string) (usecase.Done, error)
}

// Drafts keep what was typed of a note that is not saved.
type Drafts interface {
	KeepDraft(context.Context, string, pii.Text) error
	Draft(context.Context, string) (pii.Text, error)
}

// Person is what the page changes of the person.
type Person interface {
	act.Tagger
	SetAlias(context.Context, string, pii.Text) (usecase.Done, error)
	SetField(ctx context.Context, id, name string, value pii.Text) (usecase.Done, error)
	act.Eraser
	SetContact(context.Context, usecase.Targets, bool) (usecase.Done, error)
	Join(context.Context, ...string) (usecase.Joined, error)
	Undo(context.Context, int64) ([]usecase.Kept, error)
}

// Book is the book, as the page sees it.
type Book interface {
	Reader
	Notes
	Drafts
	Person
	export.Book
}

// The tabs.
const (
	tabTimeline = iota
	tabOrders
	tabNotes
)

// Page is the page.
type Page struct {
	desk *desk.Desk
	book Book
	shop person.Shop

	id      string
	list    *place.List // where the customer was opened from, or nil
	profile usecase.Profile
	known   string // id of the customer that is shown, "" for none
	ask     bool   // for the reason to reveal, once the customer is read
	view    memory
	events  []event

	shownTabs []int // that the user sees something in
	filters   []shown

	reading, late, walking, detail task.Latest

	body     *fyne.Container
	profileC *parts.Card
	scroll   *container.Scroll
	figures  []*parts.Figure
	row      *parts.FigureRow
	card     *parts.Card
	inside   *fyne.Container // of card
	tabs     *parts.Tabs
	choice   *parts.Select
	content  *fyne.Container
	timeline *parts.Timeline
	table    *parts.DataTable[*usecase.StoredOrder]
	orders   orderRows
	noteList *container.Scroll
	panel    *parts.SidePanel
	chips    *parts.Chips
	reveal   revelation
	write    *writer
	edit     editing

	aliasText                            *parts.Text
	aliasButton, revealButton            *parts.Button
	beside, walker                       *fyne.Container
	position                             *parts.Text
	previous, next, moreButton, noteHere *parts.Button
}

// memory is what the page remembers in the book.
type memory struct {
	Tab    int               `json:"tab"`
	Shown  shown             `json:"shown"`
	Orders parts.TableLayout `json:"orders"`
}

const memoryName = "customer.view"

// outlinesAfter is how long a customer may be on the way before the page shows
// the outlines of the new one.
const outlinesAfter = 100 * time.Millisecond

// New makes the page; it reads the book when it is first shown.
func New(d *desk.Desk, book Book) *Page {
	p := &Page{desk: d, book: book, body: container.New(pageLayout{}), panel: parts.NewSidePanel(d.Words)}
	p.shop = person.Shop{
		Words: d.Words, Zone: d.Clock().Location(), Today: d.Today(),
		NoAmounts: !d.Sees(access.Show, access.Amount), NoOrders: !d.Sees(access.Show, access.Facts),
	}
	p.shownTabs, p.filters = []int{tabTimeline}, []shown{showAll}
	if !p.shop.NoOrders {
		p.shownTabs, p.filters = append(p.shownTabs, tabOrders), append(p.filters, showOrders)
	}
	if d.Sees(access.Show, access.Writing) {
		p.shownTabs, p.filters = append(p.shownTabs, tabNotes), append(p.filters, showNotes)
	}
	p.filters = append(p.filters, showRest)
	p.reading.Runner, p.late.Runner, p.walking.Runner, p.detail.Runner = d.Tasks, d.Tasks, d.Tasks, d.Tasks
	p.makeHeader()
	return p
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Panel returns the panel of an order.
func (p *Page) Panel() fyne.CanvasObject { return p.panel }

// Show opens a customer, or the one that was shown last.
func (p *Page) Show(at place.Place) {
	id := at.Customer
	if at.List != nil && at.List.Customer != "" {
		id = at.List.Customer // the walk along the list went on from there
	}
	p.ask = at.Reveal
	p.list = at.List
	p.desk.Window.Canvas().Unfocus()
	p.open(id)
}

// open shows a customer.
func (p *Page) open(id string) {
	if id == "" {
		id = p.id
	}
	if id != p.id {
		p.leave()
		p.id = id
		p.panel.Close()
		p.late.After(outlinesAfter, p.outlines)
	}
	p.read()
}

// Reload reads the customer again.
func (p *Page) Reload() {
	if p.id != "" {
		p.read()
	}
}

// Hide masks what is clear and keeps what is not saved.
func (p *Page) Hide() {
	p.leave()
	p.desk.Layer.HideTooltip()
}

// leave ends what belongs to the customer that is shown.
func (p *Page) leave() {
	p.walking.Cancel()
	p.detail.Cancel()
	p.conceal()
	p.desk.ClearCopied()
	if p.write != nil {
		p.write.keep()
	}
	p.saveEdit()
}

// read reads the customer.
func (p *Page) read() {
	id, first := p.id, p.known != p.id
	var profile usecase.Profile
	var settings usecase.Settings
	var draft pii.Text
	var view memory
	recall := p.table == nil
	p.reading.Go(func(ctx context.Context) (err error) {
		if profile, err = p.book.Show(ctx, id); err != nil {
			return err
		}
		if settings, err = p.book.Settings(ctx); err != nil {
			return err
		}
		if recall {
			text, err := p.book.Recall(ctx, memoryName)
			if err != nil {
				return err
			}
			_ = json.Unmarshal([]byte(text), &view) // what nobody understands is forgotten
		}
		if first && p.desk.May(access.Draft) {
			draft, err = p.book.Draft(ctx, id)
		}
		return err
	}, func(err error) {
		p.late.Cancel()
		if err != nil {
			p.failed(err)
			return
		}
		p.shop.Currency, p.shop.Zone, p.shop.Today = settings.Currency, settings.Zone, p.desk.Today()
		if recall {
			p.view = view
		}
		p.make()
		p.profile, p.known = profile, id
		if first {
			p.opened(draft)
		}
		p.fill()
		if p.ask {
			p.ask = false
			p.askReveal(nil)
		}
	})
}

// opened begins with a customer that was not shown before.
func (p *Page) opened(draft pii.Text) {
	p.edit = editing{}
	p.scroll.ScrollToTop()
	p.timeline.ScrollToTop()
	p.write.begin(p.id, draft.Reveal())
}

// failed says why the customer cannot be shown.
func (p *Page) failed(err error) {
	p.known = ""
	p.body.Objects = []fyne.CanvasObject{
		parts.NewProblem(p.desk.Text("customer_error"), p.desk.Words.Error(err), parts.Second(p.desk.Text("customer_retry"), "", p.read)),
	}
	p.body.Refresh()
	p.desk.Retitle()
}

// outlines shows the cards without the customer, who is on the way.
func (p *Page) outlines() {
	p.make()
	p.known = ""
	p.profileC.SetBody(container.NewWithoutLayout())
	p.content.Objects = nil
	p.content.Refresh()
	p.makeFigures()
	p.arrange()
	p.desk.Retitle()
}

// make makes the parts of the page, once.
func (p *Page) make() {
	if p.table != nil {
		return
	}
	d := p.desk
	p.revealButton = parts.Link(d.Text("customer_reveal"), "eye", func() {
		if p.reveal.profile != nil {
			p.conceal()
			return
		}
		p.askReveal(nil)
	})
	p.scroll = container.NewVScroll(container.NewWithoutLayout())
	var reveal fyne.CanvasObject
	if d.May(access.Reveal) {
		reveal = p.revealButton
	}
	p.profileC = parts.NewCard(d.Text("customer_profile"), reveal, p.scroll).Flush() // the bar of the scroll stands at its edge
	p.makeFigures()
	p.tabs = parts.NewTabs(p.titles(), func(i int) { p.choose(p.shownTabs[i]) })
	names := make([]string, len(p.filters))
	for i, f := range p.filters {
		names[i] = d.Text(filterNames[f])
	}
	p.choice = parts.NewSelect(names, func(i int) {
		p.view.Shown = p.filters[i]
		p.remember()
		p.fillTimeline()
	}).SetHeight(28)
	p.write = newWriter(p)
	p.timeline = parts.NewTimeline()
	p.timeline.OnOpen = p.openEvent
	p.noteList = container.NewVScroll(container.NewWithoutLayout())
	p.makeTable()
	p.panel.OnClose = func() { p.inside.Refresh() }
	p.panel.OnWidth = func(float32) { p.inside.Refresh() }
	p.content = container.NewStack()
	rule := parts.NewRule()
	l := &tabsLayout{p.tabs, rule, p.choice, p.write.object, p.content, p.panel}
	p.inside = container.New(l, rule, p.tabs, p.choice, p.write.object, p.content, p.panel)
	p.card = parts.NewCard("", nil, p.inside).Flush()
	// What is remembered may be of another role.
	if !slices.Contains(p.shownTabs, p.view.Tab) {
		p.view.Tab = tabTimeline
	}
	if !slices.Contains(p.filters, p.view.Shown) {
		p.view.Shown = showAll
	}
	p.tabs.Set(slices.Index(p.shownTabs, p.view.Tab))
	p.choice.Set(slices.Index(p.filters, p.view.Shown))
	p.arrange()
}

// makeFigures makes the row of figures; they are loading until they are filled.
func (p *Page) makeFigures() {
	p.figures = nil
	var seen []*parts.Figure
	for i, label := range []string{"person_net", "person_orders", "person_interval", "person_last", "person_refunds"} {
		f := parts.NewFigure(p.desk.Text(label))
		f.SetReasonTip(p.desk.Text("customer_reason_tip"))
		f.OnReason(func(fyne.CanvasObject) { p.showReason(i, f) })
		p.figures = append(p.figures, f)
		if has(p.shop, i) {
			seen = append(seen, f)
		}
	}
	p.row = parts.NewFigureRow(seen...)
	show(p.row, len(seen) > 0)
}

// arrange puts the cards on the page.
func (p *Page) arrange() {
	p.body.Objects = []fyne.CanvasObject{p.profileC, p.row, p.card}
	p.body.Refresh()
}

// shown returns the customer as it may be shown now: clear while revealed.
func (p *Page) shown() usecase.Profile {
	if p.reveal.profile != nil {
		return *p.reveal.profile
	}
	return p.profile
}

// fill shows the customer.
func (p *Page) fill() {
	for i, f := range figures(p.shop, p.profile) {
		tone := look.Plain
		if f.Late {
			tone = look.Late
		}
		p.figures[i].Set(f.Value, f.Why, tone)
	}
	p.fillProfile()
	p.tabs.SetTitles(p.titles())
	p.orders.set(p.profile.Orders)
	p.table.RowsChanged()
	p.fillTimeline()
	p.fillNotes()
	p.showTab()
	if len(p.body.Objects) != 3 || p.body.Objects[1] != p.row {
		p.arrange()
	}
	p.desk.Retitle()
}

// remember keeps tab, filter and columns in the book.
func (p *Page) remember() {
	p.view.Orders = p.table.Layout()
	text, err := json.Marshal(p.view)
	if err != nil {
		return // numbers and names
	}
	p.desk.Tasks.Go(func(ctx context.Context) error { return p.book.Remember(ctx, memoryName, string(text)) },
		func(err error) { p.desk.Failed(err) })
}
