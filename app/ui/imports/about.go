package imports

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// aboutFile is the card that says what a file is, and what is kept of it.
type aboutFile struct {
	p      *Page
	job    *job
	all    bool // every kept column is listed
	card   *parts.Card
	scroll *container.Scroll
}

const fewColumns = 7

func newAboutFile(p *Page, j *job) *aboutFile {
	a := &aboutFile{p: p, job: j}
	a.card, a.scroll = inScroll()
	a.fill()
	return a
}

func (a *aboutFile) fill() {
	s, j, pre := a.p.shop, a.job, a.job.preview
	list := []fyne.CanvasObject{parts.NewFileHead(j.name(), s.facts(pre)), a.format()}
	if text, nothing := s.verdict(j, seenBefore(a.p.past, pre.Seen)); text != "" {
		tone := look.Late
		if nothing {
			tone = look.Accent
		}
		list = append(list, parts.NewBanner(tone, text))
	}
	if pre.DateDoubt != "" {
		list = append(list, a.dates())
	}
	if text := s.unknown(pre.Unknown); text != "" {
		list = append(list, parts.NewBanner(look.Late, text))
	}
	if pre.Warnings.Total > 0 {
		list = append(list, parts.NewBanner(look.Late, s.text("imports_warnings", number(pre.Warnings.Total))))
	}
	if len(pre.Shops) > 1 || pre.NewShop || len(pre.Shops) == 1 && pre.OtherShop != "" {
		list = append(list, a.shops())
	}
	list = append(list, a.columns()...)
	if drops := s.dropped(pre); len(drops) > 0 {
		note := parts.NewText(s.text("imports_dropped_note"), look.SizeSmall, look.Muted)
		list = append(list, parts.NewRule(), parts.NewHead(s.text("imports_dropped", number(len(pre.Dropped))), note))
		for _, d := range drops {
			tone := look.Muted
			if d.refused {
				tone = look.Bad
			}
			list = append(list, parts.NewPairLine(d.headers, d.reason, tone))
		}
	}
	people := func(n int) string { return s.text("imports_people", map[string]any{"Number": count(n)}) }
	list = append(list, parts.NewRule(), parts.NewHead(s.text("imports_customers"), nil),
		parts.NewPairLine(s.text("imports_customers_new"), people(pre.Customers.New), look.Plain),
		parts.NewPairLine(s.text("imports_customers_known"), people(pre.Customers.Matched), look.Plain),
		parts.NewPairLine(s.text("imports_customers_none"), s.text("imports_orders", map[string]any{"Number": count(pre.Anonymous)}), look.Plain))
	if pre.Erased > 0 {
		list = append(list, parts.NewPairLine(s.text("imports_erased"), s.text("imports_orders", map[string]any{"Number": count(pre.Erased)}), look.Plain))
	}
	list = append(list, s.payments(pre.Payments)...)
	if pre.Masked > 0 {
		list = append(list, parts.NewPairLine(s.text("imports_masked"), s.text("imports_cells", map[string]any{"Number": count(pre.Masked)}), look.Plain))
	}
	a.scroll.Content = padded(list...)
	a.scroll.Refresh()
}

// format says what the file was taken for, and lets the user say otherwise.
func (a *aboutFile) format() fyne.CanvasObject {
	s, pre := a.p.shop, a.job.preview
	var change *parts.Button
	change = parts.Link(s.text("imports_change"), "", func() { a.p.changeFormat(change, a.job) })
	key := "imports_format_shop"
	if pre.NewShop {
		key = "imports_format_new_shop"
	}
	return parts.NewBanner(look.Good, s.text(key, map[string]any{"Shop": s.shopName(pre)}), change).SetTitle(s.format(pre.Format))
}

// shops chooses the shop that the orders belong to.
func (a *aboutFile) shops() fyne.CanvasObject {
	s, j := a.p.shop, a.job
	options, at := []string{}, -1
	for i, name := range j.preview.Shops {
		options = append(options, name)
		if name == j.preview.Shop {
			at = i
		}
	}
	if at < 0 {
		at = len(options)
		options = append(options, s.shopName(j.preview))
	}
	options = append(options, s.text("imports_shop_new"))
	var choose *parts.Select
	choose = parts.NewSelect(options, func(i int) {
		switch {
		case i == len(options)-1:
			choose.Set(at)
			a.p.nameShop(choose, j)
		case i < len(j.preview.Shops):
			j.shop = j.preview.Shops[i]
			a.p.rerun(j)
		}
	})
	choose.Set(at)
	field := parts.NewField(s.text("imports_shop"), choose)
	field.SetHint(s.text("imports_shop_hint"))
	return field
}

// columns list what is kept.
func (a *aboutFile) columns() []fyne.CanvasObject {
	s, columns := a.p.shop, a.p.shop.kept(a.job.preview)
	adjust := parts.Link(s.text("imports_adjust"), "", func() { a.p.byHand(a.job) })
	list := []fyne.CanvasObject{parts.NewHead(s.text("imports_kept", number(len(columns))), adjust)}
	shown := columns
	if !a.all && len(columns) > fewColumns+1 {
		shown = columns[:fewColumns]
	}
	for _, k := range shown {
		note := ""
		if k.sealed {
			note = s.text("imports_sealed")
		}
		list = append(list, parts.NewArrowLine(k.header, k.field, "lock", note))
	}
	if len(columns) > fewColumns+1 {
		text := s.text("imports_fewer")
		if !a.all {
			text = s.text("imports_kept_more", number(len(columns)-len(shown)))
		}
		more := parts.Link(text, "", func() {
			a.all = !a.all
			a.fill()
		})
		list = append(list, newLeft(more))
	}
	return list
}

// changeFormat offers the formats that a file may be read as.
func (p *Page) changeFormat(at fyne.CanvasObject, j *job) {
	var kept []usecase.KeptMapping
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		kept, err = p.book.Mappings(ctx)
		return err
	}, func(err error) {
		if p.desk.Failed(err) {
			return
		}
		items := []parts.MenuItem{{Text: p.desk.Text("imports_by_itself"), Checked: j.mapping == nil && j.format == "", Do: func() { p.read(j, nil) }}}
		for _, c := range j.fits {
			id := c.Format.ID
			items = append(items, parts.MenuItem{Text: p.shop.format(id), Checked: j.format == id, Do: func() { p.readAs(j, id) }})
		}
		for _, k := range kept {
			items = append(items, parts.MenuItem{
				Text: p.shop.format("custom." + k.Name), Checked: string(j.mapping) == string(k.JSON), Do: func() { p.read(j, k.JSON) },
			})
		}
		items = append(items, parts.MenuItem{Separator: true}, parts.MenuItem{Text: p.desk.Text("imports_by_hand"), Do: func() { p.byHand(j) }})
		parts.ShowMenu(at, items)
	})
}

// read makes a dry run of a file as a format, by its headers for nil.
func (p *Page) read(j *job, mapping []byte) {
	j.mapping, j.format = mapping, ""
	p.rerun(j)
}

// readAs makes a dry run of a file as the format with an id.
func (p *Page) readAs(j *job, id string) {
	j.mapping, j.format = nil, id
	p.rerun(j)
}

// rerun makes the dry run of a file anew.
func (p *Page) rerun(j *job) {
	j.stage = waiting
	p.run()
	p.show()
}

// nameShop asks for the name of a new shop.
func (p *Page) nameShop(at fyne.CanvasObject, j *job) {
	d := p.desk
	name := parts.NewEntry(d.Text("imports_shop_name"))
	field := parts.NewField(d.Text("imports_shop_new_title"), name)
	var shown *parts.Popover
	save := func() {
		if oneLine(name.Text) == "" {
			name.SetProblem(true)
			return
		}
		shown.Hide()
		j.shop = oneLine(name.Text)
		p.rerun(j)
	}
	name.OnSubmitted = func(string) { save() }
	shown = parts.ShowPopover(at, parts.NewStack(field, container.NewHBox(parts.Second(d.Text("imports_shop_new_do"), "check", save))), nil)
	name.Focus()
}

// payments says what a file tells of movements of money, nothing if it tells of none.
func (s shop) payments(c usecase.PaymentCounts) []fyne.CanvasObject {
	if c.Total() == 0 {
		return nil
	}
	pair := func(key string, n int) fyne.CanvasObject {
		return parts.NewPairLine(s.text(key), s.text("imports_entries", number(n)), look.Plain)
	}
	return []fyne.CanvasObject{
		parts.NewRule(), parts.NewHead(s.text("imports_payments"), nil),
		pair("imports_payments_new", c.New), pair("imports_count_changed", c.Changed), pair("imports_count_same", c.Same),
		pair("imports_payments_of_orders", c.OfOrders), pair("imports_payments_alone", c.Total()-c.OfOrders),
		parts.NewBanner(look.Accent, s.text("imports_payments_note")),
	}
}
