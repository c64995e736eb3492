package customers

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/act"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// followAfter is how long the panel waits for the selection to rest.
const followAfter = 120 * time.Millisecond

// selected shows what can be done with the selection, and the last one selected
// in the panel.
func (p *Page) selected() {
	p.showFooter()
	i := p.table.Cursor()
	if p.table.Selection().Len(p.list.Count()) == 0 || i < 0 {
		p.follow.Cancel() // the panel stays with whom it shows
		return
	}
	p.follow.After(followAfter, func() { p.peek(i) })
}

// peek shows a customer in the panel.
func (p *Page) peek(i int) {
	r, ok := p.list.At(i)
	if !ok {
		return
	}
	var profile usecase.Profile
	p.profile.Go(func(ctx context.Context) (err error) {
		profile, err = p.book.Show(ctx, r.id)
		return err
	}, func(err error) {
		if p.desk.Failed(err) {
			return
		}
		card := newPeek(p, profile, r, i)
		name := r.name
		if name == "" {
			name = p.desk.Text("customers_no_name")
		}
		foot := []*parts.Button{parts.Second(p.desk.Text("customers_open"), "people", func() { p.openAt(i, false) })}
		if p.desk.May(access.Note) {
			var note *parts.Button
			note = parts.Second(p.desk.Text("customers_note"), "note", func() {
				act.Note(p.desk, p.book, note, usecase.Targets{IDs: []string{r.id}}, 1)
			})
			foot = append(foot, note)
		}
		hidden := !p.panel.Visible()
		p.panel.Open(name, r.alias, card, foot...)
		if hidden {
			p.body.Refresh()
		}
	})
}

// openRow opens a customer.
func (p *Page) openRow(i int) { p.openAt(i, false) }

func (p *Page) openAt(i int, reveal bool) {
	r, ok := p.list.At(i)
	if !ok {
		return
	}
	sel := p.selection(0, 1)
	p.desk.Open(place.Place{Page: place.Customer, Customer: r.id, Reveal: reveal, List: &place.List{
		Index: i, Total: p.list.Count(),
		At: func(index int) (string, error) {
			at := sel
			at.From = index
			id := ""
			_, err := p.book.Customers(context.Background(), at, func(c usecase.Customer) error {
				id = c.ID
				return nil
			})
			return id, err
		},
	}})
}

// showFooter shows the sums, or what can be done with the selection.
func (p *Page) showFooter() {
	if p.table == nil {
		return
	}
	p.chosen.Cancel()
	count := p.list.Count()
	chosen := p.table.Selection().Len(count)
	if chosen < 2 {
		p.footer.SetText(p.shop.footer(p.totals, p.desk.Asks("net")))
		if count > 200_000 {
			p.footer.SetNote(p.desk.Text("customers_many"))
		}
		return
	}
	d := p.desk
	var actions []*parts.Button
	link := func(v access.Verb, key, icon string, do func(at fyne.CanvasObject)) {
		if !d.May(v) {
			return
		}
		var b *parts.Button
		b = parts.Link(d.Text(key), icon, func() { do(b) })
		actions = append(actions, b)
	}
	link(access.AddTag, "customers_tag", "tag", p.tag)
	link(access.Note, "customers_note", "note", p.note)
	link(access.Export, "customers_export_selected", "export", func(fyne.CanvasObject) { p.exportSelected() })
	var all *parts.Button
	if chosen < count {
		all = parts.Link(d.Text("customers_select_all", map[string]any{"All": phrase.Count(count)}), "", func() {
			p.table.Selection().All()
			p.table.Refresh()
			p.selected()
			p.focusTable() // the link is gone
		})
	}
	p.footer.SetActions(d.Text("customers_selected", map[string]any{"Count": chosen}), actions, all)
	p.sumChosen()
}

// sumChosen adds up what the selected customers spent, beside their number.
func (p *Page) sumChosen() {
	to, _, whole := p.known()
	if !whole || !p.desk.Asks("net") {
		return // their rows are read when something is done with them
	}
	var totals usecase.Totals
	p.chosen.Go(func(ctx context.Context) (err error) {
		totals, err = p.book.TotalsOf(ctx, to)
		return err
	}, func(err error) {
		if err == nil && !totals.Few {
			p.footer.SetNote(p.desk.Text("customers_selected_net", map[string]any{"Net": p.shop.net(totals)}))
		}
	})
}
