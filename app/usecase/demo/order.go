package demo

import (
	"time"

	"kebu/app/crm"
)

// platform is a marketplace on which the shop sells.
type platform uint8

const (
	taobao platform = iota
	pinduoduoShop
	shopifyShop
)

// String names the platform as importers do.
func (p platform) String() string { return [...]string{"taobao", "pinduoduo", "shopify"}[p] }

func (p platform) currency() string {
	if p == shopifyShop {
		return "GBP"
	}
	return "CNY"
}

// beijing is the zone in which Chinese marketplaces write times, and in which
// the shop stands.
var beijing = time.FixedZone("CST", 8*60*60)

// fate is how an order ends.
type fate uint8

const (
	kept         fate = iota
	partlyBack        // a part of the money is given back after receipt
	backUnsent        // all of it, before sending
	backSent          // all of it, after sending
	neverPaid         // closed by the marketplace after a day
	waitsForever      // unpaid, and nobody closes it
)

// stage is where an order stands at some time.
type stage uint8

const (
	unpaid stage = iota
	paid
	shipped
	completed
	closed
	partlyRefunded
	refundedUnsent
	refundedSent
)

// unit is one yuan or pound.
const unit crm.Money = 10_000

// order is one order of the shop.
type order struct {
	on     platform
	buyer  *person // nil over the counter
	masked bool    // the export does not tell who bought
	to     recipient
	gift   bool

	serial  int // among all orders, by time
	number  string
	items   []item
	postage crm.Money
	refund  crm.Money // of partlyBack: for the first item
	fate    fate
	message string // of the buyer
	memo    string // of the seller

	placed, payment, sent, received, refunded time.Time
}

// item is one position.
type item struct {
	product
	pieces int
	price  crm.Money
}

func (i item) amount() crm.Money { return i.price * crm.Money(i.pieces) }

func (o *order) goods() crm.Money {
	var sum crm.Money
	for _, i := range o.items {
		sum += i.amount()
	}
	return sum
}

func (o *order) total() crm.Money { return o.goods() + o.postage }

func (o *order) pieces() int {
	n := 0
	for _, i := range o.items {
		n += i.pieces
	}
	return n
}

// stage returns where the order stands at a time after it was placed.
func (o *order) stage(at time.Time) stage {
	switch {
	case o.fate == waitsForever, at.Before(o.payment) && o.fate != neverPaid:
		return unpaid
	case o.fate == neverPaid:
		if at.Before(o.placed.Add(24 * time.Hour)) {
			return unpaid
		}
		return closed
	case o.fate == backUnsent && !at.Before(o.refunded):
		return refundedUnsent
	case o.fate == backUnsent || at.Before(o.sent):
		return paid
	case o.fate == backSent && !at.Before(o.refunded):
		return refundedSent
	case o.fate == backSent || at.Before(o.received):
		return shipped
	case o.fate == partlyBack && !at.Before(o.refunded):
		return partlyRefunded
	default:
		return completed
	}
}

// figures returns what the order counts for at a time. Taobao shows an order
// that is refunded in full as closed with nothing paid.
func (o *order) figures(at time.Time) (gross, refunded crm.Money) {
	switch o.stage(at) {
	case unpaid, closed:
		return 0, 0
	case refundedUnsent, refundedSent:
		if o.on == taobao {
			return 0, 0
		}
		return o.total(), o.total()
	case partlyRefunded:
		return o.total(), o.refund
	default:
		return o.total(), 0
	}
}

// stamp writes a time that has come by now, in layout.
func stamp(t, now time.Time, layout string) string {
	if t.IsZero() || t.After(now) {
		return ""
	}
	return t.Format(layout)
}
