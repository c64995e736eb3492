package orders

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/phrase"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

func at(t *testing.T, text string) crm.Moment {
	t.Helper()
	m, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return crm.At(m)
}

func day(t *testing.T, text string) crm.Day {
	t.Helper()
	d, ok := dayOf(text)
	if !ok {
		t.Fatal(text)
	}
	return d
}

func TestAPlaceBecomesAQuestion(t *testing.T) {
	may, june := day(t, "2026-05-01"), day(t, "2026-06-30")
	for _, c := range []struct {
		name string
		at   place.Place
		want usecase.OrderSelection
	}{
		{"of a customer", place.Place{Customer: "c1"}, usecase.OrderSelection{Customer: "c1"}},
		{"of an import", place.Place{Import: 12}, usecase.OrderSelection{Import: 12}},
		{"of a month", place.Place{From: "2026-05-01", To: "2026-06-30"}, usecase.OrderSelection{Since: may, Until: june}},
		{"since a day", place.Place{From: "2026-05-01"}, usecase.OrderSelection{Since: may}},
		{"until a day", place.Place{To: "2026-06-30"}, usecase.OrderSelection{Until: june}},
		{"refunded", place.Place{Refunded: true, Customer: "c1"}, usecase.OrderSelection{Refunded: true, Customer: "c1"}},
		{"one order", place.Place{Order: "12345678"}, usecase.OrderSelection{Search: "12345678"}},
		{"every one", place.Place{Fresh: true}, usecase.OrderSelection{}},
	} {
		q := question{chips: []chip{{byNobody, opIs, nil}}, search: "of before"}
		q.at(c.at)
		if got := q.selection(0, 0); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: asks %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestAChipAsksOrSaysThatItIsNone(t *testing.T) {
	first, last := day(t, "2026-05-01"), day(t, "2026-05-31")
	for _, c := range []struct {
		chip chip
		want usecase.OrderSelection
		ok   bool
	}{
		{chip{byPlatform, opIs, []string{"taobao"}}, usecase.OrderSelection{Platform: "taobao"}, true},
		{chip{byPlatform, opIs, nil}, usecase.OrderSelection{}, false},
		{chip{byShop, opIs, []string{"3"}}, usecase.OrderSelection{Shop: 3}, true},
		{chip{byShop, opIs, []string{""}}, usecase.OrderSelection{}, false},
		{chip{byStatus, opIs, []string{"paid", "shipped"}}, usecase.OrderSelection{Statuses: []crm.Status{"paid", "shipped"}}, true},
		{chip{byStatus, opIs, nil}, usecase.OrderSelection{}, false},
		{chip{byDay, opSince, []string{"2026-05-01"}}, usecase.OrderSelection{Since: first}, true},
		{chip{byDay, opUntil, []string{"2026-05-31"}}, usecase.OrderSelection{Until: last}, true},
		{chip{byDay, opBetween, []string{"2026-05-31", "2026-05-01"}}, usecase.OrderSelection{Since: first, Until: last}, true},
		{chip{byDay, opBetween, []string{"2026-05-31", ""}}, usecase.OrderSelection{}, false},
		{chip{byDay, opSince, []string{"last week"}}, usecase.OrderSelection{}, false},
		{chip{byPaid, opLeast, []string{"100"}}, usecase.OrderSelection{Min: crm.Known(crm.Money(100_0000))}, true},
		{chip{byPaid, opMost, []string{"9.5"}}, usecase.OrderSelection{Max: crm.Known(crm.Money(9_5000))}, true},
		{
			chip{byPaid, opBetween, []string{"9", "3"}},
			usecase.OrderSelection{Min: crm.Known(crm.Money(3_0000)), Max: crm.Known(crm.Money(9_0000))},
			true,
		},
		{chip{byPaid, opLeast, []string{"much"}}, usecase.OrderSelection{}, false},
		{chip{byRefund, opIs, nil}, usecase.OrderSelection{Refunded: true}, true},
		{chip{byNobody, opIs, nil}, usecase.OrderSelection{NoBuyer: true}, true},
		{chip{byCustomer, opIs, []string{"c1"}}, usecase.OrderSelection{Customer: "c1"}, true},
		{chip{byImport, opIs, []string{"12"}}, usecase.OrderSelection{Import: 12}, true},
	} {
		var got usecase.OrderSelection
		if ok := c.chip.put(&got); ok != c.ok || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: %t, asks %+v, want %+v", c.chip, ok, got, c.want)
		}
	}
}

func TestAChipIsDescribed(t *testing.T) {
	s := shop{words: phrase.New("zh-Hans"), currency: "CNY", shops: []usecase.ShopCount{{Shop: usecase.Shop{ID: 3, Platform: "taobao", Name: "雾里茶铺"}}}}
	for _, c := range []struct {
		chip        chip
		title, text string
	}{
		{chip{byPlatform, opIs, []string{"taobao"}}, "平台", "淘宝"},
		{chip{byShop, opIs, []string{"3"}}, "店铺", "雾里茶铺"},
		{chip{byStatus, opIs, []string{"paid", "shipped"}}, "状态", "待发货、已发货"},
		{chip{byDay, opSince, []string{"2026-05-01"}}, "下单", "不早于 2026-05-01"},
		{chip{byDay, opBetween, []string{"2026-05-01", "2026-05-31"}}, "下单", "2026-05-01 – 2026-05-31"},
		{chip{byPaid, opLeast, []string{"2000"}}, "付款", "≥ ¥2,000"},
		{chip{byPaid, opBetween, []string{"1", "2.5"}}, "付款", "¥1 – ¥2.50"},
		{chip{byRefund, opIs, nil}, "有退款", ""},
		{chip{byCustomer, opIs, []string{"c1"}}, "客户", "this one"},
		{chip{byImport, opIs, []string{"12"}}, "导入", "june.csv"},
	} {
		if title, text := s.describe(c.chip, names{"this one", "june.csv"}); title != c.title || text != c.text {
			t.Errorf("%v reads %q %q, want %q %q", c.chip, title, text, c.title, c.text)
		}
	}
}

func TestARowSaysWhatIsKnown(t *testing.T) {
	s := shop{words: phrase.New("zh-Hans"), currency: "CNY", zone: time.FixedZone("", 8*3600)}
	full := s.rowOf(usecase.OrderRow{
		ID: 1, Number: "4334057931114017800", Shop: usecase.Shop{Platform: "taobao", Name: "雾里茶铺"},
		Placed: at(t, "2026-06-28 20:24"), Status: crm.StatusShipped, Currency: "CNY",
		Figures: crm.Figures{Gross: 147_0000, Refunded: 49_0000}, Customer: "c1", CustomerName: "陈**", Alias: pii.New("陈老师"),
		Product: "密封茶叶罐", More: 2,
	})
	for _, c := range []struct{ what, got, want string }{
		{"number", full.short, "…931114…"},
		{"letter", full.letter, "淘"},
		{"day", full.placed, "2026-06-29 04:24"},
		{"status", full.status, "已发货"},
		{"customer", full.name + " " + full.alias, "陈** 陈老师"},
		{"goods", full.goods, "密封茶叶罐 +2"},
		{"paid", full.paid, "147.00"},
		{"refunded", full.refunded, "−49.00"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %q, want %q", c.what, c.got, c.want)
		}
	}
	bare := s.rowOf(usecase.OrderRow{Number: "#1476", RawStatus: "ON_HOLD", Currency: "GBP", Figures: crm.Figures{Gross: 21_0000}})
	if bare.short != "#1476" || !bare.unknown || bare.status != "“ON_HOLD”" || !bare.nobody || bare.name != "没有买家信息" ||
		bare.placed != "" || bare.refunded != "" || bare.paid != "GBP 21.00" {
		t.Errorf("%+v", bare)
	}
}

func TestALineSaysWhatWasBought(t *testing.T) {
	s := shop{words: phrase.New("zh-Hans"), currency: "CNY"}
	three, err := crm.ParseQuantity("3")
	if err != nil {
		t.Fatal(err)
	}
	title, second, amount := s.lineOf(crm.Line{
		SKU: "CG-500", Product: "密封茶叶罐", Variant: "500毫升", Price: 49_0000, Quantity: three, Amount: 147_0000,
		Status: crm.StatusShipped, Refund: crm.Known(crm.Money(49_0000)),
	}, "CNY")
	if title != "密封茶叶罐  500毫升" || second != "CG-500 · 49.00 ×3 · 已发货 · 退款 49.00" || amount != "147.00" {
		t.Errorf("%q %q %q", title, second, amount)
	}
}

func TestTheFooterAddsUp(t *testing.T) {
	s := shop{words: phrase.New("zh-Hans"), currency: "CNY"}
	if got := s.footer(usecase.OrderTotals{}, true); got != "" {
		t.Errorf("of nothing: %q", got)
	}
	got := s.footer(usecase.OrderTotals{Orders: 3040, Gross: 829072_8000, Refunded: 7621_0000, Net: 821451_8000}, true)
	if want := "3,040 笔 · 付款 ¥829,072.80 · 退款 ¥7,621.00 · 净额 ¥821,451.80"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	got = s.footer(usecase.OrderTotals{Orders: 1, Gross: 61_0000, Net: 61_0000, Others: true}, true)
	if want := "1 笔 · 付款 ¥61.00 · 退款 ¥0.00 · 净额 ¥61.00（不含其他币种）"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestOnlyKnownTimesAreListed(t *testing.T) {
	s := shop{words: phrase.New("zh-Hans"), zone: time.UTC}
	o := usecase.OrderDetail{Shipped: at(t, "2026-06-29 03:45")}
	o.Placed = at(t, "2026-06-28 21:24")
	want := [][2]string{{"下单", "2026-06-28 21:24"}, {"发货", "2026-06-29 03:45"}}
	if got := s.times(o); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func TestASortIsAsked(t *testing.T) {
	if got := sorts(nil); !slices.Equal(got, newest) {
		t.Errorf("without a choice sorted by %v", got)
	}
	want := []usecase.Sort{{By: "gross", Descending: true}, {By: "number"}}
	got := sorts([]parts.SortKey{{ID: "gross", Descending: true}, {ID: "number"}})
	if !slices.Equal(got, want) || !slices.Equal(sorts(sortKeys(want)), want) {
		t.Errorf("%v", got)
	}
}
