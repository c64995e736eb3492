package customer

import (
	"math"
	"strconv"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/person"
	"kebu/app/usecase"
)

// The figures above the timeline.
const (
	figNet = iota
	figOrders
	figInterval
	figLast
	figRefunds
	figureCount
)

// has reports whether the user sees what a figure is of.
func has(s person.Shop, figure int) bool {
	if figure == figNet || figure == figRefunds {
		return !s.NoAmounts && !s.NoOrders
	}
	return !s.NoOrders
}

// figures are those above the timeline, each with its reason in a few words.
func figures(s person.Shop, p usecase.Profile) []person.Figure {
	list := []person.Figure{s.Net(p), s.Orders(p), s.Interval(p), s.Last(p), s.Refunds(p)}
	if len(p.Money) < 2 && s.Sums(p.Money).Refunded != 0 {
		list[figNet].Why = s.Words.Text("customer_net_why")
	}
	if rest := len(p.Orders) - p.Purchases; rest > 0 {
		list[figOrders].Why = s.Words.Text("customer_rest", map[string]any{"Count": rest})
	}
	if gaps := p.Reasons.Gaps; p.Interval != 0 && len(gaps) > 0 {
		least, most := gaps[0].Days, gaps[0].Days
		for _, g := range gaps {
			least, most = min(least, g.Days), max(most, g.Days)
		}
		list[figInterval].Why = s.Words.Text("customer_range", map[string]any{"Count": len(gaps), "Least": least, "Most": most})
	}
	if p.Last.Known() {
		day := p.Last.Day(s.Zone)
		list[figLast].Value, list[figLast].Why = s.Words.Ago(int(s.Today-day)), day.String()
		if p.LateBy > 0 {
			list[figLast].Why = s.Words.Text("customer_late", map[string]any{"Late": s.Words.Span(p.LateBy)})
		}
	}
	return list
}

// part is a line of the reason of a figure.
type part struct {
	text, number string
	total        bool
}

// netParts are the sums of each currency, the book's first.
func netParts(s person.Shop, p usecase.Profile) []part {
	var parts []part
	first := s.Sums(p.Money)
	for _, m := range append([]crm.Sums{first}, p.Money...) {
		if len(parts) > 0 && m.Currency == first.Currency {
			continue
		}
		parts = append(parts,
			part{s.Words.Text("customer_paid"), phrase.Price(m.Gross, m.Currency), false},
			part{s.Words.Text("customer_refunded"), phrase.Price(-m.Refunded, m.Currency), false},
			part{s.Words.Text("person_net"), phrase.Price(m.Net(), m.Currency), true})
	}
	return parts
}

// orderParts say which orders count, and why the others do not.
func orderParts(s person.Shop, p usecase.Profile) []part {
	parts := []part{{s.Words.Text("customer_counted"), phrase.Count(p.Purchases), false}}
	for _, u := range p.Reasons.Uncounted {
		why := status(s.Words, u.Status, "")
		if u.Status.Counts() {
			why = s.Words.Text("customer_nothing_paid")
		}
		parts = append(parts, part{s.Words.Text("customer_not_counted", map[string]any{"Why": why}), phrase.Count(u.Orders), false})
	}
	return append(parts, part{s.Words.Text("customer_all_orders"), phrase.Count(len(p.Orders)), true})
}

// intervalParts say how the mean of the gaps came about.
func intervalParts(s person.Shop, p usecase.Profile) []part {
	gaps := p.Reasons.Gaps
	days := 0
	for _, g := range gaps {
		days += g.Days
	}
	said := s.Words.Text("customer_gaps", map[string]any{"Count": len(gaps), "Days": days})
	sum := s.Words.Text("customer_gaps_sum", map[string]any{"Days": days, "Gaps": len(gaps), "Mean": s.Words.Span(p.Interval)})
	return []part{{said, sum, true}}
}

// lastParts say why a customer is late, or when the next purchase may be.
func lastParts(s person.Shop, p usecase.Profile) []part {
	last := p.Last.Day(s.Zone)
	parts := []part{{s.Words.Text("person_last"), last.String(), false}}
	if p.Interval == 0 {
		return append(parts, part{s.Words.Text("customer_since"), s.Words.Span(float64(s.Today - last)), true})
	}
	parts = append(parts,
		part{s.Words.Text("customer_usual"), s.Words.Span(p.Interval), false},
		part{s.Words.Text("customer_expected"), (last + crm.Day(math.Round(p.Interval))).String(), false},
		part{s.Words.Text("customer_since"), s.Words.Span(float64(s.Today - last)), false})
	if p.LateBy > 0 {
		parts = append(parts, part{s.Words.Text("customer_late_by"), s.Words.Span(p.LateBy), true})
	}
	return parts
}

// refundParts name the orders with a refund, at most a number of them, and the
// sum of each currency.
func refundParts(s person.Shop, p usecase.Profile, most int) []part {
	var parts []part
	rest := 0
	for i := range p.Orders {
		o := &p.Orders[i]
		switch {
		case o.Figures.Refunded == 0:
		case len(parts) == most:
			rest++
		default:
			text := person.Goods(s.Words, *o)
			if at := refundedAt(o); at.Known() {
				text = at.Day(s.Zone).String() + "  " + text
			}
			parts = append(parts, part{text, phrase.Price(-o.Figures.Refunded, o.Currency), false})
		}
	}
	if rest > 0 {
		parts = append(parts, part{s.Words.Text("customer_more_refunds", map[string]any{"Count": rest}), "", false})
	}
	for _, r := range p.Reasons.Refunds {
		text := s.Words.Text("customer_refund_sum", map[string]any{"Share": phrase.Percent(r.Share())})
		parts = append(parts, part{text, phrase.Price(-r.Refunded, r.Currency), true})
	}
	return parts
}

// bars are the gaps as a chart: how long each is, and its label.
func bars(gaps []usecase.Gap) (labels []string, values []float64) {
	for _, g := range gaps {
		labels = append(labels, strconv.Itoa(g.Days))
		values = append(values, float64(g.Days))
	}
	return labels, values
}

// imported is when the book last learned of this customer's orders.
func imported(p usecase.Profile) crm.Moment {
	for _, e := range p.Events {
		if e.Verb == string(access.Import) && !e.Undone {
			return e.At
		}
	}
	return 0
}
