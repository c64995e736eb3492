package customer

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/person"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// orderRows are the orders as the table shows them.
type orderRows struct {
	given []usecase.StoredOrder // as the book gives them, the newest first
	list  []*usecase.StoredOrder
	sort  []parts.SortKey
}

// Count returns how many there are.
func (r *orderRows) Count() int { return len(r.list) }

// At returns one.
func (r *orderRows) At(i int) (*usecase.StoredOrder, bool) {
	if i < 0 || i >= len(r.list) {
		return nil, false
	}
	return r.list[i], true
}

func (r *orderRows) set(orders []usecase.StoredOrder) {
	r.given = orders
	r.arrange()
}

// arrange sorts the orders by the columns that were chosen.
func (r *orderRows) arrange() {
	r.list = make([]*usecase.StoredOrder, len(r.given))
	for i := range r.given {
		r.list[i] = &r.given[i]
	}
	slices.SortStableFunc(r.list, func(a, b *usecase.StoredOrder) int {
		for _, k := range r.sort {
			order := 0
			switch k.ID {
			case "placed":
				order = cmp.Compare(a.Placed, b.Placed)
			case "status":
				order = cmp.Compare(slices.Index(crm.Statuses, a.Status), slices.Index(crm.Statuses, b.Status))
			case "gross":
				order = cmp.Compare(a.Figures.Gross, b.Figures.Gross)
			case "refunded":
				order = cmp.Compare(a.Figures.Refunded, b.Figures.Refunded)
			}
			if k.Descending {
				order = -order
			}
			if order != 0 {
				return order
			}
		}
		return 0
	})
}

// makeTable makes the table of orders.
func (p *Page) makeTable() {
	d := p.desk
	column := func(id, title string, width float32, cell func(*usecase.StoredOrder) parts.Cell) parts.Column[*usecase.StoredOrder] {
		return parts.Column[*usecase.StoredOrder]{ID: id, Title: d.Text(title), Min: 48, Start: width, Max: 400, Cell: cell}
	}
	sorted := func(c parts.Column[*usecase.StoredOrder], right bool) parts.Column[*usecase.StoredOrder] {
		c.Sortable = true
		c.Descending = c.ID != "status"
		if right {
			c.Align = parts.Right
		}
		return c
	}
	goods := column("goods", "customer_col_goods", 120, func(o *usecase.StoredOrder) parts.Cell { return parts.Cell{Text: person.Goods(d.Words, *o)} })
	goods.Min, goods.Max, goods.Grow = 100, 1000, true
	shop := column("shop", "customer_col_shop", 120, func(o *usecase.StoredOrder) parts.Cell { return parts.Cell{Text: o.Shop} })
	shop.Off = true
	columns := []parts.Column[*usecase.StoredOrder]{
		column("number", "customer_col_number", 104, func(o *usecase.StoredOrder) parts.Cell {
			return parts.Cell{Letter: d.Words.Letter(o.Platform), Text: person.Number(d.Words, o.Platform, o.Number), Copied: o.Number, Tip: o.Number}
		}),
		shop,
		sorted(column("placed", "customer_col_placed", 92, func(o *usecase.StoredOrder) parts.Cell {
			if !o.Placed.Known() {
				return parts.Cell{}
			}
			return parts.Cell{Text: o.Placed.Day(p.shop.Zone).String()}
		}), false),
		sorted(column("status", "customer_col_status", 84, func(o *usecase.StoredOrder) parts.Cell {
			c := parts.Cell{Text: status(d.Words, o.Status, o.RawStatus)}
			if !o.Status.Known() {
				c.Tone = look.Late
			}
			return c
		}), false),
		goods,
		sorted(column("gross", "customer_col_gross", 88, func(o *usecase.StoredOrder) parts.Cell {
			return parts.Cell{Text: p.amount(o.Figures.Gross, o.Currency), Number: true}
		}), true),
		sorted(column("refunded", "customer_col_refunded", 88, func(o *usecase.StoredOrder) parts.Cell {
			if o.Figures.Refunded == 0 {
				return parts.Cell{}
			}
			return parts.Cell{Text: p.amount(-o.Figures.Refunded, o.Currency), Number: true, Tone: look.Bad}
		}), true),
	}
	columns = slices.DeleteFunc(columns, func(c parts.Column[*usecase.StoredOrder]) bool { return !d.Lists(access.Show, c.ID) })
	p.table = parts.NewDataTable(d.Words, d.Tasks, columns, parts.Rows[*usecase.StoredOrder](&p.orders))
	if len(p.view.Orders.Columns) > 0 {
		p.table.SetLayout(p.view.Orders)
	}
	p.table.OnLayout = func(parts.TableLayout) { p.remember() }
	p.table.OnSort = func(keys []parts.SortKey) {
		p.orders.sort = keys
		p.orders.arrange()
		p.table.RowsChanged()
	}
	p.table.OnSelect = func() {
		if o, ok := p.orders.At(p.table.Cursor()); ok && p.table.Selection().Len(p.orders.Count()) > 0 {
			p.openOrder(o.ID)
		}
	}
	p.table.OnOpen = func(i int) {
		if o, ok := p.orders.At(i); ok {
			p.openOrder(o.ID)
		}
	}
	p.table.OnCopied = func(n int) {
		d.Layer.Done(d.Text("customer_copied_rows", map[string]any{"Count": n}), "", nil)
	}
}

// amount is an amount in a column: another currency than the book's is named.
func (p *Page) amount(m crm.Money, currency string) string {
	if currency == p.shop.Currency {
		return phrase.Money(m, currency)
	}
	return phrase.Price(m, currency)
}

// openOrder shows an order in the panel.
func (p *Page) openOrder(id int64) {
	if !p.desk.May(access.Orders) {
		return
	}
	var o usecase.OrderDetail
	p.detail.Go(func(ctx context.Context) (err error) {
		o, err = p.book.Order(ctx, id)
		return err
	}, func(err error) {
		if p.desk.Failed(err) {
			return
		}
		d := p.desk
		open := parts.Second(d.Text("customer_order_open"), "orders", func() {
			d.Open(place.Place{Page: place.Orders, Fresh: true, Order: o.Number})
		})
		p.panel.Open(d.Text("customer_order_title", map[string]any{"Number": person.Number(d.Words, o.Shop.Platform, o.Number)}),
			status(d.Words, o.Status, o.RawStatus), p.orderBody(o), open)
		p.inside.Refresh()
	})
}

// orderBody shows an order: what was bought, the sums, when, where it went.
func (p *Page) orderBody(o usecase.OrderDetail) fyne.CanvasObject {
	d := p.desk
	var list []fyne.CanvasObject
	add := func(objects ...fyne.CanvasObject) { list = append(list, objects...) }
	for _, l := range o.Lines {
		name, amount := l.Product, ""
		if name == "" {
			name = l.SKU
		}
		if q := l.Quantity.String(); q != "1" && q != "0" {
			name += " ×" + q
		}
		if l.Amount != 0 && !p.shop.NoAmounts {
			amount = phrase.Money(l.Amount, o.Currency)
		}
		add(container.New(row{10, 0}, parts.NewText(name, look.SizeBody, look.Plain).Shrink(), parts.NewText(amount, look.SizeBody, look.Plain)))
		var second []string
		for _, t := range []string{l.Variant, l.SKU, status(d.Words, l.Status, "")} {
			if t != "" && t != name {
				second = append(second, t)
			}
		}
		if len(second) > 0 {
			add(parts.NewText(dotted(second), look.SizeSmall, look.Muted).Shrink())
		}
	}
	if !p.shop.NoAmounts {
		add(parts.NewCountLine(d.Text("customer_order_sum"), "", phrase.Price(o.Figures.Gross, o.Currency), o.Figures.Refunded == 0, nil))
	}
	if o.Figures.Refunded != 0 {
		add(parts.NewCountLine(d.Text("customer_order_refund"), "", phrase.Price(-o.Figures.Refunded, o.Currency), false, nil),
			parts.NewCountLine(d.Text("customer_order_net"), "", phrase.Price(o.Figures.Net(), o.Currency), true, nil))
	}
	add(parts.NewRule())
	line := func(key, value string) {
		if value != "" {
			add(container.New(fact{scaled(labelWidth)}, parts.NewText(d.Text(key), look.SizeBody, look.Muted), parts.NewPara(value, 0)))
		}
	}
	at := func(m crm.Moment) string {
		if !m.Known() {
			return ""
		}
		return m.In(p.shop.Zone).Format("2006-01-02 15:04")
	}
	line("customer_order_number", o.Number)
	line("customer_order_shop", dotted([]string{d.Words.Platform(o.Shop.Platform), o.Shop.Name}))
	line("customer_order_placed", at(o.Placed))
	line("customer_order_paid", at(o.Paid))
	line("customer_order_shipped", at(o.Shipped))
	line("customer_order_completed", at(o.Completed))
	to := []fyne.CanvasObject{parts.NewText(d.Text("customer_order_to"), look.SizeBody, look.Muted)}
	for _, mask := range []string{o.Name, o.Phone, o.Address} {
		if mask != "" {
			shown := parts.NewMaskedText(mask)
			shown.SetWidth(p.panel.Width() - 2*18 - scaled(labelWidth))
			to = append(to, shown)
		}
	}
	if len(to) > 1 {
		add(container.New(fact{scaled(labelWidth)}, to...))
	}
	p.history(o, add)
	return parts.NewStack(list...)
}

// history tells which imports brought and changed an order.
func (p *Page) history(o usecase.OrderDetail, add func(...fyne.CanvasObject)) {
	d := p.desk
	if len(o.States) == 0 {
		return
	}
	add(parts.NewRule(), parts.NewHead(d.Text("customer_order_history"), nil))
	for _, s := range o.States {
		word, amount := status(d.Words, s.Status, s.RawStatus), ""
		if !p.shop.NoAmounts {
			amount = phrase.Money(s.Figures.Net(), s.Currency)
		}
		add(container.New(row{10, 0}, parts.NewText(word, look.SizeBody, look.Plain).Shrink(), parts.NewText(amount, look.SizeBody, look.Plain)))
		add(parts.NewText(d.Text("customer_order_from", map[string]any{
			"When": d.When(s.At, p.shop.Zone), "User": s.User, "File": s.File,
		}), look.SizeSmall, look.Muted).Shrink())
	}
}
