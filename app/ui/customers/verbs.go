package customers

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/ui/act"
	"kebu/app/ui/export"
	"kebu/app/ui/filter"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// known returns whom the selection means and how many they are, and whether
// that is whole: rows whose ids are needed may not be read yet.
func (p *Page) known() (to usecase.Targets, count int, whole bool) {
	s, total := p.table.Selection(), p.list.Count()
	ids, whole := p.ids(p.named(), total)
	return p.meant()(ids), s.Len(total), whole
}

// byRule reports whether the selection is said as a rule with exceptions. Whom
// an import made cannot be said so: they are named.
func (p *Page) byRule() bool { return p.table.Selection().Inverse() && p.ask.imported == 0 }

// named are the rows whose ids are needed: the picked, or the exceptions.
func (p *Page) named() *parts.Selection {
	s := p.table.Selection()
	if !p.byRule() {
		return s
	}
	named := parts.NewSelection()
	for _, i := range s.Exceptions() {
		named.Toggle(i)
	}
	return named
}

// meant returns how to say whom the selection of this moment means, once the ids
// of its named rows are known.
func (p *Page) meant() func(ids []string) usecase.Targets {
	if !p.byRule() {
		return func(ids []string) usecase.Targets { return usecase.Targets{IDs: ids} }
	}
	to := usecase.Targets{Where: p.ask.rule(), Search: p.ask.search}
	if to.Where == "" && to.Search == "" {
		to.Where = everyone
	}
	return func(ids []string) usecase.Targets {
		to.Except = ids
		return to
	}
}

// targets gives the selected customers and their number to f: those on the
// screen at once, others once their rows are read.
func (p *Page) targets(f func(to usecase.Targets, count int)) {
	to, count, whole := p.known()
	if count == 0 {
		return
	}
	if whole {
		f(to, count)
		return
	}
	var runs [][2]int
	for from, end := range p.named().Runs(p.list.Count()) {
		runs = append(runs, [2]int{from, end})
	}
	sel, meant := p.selection(0, 0), p.meant()
	var ids []string
	p.desk.Tasks.Go(func(ctx context.Context) error {
		for _, r := range runs {
			sel.From, sel.Limit = r[0], r[1]-r[0]
			_, err := p.book.Customers(ctx, sel, func(c usecase.Customer) error {
				ids = append(ids, c.ID)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	}, func(err error) {
		if !p.desk.Failed(err) {
			f(meant(ids), count)
		}
	})
}

// ids returns the ids of rows, and whether all of them are read.
func (p *Page) ids(rows *parts.Selection, total int) (ids []string, whole bool) {
	for from, end := range rows.Runs(total) {
		for i := from; i < end; i++ {
			r, ok := p.list.At(i)
			if !ok {
				return nil, false
			}
			ids = append(ids, r.id)
		}
	}
	return ids, true
}

// copyUnread copies rows that are selected and not all read.
func (p *Page) copyUnread() {
	p.targets(func(to usecase.Targets, _ int) {
		sel := usecase.Selection{IDs: to.IDs, Where: to.Where, Search: to.Search, Except: to.Except, Sort: p.order(), Habits: p.habits()}
		shop := p.shop
		var list []row
		p.desk.Tasks.Go(func(ctx context.Context) error {
			_, err := p.book.Customers(ctx, sel, func(c usecase.Customer) error {
				list = append(list, shop.rowOf(c, ""))
				return nil
			})
			return err
		}, func(err error) {
			if p.desk.Failed(err) {
				return
			}
			fyne.CurrentApp().Clipboard().SetContent(p.table.Text(slices.Values(list)))
			p.copied(len(list))
		})
	})
}

func (p *Page) copied(rows int) {
	p.desk.Layer.Done(p.desk.Text("customers_copied", map[string]any{"Count": rows}), "", nil)
}

// everyone is a rule that holds for all.
const everyone = "purchases >= 0"

// keys are those that only who may do their verbs has.
var keys = map[parts.Press]access.Verb{
	{Key: fyne.KeyE, Mod: fyne.KeyModifierShortcutDefault}: access.Export,
	{Key: fyne.KeyT, Mod: fyne.KeyModifierShortcutDefault}: access.AddTag,
	{Key: fyne.KeyN, Mod: fyne.KeyModifierShortcutDefault}: access.Note,
	{Key: fyne.KeyF2}: access.SetAlias,
}

// Key knows the keys of the page.
func (p *Page) Key(k parts.Press) bool {
	const ctrl = fyne.KeyModifierShortcutDefault
	if !p.ready {
		return false
	}
	if v, ok := keys[k]; ok && !p.desk.May(v) {
		return false
	}
	switch k {
	case parts.Press{Key: fyne.KeyF, Mod: ctrl}:
		p.bar.FocusSearch()
	case parts.Press{Key: fyne.KeyE, Mod: ctrl}:
		if p.table.Selection().Len(p.list.Count()) > 1 {
			p.exportSelected()
		} else {
			p.export()
		}
	case parts.Press{Key: fyne.KeyT, Mod: ctrl}:
		p.tag(p.beside())
	case parts.Press{Key: fyne.KeyN, Mod: ctrl}:
		p.note(p.beside())
	case parts.Press{Key: fyne.KeyF2}:
		p.alias()
	case parts.Press{Key: fyne.KeyEscape}:
		return p.escape()
	default:
		return false
	}
	return true
}

// escape takes back the innermost thing: the selection, the panel, the search.
func (p *Page) escape() bool {
	switch {
	case p.table.Selection().Len(p.list.Count()) > 0: // the table, which does so too, has not the focus
		p.table.Selection().None()
		p.table.Refresh()
		p.selected()
		p.focusTable()
	case p.panel.Visible():
		p.panel.Close()
	case p.ask.search != "":
		p.bar.SetSearch("")
		p.ask.search = ""
		p.asked()
	default:
		return false
	}
	return true
}

// beside is where a sheet about the selection opens: at the row where it is one,
// else at the foot, which tells how many there are.
func (p *Page) beside() fyne.CanvasObject {
	var at fyne.CanvasObject = p.footer
	if s, total := p.table.Selection(), p.list.Count(); s.Len(total) == 1 {
		s.Each(total, func(i int) { at = p.table.Anchor(i) })
	}
	return at
}

// tag opens the sheet of tags for the selection.
func (p *Page) tag(at fyne.CanvasObject) {
	p.targets(func(to usecase.Targets, count int) { act.Tag(p.desk, p.book, at, to, count) })
}

// note opens the sheet of a note for the selection.
func (p *Page) note(at fyne.CanvasObject) {
	p.targets(func(to usecase.Targets, count int) { act.Note(p.desk, p.book, at, to, count) })
}

// alias asks what the shop calls the customer at the cursor.
func (p *Page) alias() {
	i := p.table.Cursor()
	r, ok := p.list.At(i)
	if !ok {
		return
	}
	act.Name(p.desk, p.table.Anchor(i), p.desk.Text("customers_alias"), r.alias, func(name string) {
		p.desk.Do(func(usecase.Done) string { return p.desk.Text("customers_alias_set") },
			func(ctx context.Context) (usecase.Done, error) { return p.book.SetAlias(ctx, r.id, pii.New(name)) })
	})
}

// export opens the export dialog for the list as it is filtered.
func (p *Page) export() {
	if p.ready && p.desk.May(access.Export) && p.list.Count() > 0 {
		export.Open(p.desk, p.book, export.List{Selection: p.selection(0, 0), Count: p.list.Count(), Name: p.ask.segment, Screen: p.screen()})
	}
}

func (p *Page) exportSelected() {
	p.targets(func(to usecase.Targets, count int) {
		export.Open(p.desk, p.book, export.List{
			Count: count, Chosen: true, Screen: p.screen(),
			Selection: usecase.Selection{IDs: to.IDs, Where: to.Where, Search: to.Search, Except: to.Except, Sort: p.order()},
		})
	})
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
	chosen := p.table.Selection().Len(p.list.Count())
	items := slices.Concat(
		[]parts.MenuItem{{Text: d.Text("customers_open"), Shortcut: "Enter", Do: func() { p.openRow(at) }}},
		d.Offer(access.Note, parts.MenuItem{Text: d.Text("customers_note_item"), Shortcut: "Ctrl+N", Do: func() { p.note(p.beside()) }}),
		d.Offer(access.AddTag, parts.MenuItem{Text: d.Text("customers_tag_item"), Shortcut: "Ctrl+T", Do: func() { p.tag(p.beside()) }}),
		[]parts.MenuItem{
			{Separator: true},
			{Text: d.Text("customers_copy_rows", map[string]any{"Count": chosen}), Shortcut: "Ctrl+C", Do: p.table.Copy},
		})
	if r.account != "" {
		items = append(items, parts.MenuItem{Text: d.Text("customers_copy_account"), Do: func() {
			fyne.CurrentApp().Clipboard().SetContent(r.account)
			d.Layer.Done(d.Text("customers_copied_account"), "", nil)
		}})
	}
	if city := r.place[0]; city != "" {
		items = append(items,
			parts.MenuItem{Text: d.Text("customers_only", map[string]any{"Place": city}), Do: func() { p.narrow(crm.OpEqual, city) }},
			parts.MenuItem{Text: d.Text("customers_not", map[string]any{"Place": city}), Do: func() { p.narrow(crm.OpNotEqual, city) }})
	}
	refuse := !r.refused
	text := "customers_refuse"
	if !refuse {
		text = "customers_allow"
	}
	var more []parts.MenuItem
	if chosen > 1 && !p.table.Selection().Inverse() {
		more = d.Offer(access.Join, parts.MenuItem{Text: d.Text("customers_join"), Do: p.join})
	}
	more = slices.Concat(
		d.Offer(access.Export, parts.MenuItem{Text: d.Text("customers_export_item", map[string]any{"Count": chosen}), Shortcut: "Ctrl+E", Do: p.exportSelected}),
		d.Offer(access.SetContact, parts.MenuItem{Text: d.Text(text), Do: func() { p.contact(refuse) }}), more)
	if len(more) > 0 {
		items = append(items, parts.MenuItem{Separator: true})
	}
	return append(items, more...)
}

// join makes the selected customers one.
func (p *Page) join() {
	p.targets(func(to usecase.Targets, _ int) {
		p.desk.Do(func(usecase.Done) string { return p.desk.Text("customers_joined") },
			func(ctx context.Context) (usecase.Done, error) {
				joined, err := p.book.Join(ctx, to.IDs...)
				return joined.Done, err
			})
	})
}

// contact marks the selected customers as wanting no contact, or takes that back.
func (p *Page) contact(refuse bool) {
	p.targets(func(to usecase.Targets, _ int) {
		p.desk.Do(func(done usecase.Done) string {
			if refuse {
				return p.desk.Text("customers_refused", map[string]any{"Count": done.Customers})
			}
			return p.desk.Text("customers_allowed", map[string]any{"Count": done.Customers})
		}, func(ctx context.Context) (usecase.Done, error) { return p.book.SetContact(ctx, to, refuse) })
	})
}

// narrow adds a chip for a city.
func (p *Page) narrow(op crm.Op, city string) {
	p.ask.chips = append(p.ask.chips, filter.Chip{Field: crm.FieldCity, Op: op, Values: []string{city}})
	p.showChips()
	p.asked()
}
