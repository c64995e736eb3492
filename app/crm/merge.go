package crm

import (
	"slices"

	"kebu/app/crm/pii"
)

// Merge returns what is known of an order after a later import of it, and
// whether that differs from what was known before.
//
// What next leaves blank says nothing. Values are taken from next unless it is
// older by AsOf, or as old with a status further back; then it only fills what
// was blank. Between tellings as old as each other refunds only grow, as
// statuses only move forward. The order was placed at the earlier of both times.
// Lines are matched by key and none is lost; real lines replace a summary.
func (o *Order) Merge(next *Order) (merged Order, changed bool) {
	m := merger{older: next.AsOf() < o.AsOf(), newer: next.AsOf() > o.AsOf()}
	m.tie = !m.older && !m.newer
	if m.tie && next.Status.Known() && next.Status.rank() < o.Status.rank() {
		m.older = true
	}
	merged = *o
	merged.Lines = slices.Clone(o.Lines)

	if next.Placed.Known() && (!o.Placed.Known() || next.Placed < o.Placed) {
		merged.Placed = next.Placed
		m.changed = true
	}
	m.status(&merged.Status, &merged.RawStatus, next.Status, next.RawStatus)
	take(&m, &merged.Zone, next.Zone)
	take(&m, &merged.Paid, next.Paid)
	take(&m, &merged.Shipped, next.Shipped)
	take(&m, &merged.Completed, next.Completed)
	take(&m, &merged.Changed, next.Changed)
	take(&m, &merged.Currency, next.Currency)
	take(&m, &merged.Amount, next.Amount)
	m.refund(&merged.Refund, next.Refund)

	take(&m, &merged.Buyer.ID, next.Buyer.ID)
	take(&m, &merged.Buyer.Nick, next.Buyer.Nick)
	m.text(&merged.Buyer.Name, next.Buyer.Name)
	m.text(&merged.Buyer.Phone, next.Buyer.Phone)
	m.text(&merged.Buyer.Email, next.Buyer.Email)

	r, n := &merged.Recipient, &next.Recipient
	m.text(&r.Name, n.Name)
	before := r.Phone
	m.text(&r.Phone, n.Phone)
	switch {
	case !r.Phone.Equal(before): // what was known is of the other phone
		merged.PhoneUntil, merged.RecipientIsBuyer = next.PhoneUntil, next.RecipientIsBuyer
	case n.Phone.Empty() || n.Phone.Equal(before):
		take(&m, &merged.PhoneUntil, next.PhoneUntil)
	}
	if merged.RecipientIsBuyer && !next.RecipientIsBuyer && !r.Phone.Empty() && n.Phone.Equal(r.Phone) {
		merged.RecipientIsBuyer = false // whichever file comes first
		m.changed = true
	}
	take(&m, &r.Country, n.Country)
	take(&m, &r.Province, n.Province)
	take(&m, &r.City, n.City)
	take(&m, &r.District, n.District)
	m.text(&r.Street, n.Street)
	take(&m, &r.Postcode, n.Postcode)
	m.text(&merged.Message, next.Message)
	m.text(&merged.Memo, next.Memo)

	m.lines(&merged, next.Lines)
	return merged, m.changed
}

// merger takes values of a later import over those known before.
type merger struct {
	older   bool // next only fills blanks
	newer   bool // next is strictly later, so that its status may move back
	tie     bool // next is as old
	changed bool
}

// take sets *old to next unless next is blank, the zero value.
func take[T comparable](m *merger, old *T, next T) {
	var blank T
	if next == blank || next == *old || m.older && *old != blank {
		return
	}
	*old = next
	m.changed = true
}

func (m *merger) text(old *pii.Text, next pii.Text) {
	if next.Empty() || next.Equal(*old) || m.older && !old.Empty() {
		return
	}
	*old = next
	m.changed = true
}

// refund takes a refund; on a tie it only grows.
func (m *merger) refund(old *Amount, next Amount) {
	switch {
	case !m.tie || !old.Known:
		take(m, old, next)
	case next.Known && next.Value > old.Value:
		*old = next
		m.changed = true
	}
}

// status moves a status and its raw words together.
func (m *merger) status(old *Status, oldRaw *string, next Status, nextRaw string) {
	if next == StatusUnknown && nextRaw == "" || m.older && (*old != StatusUnknown || *oldRaw != "") {
		return
	}
	if !m.newer && next.rank() < old.rank() {
		return
	}
	if next != *old || nextRaw != "" && nextRaw != *oldRaw {
		m.changed = true
		*old = next
		if nextRaw != "" {
			*oldRaw = nextRaw
		}
	}
}

// counterparts finds, for each line of next by its place, the line of old that is
// the same under a key of the other kind: two exports of an order may number its
// lines or not. They meet by sku, else product, in the order of the files.
func counterparts(old, next []Line) map[int]int {
	keys := make(map[string]bool, len(old)+len(next))
	for i := range next {
		keys[next[i].Key] = true
	}
	type goods struct {
		name     string
		numbered bool
	}
	free := map[goods][]int{}
	for j := range old {
		if l := &old[j]; !keys[l.Key] {
			g := goods{l.goods(), l.Numbered()}
			free[g] = append(free[g], j)
		}
	}
	if len(free) == 0 {
		return nil
	}
	clear(keys)
	for j := range old {
		keys[old[j].Key] = true
	}
	var found map[int]int
	for i := range next {
		n := &next[i]
		g := goods{n.goods(), !n.Numbered()}
		if list := free[g]; !keys[n.Key] && len(list) > 0 {
			if found == nil {
				found = map[int]int{}
			}
			found[i], free[g] = list[0], list[1:]
		}
	}
	return found
}

func (m *merger) lines(o *Order, next []Line) {
	real := func(l Line) bool { return !l.Summary }
	switch {
	case len(next) == 0:
		return
	case slices.ContainsFunc(next, real) && !slices.ContainsFunc(o.Lines, real):
		// Real lines, even of an older file, tell what a summary cannot.
		m.changed = true
		o.Lines = slices.Clone(next)
		return
	case !slices.ContainsFunc(next, real) && slices.ContainsFunc(o.Lines, real):
		return
	}
	at := make(map[string]int, len(o.Lines))
	for i := range o.Lines {
		at[o.Lines[i].Key] = i
	}
	other := counterparts(o.Lines, next)
	for i := range next {
		n := &next[i]
		j, known := at[n.Key]
		if !known {
			j, known = other[i]
			if known && n.Numbered() { // a number of its own tells more, whichever is older
				o.Lines[j].Key, m.changed = n.Key, true
			}
		}
		if !known {
			if !m.older {
				at[n.Key] = len(o.Lines)
				o.Lines = append(o.Lines, *n)
				m.changed = true
			}
			continue
		}
		l := &o.Lines[j]
		take(m, &l.SKU, n.SKU)
		take(m, &l.Product, n.Product)
		take(m, &l.Variant, n.Variant)
		take(m, &l.Quantity, n.Quantity)
		take(m, &l.Price, n.Price)
		take(m, &l.Amount, n.Amount)
		m.refund(&l.Refund, n.Refund)
		if n.Status.Known() && (m.newer || n.Status.rank() > l.Status.rank()) {
			take(m, &l.Status, n.Status)
		}
	}
}
