package crm

import (
	"slices"
	"strconv"
	"strings"

	"kebu/app/crm/pii"
)

// Order is one order of one shop as its export tells it, in the vocabulary
// that all marketplaces share. Blank fields mean that the export says nothing.
type Order struct {
	Platform string // marketplace, such as "taobao"
	Number   string // order number: text, unique within platform and shop

	Zone      string // IANA name of the zone in which the export writes its times
	Placed    Moment // when the order was placed: the earliest of its rows
	Paid      Moment
	Shipped   Moment
	Completed Moment // received, confirmed or closed
	Changed   Moment // any later time of its own, such as of a refund

	Status    Status
	RawStatus string // the marketplace's own words, after-sale words after " / "

	Currency string // ISO 4217
	Amount   Amount // what the buyer paid for the whole order
	Refund   Amount // what was given back of the whole order

	Lines []Line

	Buyer     Buyer
	Recipient Recipient
	// RecipientIsBuyer says that the format gives the buyer's own details as
	// the recipient's, or no key of the buyer at all; only then is the
	// recipient's phone evidence of who bought.
	RecipientIsBuyer bool
	// PhoneUntil is when the recipient's phone ends, where the export tells: it
	// is a virtual number. It is no time of the order itself; see PhoneEnds.
	PhoneUntil Moment

	Message pii.Text // what the buyer wrote
	Memo    pii.Text // what the seller wrote
}

// Amount is a sum that an export may or may not give.
type Amount struct {
	Value Money
	Known bool
}

// Known returns m as a given amount.
func Known(m Money) Amount { return Amount{m, true} }

// some reports whether a is given, and not zero.
func (a Amount) some() bool { return a.Known && a.Value != 0 }

// Line is one position of an order.
type Line struct {
	// Key tells the lines of an order apart: the sub-order number, else what
	// KeyLines makes of sku, price and occurrence.
	Key string
	// Summary marks a line that stands for the whole order because the export
	// lists no positions; it gives way to real lines.
	Summary bool

	SKU      string
	Product  string
	Variant  string
	Quantity Quantity
	Price    Money  // of one piece
	Amount   Money  // price × quantity, or what the export says was charged; negative for returns
	Status   Status // where the line stands on its own, if the export says
	Refund   Amount // what was given back of this line
}

// Buyer is what an export tells about who bought.
type Buyer struct {
	ID    string // opaque id of the buyer on the platform
	Nick  string // screen name, unique on the platform
	Name  pii.Text
	Phone pii.Text
	Email pii.Text
}

// Recipient is where the goods go: often the buyer, sometimes a gift.
type Recipient struct {
	Name     pii.Text
	Phone    pii.Text
	Country  string
	Province string
	City     string
	District string
	Street   pii.Text // street and below
	Postcode string
}

// AsOf is the latest time that the order itself tells, by which a later export
// is told from an older one.
func (o *Order) AsOf() Moment {
	return max(o.Placed, o.Paid, o.Shipped, o.Completed, o.Changed)
}

// madeMark stands in the keys that KeyLines makes, and in no number.
const madeMark = "\x1f"

// goods names what the line is of: its sku, else its product.
func (l *Line) goods() string {
	if l.SKU != "" {
		return l.SKU
	}
	return l.Product
}

// Numbered reports whether the line's key is a number of its own, and not made
// by KeyLines.
func (l *Line) Numbered() bool { return !strings.Contains(l.Key, madeMark) }

// KeyLines gives each line without a key one made of its sku (else product),
// price and occurrence, so that equal lines stay apart and keep their keys
// from file to file.
func (o *Order) KeyLines() {
	seen := map[string]int{}
	for i := range o.Lines {
		l := &o.Lines[i]
		if l.Key != "" {
			continue
		}
		base := l.goods() + madeMark + l.Price.String()
		seen[base]++
		l.Key = base + madeMark + strconv.Itoa(seen[base])
	}
}

// Figures are the sums of one order.
type Figures struct {
	Purchase bool  // counts as a purchase
	Gross    Money // what the buyer paid
	Refunded Money // what was given back
}

// Net is what is left of the order: gross less refunds.
func (f Figures) Net() Money { return f.Gross - f.Refunded }

// Figures works out the order's sums. Cancelled and unpaid orders have none.
// Gross is the order's own amount, else the sum of its positive lines that
// count; refunded is the order's own refund, else those of its lines, and the
// negative lines; the status refunded without any amount, or beside one of
// zero, refunds all.
func (o *Order) Figures() (Figures, error) {
	var f Figures
	if !o.Status.Counts() {
		return f, nil
	}
	var positive, negative, lineRefunds adder
	anyRefund := o.Refund.some()
	listed := slices.ContainsFunc(o.Lines, func(l Line) bool { return !l.Summary })
	for i := range o.Lines {
		l := &o.Lines[i]
		if !l.Status.Counts() || l.Summary && listed {
			continue
		}
		if l.Amount < 0 {
			negative.add(-l.Amount)
		} else {
			positive.add(l.Amount)
		}
		switch {
		case l.Refund.some():
			anyRefund = true
			lineRefunds.add(l.Refund.Value)
		case l.Status == StatusRefunded && l.Amount > 0:
			anyRefund = true
			lineRefunds.add(l.Amount)
		}
	}
	refunds := lineRefunds
	if o.Refund.some() {
		refunds = adder{sum: o.Refund.Value}
	}
	gross := positive
	if o.Amount.Known {
		gross = adder{sum: o.Amount.Value}
		if gross.sum < 0 { // the whole order is a return, its lines too
			refunds.add(-gross.sum)
			gross.sum, negative.sum = 0, 0
		}
	}
	if o.Status == StatusRefunded && !anyRefund {
		refunds.add(gross.sum)
	}
	refunds.add(negative.sum)
	f = Figures{Purchase: gross.sum > 0, Gross: gross.sum, Refunded: refunds.sum}
	if positive.over || negative.over || refunds.over {
		return Figures{}, ErrTooLarge
	}
	return f, nil
}

// adder sums amounts and remembers an overflow.
type adder struct {
	sum  Money
	over bool
}

func (a *adder) add(m Money) {
	s := a.sum + m
	if (s > a.sum) != (m > 0) && m != 0 {
		a.over = true
	}
	a.sum = s
}
