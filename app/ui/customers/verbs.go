package customers

import (
	"context"

	"fyne.io/fyne/v2"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/ui/act"
	"kebu/app/ui/export"
	"kebu/app/ui/filter"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// targets are the selected customers, those not read too.
func (p *Page) targets() usecase.Targets {
	s := p.table.Selection()
	count := p.list.Count()
	if !s.Inverse() {
		var to usecase.Targets
		s.Each(count, func(i int) {
			if r, ok := p.list.At(i); ok {
				to.IDs = append(to.IDs, r.id)
			}
		})
		return to
	}
	to := usecase.Targets{Where: p.ask.rule(), Search: p.ask.search}
	if to.Where == "" && to.Search == "" {
		to.Where = everyone
	}
	for _, i := range s.Exceptions() {
		if r, ok := p.list.At(i); ok {
			to.Except = append(to.Except, r.id)
		}
	}
	return to
}

// everyone is a rule that holds for all.
const everyone = "purchases >= 0"

// Key knows the keys of the page.
func (p *Page) Key(k parts.Press) bool {
	const ctrl = fyne.KeyModifierShortcutDefault
	if !p.ready {
		return false
	}
	chosen := p.table.Selection().Len(p.list.Count())
	switch k {
	case parts.Press{Key: fyne.KeyF, Mod: ctrl}:
		p.bar.FocusSearch()
	case parts.Press{Key: fyne.KeyE, Mod: ctrl}:
		p.export()
	case parts.Press{Key: fyne.KeyT, Mod: ctrl}:
		if chosen > 0 {
			act.Tag(p.desk, p.book, p.footer, p.targets(), chosen)
		}
	case parts.Press{Key: fyne.KeyN, Mod: ctrl}:
		if chosen > 0 {
			act.Note(p.desk, p.book, p.footer, p.targets(), chosen)
		}
	case parts.Press{Key: fyne.KeyF2}:
		p.alias()
	case parts.Press{Key: fyne.KeyEscape}:
		return p.escape()
	default:
		return false
	}
	return true
}

// escape undoes the innermost thing: the selection with its panel, then the search.
func (p *Page) escape() bool {
	switch {
	case p.table.Selection().Len(p.list.Count()) > 0:
		p.table.Selection().None()
		p.table.Refresh()
		p.selected()
	case p.ask.search != "":
		p.bar.SetSearch("")
		p.ask.search = ""
		p.asked()
	default:
		return false
	}
	return true
}

// alias asks what the shop calls the customer at the cursor.
func (p *Page) alias() {
	i := p.table.Cursor()
	r, ok := p.list.At(i)
	if !ok {
		return
	}
	act.Name(p.desk, p.footer, p.desk.Text("customers_alias"), r.alias, func(name string) {
		p.desk.Do(func(usecase.Done) string { return p.desk.Text("customers_alias_set") },
			func(ctx context.Context) (usecase.Done, error) { return p.book.SetAlias(ctx, r.id, pii.New(name)) })
	})
}

// export opens the export dialog for the list as it is filtered.
func (p *Page) export() {
	if p.ready && p.list.Count() > 0 {
		export.Open(p.desk, p.book, export.List{Selection: p.ask.selection(0, 0), Count: p.list.Count(), Name: p.ask.segment, Screen: p.screen()})
	}
}

func (p *Page) exportSelected() {
	chosen := p.table.Selection().Len(p.list.Count())
	list := export.List{Count: chosen, Chosen: true, Screen: p.screen()}
	to := p.targets()
	list.Selection = usecase.Selection{IDs: to.IDs, Where: to.Where, Search: to.Search, Except: to.Except, Sort: p.ask.sort}
	export.Open(p.desk, p.book, list)
}

// screen returns the columns of a file that stand for those of the table.
func (p *Page) screen() []string {
	var list []string
	for _, c := range p.table.Layout().Columns {
		switch {
		case c.Off:
		case c.ID == "name":
			list = append(list, "alias", "name")
		case c.ID == "account":
			list = append(list, "accounts")
		default:
			list = append(list, c.ID)
		}
	}
	return list
}

// save keeps the filter as a segment, or in the one it came from.
func (p *Page) save() {
	rule := p.ask.rule()
	keep := func(name string) {
		p.desk.Do(func(usecase.Done) string {
			p.ask.segment, p.ask.saved = name, rule
			p.desk.Retitle()
			return p.desk.Text("customers_saved", map[string]any{"Name": name})
		}, func(ctx context.Context) (usecase.Done, error) { return p.book.SaveSegment(ctx, name, rule) })
	}
	if p.ask.changed() {
		keep(p.ask.segment)
		return
	}
	act.Name(p.desk, p.saveButton, p.desk.Text("customers_segment_name"), p.ask.segment, keep)
}

// menu is the menu of the selected rows.
func (p *Page) menu(at int) []parts.MenuItem {
	d := p.desk
	r, ok := p.list.At(at)
	if !ok {
		return nil
	}
	to, chosen := p.targets(), p.table.Selection().Len(p.list.Count())
	items := []parts.MenuItem{
		{Text: d.Text("customers_open"), Shortcut: "Enter", Do: func() { p.openRow(at) }},
		{Text: d.Text("customers_note_item"), Shortcut: "Ctrl+N", Do: func() { act.Note(d, p.book, p.footer, to, chosen) }},
		{Text: d.Text("customers_tag_item"), Shortcut: "Ctrl+T", Do: func() { act.Tag(d, p.book, p.footer, to, chosen) }},
		{Text: d.Text("customers_copy_rows", map[string]any{"Count": chosen}), Shortcut: "Ctrl+C", Do: p.table.Copy},
	}
	if r.account != "" {
		items = append(items, parts.MenuItem{Text: d.Text("customers_copy_account"), Do: func() {
			fyne.CurrentApp().Clipboard().SetContent(r.account)
		}})
	}
	if city := r.place[0]; city != "" {
		items = append(items, parts.MenuItem{Separator: true},
			parts.MenuItem{Text: d.Text("customers_only", map[string]any{"Place": city}), Do: func() { p.narrow(crm.OpEqual, city) }},
			parts.MenuItem{Text: d.Text("customers_not", map[string]any{"Place": city}), Do: func() { p.narrow(crm.OpNotEqual, city) }})
	}
	items = append(items, parts.MenuItem{Separator: true},
		parts.MenuItem{Text: d.Text("customers_export_selected"), Do: p.exportSelected})
	refuse := !r.refused
	text := "customers_refuse"
	if !refuse {
		text = "customers_allow"
	}
	items = append(items, parts.MenuItem{Text: d.Text(text), Do: func() { p.contact(to, refuse) }})
	if chosen > 1 && len(to.IDs) == chosen {
		items = append(items, parts.MenuItem{Text: d.Text("customers_join"), Do: func() {
			d.Do(func(usecase.Done) string { return d.Text("customers_joined") },
				func(ctx context.Context) (usecase.Done, error) {
					joined, err := p.book.Join(ctx, to.IDs...)
					return joined.Done, err
				})
		}})
	}
	return items
}

// contact marks customers as wanting no contact, or takes that back.
func (p *Page) contact(to usecase.Targets, refuse bool) {
	p.desk.Do(func(done usecase.Done) string {
		if refuse {
			return p.desk.Text("customers_refused", map[string]any{"Count": done.Customers})
		}
		return p.desk.Text("customers_allowed", map[string]any{"Count": done.Customers})
	}, func(ctx context.Context) (usecase.Done, error) { return p.book.SetContact(ctx, to, refuse) })
}

// narrow adds a chip for a city.
func (p *Page) narrow(op crm.Op, city string) {
	p.ask.chips = append(p.ask.chips, filter.Chip{Field: crm.FieldCity, Op: op, Values: []string{city}})
	p.showChips()
	p.asked()
}
