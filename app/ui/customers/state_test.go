package customers

import (
	"reflect"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/phrase"
	"kebu/app/usecase"
)

func TestARowSaysWhatIsKnown(t *testing.T) {
	day := func(s string) crm.Moment {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return crm.At(d)
	}
	s := shop{phrase.New("zh-Hans"), "CNY", time.UTC, day("2026-11-23").Day(time.UTC)}
	regular := s.rowOf(usecase.Customer{
		ID: "a", NameMask: "陈**", Alias: pii.New("陈老师"), Purchases: 9, PurchaseDays: 9,
		Buyers: []usecase.Account{{Platform: "taobao", ID: "青山见我"}, {Platform: "douyin", ID: "青山在成都"}},
		Money:  []crm.Sums{{Currency: "CNY", Gross: 82042000, Refunded: 2990000}},
		First:  day("2025-08-30"), Last: day("2026-06-30"), City: "成都", Tags: []string{"老师"},
	}, "")
	for _, c := range []struct{ what, got, want string }{
		{"alias", regular.alias, "陈老师"},
		{"letter", regular.letter, "淘"},
		{"account", regular.account, "青山见我"},
		{"net", regular.money[0], "7,905.20"},
		{"last", regular.last, "2026-06-30"},
		{"interval", regular.interval, "38 天"},
		{"late", regular.late, "108 天"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %q, want %q", c.what, c.got, c.want)
		}
	}
	if regular.more != 1 {
		t.Errorf("%d more accounts, want 1", regular.more)
	}
	stranger := s.rowOf(usecase.Customer{ID: "b", Money: []crm.Sums{{Currency: "USD", Gross: 610000}}}, "")
	if stranger.last != "" || stranger.interval != "" || stranger.account != "" {
		t.Errorf("what is not known is shown: %+v", stranger)
	}
	if got := stranger.money[0]; got != "USD 61.00" {
		t.Errorf("an amount of another currency reads %q", got)
	}
}

func TestWhatASearchFoundIsMarked(t *testing.T) {
	c := usecase.Customer{
		NameMask: "陈**", Alias: pii.New("陈老师"), City: "成都", PhoneMask: "*******5678", Tags: []string{"送礼", "老师"},
		Buyers: []usecase.Account{{Platform: "taobao", ID: "laoshi8"}},
	}
	s := shop{words: phrase.New("zh-Hans"), currency: "CNY"}
	for search, want := range map[string]marks{
		"laoshi": {account: [][2]int{{0, 6}}, tags: [][][2]int{nil, {{0, 2}}}},
		"老师":     {alias: [][2]int{{1, 3}}, tags: [][][2]int{nil, {{0, 2}}}},
		"陈":      {name: [][2]int{{0, 1}}, alias: [][2]int{{0, 1}}, tags: make([][][2]int, 2)},
		"5678":   {phone: [][2]int{{7, 11}}, tags: make([][][2]int, 2)},
		"cd":     {city: [][2]int{{0, 2}}, tags: make([][][2]int, 2)},
	} {
		if got := s.rowOf(c, search).marks; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", search, got, want)
		}
	}
}

func TestOrdersOfAnotherYearSayIt(t *testing.T) {
	at := func(year int) usecase.StoredOrder {
		return usecase.StoredOrder{Order: crm.Order{Placed: crm.At(time.Date(year, 11, 11, 0, 0, 0, 0, time.UTC))}}
	}
	s := shop{zone: time.UTC, today: crm.At(time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)).Day(time.UTC)}
	if got := days([]usecase.StoredOrder{at(2026), {}}, s); got != "01-02" {
		t.Error(got)
	}
	if got := days([]usecase.StoredOrder{at(2026), at(2025)}, s); got != time.DateOnly {
		t.Error(got)
	}
}

func TestTheFooterSaysWhatItLeavesOut(t *testing.T) {
	s := shop{words: phrase.New("zh-Hans"), currency: "CNY"}
	sums := usecase.Totals{Customers: 3128, Purchases: 15953, Net: 12043186000}
	if got := s.footer(sums, true); got != "3,128 位 · 净消费合计 ¥1,204,318.60 · 平均 5.1 单" {
		t.Error(got)
	}
	sums.Others = true
	if got := s.footer(sums, true); got != "3,128 位 · 净消费合计 ¥1,204,318.60（不含其他币种） · 平均 5.1 单" {
		t.Error(got)
	}
}

func TestTheQuestionBecomesASelection(t *testing.T) {
	q := start()
	if err := q.ask("purchases >= 3 and city = 成都"); err != nil {
		t.Fatal(err)
	}
	q.search = "陈"
	got := q.selection(200, 100)
	if got.Where != "purchases >= 3 and city = 成都" || got.Search != "陈" || got.From != 200 || got.Limit != 100 {
		t.Errorf("%+v", got)
	}
	q.segment, q.saved = "regulars", q.rule()
	if q.changed() {
		t.Error("changed without a change")
	}
	q.chips = q.chips[:1]
	if !q.changed() || q.rule() != "purchases >= 3" {
		t.Errorf("rule %s after a chip was taken away", q.rule())
	}
	q.chips[0].Values = []string{""}
	if q.rule() != "" {
		t.Errorf("a chip without a value asks %q", q.rule())
	}
}
