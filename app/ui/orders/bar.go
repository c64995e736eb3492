package orders

import (
	"slices"
	"strconv"

	"kebu/app/phrase"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// asks are the conditions that the user may filter by.
func (p *Page) asks() []parts.FilterField {
	d := p.desk
	op := func(id string, values int) parts.FilterOp {
		return parts.FilterOp{ID: id, Title: d.Text("orders_op_" + id), Values: values}
	}
	is := []parts.FilterOp{op(opIs, 1)}
	bare := []parts.FilterOp{op(opIs, 0)}
	field := func(id string, kind parts.FilterKind, ops []parts.FilterOp) parts.FilterField {
		return parts.FilterField{ID: id, Group: d.Text("orders_group"), Title: d.Text("orders_by_" + id), Kind: kind, Ops: ops}
	}
	platform := field(byPlatform, parts.FilterChoice, is)
	platform.Choices = p.platforms
	shops := field(byShop, parts.FilterChoice, is)
	shops.Choices = func() []parts.FilterValue {
		var list []parts.FilterValue
		for _, s := range p.shop.shops {
			list = append(list, parts.FilterValue{ID: strconv.FormatInt(s.ID, 10), Title: s.Name})
		}
		return list
	}
	status := field(byStatus, parts.FilterChoice, []parts.FilterOp{op(opIs, parts.Many)})
	status.Choices = func() []parts.FilterValue {
		var list []parts.FilterValue
		for _, s := range statuses() {
			list = append(list, parts.FilterValue{ID: string(s), Title: p.shop.status(s)})
		}
		return list
	}
	paid := field(byPaid, parts.FilterAmount, []parts.FilterOp{op(opLeast, 1), op(opMost, 1), op(opBetween, 2)})
	paid.Unit = phrase.Symbol(p.shop.currency)
	all := []parts.FilterField{
		platform, shops, status,
		field(byDay, parts.FilterDay, []parts.FilterOp{op(opSince, 1), op(opUntil, 1), op(opBetween, 2)}),
		paid,
		field(byRefund, parts.FilterChoice, bare),
		field(byNobody, parts.FilterChoice, bare),
	}
	return slices.DeleteFunc(all, func(f parts.FilterField) bool { return !d.Asks(f.ID) })
}

func (p *Page) newBar() *parts.FilterBar {
	d := p.desk
	bar := parts.NewFilterBar(d.Words, d.Tasks, d.Text("orders_search"), p.asks())
	bar.View = p.view
	bar.OnSearch = func(text string) {
		p.ask.search = text
		p.asked()
	}
	bar.OnChange = func(chips []parts.FilterChip, _ bool) {
		p.ask.chips = nil
		for _, c := range chips {
			p.ask.chips = append(p.ask.chips, chip{c.Field, c.Op, c.Values})
		}
		p.asked()
	}
	bar.OnDown = func() { d.Window.Canvas().Focus(p.table) }
	return bar
}

func (p *Page) platforms() []parts.FilterValue {
	var list []parts.FilterValue
	seen := map[string]bool{}
	for _, s := range p.shop.shops {
		if !seen[s.Platform] {
			seen[s.Platform] = true
			list = append(list, parts.FilterValue{ID: s.Platform, Title: p.desk.Words.Platform(s.Platform)})
		}
	}
	return list
}

// view says how a chip is shown, and what is wrong with it.
func (p *Page) view(c parts.FilterChip) parts.FilterView {
	k := chip{c.Field, c.Op, c.Values}
	title, text := p.shop.describe(k, p.names)
	v := parts.FilterView{Title: title, Text: text}
	var s usecase.OrderSelection
	if !k.put(&s) {
		v.Problem = p.desk.Text("orders_bad_value")
	}
	return v
}

// asked reads the list anew after the question changed.
func (p *Page) asked() {
	p.table.Selection().None()
	p.table.ScrollTo(0)
	p.list.Reset()
	p.selected()
	p.desk.Retitle()
}

// clear takes the filter and the search away.
func (p *Page) clear() {
	p.ask.chips, p.ask.search = nil, ""
	p.showChips()
	p.asked()
}

// showChips shows the filter in the bar.
func (p *Page) showChips() {
	chips := make([]parts.FilterChip, len(p.ask.chips))
	for i, c := range p.ask.chips {
		chips[i] = parts.FilterChip{Field: c.field, Op: c.op, Values: c.values}
	}
	p.bar.SetChips(chips, true)
	p.bar.SetSearch(p.ask.search)
}
