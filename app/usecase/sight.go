package usecase

import (
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/insight"
	"kebu/app/crm/pii"
	"kebu/store"
)

// sight takes out of what a verb found all that the user's role does not see of it.
// Every list, page, search hit, copy and print is made of what it leaves.
type sight func(access.Field) access.Level

func (s *Session) sight(v access.Verb) sight {
	return func(f access.Field) access.Level { return s.gate.Shows(v, f) }
}

func (see sight) customer(c *store.Customer) {
	see.account(&c.NameMask)
	if see(access.Name) < access.Masked {
		c.NameMask = ""
	}
	if see(access.Writing) < access.Masked {
		c.Alias = pii.Text{}
		if c.Habits != nil {
			c.Habits = &store.Habits{Favourite: c.Habits.Favourite}
		}
	}
	if see(access.Account) < access.Masked {
		c.Buyers = nil
	}
	c.Buyers = slices.Clone(c.Buyers)
	for i := range c.Buyers {
		see.account(&c.Buyers[i].ID)
	}
	if see(access.Phone) < access.Masked {
		c.PhoneMask, c.EmailMask = "", ""
	}
	if see(access.Street) < access.Masked {
		c.AddressMask = ""
	}
	if see(access.Place) < access.Masked {
		c.Country, c.Province, c.City, c.District = "", "", "", ""
		placeless(&c.AddressMask)
	}
	if see(access.Facts) < access.Masked {
		c.Orders, c.Purchases, c.First, c.Last, c.PurchaseDays, c.Habits = 0, 0, 0, 0, 0, nil
	}
	if see(access.Amount) < access.Masked {
		c.Money = nil
	}
	if see(access.Tag) < access.Masked {
		c.Tags = nil
	}
	if see(access.Consent) < access.Masked {
		c.Refused = false
	}
	if c.Clear != nil {
		c.Clear = see.clear(*c.Clear)
	}
}

// clear leaves of what was opened the fields that the verb reveals.
func (see sight) clear(c store.Clear) *store.Clear {
	if see(access.Name) < access.Reveals {
		c.Name = pii.Text{}
	}
	if see(access.Phone) < access.Reveals {
		c.Phone, c.Email = pii.Text{}, pii.Text{}
	}
	if see(access.Street) < access.Reveals || see(access.Place) < access.Masked {
		c.Address = pii.Text{}
	}
	return &c
}

// placeless takes the place out of an address's mask.
func placeless(mask *string) {
	if *mask != "" {
		*mask = hidden(*mask)
	}
}

// account masks a nick or id that is no mask yet.
func (see sight) account(id *string) {
	if see(access.Account) < access.Clear && !strings.Contains(*id, "*") {
		*id = pii.MaskNick(*id)
	}
}

// stats leaves out what the role sees not even sums of.
func (see sight) stats(n *store.Stats) {
	if see(access.Facts) < access.Aggregates {
		*n = store.Stats{Customers: n.Customers, Money: n.Money}
	}
	if see(access.Amount) < access.Aggregates {
		n.Money = nil
	}
}

// pair leaves the weight of evidence, which says why two may be one, without what the
// role does not see of it.
func (see sight) pair(p *ReviewPair) {
	see.customer(&p.One)
	see.customer(&p.Other)
	p.Evidence = slices.Clone(p.Evidence)
	for i := range p.Evidence {
		if e := &p.Evidence[i]; see(evidenceField[e.Kind]) < access.Masked {
			e.One, e.Other = "", ""
		}
	}
}

// overview leaves out amounts for who sees not even sums of them, and of the customers
// whom it names what a list of customers would.
func (see sight) overview(o *Overview, amounts bool) {
	if see(access.Facts) < access.Masked {
		o.Due = nil
	}
	for i := range o.Due {
		d := &o.Due[i]
		see.customer(&d.Customer)
		if see(access.Amount) < access.Masked {
			d.Net = 0
		}
	}
	if amounts {
		return
	}
	o.Others = false
	o.Earlier.unprice()
	for i := range o.Months {
		o.Months[i].unprice()
	}
}

func (m *OverviewMonth) unprice() {
	for _, p := range []*insight.Part{&m.New, &m.Returning, &m.Total, &m.Nobody} {
		p.Gross, p.Refunded = 0, 0
	}
}

// event reports whether something that happened to a customer may be told.
func (see sight) event(e store.Event) bool {
	switch access.Verb(e.Verb) {
	case access.AddTag, access.RemoveTag:
		return see(access.Tag) >= access.Masked
	case access.SetContact:
		return see(access.Consent) >= access.Masked
	case access.Note, access.EditNote, access.DeleteNote, access.PinNote, access.SettleNote, access.SetField, access.SetAlias:
		return see(access.Writing) >= access.Masked
	case access.Import:
		return see(access.Facts) >= access.Masked
	default:
		return true
	}
}

func (see sight) profile(p *Profile) {
	see.customer(&p.Customer)
	if see(access.Phone) < access.Masked {
		p.Phone.PhoneMask = ""
	}
	if see(access.Writing) < access.Masked {
		p.Notes, p.Fields = nil, nil
		for i := range p.Orders {
			p.Orders[i].Message, p.Orders[i].Memo = pii.Text{}, pii.Text{}
		}
	}
	p.Events = slices.DeleteFunc(p.Events, func(e store.Event) bool { return !see.event(e) })
	if see(access.Facts) < access.Masked {
		p.Orders, p.Favourites, p.Reasons, p.Interval, p.LateBy = nil, nil, Reasons{}, 0, 0
	}
	if see(access.Amount) < access.Masked {
		p.Reasons.Refunds = nil
	}
	for i := range p.Orders {
		o := &p.Orders[i]
		see.number(&o.Number)
		see.account(&o.Buyer.ID)
		see.account(&o.Buyer.Nick)
		if see(access.Name) < access.Masked {
			o.NameMask = ""
		}
		if see(access.Place) < access.Masked {
			o.Recipient.Country, o.Recipient.Province, o.Recipient.City, o.Recipient.District = "", "", "", ""
		}
		if see(access.Amount) < access.Masked {
			o.Figures = crm.Figures{Purchase: o.Figures.Purchase}
			o.Amount, o.Refund, o.Payments = crm.Amount{}, crm.Amount{}, nil
			o.Lines = free(o.Lines)
		}
		if see(access.Name) < access.Reveals {
			o.Buyer.Name, o.Recipient.Name = pii.Text{}, pii.Text{}
		}
		if see(access.Phone) < access.Reveals {
			o.Buyer.Phone, o.Buyer.Email, o.Recipient.Phone = pii.Text{}, pii.Text{}, pii.Text{}
		}
		if see(access.Street) < access.Reveals {
			o.Recipient.Street, o.Recipient.Postcode = pii.Text{}, ""
		}
	}
}

// free returns lines without their prices.
func free(lines []crm.Line) []crm.Line {
	lines = slices.Clone(lines)
	for i := range lines {
		lines[i].Price, lines[i].Amount, lines[i].Refund = 0, 0, crm.Amount{}
	}
	return lines
}

// number masks an order's number.
func (see sight) number(n *string) {
	if see(access.Facts) < access.Clear {
		*n = pii.MaskOrderNumber(*n)
	}
}

func (see sight) order(o *store.OrderRow) {
	see.number(&o.Number)
	see.account(&o.CustomerName)
	if see(access.Name) < access.Masked {
		o.CustomerName = ""
	}
	if see(access.Writing) < access.Masked {
		o.Alias = pii.Text{}
	}
	if see(access.Amount) < access.Masked {
		o.Figures = crm.Figures{Purchase: o.Figures.Purchase}
	}
}

func (see sight) orderDetail(d *store.OrderDetail) {
	see.order(&d.OrderRow)
	see.account(&d.Account.ID)
	if see(access.Name) < access.Masked {
		d.Name = ""
	}
	if see(access.Phone) < access.Masked {
		d.Phone = ""
	}
	if see(access.Street) < access.Masked {
		d.Address = ""
	}
	if see(access.Place) < access.Masked {
		placeless(&d.Address)
	}
	if see(access.Amount) < access.Masked {
		d.Lines, d.Payments = free(d.Lines), nil
		for i := range d.States {
			d.States[i].Figures = crm.Figures{Purchase: d.States[i].Figures.Purchase}
		}
	}
}
