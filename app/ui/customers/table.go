package customers

import (
	"slices"
	"strings"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// columns are those of the table, in the order of the start.
func (p *Page) columns() []parts.Column[row] {
	symbol := map[string]any{"Symbol": phrase.Symbol(p.shop.currency)}
	title := func(key string) string {
		return strings.TrimSpace(p.desk.Text("customers_col_"+key, symbol)) // an empty book has no currency
	}
	text := func(id, key string, width float32, sortable, off bool, value func(row) string) parts.Column[row] {
		return parts.Column[row]{
			ID: id, Title: title(key), Min: 48, Start: width, Max: 400, Sortable: sortable, Off: off,
			Cell: func(r row) parts.Cell { return parts.Cell{Text: value(r)} },
		}
	}
	number := func(id, key string, width float32, off bool, value func(row) string) parts.Column[row] {
		return parts.Column[row]{
			ID: id, Title: title(key), Min: 48, Start: width, Max: 300, Sortable: true, Descending: true, Align: parts.Right, Off: off,
			Cell: func(r row) parts.Cell { return parts.Cell{Text: value(r), Number: true} },
		}
	}
	name := text("name", "name", 116, true, false, nil)
	name.Cell = func(r row) parts.Cell {
		c := parts.Cell{Text: r.name, Second: r.alias, Masked: true, Marks: r.marks.name, SecondMarks: r.marks.alias}
		if r.name == "" {
			c.Text, c.Tone = p.desk.Text("customers_no_name"), look.Faint
		}
		if r.refused {
			c.Icon, c.IconTone = "warn", look.Late
		}
		return c
	}
	account := text("account", "account", 148, true, false, nil)
	account.Cell = func(r row) parts.Cell {
		c := parts.Cell{Letter: r.letter, Text: r.account, Tip: r.platform, Marks: r.marks.account}
		if r.more > 0 {
			c.Second = "+" + phrase.Count(r.more)
		}
		return c
	}
	city := text("city", "city", 84, true, false, nil)
	city.Cell = func(r row) parts.Cell { return parts.Cell{Text: r.place[0], Marks: r.marks.city} }
	phone := text("phone", "phone", 120, false, true, nil)
	phone.Cell = func(r row) parts.Cell { return parts.Cell{Text: r.phone, Masked: true, Marks: r.marks.phone} }
	last := text("last_purchase", "last", 100, true, false, func(r row) string { return r.last })
	first := text("first_purchase", "first", 100, true, true, func(r row) string { return r.first })
	last.Descending, first.Descending = true, true
	interval := number("interval", "interval", 76, false, nil)
	interval.Cell = func(r row) parts.Cell {
		c := parts.Cell{Text: r.interval, Number: true}
		if r.late != "" {
			c.Icon, c.Tone = "clock", look.Late
		}
		return c
	}
	late := number("late_by", "late", 76, true, func(r row) string { return r.late })
	tags := parts.Column[row]{ID: "tags", Title: title("tags"), Min: 120, Start: 160, Max: 1000, Grow: true, Cell: func(r row) parts.Cell {
		c := parts.Cell{}
		for i, t := range r.tags {
			c.Chips = append(c.Chips, parts.Chip{Text: t, Tone: look.Muted, Marks: r.marks.tags[i]})
		}
		return c
	}}
	all := []parts.Column[row]{
		name, account, city,
		number("purchases", "purchases", 68, false, func(r row) string { return r.orders }),
		number("net", "net", 102, false, func(r row) string { return r.money[0] }),
		last, interval, tags,
		number("gross", "gross", 102, true, func(r row) string { return r.money[1] }),
		number("refunded", "refunded", 102, true, func(r row) string { return r.money[2] }),
		first, late,
		text("province", "province", 84, true, true, func(r row) string { return r.place[1] }),
		text("country", "country", 84, true, true, func(r row) string { return r.place[2] }),
		text("platform", "platform", 84, false, true, func(r row) string { return r.platform }),
		phone,
		text(colFavourite, "favourite", 140, false, true, func(r row) string { return r.favourite }),
		text(colNote, "note", 100, false, true, func(r row) string { return r.note }),
	}
	return slices.DeleteFunc(all, func(c parts.Column[row]) bool { return !p.desk.Lists(access.Customers, c.ID) })
}

// The columns of habits, for which the list has to be asked.
const (
	colFavourite = "favourite"
	colNote      = "last_note"
)

// habits reports whether one of their columns is shown.
func (p *Page) habits() bool {
	return slices.ContainsFunc(p.table.Layout().Columns, func(c parts.ColumnLayout) bool {
		return !c.Off && (c.ID == colFavourite || c.ID == colNote)
	})
}

func sortKeys(list []usecase.Sort) []parts.SortKey {
	keys := make([]parts.SortKey, len(list))
	for i, s := range list {
		keys[i] = parts.SortKey{ID: s.By, Descending: s.Descending}
	}
	return keys
}

// sorted returns what the user sorts by, as far as the table has the columns: what is
// remembered may be of another role.
func (p *Page) sorted(keys []parts.SortKey) []usecase.Sort {
	columns := p.table.Layout().Columns
	return sorts(slices.DeleteFunc(slices.Clone(keys), func(k parts.SortKey) bool {
		return !slices.ContainsFunc(columns, func(c parts.ColumnLayout) bool { return c.ID == k.ID })
	}))
}

// order returns by what the list is sorted; nil is the book's own order.
func (p *Page) order() []usecase.Sort {
	if p.ask.sort == nil && !p.desk.Asks(newest[0].By) {
		return nil
	}
	return p.ask.order()
}

func (p *Page) selection(from, limit int) usecase.Selection {
	sel := p.ask.selection(from, limit)
	sel.Sort = p.order()
	return sel
}

// sorts returns what the user sorts by; nil is the order of the start.
func sorts(keys []parts.SortKey) []usecase.Sort {
	list := make([]usecase.Sort, len(keys))
	for i, k := range keys {
		list[i] = usecase.Sort{By: k.ID, Descending: k.Descending}
	}
	if len(list) == 0 || slices.Equal(list, newest) {
		return nil
	}
	return list
}
