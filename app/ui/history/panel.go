package history

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// followAfter is how long the panel waits for the selection to rest.
const followAfter = 120 * time.Millisecond

// selected shows the last selected entry in the panel.
func (p *Page) selected() {
	i := p.table.Cursor()
	if p.table.Selection().Len(p.list.Count()) == 0 || i < 0 {
		p.follow.Cancel()
		p.detail.Cancel()
		p.conceal()
		if p.panel.Visible() {
			p.panel.Hide()
			p.body.Refresh()
		}
		return
	}
	p.follow.After(followAfter, func() { p.peek(i) })
}

// peek shows an entry in the panel, with the names of all whom it tells of.
func (p *Page) peek(i int) {
	r, ok := p.list.At(i)
	if !ok {
		return
	}
	var names map[string]usecase.Named
	p.detail.Go(func(ctx context.Context) (err error) {
		names, err = p.book.NamesOf(ctx, customers(&r.entry))
		return err
	}, func(err error) {
		if !p.desk.Failed(err) {
			p.conceal()
			p.reveal.row, p.reveal.names = r, names
			p.showEntry()
		}
	})
}

// showEntry shows the entry of the panel.
func (p *Page) showEntry() {
	r := p.reveal.row
	hidden := !p.panel.Visible()
	var actions []*parts.Button
	if p.reveals(r.entry) {
		text := p.desk.Text("history_reveal")
		if p.reveal.clear != nil {
			text = p.desk.Text("customer_conceal")
		}
		p.reveal.button = parts.Second(text, "eye", p.askReveal)
		actions = append(actions, p.reveal.button)
	}
	if r.customer != "" && len(customers(&r.entry)) == 1 && p.desk.May(access.Show) {
		actions = append(actions, parts.Second(p.desk.Text("history_open_customer"), "people", func() {
			p.desk.Open(place.Place{Page: place.Customer, Customer: r.customer})
		}))
	}
	number := p.desk.Text("history_number", map[string]any{"Number": strconv.FormatInt(r.entry.N, 10)})
	p.panel.Open(r.what, number, p.card(r), actions...)
	if hidden {
		p.body.Refresh()
	}
}

// card is all of an entry.
func (p *Page) card(r row) fyne.CanvasObject {
	e := &r.entry
	var list []fyne.CanvasObject
	pair := func(key, value string) {
		if value != "" {
			list = append(list, parts.NewPairLine(p.desk.Text(key), value, look.Plain))
		}
	}
	long := func(key, value string) {
		if value != "" {
			list = append(list, parts.NewText(p.desk.Text(key), look.SizeBody, look.Muted), parts.NewPara(value, 0))
		}
	}
	switch {
	case e.Forgotten:
		list = append(list, parts.NewBanner(look.Plain, p.desk.Text("history_erased_text")))
	case e.Sealed:
		list = append(list, parts.NewBanner(look.Plain, p.desk.Text("history_sealed_text")))
	}
	if r.late != "" {
		list = append(list, parts.NewBanner(look.Late, r.late))
	}
	pair("history_col_when", r.when)
	pair("history_col_who", r.who)
	pair("history_role", r.role)
	pair("history_col_count", r.count)
	long("history_col_why", r.why)
	if e.Format != "" {
		pair("history_format", p.desk.Words.Format(e.Format))
	}
	long("history_file", e.File)
	long("history_sha256", e.SHA256)
	if !strings.HasPrefix(e.Rule, "id ") && !strings.HasPrefix(e.Rule, "log") { // which the sentence says
		long("history_rule", e.Rule)
	}
	long("history_columns", p.titles(e.Columns))
	long("history_clear", p.titles(e.Clear))
	if len(e.Changes) > 0 {
		list = append(list, parts.NewRule(), parts.NewHead(p.desk.Text("history_changes"), nil))
		list = append(list, p.changes(e)...)
	}
	if e.More > 0 {
		list = append(list, parts.NewPara(p.desk.Text("history_more", map[string]any{"Count": e.More}), 0).SetTone(look.Muted))
	}
	return parts.NewStack(list...)
}

// titles returns what columns are called.
func (p *Page) titles(columns []string) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = p.desk.Words.Column(c)
	}
	return strings.Join(list, p.desk.Text("list_separator"))
}

// changes are what was changed of whom, the values masked until they are asked for.
func (p *Page) changes(e *usecase.LogEntry) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	p.reveal.masks = nil
	for i, c := range e.Changes {
		name := c.Name
		if c.Customer != "" {
			_, name, _ = p.shop.named(c.Customer, p.reveal.names)
		}
		if name != "" {
			list = append(list, parts.NewText(name, look.SizeBody, look.Plain).Shrink())
		}
		if !valued(c) {
			continue
		}
		for _, side := range []struct {
			key  string
			text func(usecase.LogChange) string
		}{
			{"history_before", func(c usecase.LogChange) string { return p.desk.Words.LoggedValue(c.What, c.Before.Reveal()) }},
			{"history_after", func(c usecase.LogChange) string { return p.desk.Words.LoggedValue(c.What, c.After.Reveal()) }},
		} {
			if p.reveal.clear != nil && side.text(p.reveal.clear[i]) == "" {
				list = append(list, parts.NewPairLine(p.desk.Text(side.key), p.desk.Text("history_blank"), look.Faint))
				continue
			}
			mask := parts.NewMaskedText("******")
			mask.SetWidth(p.panel.Width() - 60)
			if p.reveal.clear != nil {
				mask.Reveal(side.text(p.reveal.clear[i]), p.reveal.from, p.reveal.until)
			}
			p.reveal.masks = append(p.reveal.masks, mask)
			list = append(list, parts.NewText(p.desk.Text(side.key), look.SizeSmall, look.Muted), mask)
		}
	}
	return list
}

// reveals reports whether the user may see the values of an entry, and there are any.
func (p *Page) reveals(e usecase.LogEntry) bool {
	return e.Opened && p.desk.May(access.Reveal) && slices.ContainsFunc(e.Changes, valued)
}
