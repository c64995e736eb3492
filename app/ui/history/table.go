package history

import (
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// columns are those of the table.
func (p *Page) columns() []parts.Column[row] {
	col := func(id string, width float32, cell func(row) parts.Cell) parts.Column[row] {
		return parts.Column[row]{ID: id, Title: p.desk.Text("history_col_" + id), Min: 56, Start: width, Max: 400, Cell: cell}
	}
	what := col("what", 220, func(r row) parts.Cell {
		return parts.Cell{Text: r.what, Icon: r.icon, IconTone: r.tone, Tone: toneOf(r)}
	})
	what.Grow, what.Max, what.Min = true, 1200, 180
	count := col("count", 66, func(r row) parts.Cell { return parts.Cell{Text: r.count, Number: true} })
	count.Align = parts.Right
	return []parts.Column[row]{
		col("when", 142, func(r row) parts.Cell {
			c := parts.Cell{Text: r.when}
			if r.late != "" {
				c.Icon, c.IconTone, c.Tone, c.Tip = "warn", look.Late, look.Late, r.late
			}
			return c
		}),
		col("who", 160, func(r row) parts.Cell { return parts.Cell{Text: r.who, Second: r.role} }),
		what,
		col("whom", 132, func(r row) parts.Cell {
			c := parts.Cell{Text: r.whom}
			if r.faint {
				c.Tone = look.Faint
			}
			return c
		}),
		count,
		col("why", 150, func(r row) parts.Cell { return parts.Cell{Text: r.why} }),
	}
}

// toneOf is that of the sentence: what was refused stands out as a whole, the rest by
// its icon.
func toneOf(r row) look.Tone {
	switch r.entry.Verb {
	case "denied", "login":
		return r.tone
	default:
		return look.Plain
	}
}

func (p *Page) newBar() *parts.FilterBar {
	d := p.desk
	op := func(id string, values int) parts.FilterOp {
		return parts.FilterOp{ID: id, Title: d.Text("orders_op_" + id), Values: values}
	}
	field := func(id string, kind parts.FilterKind, ops ...parts.FilterOp) parts.FilterField {
		return parts.FilterField{ID: id, Group: d.Text("history_group"), Title: d.Text("history_by_" + id), Kind: kind, Ops: ops}
	}
	users := field(byUser, parts.FilterChoice, op(opIs, 1))
	users.Choices = func() []parts.FilterValue {
		list := make([]parts.FilterValue, len(p.state.Users))
		for i, u := range p.state.Users {
			list[i] = parts.FilterValue{ID: u, Title: p.shop.user(u)}
		}
		return list
	}
	kind := field(byKind, parts.FilterChoice, op(opIs, parts.Many))
	kind.Choices = func() []parts.FilterValue {
		list := make([]parts.FilterValue, len(kinds))
		for i, k := range kinds {
			list[i] = parts.FilterValue{ID: k.id, Title: d.Text("history_kind_" + k.id)}
		}
		return list
	}
	bar := parts.NewFilterBar(d.Words, d.Tasks, "", []parts.FilterField{
		users, kind, field(byDay, parts.FilterDay, op(opSince, 1), op(opUntil, 1), op(opBetween, 2)),
	})
	bar.View = p.view
	bar.OnChange = func(chips []parts.FilterChip, _ bool) {
		p.ask.chips = nil
		for _, c := range chips {
			p.ask.chips = append(p.ask.chips, chip{c.Field, c.Op, c.Values})
		}
		p.again()
	}
	return bar
}

// view says how a chip is shown, and what is wrong with it.
func (p *Page) view(c parts.FilterChip) parts.FilterView {
	k := chip{c.Field, c.Op, c.Values}
	title, text := p.shop.describe(k, p.whom)
	v := parts.FilterView{Title: title, Text: text}
	var r usecase.LogRequest
	if !k.put(&r, p.shop.zone) {
		v.Problem = p.desk.Text("orders_bad_value")
	}
	return v
}

// clear takes the filter away.
func (p *Page) clear() {
	p.ask.chips = nil
	p.showChips()
	p.again()
}

// showChips shows the filter in the bar.
func (p *Page) showChips() {
	chips := make([]parts.FilterChip, len(p.ask.chips))
	for i, c := range p.ask.chips {
		chips[i] = parts.FilterChip{Field: c.field, Op: c.op, Values: c.values}
	}
	p.bar.SetChips(chips, true)
}
