package main

import (
	"fmt"
	"strings"
	"time"

	"kebu/app/usecase"
)

// profile is how one customer with a timeline is printed for programs.
type profile struct {
	customer
	IntervalDays *float64    `json:"interval_days"`
	LateByDays   *float64    `json:"late_by_days"`
	Favourites   []favourite `json:"favourites"`
	Fields       []field     `json:"fields"`
	OrderList    []order     `json:"orders"`
	Notes        []note      `json:"notes"`
	Events       []event     `json:"events"`
}

type favourite struct {
	SKU      string `json:"sku"`
	Product  string `json:"product"`
	Orders   int    `json:"orders"`
	Quantity string `json:"quantity"`
}

type field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type order struct {
	Platform  string  `json:"platform"`
	Shop      string  `json:"shop"`
	Number    string  `json:"number"`
	Placed    *string `json:"placed"`
	Status    string  `json:"status"`
	RawStatus string  `json:"raw_status"`
	Currency  string  `json:"currency"`
	Gross     *string `json:"gross"` // null like every amount when the role sees none
	Refunded  *string `json:"refunded"`
	Purchase  bool    `json:"purchase"`
	Recipient string  `json:"recipient"`
	Phone     string  `json:"phone,omitempty"` // of the recipient, revealed only
	Street    string  `json:"street,omitempty"`
	Message   string  `json:"message,omitempty"`
	Memo      string  `json:"memo,omitempty"`
	Lines     []line  `json:"lines"`
	// Payments tell of the order's money in and out; they count in no figure.
	Payments []payment `json:"payments,omitempty"`
}

type payment struct {
	Platform  string  `json:"platform"`
	Number    string  `json:"number"`
	At        *string `json:"at"`
	Kind      string  `json:"kind"`
	Status    string  `json:"status"`
	RawStatus string  `json:"raw_status"`
	Currency  string  `json:"currency"`
	Amount    string  `json:"amount"`
	Fee       string  `json:"fee"`
	Refunded  string  `json:"refunded"`
}

type line struct {
	SKU      string  `json:"sku"`
	Product  string  `json:"product"`
	Variant  string  `json:"variant,omitempty"`
	Quantity string  `json:"quantity"`
	Price    *string `json:"price"`
	Amount   *string `json:"amount"`
}

type note struct {
	Step string  `json:"step"`
	At   *string `json:"at"`
	User string  `json:"user"`
	Text string  `json:"text"`
}

type event struct {
	Step   string  `json:"step"`
	At     *string `json:"at"`
	Verb   string  `json:"verb"`
	User   string  `json:"user"`
	Undone bool    `json:"undone"`
}

func profileJSON(p *usecase.Profile, zone *time.Location, see seen) profile {
	out := profile{
		customer: customerJSON(&p.Customer, zone, see), Favourites: []favourite{}, Fields: []field{}, OrderList: []order{}, Notes: []note{}, Events: []event{},
	}
	if p.Interval > 0 {
		out.IntervalDays, out.LateByDays = &p.Interval, &p.LateBy
	}
	for _, f := range p.Favourites {
		out.Favourites = append(out.Favourites, favourite{f.SKU, f.Product, f.Orders, f.Quantity.String()})
	}
	for _, f := range p.Fields {
		out.Fields = append(out.Fields, field{f.Name, f.Value.Reveal()})
	}
	for i := range p.Orders {
		o := &p.Orders[i]
		item := order{
			Platform: o.Platform, Shop: o.Shop, Number: o.Number, Placed: timeText(o.Placed, zone), Status: string(o.Status), RawStatus: o.RawStatus,
			Currency: o.Currency, Gross: see.amount(o.Figures.Gross), Refunded: see.amount(o.Figures.Refunded), Purchase: o.Figures.Purchase,
			Recipient: o.NameMask, Phone: o.Recipient.Phone.Reveal(), Street: o.Recipient.Street.Reveal(), Message: o.Message.Reveal(), Memo: o.Memo.Reveal(), Lines: []line{},
		}
		if !o.Recipient.Name.Empty() {
			item.Recipient = o.Recipient.Name.Reveal()
		}
		for _, l := range o.Lines {
			item.Lines = append(item.Lines, line{l.SKU, l.Product, l.Variant, l.Quantity.String(), see.amount(l.Price), see.amount(l.Amount)})
		}
		for _, m := range o.Payments {
			item.Payments = append(item.Payments, payment{
				m.Platform, m.Number, timeText(m.At, zone), string(m.Kind), string(m.Status), m.RawStatus, m.Currency,
				m.Amount.Value.String(), m.Fee.Value.String(), m.Refund.Value.String(),
			})
		}
		out.OrderList = append(out.OrderList, item)
	}
	for _, n := range p.Notes {
		out.Notes = append(out.Notes, note{stepText(n.Step), timeText(n.At, zone), n.User, n.Text.Reveal()})
	}
	for _, e := range p.Events {
		out.Events = append(out.Events, event{stepText(e.Step), timeText(e.At, zone), e.Verb, e.User, e.Undone})
	}
	return out
}

// profile prints one customer for people.
func (p *program) profile(c *usecase.Profile, zone *time.Location, see seen) error {
	j := customerJSON(&c.Customer, zone, see)
	rows := [][]string{
		{p.phrase.Column("id"), j.ID},
		{p.phrase.Column("name"), j.Name},
		{p.phrase.Column("phone"), j.Phone},
		{p.phrase.Column("email"), j.Email},
		{p.phrase.Column("address"), j.Address},
		{p.phrase.Column("accounts"), accounts(&c.Customer)},
		{p.phrase.Column("purchases"), see.count(c.Purchases)},
		{p.phrase.Column("net"), moneyText(c.Money)},
		{p.phrase.Column("first_purchase"), dayText(c.First, zone)},
		{p.phrase.Column("last_purchase"), dayText(c.Last, zone)},
		{p.phrase.Column("place"), strings.TrimSpace(c.Country + " " + c.Province + " " + c.City)},
		{p.phrase.Column("tags"), strings.Join(c.Tags, ", ")},
	}
	if c.Interval > 0 {
		rows = append(rows, []string{p.phrase.Column("interval"), p.phrase.Text("days", map[string]any{"Days": fmt.Sprintf("%.1f", c.Interval)})})
	}
	if c.LateBy > 0 {
		rows = append(rows, []string{p.phrase.Column("late_by"), p.phrase.Text("days", map[string]any{"Days": fmt.Sprintf("%.1f", c.LateBy)})})
	}
	for _, f := range c.Fields {
		rows = append(rows, []string{f.Name, f.Value.Reveal()})
	}
	if err := p.table([]string{"figure", "value"}, rows); err != nil {
		return err
	}
	fmt.Fprintln(p.out)
	var lines [][]string
	for i := range c.Orders {
		o := &c.Orders[i]
		for n, l := range o.Lines {
			row := []string{"", "", "", "", l.Product, l.Quantity.String()}
			if n == 0 {
				row = append([]string{dayText(o.Placed, zone), o.Number, o.RawStatus, see.gross(o.Figures.Gross, o.Currency)}, row[4:]...)
			}
			lines = append(lines, row)
		}
		if len(o.Lines) == 0 {
			lines = append(lines, []string{dayText(o.Placed, zone), o.Number, o.RawStatus, see.gross(o.Figures.Gross, o.Currency), "", ""})
		}
	}
	if err := p.table([]string{"placed", "order", "status", "gross", "product", "quantity"}, lines); err != nil {
		return err
	}
	for _, n := range c.Notes {
		fmt.Fprintf(p.out, "\n%s  %s\n", n.At.In(zone).Format("2006-01-02 15:04"), printable(n.User))
		for line := range strings.Lines(n.Text.Reveal()) {
			fmt.Fprintln(p.out, printable(line))
		}
	}
	return nil
}
