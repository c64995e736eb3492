package usecase_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/insight"
	"kebu/app/usecase"
	"kebu/store"
)

// table imports a table of orders into a shop.
func table(t *testing.T, s *usecase.Session, shop, rows string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), shop+".csv")
	if err := os.WriteFile(path, []byte("order,when,buyer,item,qty,price,refund\n"+rows), 0o600); err != nil {
		t.Fatal(err)
	}
	const mapping = `{"name": "plain", "platform": "own", "currency": "CNY", "time_zone": "Asia/Shanghai", "header_row": 1, "columns": {
		"order_no": "order", "ordered_at": "when", "buyer_id": "buyer", "product": "item", "quantity": "qty", "unit_price": "price", "refund": "refund"}}`
	report, err := s.Import(t.Context(), usecase.ImportRequest{Path: path, Shop: shop, Mapping: []byte(mapping)})
	if err != nil || len(report.Rejected) > 0 {
		t.Fatalf("%v %+v", err, report.Rejected)
	}
}

// smallWorld is what its figures below are worked out from by hand. Today is
// 2026-11-23.
const smallWorld = `1,2026-08-01 10:00:00,anna,tea,1,100,
2,2026-09-01 10:00:00,anna,tea,1,100,
3,2026-10-01 00:00:00,anna,tea,1,100,
4,2026-11-05 10:00:00,ben,tea,1,50,20
5,2026-03-10 10:00:00,cora,tea,1,200,
6,2026-10-20 10:00:00,cora,tea,1,80,
7,2026-11-20 10:00:00,cora,tea,1,70,
8,2024-01-15 10:00:00,dan,tea,1,500,
9,2025-11-25 10:00:00,eve,tea,1,10,
10,2026-01-05 10:00:00,eve,tea,1,10,
11,2026-01-05 11:00:00,eve,tea,1,15,
12,2026-10-28 10:00:00,eve,tea,1,10,
13,2026-11-10 10:00:00,,tea,1,33,
14,2026-10-10 10:00:00,,tea,1,7,
`

func day(t *testing.T, text string) crm.Day {
	t.Helper()
	rule, err := crm.ParseRule("first_purchase = " + text)
	if err != nil {
		t.Fatal(err)
	}
	c, ok := rule.Root.(crm.Compare)
	if !ok {
		t.Fatalf("%s is no day", text)
	}
	return c.Values[0].Day.Day
}

func overview(t *testing.T, s *usecase.Session, r usecase.OverviewRequest) usecase.Overview {
	t.Helper()
	o, err := s.Overview(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestOverviewOfASmallWorld(t *testing.T) {
	s := session(t)
	if o := overview(t, s, usecase.OverviewRequest{}); o.Newest != 0 || o.Span != 0 || len(o.Months) != 12 || o.DueCount != 0 || o.Purchased != 0 {
		t.Errorf("an empty book: %+v", o)
	}
	table(t, s, "one", smallWorld)
	o := overview(t, s, usecase.OverviewRequest{})
	if o.Today.String() != "2026-11-23" || o.Currency != "CNY" || o.Others || o.Shops != 1 || o.Oldest.String() != "2024-01-15" || o.Newest.String() != "2026-11-20" || o.Span != 35 {
		t.Errorf("the frame: %+v", o)
	}
	part := func(customers, purchases int, gross, refunded crm.Money) insight.Part {
		return insight.Part{Customers: customers, Purchases: purchases, Gross: gross * 10_000, Refunded: refunded * 10_000}
	}
	var none insight.Part
	for _, c := range []struct {
		month                           usecase.OverviewMonth
		first, last                     string
		fresh, returning, nobody, total insight.Part
		repeat, of                      int
	}{
		{o.Months[11], "2026-11-01", "2026-11-30", part(1, 1, 50, 20), part(1, 1, 70, 0), part(0, 1, 33, 0), part(2, 3, 153, 20), 3, 4},
		{o.Months[10], "2026-10-01", "2026-10-31", none, part(3, 3, 190, 0), part(0, 1, 7, 0), part(3, 4, 197, 0), 3, 3},
		{o.Earlier, "2026-10-01", "2026-10-23", none, part(2, 2, 180, 0), part(0, 1, 7, 0), part(2, 3, 187, 0), 3, 3},
		{o.Months[8], "2026-08-01", "2026-08-31", part(1, 1, 100, 0), none, none, part(1, 1, 100, 0), 1, 3},
		{o.Months[3], "2026-03-01", "2026-03-31", part(1, 1, 200, 0), none, none, part(1, 1, 200, 0), 1, 2},
		{o.Months[1], "2026-01-01", "2026-01-31", none, part(1, 2, 25, 0), none, part(1, 2, 25, 0), 1, 1},
		{o.Months[0], "2025-12-01", "2025-12-31", none, none, none, none, 0, 1},
	} {
		m := c.month
		if m.First != day(t, c.first) || m.Last != day(t, c.last) || m.New != c.fresh || m.Returning != c.returning || m.Nobody != c.nobody || m.Total != c.total ||
			m.Repeat != (insight.Ratio{Part: c.repeat, Of: c.of}) {
			t.Errorf("%s to %s: %+v", m.First, m.Last, m)
		}
	}
	if o.DueCount != 1 || len(o.Due) != 1 || o.Due[0].Interval != 31 || o.Due[0].LateBy != 22 || o.Due[0].Net != 300_0000 || o.Due[0].Buyers[0].ID != "anna" {
		t.Errorf("due back: %+v", o.Due)
	}
	for kind, want := range map[usecase.MixKind]int{usecase.MixRegular: 1, usecase.MixReturned: 2, usecase.MixNew: 1, usecase.MixOnce: 1} {
		for _, m := range o.Mix {
			if m.Kind == kind && m.Customers != want {
				t.Errorf("%s: %d, want %d", kind, m.Customers, want)
			}
		}
	}
	if o.Purchased != 5 {
		t.Errorf("%d have bought", o.Purchased)
	}
	if rules := followRules(t, s, o); rules < 15 {
		t.Errorf("only %d rules find somebody", rules)
	}

	// A second shop does not change what the first one sold.
	table(t, s, "two", "1,2026-11-01 09:00:00,anna,pot,1,1000,\n")
	shops, err := s.Shops(t.Context())
	if err != nil || len(shops) != 2 {
		t.Fatal(err)
	}
	alone := overview(t, s, usecase.OverviewRequest{Shop: shops[0].ID})
	if alone.DueRule != "" || alone.Months[11].NewRule != "" || alone.Mix[0].Rule != "" || alone.RepeatRule != "" || alone.Earlier.NewRule != "" {
		t.Error("a rule cannot know of shops")
	}
	for i, m := range alone.Months {
		want := o.Months[i]
		want.BuyersRule, want.NewRule, want.ReturningRule = "", "", ""
		if !reflect.DeepEqual(m, want) {
			t.Errorf("%s: %+v, want %+v", m.First, m, want)
		}
	}
	if alone.Oldest != o.Oldest || alone.DueCount != 1 || alone.Shops != 2 || alone.Due[0].Net != 300_0000 {
		t.Errorf("the first shop: %+v", alone)
	}
	if second := overview(t, s, usecase.OverviewRequest{Shop: shops[1].ID, Months: 1}); second.Months[0].New != part(1, 1, 1000, 0) || second.Span != 1 {
		t.Errorf("the second shop: %+v", second.Months)
	}
	if both := overview(t, s, usecase.OverviewRequest{}); both.Months[11].Returning != part(2, 2, 1070, 0) || both.DueCount != 0 {
		t.Errorf("both: %+v", both.Months[11])
	}
}

// followRules fails where a rule of an overview finds others than were counted,
// and returns how many rules find somebody.
func followRules(t *testing.T, s *usecase.Session, o usecase.Overview) int {
	t.Helper()
	rules := 0
	follow := func(what, rule string, want int) {
		t.Helper()
		n, err := s.Customers(t.Context(), usecase.Selection{Where: rule, Limit: 1}, func(store.Customer) error { return nil })
		if rule == "" || err != nil || n != want {
			t.Errorf("%s: rule %q finds %d, counted were %d (%v)", what, rule, n, want, err)
		}
		if n > 0 {
			rules++
		}
	}
	for _, m := range o.Months {
		follow("buyers of "+m.First.Month(), m.BuyersRule, m.Total.Customers)
		follow("new in "+m.First.Month(), m.NewRule, m.New.Customers)
		follow("returning in "+m.First.Month(), m.ReturningRule, m.Returning.Customers)
	}
	running := o.Months[len(o.Months)-1]
	follow("repeat", o.RepeatRule, running.Repeat.Part)
	follow("repeat of", o.RepeatOfRule, running.Repeat.Of)
	follow("due", o.DueRule, o.DueCount)
	for _, m := range o.Mix {
		follow(string(m.Kind), m.Rule, m.Customers)
	}
	// Orders of a month add up to its total.
	for _, m := range o.Months {
		sum, err := s.OrderTotals(t.Context(), usecase.OrderSelection{Since: m.First, Until: m.Last})
		if err != nil || sum.Gross != m.Total.Gross || sum.Refunded != m.Total.Refunded || sum.Purchases != m.Total.Purchases {
			t.Errorf("orders of %s: %+v, want %+v (%v)", m.First.Month(), sum, m.Total, err)
		}
	}
	return rules
}

func TestOverviewOfTheDemoLeadsToThoseItCounts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.kebu")
	if _, err := usecase.Demo(t.Context(), usecase.DemoRequest{Path: path, Lang: "zh", Clock: clock}); err != nil {
		t.Fatal(err)
	}
	s, err := usecase.Open(t.Context(), path, "", []byte(usecase.DemoPassphrase), clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	o := overview(t, s, usecase.OverviewRequest{})
	if rules := followRules(t, s, o); rules < 40 {
		t.Errorf("only %d rules find somebody", rules)
	}
	sum := 0
	for _, m := range o.Mix {
		sum += m.Customers
	}
	if sum != o.Purchased || o.Purchased == 0 {
		t.Errorf("the mix is %d of %d", sum, o.Purchased)
	}
	for i, d := range o.Due {
		if i > 0 && d.Net > o.Due[i-1].Net {
			t.Error("the most valuable are not first")
		}
		if _, err := s.Customers(t.Context(), usecase.Selection{Where: o.DueRule, Sort: []usecase.Sort{{By: "net", Descending: true}}, From: i, Limit: 1}, func(c store.Customer) error {
			if c.ID != d.ID {
				t.Errorf("%d: the list has another customer", i)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if len(o.Due) != 7 || o.DueCount < 7 {
		t.Errorf("%d of %d are due back", len(o.Due), o.DueCount)
	}
}
