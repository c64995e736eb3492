package importers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/pii"
)

// facts reads what the row tells of the order as a whole.
func (s *sheetReader) facts(e *entry) {
	o := &e.order
	s.moments(o)
	s.setCurrency(o)
	if paid := s.amount(Paid); !o.Amount.Known {
		o.Amount = paid
	}
	if refund := s.amount(Refund); !o.Refund.Known {
		o.Refund = refund
	}
	s.buyer(&o.Buyer)
	s.recipient(&o.Recipient)
	if s.has(NotBuyers) {
		o.RecipientIsBuyer, e.notBuyers = false, true
	}
	s.own(&o.Message, Message)
	s.own(&o.Memo, Memo)
}

// setCurrency takes the currency that the row tells; see settle for an order
// of which no row tells any.
func (s *sheetReader) setCurrency(o *crm.Order) {
	currency := s.currency()
	switch {
	case currency == "":
	case o.Currency == "":
		o.Currency = currency
	case o.Currency != currency:
		s.refuse(Currency, CurrencyDiffers)
	}
}

// setMarket takes the market of the row's country. A file is of one shop in one
// market, so that rows without a country are of the one before.
func (s *sheetReader) setMarket() {
	if !s.match.Format.ByCountry {
		return
	}
	m := marketOf(s.text(Country))
	if m == nil || m == s.market {
		return
	}
	s.market = m
	if m.zone != "" {
		_ = s.setZone(m.zone) // of a table; a test loads them
	}
}

// setZone takes another zone for the times that follow.
func (s *sheetReader) setZone(name string) error {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return fmt.Errorf("load time zone: %w", err)
	}
	s.zone, s.zoneName = zone, name
	s.forgetTimes()
	return nil
}

// currency returns the currency that the row tells, "" if it tells none.
func (s *sheetReader) currency() string {
	currency := s.match.Currency
	if s.has(Currency) {
		currency = strings.ToUpper(s.text(Currency))
		if len(currency) != 3 || strings.Trim(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			s.refuse(Currency, BadCurrency)
			return ""
		}
	}
	if currency == "" && s.match.Format.CurrencyInAmounts {
		for _, f := range []Field{Paid, LineAmount, UnitPrice} {
			if currency = currencyIn(s.text(f)); currency != "" {
				break
			}
		}
	}
	if currency == "" && s.market != nil {
		currency = s.market.currency
	}
	return s.intern(currency)
}

func (s *sheetReader) buyer(b *crm.Buyer) {
	for _, k := range []struct {
		value *string
		field Field
	}{{&b.ID, BuyerID}, {&b.Nick, BuyerNick}} {
		if *k.value != "" || !s.has(k.field) {
			continue
		}
		key := s.key(k.field, BuyerIDRounded)
		if k.field == BuyerID && strings.Trim(key, "0") == "" {
			continue // a guest's
		}
		if split := s.match.Format.SplitBuyer; split != nil && k.field == BuyerNick {
			var name string
			if key, name = split(key); name != "" && b.Name.Empty() && !pii.Masked(name) {
				b.Name = pii.New(strings.Clone(name))
			}
		}
		if !pii.Masked(key) {
			*k.value = s.intern(key)
		} else {
			s.masked++
		}
	}
	s.own(&b.Name, BuyerName)
	s.own(&b.Phone, BuyerPhone)
	s.own(&b.Email, BuyerEmail)
	if strings.Contains(s.text(BuyerAccount), "@") {
		s.own(&b.Email, BuyerAccount)
	} else {
		s.own(&b.Phone, BuyerAccount)
	}
	if s.match.Format.SharedNicks && (!b.Phone.Empty() || slices.Contains(nobodysNicks, b.Nick)) {
		if b.Name.Empty() {
			b.Name = pii.New(b.Nick)
		}
		b.Nick = ""
	}
}

// nobodysNicks are shown for people who have not chosen a name, or hide it.
var nobodysNicks = []string{"微信用户", "匿名用户", "匿名"}

func (s *sheetReader) recipient(r *crm.Recipient) {
	s.own(&r.Name, RecipientName)
	s.own(&r.Phone, RecipientPhone)
	s.place(&r.Country, Country)
	s.place(&r.Province, Province)
	s.place(&r.City, City)
	s.place(&r.District, District)
	written := r.Street.Empty()
	s.own(&r.Street, Street)
	s.place(&r.Postcode, Postcode)
	if s.has(Address) {
		s.address(r)
	}
	s.settlePlace(r, written && !r.Street.Empty())
	if r.Country == "" && (r.Province != "" || r.City != "" || !r.Street.Empty() || !r.Phone.Empty()) {
		r.Country = s.match.Format.Country
	}
}

// address reads the one cell of an address for the parts not known yet.
func (s *sheetReader) address(r *crm.Recipient) {
	split := s.match.Format.SplitAddress
	if split == nil {
		s.own(&r.Street, Address)
		return
	}
	if !r.Street.Empty() {
		return
	}
	a := split(strings.Clone(s.text(Address)))
	for _, t := range []struct {
		to   *pii.Text
		from pii.Text
	}{{&r.Name, a.Name}, {&r.Phone, a.Phone}, {&r.Street, a.Street}} {
		if !t.to.Empty() {
			continue
		}
		if pii.Masked(t.from.Reveal()) {
			s.masked++
			continue
		}
		*t.to = t.from
	}
	for _, t := range []struct {
		to   *string
		from string
	}{{&r.Province, a.Province}, {&r.City, a.City}, {&r.District, a.District}, {&r.Postcode, a.Postcode}} {
		if *t.to == "" && !pii.Masked(t.from) {
			*t.to = s.intern(t.from)
		}
	}
}
