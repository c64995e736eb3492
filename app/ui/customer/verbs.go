package customer

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/phrase"
	"kebu/app/ui/act"
	"kebu/app/ui/export"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

const (
	sheetWidth = 300
	joinWidth  = 380
	joinLines  = 7
)

// more opens the menu of what else can be done.
func (p *Page) more() {
	if p.known == "" {
		return
	}
	d := p.desk
	refuse, contact := !p.profile.Refused, "customer_refuse"
	if !refuse {
		contact = "customer_allow"
	}
	items := slices.Concat(
		d.Offer(access.AddTag, parts.MenuItem{Text: d.Text("customer_tag_item"), Icon: "tag", Shortcut: "Ctrl+T", Do: func() {
			act.Tag(d, p.book, p.moreButton, p.target(), 1)
		}}),
		d.Offer(access.Join, parts.MenuItem{Text: d.Text("customer_join_item"), Icon: "merge", Do: p.askJoin}))
	if step := joinStep(p.profile); step != 0 {
		items = append(items, d.Offer(access.Undo, parts.MenuItem{Text: d.Text("customer_apart"), Do: func() { p.askApart(p.moreButton, step) }})...)
	}
	if len(items) > 0 {
		items = append(items, parts.MenuItem{Separator: true})
	}
	items = slices.Concat(items,
		[]parts.MenuItem{{Text: d.Text("customer_copy"), Do: func() {
			fyne.CurrentApp().Clipboard().SetContent(summary(p.shop, p.profile))
			d.Layer.Done(d.Text("customer_copied"), "", nil)
		}}},
		d.Offer(access.Export, parts.MenuItem{Text: d.Text("customer_export"), Icon: "export", Shortcut: "Ctrl+E", Do: p.export}),
		d.Offer(access.SetContact, parts.MenuItem{Text: d.Text(contact), Do: func() {
			said := "customer_refused"
			if !refuse {
				said = "customer_allowed"
			}
			to := p.target()
			p.do(said, func(ctx context.Context) (usecase.Done, error) { return p.book.SetContact(ctx, to, refuse) })
		}}),
		d.Offer(access.Log, parts.MenuItem{Text: d.Text("customer_log"), Icon: "history", Do: func() {
			d.Open(place.Place{Page: place.History, Fresh: true, Customer: p.id})
		}}),
		d.Offer(access.Erase, parts.MenuItem{Separator: true}, parts.MenuItem{Text: d.Text("customer_erase"), Do: p.erase}))
	parts.ShowMenu(p.moreButton, items)
}

// erase asks whether the customer is erased, and leaves the page when that is done.
func (p *Page) erase() {
	act.Erase(p.desk, p.book, p.id, name(p.desk.Words, p.shown().Customer), func() { p.desk.Open(place.Place{Page: place.Customers}) })
}

// export opens the export dialog for the customer.
func (p *Page) export() {
	export.Open(p.desk, p.book, export.List{Selection: usecase.Selection{IDs: []string{p.id}}, Count: 1, Chosen: true})
}

func (p *Page) untag(tag string) {
	to := p.target()
	p.do("customers_untagged", func(ctx context.Context) (usecase.Done, error) { return p.book.RemoveTag(ctx, tag, to) },
		map[string]any{"Count": 1, "Tag": tag})
}

// form is a small sheet with fields, saved by Enter in the last one, Ctrl+Enter
// or its button.
func (p *Page) form(at fyne.CanvasObject, title string, save func(), entries ...*parts.Entry) *sheet {
	s := p.newSheet(title)
	last := entries[len(entries)-1]
	for _, e := range entries {
		s.add(e)
	}
	last.OnSubmitted = func(string) { save() }
	s.add(container.New(row{8, -1}, parts.Primary(p.desk.Text("customer_save"), "", save)))
	s.show(at, sheetWidth)
	s.open.OnKey = func(k parts.Press) bool {
		if k != parts.Submit {
			return false
		}
		save()
		return true
	}
	return s
}

// askAlias asks what the shop calls the customer.
func (p *Page) askAlias() {
	if p.known == "" || !p.desk.May(access.SetAlias) {
		return
	}
	alias := p.shown().Alias
	if p.reveal.profile == nil && masked(alias) {
		p.desk.Layer.Info(p.desk.Text("customer_reveal_first"))
		p.askReveal(p.askAlias)
		return
	}
	id := p.id
	entry := parts.NewEntry("")
	entry.SetText(alias.Reveal())
	var s *sheet
	s = p.form(p.aliasButton, p.desk.Text("customer_alias_title"), func() {
		said, name := "customer_alias_set", strings.TrimSpace(entry.Text)
		if name == "" {
			said = "customer_alias_gone"
		}
		s.open.Hide()
		p.do(said, func(ctx context.Context) (usecase.Done, error) { return p.book.SetAlias(ctx, id, pii.New(name)) })
	}, entry)
	entry.Focus()
	entry.SelectAll()
}

// askField asks for the value of one of the shop's own fields, for one without
// a name for its name too.
func (p *Page) askField(at fyne.CanvasObject, f usecase.Field) {
	d := p.desk
	if p.reveal.profile == nil && masked(f.Value) {
		d.Layer.Info(d.Text("customer_reveal_first"))
		p.askReveal(nil) // the card is made anew, and with it the button
		return
	}
	id := p.id
	name, value := parts.NewEntry(d.Text("customer_field_name")), parts.NewEntry(d.Text("customer_field_value"))
	value.SetText(f.Value.Reveal())
	title, entries := d.Text("customer_field_title"), []*parts.Entry{name, value}
	if f.Name != "" {
		title, entries = f.Name, entries[1:]
		name.SetText(f.Name)
	}
	var s *sheet
	s = p.form(at, title, func() {
		called, text := strings.TrimSpace(name.Text), strings.TrimSpace(value.Text)
		if called == "" || text == f.Value.Reveal() {
			return
		}
		said := "customer_field_saved"
		if text == "" {
			said = "customer_field_removed"
		}
		s.open.Hide()
		p.do(said, func(ctx context.Context) (usecase.Done, error) {
			return p.book.SetField(ctx, id, called, pii.New(text))
		},
			map[string]any{"Name": called})
	}, entries...)
	entries[0].Focus()
}

// askApart asks whether accounts that were joined by hand are to be told apart.
func (p *Page) askApart(at fyne.CanvasObject, step int64) {
	d := p.desk
	s := p.newSheet(d.Text("customer_apart_title"))
	s.add(parts.NewPara(d.Text("customer_apart_text"), 0).SetTone(look.Muted),
		container.New(row{8, -1}, parts.Primary(d.Text("customer_apart_do"), "", func() {
			s.open.Hide()
			d.Tasks.Go(func(ctx context.Context) error {
				_, err := p.book.Undo(ctx, step)
				return err
			}, func(err error) {
				if !d.Failed(err) {
					d.Layer.Done(d.Text("customer_apart_done"), "", nil)
					d.Changed()
				}
			})
		})))
	s.show(at, sheetWidth)
}

// askJoin asks which other customer is the same person.
func (p *Page) askJoin() {
	d, id := p.desk, p.id
	s := p.newSheet(d.Text("customer_join_title"))
	found := container.New(parts.Pile{Width: scaled(joinWidth), Gap: 2})
	latest := &task.Latest{Runner: d.Tasks}
	search := parts.NewSearchEntry(d.Text("customer_join_hint"), d.Tasks)
	search.OnSearch = func(text string) {
		if strings.TrimSpace(text) == "" {
			latest.Cancel()
			found.Objects = nil
			s.open.Refresh()
			return
		}
		var list []usecase.Customer
		sel := usecase.Selection{Search: text, Except: []string{id}, Limit: joinLines}
		latest.Go(func(ctx context.Context) error {
			_, err := p.book.Customers(ctx, sel, func(c usecase.Customer) error {
				list = append(list, c)
				return nil
			})
			return err
		}, func(err error) {
			if d.Failed(err) {
				return
			}
			found.Objects = nil
			for _, c := range list {
				found.Add(container.New(row{0, -1}, parts.Link(p.joinLine(c), "", func() {
					s.open.Hide()
					p.join(id, c.ID)
				})))
			}
			if len(list) == 0 {
				found.Add(parts.NewText(d.Text("customer_join_none"), look.SizeBody, look.Faint))
			}
			s.open.Refresh()
		})
	}
	s.add(search, found)
	s.show(p.moreButton, joinWidth)
	search.Focus()
}

func (p *Page) joinLine(c usecase.Customer) string {
	said := []string{name(p.desk.Words, c)}
	if len(c.Buyers) > 0 && c.Buyers[0].ID != said[0] {
		said = append(said, c.Buyers[0].ID)
	}
	for _, t := range []string{c.City, c.PhoneMask} {
		if t != "" {
			said = append(said, t)
		}
	}
	orders := map[string]any{"Count": c.Purchases, "Orders": phrase.Count(c.Purchases)}
	return dotted(append(said, p.desk.Text("person_orders_value", orders)))
}

// join makes two customers one and shows it.
func (p *Page) join(id, other string) {
	d := p.desk
	var joined usecase.Joined
	verb := func(ctx context.Context) (usecase.Done, error) {
		done, err := p.book.Join(ctx, id, other)
		if err == nil {
			joined = done
		}
		return done.Done, err
	}
	d.Do(func(usecase.Done) string {
		if joined.ID != "" && joined.ID != p.id && p.id == id {
			d.Open(place.Place{Page: place.Customer, Customer: joined.ID})
		}
		return d.Text("customer_joined")
	}, verb)
}

// dotted puts texts one after the other.
func dotted(list []string) string { return strings.Join(list, " · ") }
