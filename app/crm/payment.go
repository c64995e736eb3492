package crm

import (
	"cmp"
	"strconv"
	"strings"

	"kebu/app/crm/pii"
)

// PaymentKind is what a movement of money was for.
type PaymentKind string

// The kinds. An unknown word stays PaymentOther: its money is shown and belongs
// to none of the others.
const (
	PaymentOther    PaymentKind = ""
	PaymentReceived PaymentKind = "payment"  // by a buyer
	PaymentRefund   PaymentKind = "refund"   // to a buyer
	PaymentFee      PaymentKind = "fee"      // of the processor or the marketplace, or given back by it
	PaymentTransfer PaymentKind = "transfer" // between the seller's own accounts, and between currencies
)

// Payment is a movement of money as a payment processor or a settlement tells
// it. What was sold is told by orders alone, so that a payment counts in no
// gross, refund or net; it stands beside the order that it names, if the book
// has it, or by itself.
type Payment struct {
	Platform string // processor or marketplace, such as "paypal"
	Number   string // of the movement: text, unique within platform and shop
	OrderNo  string // number of the order that it names, "" for none
	Parent   string // number of the payment that it gives back or belongs to, "" for none

	At        Moment
	Kind      PaymentKind
	Status    Status
	RawStatus string // the file's words: its kind, then its status after " / "

	Currency string // ISO 4217
	Amount   Amount // before fees; negative for what left the seller
	Fee      Amount // what was kept of it; negative for fees given back
	Refund   Amount // what has been given back of it so far

	Payer Payer
}

// Payer is who paid.
type Payer struct {
	Name  pii.Text
	Email pii.Text
}

// Merge returns what two tellings of one payment come to, whichever was
// imported first, and whether that differs from p: the one that is further on
// tells, and the other fills what it leaves blank.
func (p *Payment) Merge(next *Payment) (merged Payment, changed bool) {
	first, second := p, next
	if next.beyond(p) {
		first, second = next, p
	}
	merged = *first
	fill(&merged.OrderNo, second.OrderNo)
	fill(&merged.Parent, second.Parent)
	fill(&merged.At, second.At)
	fill(&merged.Kind, second.Kind)
	fill(&merged.Status, second.Status)
	fill(&merged.RawStatus, second.RawStatus)
	fill(&merged.Currency, second.Currency)
	fill(&merged.Amount, second.Amount)
	fill(&merged.Fee, second.Fee)
	fill(&merged.Refund, second.Refund)
	fill(&merged.Payer.Name, second.Payer.Name)
	fill(&merged.Payer.Email, second.Payer.Email)
	for _, t := range []struct {
		value *pii.Text
		old   pii.Text
	}{{&merged.Payer.Name, p.Payer.Name}, {&merged.Payer.Email, p.Payer.Email}} {
		if t.value.Equal(t.old) { // so that == tells
			*t.value = t.old
		}
	}
	return merged, merged != *p
}

// beyond reports whether p is of a later state of the payment than q. It is
// never true both ways, so that the order of imports does not matter.
func (p *Payment) beyond(q *Payment) bool {
	return cmp.Or(
		cmp.Compare(p.Status.rank(), q.Status.rank()), compareAmounts(p.Refund, q.Refund), cmp.Compare(p.At, q.At),
		compareAmounts(p.Fee, q.Fee), compareAmounts(p.Amount, q.Amount), cmp.Compare(p.Kind, q.Kind),
		cmp.Compare(p.RawStatus, q.RawStatus), cmp.Compare(p.OrderNo, q.OrderNo), cmp.Compare(p.Parent, q.Parent),
		cmp.Compare(p.Currency, q.Currency), cmp.Compare(p.Payer.Name.Reveal(), q.Payer.Name.Reveal()),
		cmp.Compare(p.Payer.Email.Reveal(), q.Payer.Email.Reveal()),
	) > 0
}

// compareAmounts compares amounts, of which an unknown one is the least.
func compareAmounts(a, b Amount) int {
	switch {
	case a.Known == b.Known:
		return cmp.Compare(a.Value, b.Value)
	case a.Known:
		return 1
	default:
		return -1
	}
}

// fill sets *value to other if it is blank.
func fill[T comparable](value *T, other T) {
	var blank T
	if *value == blank {
		*value = other
	}
}

// KeyPayments gives each payment without a number one made of what it tells
// and its occurrence, so that equal ones stay apart and keep their numbers from
// file to file. parts are, for each payment, what else tells it from others.
func KeyPayments(payments []*Payment, parts []string) {
	seen := map[string]int{}
	for i, p := range payments {
		if p.Number != "" {
			continue
		}
		base := strings.Join([]string{
			p.OrderNo, strconv.FormatInt(int64(p.At), 10), p.RawStatus, p.Currency, p.Amount.Value.String(), p.Fee.Value.String(), parts[i],
		}, "\x1f")
		seen[base]++
		p.Number = base + "\x1f" + strconv.Itoa(seen[base])
	}
}
