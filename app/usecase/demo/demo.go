// Package demo invents a shop: five hundred people who buy tea and tea ware on
// Taobao, Pinduoduo and Shopify over two years, told by the very files that
// those marketplaces export. Who imports them sees what a real shop would:
// regulars and lapsed customers, refunds, masked buyers, presents, a person
// with two accounts, and a second export that overlaps the first.
//
// Nobody in it exists. Names are put together from common surnames and given
// names; streets are invented, and only districts are real. E-mail is at
// example.test (RFC 6761). Chinese mobile numbers begin with 154, which no
// operator has and which still has the shape of a mobile number; British ones
// are Ofcom's numbers for drama, American ones 555-0100 to 555-0199 (ATIS).
package demo

import (
	"errors"
	"time"

	"kebu/app/crm"
)

// Options choose one of the shops.
type Options struct {
	Seed uint64    // the same seed, language and end make the same bytes
	Lang string    // "zh" or "en": of names, products and notes
	End  time.Time // when the last export is made; the shop began two years before
}

// ErrLang means a language other than zh and en.
var ErrLang = errors.New("demo language must be zh or en")

// Export is a file as a marketplace makes it.
type Export struct {
	Name     string // of the file
	Platform string
	Shop     string
	Data     []byte
}

// Plan is what the shop is once all exports are imported.
type Plan struct {
	Customers              int            // people whom evidence tells apart
	CustomersWithPurchases int            // of them
	Orders                 int            // of all platforms, in any status
	OrdersOf               map[string]int // by platform
	OrdersWithoutCustomer  int            // masked buyers and sales over the counter
	// Purchases and Money count the orders of known customers.
	Purchases int
	Money     map[string]Sums // by currency
}

// Sums are amounts of one currency.
type Sums struct{ Gross, Refunded crm.Money }

// Make invents the shop. The exports come in the order in which to import
// them, or it fails with ErrLang.
func Make(o Options) ([]Export, Plan, error) {
	if o.Lang != "zh" && o.Lang != "en" {
		return nil, Plan{}, ErrLang
	}
	goods, err := readStock(o.Lang)
	if err != nil {
		return nil, Plan{}, err
	}
	o.End = o.End.In(beijing).Truncate(time.Second)
	s := newShop(o, goods)
	exports, err := s.exports()
	if err != nil {
		return nil, Plan{}, err
	}
	return exports, s.plan(), nil
}

// exports makes the files. The first list of Taobao was made ten months before
// the others and overlaps with the second by two.
func (s *shop) exports() ([]Export, error) {
	early := s.end.AddDate(0, -10, 0)
	first, err := s.taobaoList(s.end.AddDate(-3, 0, 0), early)
	if err != nil {
		return nil, err
	}
	second, err := s.taobaoList(early.AddDate(0, -2, 0), s.end)
	if err != nil {
		return nil, err
	}
	items, err := s.taobaoItems(early, s.end)
	if err != nil {
		return nil, err
	}
	pinduoduo, err := s.pinduoduoOrders(s.end)
	if err != nil {
		return nil, err
	}
	shopify, err := s.shopifyOrders(s.end)
	if err != nil {
		return nil, err
	}
	domestic, abroad := "雾里茶铺", "Mistleaf Tea"
	exports := []Export{
		{"ExportOrderList" + early.Format("200601021504") + ".csv", taobao.String(), domestic, first},
		{"ExportOrderList" + s.end.Format("200601021504") + ".csv", taobao.String(), domestic, second},
		{"ExportItemList" + s.end.Format("200601021504") + ".xlsx", taobao.String(), domestic, items},
		{"orders_export" + s.end.Format("2006-01-02-15-04-05") + ".csv", pinduoduoShop.String(), domestic, pinduoduo},
		{"orders_export_1.csv", shopifyShop.String(), abroad, shopify},
	}
	if s.lang == "en" { // the book takes its currency from the first file
		last := len(exports) - 1
		exports = append(exports[last:], exports[:last]...)
	}
	return exports, nil
}

// plan adds up the orders as they stand at the end.
func (s *shop) plan() Plan {
	p := Plan{Orders: len(s.orders), OrdersOf: map[string]int{}, Money: map[string]Sums{}}
	known, bought := map[*person]bool{}, map[*person]bool{}
	for _, o := range s.orders {
		p.OrdersOf[o.on.String()]++
		if o.buyer == nil || o.masked {
			p.OrdersWithoutCustomer++
			continue
		}
		known[o.buyer] = true
		gross, refunded := o.figures(s.end)
		if gross == 0 {
			continue
		}
		bought[o.buyer] = true
		p.Purchases++
		sums := p.Money[o.on.currency()]
		p.Money[o.on.currency()] = Sums{sums.Gross + gross, sums.Refunded + refunded}
	}
	p.Customers, p.CustomersWithPurchases = len(known), len(bought)
	return p
}
