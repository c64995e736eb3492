package orders

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// followAfter is how long the panel waits for the selection to rest.
const followAfter = 120 * time.Millisecond

// selected shows the last selected order in the panel.
func (p *Page) selected() {
	i := p.table.Cursor()
	if p.table.Selection().Len(p.list.Count()) == 0 || i < 0 {
		p.follow.Cancel()
		p.detail.Cancel()
		if p.panel.Visible() {
			p.panel.Hide()
			p.body.Refresh()
		}
		return
	}
	p.follow.After(followAfter, func() { p.peek(i) })
}

// peek shows an order in the panel.
func (p *Page) peek(i int) {
	r, ok := p.list.At(i)
	if !ok {
		return
	}
	var o usecase.OrderDetail
	p.detail.Go(func(ctx context.Context) (err error) {
		o, err = p.book.Order(ctx, r.id)
		return err
	}, func(err error) {
		if p.desk.Failed(err) {
			return
		}
		hidden := !p.panel.Visible()
		customer := parts.Second(p.desk.Text("orders_open_customer"), "people", func() { p.openRow(i) })
		customer.SetEnabled(!r.nobody)
		p.panel.Open(r.short, r.status, p.card(r, o), customer)
		if hidden {
			p.body.Refresh()
		}
	})
}

// changes says how often an order was changed, nil for never.
func (p *Page) changes(times int) fyne.CanvasObject {
	if times < 1 {
		return nil
	}
	return parts.NewText(p.desk.Text("orders_changed", map[string]any{"Count": times}), look.SizeSmall, look.Muted)
}

// card is an order at a glance: what is not seen is not there.
func (p *Page) card(r row, o usecase.OrderDetail) fyne.CanvasObject {
	d := p.desk
	list := []fyne.CanvasObject{
		parts.NewLetterLine(r.letter, r.shop, d.Words.Platform(o.Shop.Platform)),
		parts.NewPairLine(d.Text("orders_col_number"), o.Number, look.Plain),
		parts.NewPairLine(d.Text("orders_by_customer"), r.name, look.Plain),
	}
	if o.RawStatus != "" && !r.unknown {
		list = append(list, parts.NewPairLine(d.Text("orders_col_status"), o.RawStatus, look.Muted))
	}
	priced := d.Sees(access.Orders, access.Amount)
	list = append(list, parts.NewRule(), parts.NewHead(d.Text("orders_lines"), parts.NewText(strconv.Itoa(len(o.Lines)), look.SizeSmall, look.Muted)))
	for _, l := range o.Lines {
		title, second, amount := p.shop.lineOf(l, o.Currency)
		if !priced {
			amount = ""
		}
		list = append(list, parts.NewGoodsLine(title, second, amount))
	}
	if priced {
		list = append(list, p.money(o)...)
	}
	if times := p.shop.times(o); len(times) > 0 {
		list = append(list, parts.NewRule(), parts.NewHead(d.Text("orders_times"), nil))
		for _, t := range times {
			list = append(list, parts.NewPairLine(t[0], t[1], look.Plain))
		}
	}
	if o.Name != "" || o.Phone != "" || o.Address != "" {
		list = append(list, parts.NewRule(), parts.NewHead(d.Text("orders_to"), nil))
		for _, m := range []struct{ icon, mask string }{{"people", o.Name}, {"phone", o.Phone}, {"pin", o.Address}} {
			if m.mask != "" {
				list = append(list, parts.NewMaskLine(m.icon, m.mask, nil))
			}
		}
	}
	if len(o.States) > 0 {
		list = append(list, parts.NewRule(), parts.NewHead(d.Text("orders_history"), p.changes(len(o.States)-1)))
		for _, s := range o.States {
			from, amount := s.File, ""
			if from == "" {
				from = s.User
			}
			if priced {
				amount = p.shop.amount(s.Figures.Net(), s.Currency)
			}
			list = append(list, parts.NewGoodsLine(from, d.When(s.At, p.shop.zone)+" · "+p.shop.status(s.Status), amount))
		}
	}
	return parts.NewStack(list...)
}

// money is what was paid for an order and given back, and how.
func (p *Page) money(o usecase.OrderDetail) []fyne.CanvasObject {
	d := p.desk
	list := []fyne.CanvasObject{
		parts.NewRule(),
		parts.NewPairLine(d.Text("orders_sum_paid"), p.shop.amount(o.Figures.Gross, o.Currency), look.Plain),
	}
	if o.Figures.Refunded != 0 {
		list = append(list,
			parts.NewPairLine(d.Text("orders_sum_refunded"), "−"+p.shop.amount(o.Figures.Refunded, o.Currency), look.Bad),
			parts.NewPairLine(d.Text("orders_sum_net"), p.shop.amount(o.Figures.Net(), o.Currency), look.Plain))
	}
	if len(o.Payments) > 0 {
		list = append(list, parts.NewRule(), parts.NewHead(d.Text("orders_payments"), nil))
		for _, m := range o.Payments {
			title, second, amount := p.shop.paymentOf(m, d.When)
			list = append(list, parts.NewGoodsLine(title, second, amount))
		}
	}
	return list
}
