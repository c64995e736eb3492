// Package review is the page of customers who may be one person: two of them
// side by side, what agrees and what does not, and a decision that can be taken
// back. The next pair follows at once.
package review

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// Book is the book, as the page sees it.
type Book interface {
	Review(ctx context.Context, progress func(part float64)) (usecase.Review, error)
	Join(ctx context.Context, ids ...string) (usecase.Joined, error)
	Separate(ctx context.Context, one, other string) (usecase.Done, error)
	Settings(context.Context) (usecase.Settings, error)
}

// Page is the page.
type Page struct {
	desk  *desk.Desk
	book  Book
	shop  shop
	queue *queue
	read  bool // the pairs were, once

	reading  task.Latest
	progress *parts.Progress
	cards    [2]*parts.Card
	evidence *parts.CardList
	proof    *parts.Card // with the evidence
	bar      *parts.ActionBar
	pair     *fyne.Container
	body     *fyne.Container
}

// New makes the page; it reads the book when it is first shown.
func New(d *desk.Desk, book Book) *Page {
	p := &Page{desk: d, book: book, shop: shop{words: d.Words}, queue: newQueue()}
	p.reading.Runner = d.Tasks
	p.progress = parts.NewProgress(d.Words)
	p.progress.OnCancel = p.reading.Cancel
	p.progress.Now = d.Clock
	for i := range p.cards {
		p.cards[i] = parts.NewCard(" ", nil, parts.NewStack())
	}
	p.evidence = parts.NewCardList(
		parts.CardColumn{Title: d.Text("review_col_kind"), Width: 90}, parts.CardColumn{Title: d.Text("review_col_one")},
		parts.CardColumn{Title: d.Text("review_col_other"), Width: 380, Least: 90}, parts.CardColumn{Title: d.Text("review_col_fit"), Width: 170, Least: 90},
		parts.CardColumn{Title: d.Text("review_col_weight"), Width: 60, Right: true})
	p.evidence.Ruled = true
	p.proof = parts.NewCard(d.Text("review_evidence"), nil, p.evidence)
	p.bar = parts.NewActionBar("undo", d.Text("review_promise"),
		parts.Second(d.Text("review_different"), "left", func() { p.decide(p.apart) }),
		parts.Second(d.Text("review_later"), "down", p.later),
		parts.Primary(d.Text("review_same"), "right", func() { p.decide(p.join) }))
	p.pair = container.New(p, p.cards[0], p.cards[1], p.proof, p.bar)
	p.body = container.NewStack()
	return p
}

// MinSize lets the page be as small as the window.
func (p *Page) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(500, 300) }

// Layout puts the two customers side by side, the evidence below them, and the
// decision at the foot.
func (p *Page) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(look.Px(x), look.Px(y)))
		o.Resize(fyne.NewSize(look.Px(w), look.Px(h)))
	}
	const edge, gap, least = 20, 12, 120
	foot := p.bar.MinSize().Height
	put(p.bar, 0, size.Height-foot, size.Width, foot)
	half := (size.Width - 2*edge - gap) / 2
	above := max(p.cards[0].MinSize().Height, p.cards[1].MinSize().Height)
	put(p.cards[0], edge, 16, half, above)
	put(p.cards[1], edge+half+gap, 16, half, above)
	put(p.proof, edge, 16+above+gap, max(least, size.Width-2*edge), max(least, size.Height-foot-above-16-2*gap))
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header {
	h := desk.Header{Crumb: p.desk.Text("page_overview"), Title: p.desk.Text("review_title")}
	if n := len(p.queue.open()); p.read && n > 0 {
		h.Fact = p.desk.Text("review_fact", map[string]any{"Count": n, "Pairs": phrase.Count(n)})
	}
	return h
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Show reads the pairs when the page is first opened.
func (p *Page) Show(place.Place) {
	if !p.read {
		p.Reload()
	}
}

// Hide leaves the page as it is.
func (p *Page) Hide() { p.desk.Layer.HideTooltip() }

// Key decides the pair that is shown.
func (p *Page) Key(k parts.Press) bool {
	if _, ok := p.queue.next(); !ok || !p.read {
		return false
	}
	switch k {
	case parts.Press{Key: fyne.KeyRight}:
		p.decide(p.join)
	case parts.Press{Key: fyne.KeyLeft}:
		p.decide(p.apart)
	case parts.Press{Key: fyne.KeyDown}:
		p.later()
	default:
		return false
	}
	return true
}

// Reload reads the pairs again: at once, unless something was imported.
func (p *Page) Reload() {
	var review usecase.Review
	var settings usecase.Settings
	var work desk.Work // shown where there is anything to compare
	if !p.read {
		p.progress.Set(p.desk.Text("review_comparing"), -1)
		p.show(container.New(narrow{}, parts.NewCard("", nil, p.progress)))
	}
	p.reading.Go(func(ctx context.Context) (err error) {
		if settings, err = p.book.Settings(ctx); err != nil {
			return err
		}
		review, err = p.book.Review(ctx, func(part float64) {
			p.desk.Tasks.Do(func() {
				if work == nil {
					work = p.desk.Work(p.desk.Text("review_comparing"), p.reading.Cancel)
				}
				work.Set("", part)
				p.progress.Set(p.desk.Text("review_comparing"), part)
			})
		})
		return err
	}, func(err error) {
		if work != nil {
			work.End()
		}
		if err != nil {
			p.failed(err)
			return
		}
		p.shop.currency, p.shop.zone = settings.Currency, zoneOf(settings.Zone, p.desk.Clock())
		p.read = true
		p.queue.set(review.Pairs)
		p.proof.SetNote("")
		p.present()
	})
}

// failed says why there is nothing to see.
func (p *Page) failed(err error) {
	d := p.desk
	again := parts.Second(d.Text("review_again"), "", p.Reload)
	p.read = false
	if errors.Is(err, context.Canceled) {
		p.show(parts.NewEmptyState("people", d.Text("review_stopped"), d.Text("review_stopped_text"), again, ""))
		return
	}
	p.show(parts.NewProblem(d.Text("review_error"), d.Words.Error(err), again))
}

func (p *Page) show(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
	p.desk.Retitle()
}

// present shows the next pair.
func (p *Page) present() {
	d := p.desk
	next, ok := p.queue.next()
	if !ok {
		p.show(parts.NewEmptyState("check", d.Text("review_none"), d.Text("review_none_text"), nil, ""))
		return
	}
	for i, c := range []usecase.Customer{next.One, next.Other} {
		var lines []fyne.CanvasObject
		for _, l := range p.shop.side(c) {
			lines = append(lines, parts.NewPairLine(l[0], l[1], look.Plain))
		}
		p.cards[i] = parts.NewCard(p.shop.name(c), parts.Link(d.Text("review_open"), "", func() {
			d.Open(place.Place{Page: place.Customer, Customer: c.ID})
		}), parts.NewStack(lines...))
	}
	p.proof.SetNote(p.shop.likely(next.Score))
	var cells [][]parts.CardCell
	for _, l := range p.shop.evidence(next.Evidence) {
		cells = append(cells, []parts.CardCell{{Text: l.kind}, {Text: l.one}, {Text: l.other}, {Text: l.fit, Icon: l.icon, Tone: l.tone}, {Text: l.weight}})
	}
	p.evidence.SetLines(cells)
	p.pair.Objects = []fyne.CanvasObject{p.cards[0], p.cards[1], p.proof, p.bar}
	p.pair.Refresh()
	p.show(p.pair)
}

// later puts the pair behind the others.
func (p *Page) later() {
	if next, ok := p.queue.next(); ok {
		p.queue.putOff(next)
		p.present()
	}
}

// narrow puts what it holds in the middle, as wide as a dialog.
type narrow struct{}

// MinSize is that of what it holds.
func (narrow) MinSize(list []fyne.CanvasObject) fyne.Size { return list[0].MinSize() }

// Layout puts it there.
func (narrow) Layout(list []fyne.CanvasObject, size fyne.Size) {
	const width = 420
	w, h := min(width, size.Width-40), list[0].MinSize().Height
	list[0].Resize(fyne.NewSize(w, h))
	list[0].Move(fyne.NewPos(look.Px((size.Width-w)/2), look.Px((size.Height-h)/2)))
}

// verb is a decision on two customers, and the key of what it says.
type verb func(one, other string) (text string, do func(context.Context) (usecase.Done, error))

func (p *Page) join(one, other string) (string, func(context.Context) (usecase.Done, error)) {
	return "review_joined", func(ctx context.Context) (usecase.Done, error) {
		joined, err := p.book.Join(ctx, one, other)
		return joined.Done, err
	}
}

func (p *Page) apart(one, other string) (string, func(context.Context) (usecase.Done, error)) {
	return "review_parted", func(ctx context.Context) (usecase.Done, error) { return p.book.Separate(ctx, one, other) }
}

// decide shows the next pair and writes the decision on this one.
func (p *Page) decide(v verb) {
	next, ok := p.queue.next()
	if !ok {
		return
	}
	d, key := p.desk, pairOf(next)
	text, do := v(key.one, key.other)
	names := map[string]any{"One": p.shop.name(next.One), "Other": p.shop.name(next.Other)}
	p.queue.decided[key] = true
	p.present()
	var done usecase.Done
	d.Tasks.Go(func(ctx context.Context) (err error) {
		done, err = do(ctx)
		return err
	}, func(err error) {
		p.queue.settle(key)
		if d.Failed(err) {
			p.Reload()
			return
		}
		d.Did(d.Text(text, names), done)
	})
}
