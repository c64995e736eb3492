// Package overview is the first page: how the shop does, who should be back,
// what waits. Every figure leads to whom or what it counts.
package overview

import (
	"context"
	"encoding/json"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// Figures is what the page reads of the shop.
type Figures interface {
	Overview(context.Context, usecase.OverviewRequest) (usecase.Overview, error)
	Shops(context.Context) ([]usecase.ShopCount, error)
	Segments(context.Context) ([]usecase.Segment, error)
}

// Waiting is what waits to be done.
type Waiting interface {
	Imports(context.Context) ([]usecase.Imported, error)
	DueNotes(context.Context) ([]usecase.DueNote, error)
	ReviewCount(context.Context) (int, error)
}

// Safe tells how the backups went.
type Safe interface {
	Safety(context.Context, *usecase.Keeper) (usecase.Safety, error)
	AcceptState(context.Context, *usecase.Keeper) error
}

// Memory is what the page remembers in the book.
type Memory interface {
	Remember(ctx context.Context, name, value string) error
	Recall(ctx context.Context, name string) (string, error)
}

// Book is the book, as the page sees it.
type Book interface {
	Figures
	Waiting
	Memory
	Safe
	// FoundChanged reports whether users, keys or passphrases were found changed.
	FoundChanged() bool
}

// Page is the page.
type Page struct {
	desk   *desk.Desk
	book   Book
	choice choice
	shop   shop
	read   bool // the figures were, once
	shops  []usecase.ShopCount
	rest   []usecase.DueNote // that the list of what waits has no room for

	tiles                                       [4]*parts.Tile
	bars                                        *parts.Bars
	dueList, mixList, segmentList, todoList     *parts.CardList
	dueCard, chartCard, mixCard, segCard, tCard *parts.Card
	allDue, allSegments                         *parts.Button
	due                                         []dueLine
	mix                                         []mixLine
	segments                                    []segmentLine
	todo                                        []todoLine
	chart                                       chart
	shown                                       [4]tile
	whichShop, months                           *parts.Select
	primary                                     *parts.Button
	board                                       *fyne.Container
	scroll                                      *container.Scroll
	body                                        *fyne.Container
	strips                                      *fyne.Container // what is wrong with the book, above all else
	below                                       *fyne.Container // the figures, or that there are none
	reason                                      *parts.Popover
	figures, moves, waiting, appear, keep, safe task.Latest
	known                                       bool // the choice was read
}

// patience is how long figures may take before grey bars stand for them.
const patience = 150 * time.Millisecond

const remembered = "overview"

// New makes the page; it reads the book when it is first shown.
func New(d *desk.Desk, book Book) *Page {
	p := &Page{desk: d, book: book, choice: choice{Months: 12}, shop: shop{words: d.Words}}
	for _, l := range []*task.Latest{&p.figures, &p.moves, &p.waiting, &p.appear, &p.keep, &p.safe} {
		l.Runner = d.Tasks
	}
	p.primary = parts.Primary(d.Text("overview_import"), "import", p.importOrders)
	p.whichShop = parts.NewSelect([]string{d.Text("overview_all_shops")}, p.chooseShop)
	p.whichShop.Hide()
	p.months = parts.NewSelect(p.periods(), p.choosePeriod)
	p.showChoice()
	p.makeTiles()
	p.makeCards()
	p.see()
	board := []fyne.CanvasObject{p.tiles[0], p.tiles[1], p.tiles[2], p.tiles[3], p.chartCard, p.dueCard, p.mixCard, p.segCard, p.tCard}
	p.board = container.New(p, board...)
	p.scroll = container.NewVScroll(p.board)
	p.strips = container.New(layout.NewCustomPaddedVBoxLayout(0))
	p.below = container.NewStack(p.scroll)
	p.body = container.NewBorder(p.strips, nil, nil, nil, p.below)
	p.scroll.Hide()
	p.appear.After(patience, p.scroll.Show)
	return p
}

func (p *Page) periods() []string {
	list := make([]string, len(periods))
	for i, n := range periods {
		list[i] = p.desk.Text("overview_last_months", map[string]any{"Count": n})
	}
	return list
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header {
	h := desk.Header{Title: p.desk.Text("page_overview")}
	if p.read && !p.shop.empty(p.choice) {
		h.Fact = p.shop.fact()
		h.Actions = []fyne.CanvasObject{p.whichShop, p.months}
	}
	if p.desk.May(access.Import) {
		h.Actions, h.Primary = append(h.Actions, p.primary), p.importOrders
	}
	return h
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Show reads the page when it is first opened.
func (p *Page) Show(place.Place) {
	if !p.read {
		p.Reload()
	}
}

// Hide closes what is open above the page.
func (p *Page) Hide() {
	if p.reason != nil {
		p.reason.Hide()
	}
	p.desk.Layer.HideTooltip()
}

// Reload reads the figures again.
func (p *Page) Reload() {
	p.readFigures()
	if p.desk.May(access.Segments) {
		p.readMoves()
	}
	p.readWaiting()
	p.readSafety()
}

// Key knows none.
func (p *Page) Key(parts.Press) bool { return false }

func (p *Page) importOrders() { p.desk.Open(place.Place{Page: place.Imports, Choose: true}) }

// open goes to a place, if there is one.
func (p *Page) open(to *place.Place) {
	if to != nil {
		p.desk.Open(*to)
	}
}

// openRule opens the customers of a rule, if there is one.
func (p *Page) openRule(rule string) {
	if rule != "" {
		p.open(customers(rule))
	}
}

// readFigures reads everything that is worked out from orders.
func (p *Page) readFigures() {
	var o usecase.Overview
	var shops []usecase.ShopCount
	c, known := p.choice, p.known
	p.figures.Go(func(ctx context.Context) (err error) {
		if shops, err = p.book.Shops(ctx); err != nil {
			return err
		}
		if !known {
			text, err := p.book.Recall(ctx, remembered)
			if err != nil {
				return err
			}
			_ = json.Unmarshal([]byte(text), &c) // what cannot be read was never chosen
		}
		c = c.sane(shops)
		o, err = p.book.Overview(ctx, usecase.OverviewRequest{Shop: c.Shop, Months: c.Months})
		return err
	}, func(err error) {
		p.appear.Cancel()
		p.scroll.Show()
		if err != nil {
			p.failed(err)
			return
		}
		p.shop, p.shops, p.choice = shop{p.desk.Words, o}, shops, c
		p.read, p.known = true, true
		p.showChoice()
		p.showFigures()
		p.desk.Retitle()
	})
}

// failed says in the cards of the figures that they could not be read.
func (p *Page) failed(err error) {
	again := func() {
		p.chartCard.SetBody(p.bars)
		p.dueCard.SetBody(p.dueList)
		p.mixCard.SetBody(p.mixList)
		p.Reload()
	}
	for _, c := range []*parts.Card{p.chartCard, p.dueCard, p.mixCard} {
		c.SetBody(p.problem(err, again))
	}
	for _, t := range p.tiles {
		t.SetFigure("—")
		t.SetChange("", look.Plain)
		t.SetNote("")
		t.SetBars(nil)
		t.OnTapped = nil
		t.OnReason(nil)
	}
}

// problem says in a card why it has nothing to show.
func (p *Page) problem(err error, again func()) fyne.CanvasObject {
	text := parts.NewPara(p.desk.Words.Error(err), 0).SetTone(look.Muted)
	return parts.NewStack(parts.NewText(p.desk.Text("overview_error"), look.SizeBody, look.Bad).Shrink(), text,
		leading(parts.Second(p.desk.Text("overview_retry"), "", again)))
}

// readMoves reads which segments moved.
func (p *Page) readMoves() {
	var list []usecase.Segment
	p.moves.Go(func(ctx context.Context) (err error) {
		list, err = p.book.Segments(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.segCard.SetBody(p.problem(err, p.readMoves))
			return
		}
		p.showMoves(list)
	})
}

// readWaiting reads what waits to be done.
func (p *Page) readWaiting() {
	var imports []usecase.Imported
	var notes []usecase.DueNote
	var review int
	p.waiting.Go(func(ctx context.Context) (err error) {
		if p.desk.May(access.Imports) {
			if imports, err = p.book.Imports(ctx); err != nil {
				return err
			}
		}
		if notes, err = p.book.DueNotes(ctx); err != nil {
			return err
		}
		review, err = p.book.ReviewCount(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.tCard.SetBody(p.problem(err, p.readWaiting))
			return
		}
		p.showWaiting(imports, notes, review)
	})
}

// chooseShop shows the figures of one shop, or of all.
func (p *Page) chooseShop(i int) {
	p.choice.Shop = 0
	if i > 0 {
		p.choice.Shop = p.shops[i-1].ID
	}
	p.chosen()
}

func (p *Page) choosePeriod(i int) {
	p.choice.Months = periods[i]
	p.chosen()
}

// chosen remembers a choice and reads the figures by it.
func (p *Page) chosen() {
	text, err := json.Marshal(p.choice)
	if p.desk.Failed(err) {
		return
	}
	p.keep.Go(func(ctx context.Context) error { return p.book.Remember(ctx, remembered, string(text)) }, func(err error) {
		p.desk.Failed(err)
	})
	p.readFigures()
}

// showChoice shows which shop and which period the figures are of.
func (p *Page) showChoice() {
	names := []string{p.desk.Text("overview_all_shops")}
	at := 0
	for i, s := range p.shops {
		names = append(names, s.Name)
		if s.ID == p.choice.Shop {
			at = i + 1
		}
	}
	p.whichShop.SetOptions(names, at)
	if len(p.shops) > 1 {
		p.whichShop.Show()
	} else {
		p.whichShop.Hide()
	}
	for i, n := range periods {
		if n == p.choice.Months {
			p.months.Set(i)
		}
	}
}

// showFigures shows what was read.
func (p *Page) showFigures() {
	if p.shop.empty(p.choice) {
		d := p.desk
		empty := parts.NewEmptyState("home", d.Text("overview_empty_title"), d.Text("overview_empty_text"),
			parts.Second(d.Text("overview_import"), "import", p.importOrders), d.Text("overview_empty_hint"))
		if !d.May(access.Import) {
			empty = parts.NewEmptyState("home", d.Text("overview_empty_title"), d.Text("customers_empty_wait"), nil, "")
		} else if !d.Demo {
			empty.SetOther(parts.Link(d.Text("welcome_demo"), "", d.Choose))
		}
		p.below.Objects = []fyne.CanvasObject{empty}
		p.below.Refresh()
		return
	}
	p.below.Objects = []fyne.CanvasObject{p.scroll}
	p.showTiles(p.shop.tiles())
	p.showChart(p.shop.chart())
	p.showDue(p.shop.due())
	p.showMix(p.shop.mix())
	p.below.Refresh()
}

// showDueNotes lists the notes that are due, beside what was clicked.
func (p *Page) showDueNotes() {
	list := parts.NewCardList(parts.CardColumn{}, parts.CardColumn{Width: 44, Right: true})
	lines := make([]todoLine, len(p.rest))
	cells := make([][]parts.CardCell, len(p.rest))
	for i, n := range p.rest {
		lines[i] = p.shop.noteLine(n)
		cells[i] = todoCells(lines[i])
	}
	list.SetLines(cells)
	list.OnOpen = func(i int) {
		p.reason.Hide()
		p.open(lines[i].to)
	}
	body := parts.NewStack(parts.NewTitle(p.desk.Text("overview_todo_notes"), look.SizeCard), list.Whole(360))
	p.reason = parts.ShowPopover(p.tCard, body, nil)
}

// openDue opens a customer who should be back; the arrows of that page walk on
// along the list.
func (p *Page) openDue(i int) {
	due := p.due
	p.desk.Open(place.Place{Page: place.Customer, Customer: due[i].id, List: &place.List{
		Index: i, Total: len(due), At: func(index int) (string, error) { return due[index].id, nil },
	}})
}

// currency is the sign that stands in the head of a column.
func (p *Page) currency() string { return phrase.Symbol(p.shop.Currency) }
