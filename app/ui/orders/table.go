package orders

import (
	"slices"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// columns are those of the table.
func (p *Page) columns() []parts.Column[row] {
	symbol := map[string]any{"Symbol": phrase.Symbol(p.shop.currency)}
	col := func(id string, width float32, sortable bool, cell func(row) parts.Cell) parts.Column[row] {
		return parts.Column[row]{
			ID: id, Title: p.desk.Text("orders_col_"+id, symbol), Min: 56, Start: width, Max: 400, Sortable: sortable, Cell: cell,
		}
	}
	placed := col("placed", 126, true, func(r row) parts.Cell { return parts.Cell{Text: r.placed} })
	placed.Descending = true
	number := col("number", 84, true, func(r row) parts.Cell { return parts.Cell{Text: r.short, Copied: r.number, Tip: r.number} })
	goods := col("goods", 200, false, func(r row) parts.Cell { return parts.Cell{Text: r.goods} })
	goods.Grow, goods.Max, goods.Min = true, 1200, 100
	money := func(id string, cell func(row) parts.Cell) parts.Column[row] {
		c := col(id, 94, true, cell)
		c.Align, c.Descending = parts.Right, true
		return c
	}
	all := []parts.Column[row]{
		number,
		col("shop", 100, true, func(r row) parts.Cell { return parts.Cell{Letter: r.letter, Text: r.shop, Tip: r.platform} }),
		placed,
		col("status", 84, true, func(r row) parts.Cell {
			c := parts.Cell{Text: r.status, Tip: r.raw}
			if r.unknown {
				c.Tone = look.Late
			}
			return c
		}),
		col("customer", 108, false, func(r row) parts.Cell {
			c := parts.Cell{Text: r.name, Second: r.alias}
			if r.nobody {
				c.Tone = look.Faint
			}
			return c
		}),
		goods,
		money("gross", func(r row) parts.Cell { return parts.Cell{Text: r.paid, Number: true} }),
		money("refunded", func(r row) parts.Cell { return parts.Cell{Text: r.refunded, Number: true, Tone: look.Bad} }),
	}
	return slices.DeleteFunc(all, func(c parts.Column[row]) bool { return !p.desk.Lists(access.Orders, c.ID) })
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

// sorts returns what the user sorts by; none is the order of the start.
func sorts(keys []parts.SortKey) []usecase.Sort {
	if len(keys) == 0 {
		return newest
	}
	list := make([]usecase.Sort, len(keys))
	for i, k := range keys {
		list[i] = usecase.Sort{By: k.ID, Descending: k.Descending}
	}
	return list
}
