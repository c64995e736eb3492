package crm

import (
	"cmp"
	"slices"

	"kebu/app/crm/pii"
)

// FactKind says how a Fact is told.
type FactKind uint8

// The kinds.
const (
	NoFact       FactKind = iota // nothing is known
	TextFact                     // Text
	MoneyFact                    // Money, in the order's currency
	MomentFact                   // Moment
	StatusFact                   // Status, and the marketplace's own word in Text
	QuantityFact                 // Quantity
	HiddenFact                   // something that is not shown, such as a message
)

// Fact is one thing that is known of an order, fit to be shown: what is
// personal is masked.
type Fact struct {
	Kind     FactKind
	Text     string
	Money    Money
	Moment   Moment
	Status   Status
	Quantity Quantity
}

// Change is one thing of an order that a later import tells otherwise.
type Change struct {
	// Field is one of ChangeFields.
	Field string
	// Line names the product where the change is of a line.
	Line          string
	Before, After Fact
}

// ChangeFields names what can change, in the order in which Changes tells it.
var ChangeFields = []string{
	"status", "paid", "refund", "currency", "zone", "placed", "paid_at", "shipped_at", "completed_at", "changed_at",
	"account", "nick", "buyer_name", "buyer_phone", "buyer_email", "recipient_name", "recipient_phone", "phone_until", "address", "postcode",
	"message", "memo", "line", "line_product", "line_sku", "line_quantity", "line_price", "line_amount", "line_refund", "line_status",
}

// Changes lists what differs between an order as it was known and as a later
// import leaves it, by the order of ChangeFields. Both have their lines keyed.
func (o *Order) Changes(after *Order) []Change {
	var c changes
	c.add("status", "", statusFact(o.Status, o.RawStatus), statusFact(after.Status, after.RawStatus))
	c.add("paid", "", amountFact(o.Amount), amountFact(after.Amount))
	c.add("refund", "", amountFact(o.Refund), amountFact(after.Refund))
	c.add("currency", "", textFact(o.Currency), textFact(after.Currency))
	c.add("zone", "", textFact(o.Zone), textFact(after.Zone))
	c.add("placed", "", momentFact(o.Placed), momentFact(after.Placed))
	c.add("paid_at", "", momentFact(o.Paid), momentFact(after.Paid))
	c.add("shipped_at", "", momentFact(o.Shipped), momentFact(after.Shipped))
	c.add("completed_at", "", momentFact(o.Completed), momentFact(after.Completed))
	c.add("changed_at", "", momentFact(o.Changed), momentFact(after.Changed))

	b, n := &o.Buyer, &after.Buyer
	c.personal("account", pii.New(b.ID), pii.New(n.ID), MaskAccount)
	c.personal("nick", pii.New(b.Nick), pii.New(n.Nick), MaskAccount)
	c.personal("buyer_name", b.Name, n.Name, pii.MaskName)
	c.personal("buyer_phone", b.Phone, n.Phone, pii.MaskPhone)
	c.personal("buyer_email", b.Email, n.Email, pii.MaskEmail)
	r, t := &o.Recipient, &after.Recipient
	c.personal("recipient_name", r.Name, t.Name, pii.MaskName)
	c.personal("recipient_phone", r.Phone, t.Phone, pii.MaskPhone)
	c.add("phone_until", "", momentFact(o.PhoneUntil), momentFact(after.PhoneUntil))
	if place := r.maskedAddress(); place != t.maskedAddress() || !r.Street.Equal(t.Street) {
		c.list = append(c.list, Change{Field: "address", Before: textFact(place), After: textFact(t.maskedAddress())})
	}
	c.personal("postcode", pii.New(r.Postcode), pii.New(t.Postcode), nil)
	c.personal("message", o.Message, after.Message, nil)
	c.personal("memo", o.Memo, after.Memo, nil)
	c.lines(o.Lines, after.Lines)
	return c.list
}

// changes gathers what differs.
type changes struct{ list []Change }

func (c *changes) add(field, line string, before, after Fact) {
	if before != after {
		c.list = append(c.list, Change{field, line, before, after})
	}
}

// personal adds a personal value, masked; without a mask it is hidden.
func (c *changes) personal(field string, before, after pii.Text, mask func(string) string) {
	if before.Equal(after) {
		return
	}
	fact := func(t pii.Text) Fact {
		switch {
		case t.Empty():
			return Fact{}
		case mask == nil:
			return Fact{Kind: HiddenFact}
		default:
			return textFact(mask(t.Reveal()))
		}
	}
	c.list = append(c.list, Change{Field: field, Before: fact(before), After: fact(after)})
}

// lines tells of lines that are matched by key what changed of each, and of
// the others that they went or came.
func (c *changes) lines(before, after []Line) {
	at := make(map[string]*Line, len(before))
	for i := range before {
		at[before[i].Key] = &before[i]
	}
	for i := range before {
		if l := &before[i]; !slices.ContainsFunc(after, func(n Line) bool { return n.Key == l.Key }) {
			c.add("line", l.name(), moneyFact(l.Amount), Fact{})
		}
	}
	for i := range after {
		n := &after[i]
		l := at[n.Key]
		if l == nil {
			c.add("line", n.name(), Fact{}, moneyFact(n.Amount))
			continue
		}
		c.add("line_product", l.name(), textFact(l.name()), textFact(n.name()))
		c.add("line_sku", n.name(), textFact(l.SKU), textFact(n.SKU))
		c.add("line_quantity", n.name(), Fact{Kind: QuantityFact, Quantity: l.Quantity}, Fact{Kind: QuantityFact, Quantity: n.Quantity})
		c.add("line_price", n.name(), moneyFact(l.Price), moneyFact(n.Price))
		c.add("line_amount", n.name(), moneyFact(l.Amount), moneyFact(n.Amount))
		c.add("line_refund", n.name(), amountFact(l.Refund), amountFact(n.Refund))
		c.add("line_status", n.name(), statusFact(l.Status, ""), statusFact(n.Status, ""))
	}
}

// name is what a line is called: product and variant, else the sku.
func (l *Line) name() string {
	switch {
	case l.Product != "" && l.Variant != "":
		return l.Product + " " + l.Variant
	default:
		return cmp.Or(l.Product, l.Variant, l.SKU)
	}
}

// maskedAddress shows the parts of an address that stand plain in a book.
func (r *Recipient) maskedAddress() string {
	hidden := ""
	if !r.Street.Empty() {
		hidden = "****"
	}
	return JoinAddress(r.Country, r.Province, r.City, r.District, hidden)
}

func textFact(s string) Fact {
	if s == "" {
		return Fact{}
	}
	return Fact{Kind: TextFact, Text: s}
}

// MaskAccount masks a buyer account or nick that is a phone or an e-mail; others
// are shown as they are.
func MaskAccount(s string) string {
	switch {
	case pii.LooksLikeEmail(s):
		return pii.MaskEmail(s)
	case pii.LooksLikePhone(s):
		return pii.MaskPhone(s)
	default:
		return s
	}
}

func moneyFact(m Money) Fact { return Fact{Kind: MoneyFact, Money: m} }

func amountFact(a Amount) Fact {
	if !a.Known {
		return Fact{}
	}
	return moneyFact(a.Value)
}

func momentFact(m Moment) Fact {
	if !m.Known() {
		return Fact{}
	}
	return Fact{Kind: MomentFact, Moment: m}
}

func statusFact(s Status, raw string) Fact {
	if s == StatusUnknown && raw == "" {
		return Fact{}
	}
	return Fact{Kind: StatusFact, Status: s, Text: raw}
}
