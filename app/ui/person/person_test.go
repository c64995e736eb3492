package person_test

import (
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/person"
	"kebu/app/usecase"
)

func day(t *testing.T, s string) crm.Moment {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return crm.At(d)
}

func order(t *testing.T, on string, paid, refunded crm.Money, purchase bool) usecase.StoredOrder {
	t.Helper()
	o := usecase.StoredOrder{}
	o.Placed = day(t, on)
	o.Figures = crm.Figures{Purchase: purchase, Gross: paid, Refunded: refunded}
	return o
}

func TestEveryFigureSaysWhy(t *testing.T) {
	s := person.Shop{Words: phrase.New("zh-Hans"), Currency: "CNY", Zone: time.UTC, Today: day(t, "2026-11-23").Day(time.UTC)}
	p := usecase.Profile{}
	p.Purchases, p.PurchaseDays, p.Interval, p.LateBy = 3, 3, 40, 96
	p.Last = day(t, "2026-07-10")
	p.Money = []crm.Sums{{Currency: "CNY", Gross: 3000000, Refunded: 300000}}
	p.Orders = []usecase.StoredOrder{
		order(t, "2026-07-10", 1000000, 0, true),
		order(t, "2026-07-10", 1000000, 300000, true),
		order(t, "2026-05-01", 500000, 0, true),
		order(t, "2026-04-21", 500000, 0, true),
		order(t, "2026-04-22", 0, 0, false),
	}
	p.Purchases = 4
	for _, c := range []struct {
		got        person.Figure
		value, why string
	}{
		{s.Net(p), "¥270.00", "付款 300.00 − 退款 30.00"},
		{s.Orders(p), "4 单", "另有 1 单不计"},
		{s.Interval(p), "40 天", "2 次，10 至 70 天"},
		{s.Last(p), "2026-07-10", "136 天前，比平时晚 96 天"},
		{s.Refunds(p), "1 次", "¥30.00，占 10.0%"},
	} {
		if c.got.Value != c.value || c.got.Why != c.why {
			t.Errorf("%s: %q because %q; want %q because %q", c.got.Label, c.got.Value, c.got.Why, c.value, c.why)
		}
	}
	if !s.Last(p).Late {
		t.Error("late is not marked")
	}
	var nobody usecase.Profile
	if f := s.Interval(nobody); f.Value != "—" || f.Why != "还算不出，至少要 3 单" {
		t.Errorf("%+v", f)
	}
	if f := s.Last(nobody); f.Value != "—" {
		t.Errorf("%+v", f)
	}
}

func TestPlacesAreWrittenAsPeopleDo(t *testing.T) {
	for _, c := range [][3]string{
		{"四川省", "成都市", "四川省成都市"},
		{"上海", "上海市", "上海市"},
		{"West Yorkshire", "Leeds", "Leeds, West Yorkshire"},
		{"", "Oslo", "Oslo"},
		{"Texas", "", "Texas"},
		{"", "", ""},
	} {
		if got := person.Place(c[0], c[1]); got != c[2] {
			t.Errorf("%q, want %q", got, c[2])
		}
	}
}

func TestGoods(t *testing.T) {
	w := phrase.New("zh-Hans")
	o := usecase.StoredOrder{}
	if got := person.Goods(w, o); got != "没有商品" {
		t.Error(got)
	}
	o.Lines = []crm.Line{{Product: "武夷岩茶 礼盒", Quantity: 2000000}, {SKU: "cup", Quantity: 1000000}}
	if got := person.Goods(w, o); got != "武夷岩茶 礼盒 ×2 +1" {
		t.Error(got)
	}
}

func TestNumbersOfOneBuyerAreToldApart(t *testing.T) {
	for _, c := range []struct{ language, platform, number, want string }{
		{"zh-Hans", "shopify", "2601234567890203311", "…203311"},
		{"en", "pinduoduo", "260123-4567890203311", "...203311"},
		{"zh-Hans", "taobao", "2601234567890203311", "…567890…"},
		{"zh-Hans", "taobao", "2601234511111203311", "…511111…"},
		{"en", "tmall", "2601234567890203311", "...567890..."},
		{"en", "taobao", "123456789", "...456789"},
		{"en", "taobao", "#1001", "#1001"},
	} {
		if got := person.Number(phrase.New(c.language), c.platform, c.number); got != c.want {
			t.Errorf("%s %s in %s: %q, want %q", c.platform, c.number, c.language, got, c.want)
		}
	}
}
