package usecase

import (
	"slices"
	"time"

	"kebu/app/crm"
	"kebu/store"
)

// Reasons are the parts of which the figures of a profile are made.
type Reasons struct {
	// Gaps are the days between neighbouring purchase days, the oldest first;
	// Interval is their mean.
	Gaps []Gap
	// Uncounted are orders that are no purchases, by status.
	Uncounted []Uncounted
	// Refunds are what was given back, by currency.
	Refunds []RefundSum
	// FirstSeen is what first told of the customer, zero for one without orders.
	FirstSeen store.FirstSeen
}

// Gap is the time between two neighbouring purchase days.
type Gap struct {
	From, To crm.Day
	Days     int
}

// Uncounted are orders in one status that count as no purchase: cancelled and
// unpaid ones, and returns.
type Uncounted struct {
	Status crm.Status
	Orders int
}

// RefundSum is what was given back in one currency.
type RefundSum struct {
	Currency string
	Orders   int // of which something was given back
	Refunded crm.Money
	Gross    crm.Money // of all purchases
}

// Share is the part of what was paid that was given back, 0 where nothing was
// paid; more than was paid is more than 1.
func (r RefundSum) Share() float64 {
	if r.Gross == 0 {
		return 0
	}
	return float64(r.Refunded) / float64(r.Gross)
}

// reasonsOf takes a profile's figures apart.
func reasonsOf(p *Profile, zone *time.Location) Reasons {
	var r Reasons
	var days []crm.Day
	for i := range p.Orders {
		o := &p.Orders[i]
		switch {
		case !o.Figures.Purchase:
			r.uncounted(o.Status)
		case o.Placed.Known():
			days = append(days, o.Placed.Day(zone))
		}
	}
	slices.Sort(days)
	days = slices.Compact(days)
	for i := 1; i < len(days); i++ {
		r.Gaps = append(r.Gaps, Gap{days[i-1], days[i], int(days[i] - days[i-1])})
	}
	for _, m := range p.Money {
		if m.Refunded == 0 {
			continue
		}
		sum := RefundSum{Currency: m.Currency, Refunded: m.Refunded, Gross: m.Gross}
		for i := range p.Orders {
			if o := &p.Orders[i]; o.Currency == m.Currency && o.Figures.Refunded > 0 {
				sum.Orders++
			}
		}
		r.Refunds = append(r.Refunds, sum)
	}
	return r
}

func (r *Reasons) uncounted(s crm.Status) {
	i := slices.IndexFunc(r.Uncounted, func(u Uncounted) bool { return u.Status == s })
	if i < 0 {
		i = len(r.Uncounted)
		r.Uncounted = append(r.Uncounted, Uncounted{Status: s})
	}
	r.Uncounted[i].Orders++
}
