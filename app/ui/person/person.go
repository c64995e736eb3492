// Package person says one customer in words: the figures, each with its
// reason, and what was bought. It knows no Fyne, so that the page of a customer
// and the panel beside a list say the same.
package person

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/usecase"
)

// Shop is what a profile is read in.
type Shop struct {
	Words    *phrase.Phrases
	Currency string // of the book
	Zone     *time.Location
	Today    crm.Day
	// NoAmounts and NoOrders are what the user does not see: figures of them are not there.
	NoAmounts, NoOrders bool
}

// Figure is a figure and why it is so.
type Figure struct {
	Label, Value, Why string
	Late              bool // the reason is a warning
}

// unknown stands in a profile for what is not known.
const unknown = "—"

// Sums returns what a customer spent in the book's currency, else in the first
// other one.
func (s Shop) Sums(list []crm.Sums) crm.Sums {
	for _, m := range list {
		if m.Currency == s.Currency {
			return m
		}
	}
	if len(list) > 0 {
		return list[0]
	}
	return crm.Sums{Currency: s.Currency}
}

// Net is what a customer spent, less refunds.
func (s Shop) Net(p usecase.Profile) Figure {
	sums := s.Sums(p.Money)
	why := s.Words.Text("person_net_why", map[string]any{
		"Paid": phrase.Money(sums.Gross, sums.Currency), "Refunded": phrase.Money(sums.Refunded, sums.Currency),
	})
	if sums.Refunded == 0 {
		why = s.Words.Text("person_net_plain")
	}
	if others := len(p.Money) - 1; others > 0 {
		why = s.Words.Text("person_net_others", map[string]any{"Count": others})
	}
	return Figure{Label: s.Words.Text("person_net"), Value: phrase.Price(sums.Net(), sums.Currency), Why: why}
}

// Orders is how many orders count as purchases.
func (s Shop) Orders(p usecase.Profile) Figure {
	f := Figure{
		Label: s.Words.Text("person_orders"),
		Value: s.Words.Text("person_orders_value", map[string]any{"Count": p.Purchases, "Orders": phrase.Count(p.Purchases)}),
		Why:   s.Words.Text("person_orders_all"),
	}
	if rest := len(p.Orders) - p.Purchases; rest > 0 {
		f.Why = s.Words.Text("person_orders_rest", map[string]any{"Count": rest})
	}
	return f
}

// Interval is the mean of the days between purchase days, with their range.
func (s Shop) Interval(p usecase.Profile) Figure {
	f := Figure{Label: s.Words.Text("person_interval"), Value: unknown, Why: s.Words.Text("person_interval_early")}
	if p.Interval == 0 {
		return f
	}
	f.Value = s.Words.Span(p.Interval)
	gaps := Gaps(p, s.Zone)
	if len(gaps) == 0 {
		return f
	}
	least, most := gaps[0].Days, gaps[0].Days
	for _, g := range gaps {
		least, most = min(least, g.Days), max(most, g.Days)
	}
	f.Why = s.Words.Text("person_interval_why", map[string]any{"Count": len(gaps), "Least": least, "Most": most})
	return f
}

// Last is the last purchase: its day and whether the customer is late.
func (s Shop) Last(p usecase.Profile) Figure {
	f := Figure{Label: s.Words.Text("person_last"), Value: unknown}
	if !p.Last.Known() {
		f.Why = s.Words.Text("person_last_never")
		return f
	}
	day := p.Last.Day(s.Zone)
	ago := int(s.Today - day)
	f.Value, f.Why = day.String(), s.Words.Ago(ago)
	if p.LateBy > 0 {
		f.Late = true
		f.Why = s.Words.Text("person_last_late", map[string]any{"Ago": f.Why, "Late": s.Words.Span(p.LateBy)})
	}
	return f
}

// Refunds are how often and how much was given back.
func (s Shop) Refunds(p usecase.Profile) Figure {
	sums := s.Sums(p.Money)
	count := 0
	for _, o := range p.Orders {
		if o.Figures.Refunded > 0 {
			count++
		}
	}
	f := Figure{Label: s.Words.Text("person_refunds"), Value: s.Words.Text("person_refunds_value", map[string]any{"Count": count})}
	if count == 0 {
		f.Why = s.Words.Text("person_refunds_none")
		return f
	}
	share := 0.0
	if sums.Gross > 0 {
		share = float64(sums.Refunded) / float64(sums.Gross)
	}
	f.Why = s.Words.Text("person_refunds_why", map[string]any{
		"Sum": phrase.Price(sums.Refunded, sums.Currency), "Share": phrase.Percent(share),
	})
	return f
}

// Gap is the time between two neighbouring purchase days.
type Gap struct {
	From, To crm.Day
	Days     int
}

// Gaps returns the times between neighbouring purchase days, the oldest first.
func Gaps(p usecase.Profile, zone *time.Location) []Gap {
	seen := map[crm.Day]bool{}
	least, most := crm.Day(math.MaxInt32), crm.Day(math.MinInt32)
	for _, o := range p.Orders {
		if o.Figures.Purchase && o.Placed.Known() {
			day := o.Placed.Day(zone)
			seen[day] = true
			least, most = min(least, day), max(most, day)
		}
	}
	var gaps []Gap
	before := least
	for day := least + 1; day <= most; day++ {
		if seen[day] {
			gaps = append(gaps, Gap{before, day, int(day - before)})
			before = day
		}
	}
	return gaps
}

// Goods says what an order holds: its first product with the quantity, and how
// many more there are.
func Goods(w *phrase.Phrases, o usecase.StoredOrder) string {
	var names []string
	for _, l := range o.Lines {
		if l.Product == "" && l.SKU == "" {
			continue
		}
		name := l.Product
		if name == "" {
			name = l.SKU
		}
		if q := l.Quantity.String(); q != "1" && q != "0" {
			name += " ×" + strings.TrimPrefix(q, "-")
		}
		names = append(names, name)
	}
	switch len(names) {
	case 0:
		return w.Text("person_no_goods")
	case 1:
		return names[0]
	default:
		return names[0] + " +" + strconv.Itoa(len(names)-1)
	}
}

// Place returns province and city as they are written where people live, once
// where they are the same: 四川省成都市, 上海市, Leeds, West Yorkshire.
func Place(province, city string) string {
	switch {
	case strings.HasPrefix(city, province):
		return city
	case city == "":
		return province
	case strings.ContainsFunc(province+city, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		return province + city
	default:
		return city + ", " + province
	}
}

// Number returns six signs of an order number, marked as a part: the last ones.
// Those of Taobao and Tmall end in digits of the buyer, the same in all orders of
// one person; there it is the six before these.
func Number(w *phrase.Phrases, platform, number string) string {
	const part = 6
	letters := []rune(number)
	end := len(letters) - part
	switch {
	case len(letters) <= part+2:
		return number
	case (platform == "taobao" || platform == "tmall") && end >= part:
		return w.Text("person_number_middle", map[string]any{"Middle": string(letters[end-part : end])})
	default:
		return w.Text("person_number_end", map[string]any{"End": string(letters[end:])})
	}
}
