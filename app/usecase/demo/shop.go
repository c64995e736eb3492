package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// shop is the invented shop with all its orders, the oldest first.
type shop struct {
	*registry
	end    time.Time
	orders []*order
	words  phrases
}

func newShop(o Options, goods *stock) *shop {
	s := &shop{
		registry: &registry{stock: goods, dice: newDice(o.Seed), lang: o.Lang, used: map[string]bool{}},
		end:      o.End,
		words:    phrasesIn(o.Lang),
	}
	people := s.people()
	for _, p := range people {
		for i, day := range p.habit.dates(s.dice) {
			on := p.on[i%len(p.on)]
			// Pinduoduo masks a sixth of the buyers, Taobao a few of late. The
			// first order of everybody on a platform tells who it is.
			masked := i >= len(p.on) && (on == pinduoduoShop && s.of(6) || on == taobao && s.of(80))
			s.orders = append(s.orders, s.order(p, on, day, masked))
		}
	}
	for range 12 {
		s.orders = append(s.orders, s.counterSale())
	}
	slices.SortStableFunc(s.orders, func(a, b *order) int { return a.placed.Compare(b.placed) })
	var abroad int
	for i, o := range s.orders {
		o.serial = i
		if o.on == shopifyShop { // which counts its own orders
			abroad++
			o.number = fmt.Sprint("#", 1000+abroad)
			continue
		}
		o.number = number(o)
	}
	return s
}

// Numbers of people who buy on two platforms: with the same e-mail address as
// their Alipay account, and with the same telephone.
const (
	alsoAbroad    = 8
	alsoPinduoduo = 12
)

// people invents the customers.
func (s *shop) people() []*person {
	var list []*person
	for h, n := range crowd {
		for range n {
			p := s.person(habit(h), s.platforms(habit(h)))
			p.serial = len(list)
			list = append(list, p)
		}
	}
	domestic := slices.DeleteFunc(slices.Clone(list), func(p *person) bool { return p.on[0] != taobao || p.habit != casual })
	for i, p := range domestic[:alsoAbroad+alsoPinduoduo] {
		if i < alsoAbroad {
			p.account, p.on = p.email, []platform{taobao, shopifyShop}
		} else {
			p.account, p.on = p.phone, []platform{taobao, pinduoduoShop}
		}
	}
	// Two who live together have parcels sent to one telephone, and stay two.
	couple := domestic[alsoAbroad+alsoPinduoduo:][:2]
	for _, p := range couple {
		p.account = p.email
		p.home.phone, p.home.at = couple[0].phone, couple[0].home.at
	}
	for _, p := range list {
		if p.habit == giver {
			for range s.between(2, 4) {
				p.friends = append(p.friends, s.friend(p))
			}
		}
	}
	return list
}

// platforms draws where somebody with this habit buys. Givers do not buy on
// Pinduoduo, where the recipient is all that is known of the buyer.
func (s *shop) platforms(h habit) []platform {
	if h == reseller {
		return []platform{taobao}
	}
	abroad, pinduoduo := 16, 26 // percent
	if s.lang == "en" {
		abroad, pinduoduo = 58, 12
	}
	switch n := s.IntN(100); {
	case n < abroad:
		return []platform{shopifyShop}
	case n < abroad+pinduoduo && h != giver:
		return []platform{pinduoduoShop}
	default:
		return []platform{taobao}
	}
}

// order draws an order that p placed so many days before the end.
func (s *shop) order(p *person, on platform, day int, masked bool) *order {
	o := &order{on: on, buyer: p, masked: masked, to: p.home}
	when := s.end.AddDate(0, 0, -day)
	date := time.Date(when.Year(), when.Month(), when.Day(), 0, 0, 0, 0, beijing)
	if sale := season(s.dice, date); sale.Before(s.end.AddDate(0, 0, -1)) {
		date = sale
	}
	// Most people order in the evening.
	minute := max(s.between(8*60, 23*60), s.between(8*60, 23*60))
	o.placed = date.Add(time.Duration(minute)*time.Minute + time.Duration(s.IntN(60))*time.Second)
	if o.placed.After(s.end) {
		o.placed = s.end.Add(-time.Duration(s.between(10, 600)) * time.Minute)
	}
	if len(p.friends) > 0 && !s.of(4) {
		o.to, o.gift = pick(s.dice, p.friends), true
	}
	s.fill(o, p.habit)
	s.decide(o, p.habit)
	s.remark(o)
	return o
}

// fill puts products into the order.
func (s *shop) fill(o *order, h habit) {
	kinds := 1
	if o.on != pinduoduoShop { // an order there has one product
		kinds = [...]int{1, 1, 1, 2, 2, 3}[s.IntN(6)]
	}
	for range kinds {
		i := item{product: pick(s.dice, s.products), pieces: [...]int{1, 1, 1, 1, 2, 3}[s.IntN(6)]}
		if slices.ContainsFunc(o.items, func(other item) bool { return other.sku == i.sku }) {
			continue
		}
		if h == reseller {
			i.pieces = 12 * s.between(1, 5)
		}
		i.price = i.yuan
		if o.on == shopifyShop {
			i.price = i.pounds
		}
		o.items = append(o.items, i)
	}
	if o.goods() < 99*unit && o.on != pinduoduoShop {
		o.postage = 8 * unit
	}
}

// decide draws how the order ends and when each step happens.
func (s *shop) decide(o *order, h habit) {
	minutes := func(low, high int) time.Duration {
		return time.Duration(s.between(low*60, high*60)) * time.Second
	}
	o.payment = o.placed.Add(minutes(1, 18))
	o.sent = o.payment.Add(minutes(6*60, 40*60))
	o.received = o.sent.Add(minutes(3*24*60, 9*24*60))
	back := 40 // one order in so many
	if h == refunder {
		back = 2
	}
	switch {
	case s.of(30):
		o.fate = neverPaid
		if o.on == shopifyShop && s.of(2) {
			o.fate = waitsForever
		}
	case s.of(back):
		o.fate = [...]fate{partlyBack, backUnsent, backSent}[s.IntN(3)]
		// A part is given back for one of several products, which the export of
		// Pinduoduo cannot tell.
		if o.fate == partlyBack && len(o.items) == 1 {
			o.fate = backSent
		}
	}
	switch o.fate {
	case partlyBack:
		o.refunded = o.received.Add(minutes(24*60, 5*24*60))
		o.refund = o.items[0].amount()
	case backUnsent:
		o.refunded = o.payment.Add(minutes(20, 5*60))
		o.sent, o.received = time.Time{}, time.Time{}
	case backSent:
		o.refunded = o.sent.Add(minutes(3*24*60, 8*24*60))
		o.received = time.Time{}
	case neverPaid, waitsForever:
		o.payment, o.sent, o.received = time.Time{}, time.Time{}, time.Time{}
	case kept:
	}
}

// remark adds what buyer and seller write.
func (s *shop) remark(o *order) {
	switch {
	case o.gift:
		o.message = pick(s.dice, s.words.gift)
	case s.of(12):
		o.message = pick(s.dice, s.words.message)
	}
	if s.of(15) {
		o.memo = pick(s.dice, s.words.memo)
	}
}

// counterSale is a sale over the counter, which Shopify exports without a buyer.
func (s *shop) counterSale() *order {
	o := s.order(&person{habit: once}, shopifyShop, s.between(5, days), false)
	o.buyer, o.to, o.postage, o.message = nil, recipient{}, 0, ""
	o.fate = kept
	o.payment = o.placed
	o.sent, o.received, o.refunded, o.refund = o.placed, o.placed, time.Time{}, 0
	return o
}

// number makes the number of an order as Pinduoduo, from its day, or Taobao
// does: 19 digits of which the last are the same for all orders of a buyer.
func number(o *order) string {
	if o.on == pinduoduoShop {
		return fmt.Sprintf("%s-%015d", o.placed.Format("060102"), 120_000_000_000_007+o.serial*73_000_019)
	}
	return fmt.Sprintf("4%012d%04d00", 310_000_000_000+o.serial*7_919_003, o.buyer.serial)
}

// mask hides all but the first character of a name.
func mask(name string) string {
	for _, r := range name {
		return string(r) + strings.Repeat("*", 2)
	}
	return ""
}
