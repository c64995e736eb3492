package customer

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/phrase"
	"kebu/app/ui/parts"
	"kebu/app/ui/person"
	"kebu/app/usecase"
)

func at(day string) crm.Moment {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return crm.At(t.Add(12 * time.Hour))
}

func testShop() person.Shop {
	return person.Shop{Words: phrase.New("zh-Hans"), Currency: "CNY", Zone: time.UTC, Today: at("2026-11-23").Day(time.UTC)}
}

func order(id int64, day string, status crm.Status, gross, refunded crm.Money) usecase.StoredOrder {
	o := usecase.StoredOrder{ID: id, Shop: "shop", Figures: crm.Figures{Purchase: gross > 0, Gross: gross, Refunded: refunded}}
	o.Platform, o.Number, o.Placed, o.Status, o.Currency = "taobao", "433403417410501220"+string(rune('0'+id)), at(day), status, "CNY"
	o.Lines = []crm.Line{{Product: "武夷岩茶", Quantity: 1_000_000}}
	return o
}

func teacher() usecase.Profile {
	p := usecase.Profile{
		Customer: usecase.Customer{
			ID: "c1", NameMask: "陈**", Alias: pii.New("陈老师"), PhoneMask: "*******5678", AddressMask: "四川省成都市武侯区****",
			Buyers: []usecase.Account{{Platform: "taobao", ID: "青山见我"}}, Purchases: 3, PurchaseDays: 3,
			Money: []crm.Sums{{Currency: "CNY", Gross: 1064_0000, Refunded: 299_0000}},
			First: at("2026-05-01"), Last: at("2026-07-10"), Tags: []string{"老师"},
		},
		Interval: 35, LateBy: 101,
		Orders: []usecase.StoredOrder{
			order(4, "2026-07-10", crm.StatusCompleted, 466_0000, 0),
			order(3, "2026-06-10", crm.StatusCancelled, 0, 0),
			order(2, "2026-06-05", crm.StatusRefunded, 299_0000, 299_0000),
			order(1, "2026-05-01", crm.StatusCompleted, 299_0000, 0),
		},
		Notes: []usecase.WrittenNote{
			{ID: "n1", At: at("2026-05-02"), User: "owner", Text: pii.New("要发票"), Pinned: true},
			{ID: "n2", At: at("2026-08-01"), User: "owner", Text: pii.New("喜欢\n绿色")},
		},
		Events: []usecase.Event{
			{Step: 9, Verb: "tag add", At: at("2026-08-02"), User: "owner", Tag: "送礼"},
			{Step: 8, Verb: "alias", At: at("2026-08-01"), User: "owner", Undone: true},
			{Step: 7, Verb: "decide same", At: at("2026-07-20"), User: "owner"},
			{Step: 6, Verb: "note", At: at("2026-08-01"), User: "owner"},
			{Step: 2, Verb: "import", At: at("2026-07-12"), User: "owner"},
		},
	}
	p.Reasons = usecase.Reasons{
		Gaps: []usecase.Gap{
			{From: at("2026-05-01").Day(time.UTC), To: at("2026-06-05").Day(time.UTC), Days: 35},
			{From: at("2026-06-05").Day(time.UTC), To: at("2026-07-10").Day(time.UTC), Days: 35},
		},
		Uncounted: []usecase.Uncounted{{Status: crm.StatusCancelled, Orders: 1}},
		Refunds:   []usecase.RefundSum{{Currency: "CNY", Orders: 1, Refunded: 299_0000, Gross: 1064_0000}},
		FirstSeen: usecase.FirstSeen{Order: 1, Placed: at("2026-05-01"), Step: 2},
	}
	p.Orders[2].Changed = at("2026-06-12")
	return p
}

func TestTheTimelineTellsEachThingOnce(t *testing.T) {
	tests := []struct {
		filter shown
		want   string
	}{
		{showAll, "加上标签 送礼, 备注, 两个账号合为一位, 导入 #2 带来订单, 买了 武夷岩茶, 退款 武夷岩茶, 下单 武夷岩茶，不计, 买了 武夷岩茶, 置顶备注, 买了 武夷岩茶"},
		{showOrders, "买了 武夷岩茶, 退款 武夷岩茶, 下单 武夷岩茶，不计, 买了 武夷岩茶, 买了 武夷岩茶"},
		{showNotes, "备注, 置顶备注"},
		{showRest, "加上标签 送礼, 两个账号合为一位, 导入 #2 带来订单"},
	}
	for _, c := range tests {
		var titles []string
		for _, e := range events(testShop(), teacher(), c.filter) {
			titles = append(titles, e.title)
		}
		if got := strings.Join(titles, ", "); got != c.want {
			t.Errorf("filter %d:\n got %s\nwant %s", c.filter, got, c.want)
		}
	}
}

func TestAnEventSaysWhereAndHowMuch(t *testing.T) {
	list := events(testShop(), teacher(), showOrders)
	back := list[1]
	if back.right != "−¥299.00" || back.order != 2 || back.second != "淘宝 · …174105… · 已退款" {
		t.Errorf("refund: %+v", back)
	}
	if note := events(testShop(), teacher(), showNotes)[0]; note.second != "喜欢 绿色" {
		t.Errorf("a note of two lines is %q", note.second)
	}
}

func TestFiguresHaveReasons(t *testing.T) {
	s, p := testShop(), teacher()
	var got []string
	for _, f := range figures(s, p) {
		got = append(got, f.Value+" | "+f.Why)
	}
	want := []string{
		"¥765.00 | 付款 − 退款", "3 单 | 另有 1 单不计", "35 天 | 2 次，35 至 35 天", "136 天前 | 比平时晚 101 天", "1 次 | ¥299.00，占 28.1%",
	}
	if !slices.Equal(got, want) {
		t.Errorf("figures\n got %q\nwant %q", got, want)
	}
}

func TestPartsAddUpToTheFigure(t *testing.T) {
	s, p := testShop(), teacher()
	tests := []struct {
		what string
		got  []part
		want []part
	}{
		{"net", netParts(s, p), []part{{"付款", "¥1,064.00", false}, {"退款", "−¥299.00", false}, {"净消费", "¥765.00", true}}},
		{"orders", orderParts(s, p), []part{{"计入的订单", "3", false}, {"不计：已取消", "1", false}, {"全部订单", "4", true}}},
		{"interval", intervalParts(s, p), []part{{"2 次间隔，共 70 天", "70 ÷ 2 = 35 天", true}}},
		{"last", lastParts(s, p), []part{
			{"上次购买", "2026-07-10", false},
			{"平时间隔", "35 天", false},
			{"按间隔该来的日子", "2026-08-14", false},
			{"到今天", "136 天", false},
			{"已晚", "101 天", true},
		}},
		{"refunds", refundParts(s, p, 6), []part{{"2026-06-12  武夷岩茶", "−¥299.00", false}, {"退款合计，占付款 28.1%", "−¥299.00", true}}},
	}
	for _, c := range tests {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s\n got %v\nwant %v", c.what, c.got, c.want)
		}
	}
}

func TestTheSourceIsTheFirstImport(t *testing.T) {
	if got, want := source(testShop(), teacher()), "2026-05-01 淘宝，导入 #2"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := source(testShop(), usecase.Profile{}); got != "" {
		t.Errorf("nobody's source is %q", got)
	}
}

func TestSeveralCurrenciesAreNotAddedUp(t *testing.T) {
	p := teacher()
	p.Money = append([]crm.Sums{{Currency: "USD", Gross: 10_0000}}, p.Money...)
	list := netParts(testShop(), p)
	if len(list) != 6 || list[2].number != "¥765.00" || list[5].number != "$10.00" {
		t.Errorf("%v", list)
	}
}

func TestAVirtualNumberExpires(t *testing.T) {
	s, p := testShop(), teacher()
	p.PhoneMask, p.Phone = "*******5678-****", usecase.Contact{Virtual: true, PhoneEnds: s.Today - 1}
	phone := func() string {
		for _, c := range contacts(s, p, nil) {
			if c.label == "customer_phone" {
				return c.chip
			}
		}
		return "none"
	}
	if got := phone(); got != "customer_expired" {
		t.Errorf("the day after its end: %q", got)
	}
	p.Phone.PhoneEnds = s.Today
	if got := phone(); got != "customer_virtual" {
		t.Errorf("on its last day: %q", got)
	}
	p.Phone = usecase.Contact{}
	if got := phone(); got != "" {
		t.Errorf("no virtual number: %q", got)
	}
}

func TestNothingMaskedIsSavedOverWhatItHides(t *testing.T) {
	for text, want := range map[string]bool{"要发票": false, "电话 *******5678": true} {
		if masked(pii.New(text)) != want {
			t.Errorf("%q masked: %v", text, !want)
		}
	}
}

func TestTheCopiedProfileIsMasked(t *testing.T) {
	got := summary(testShop(), teacher())
	for _, want := range []string{"陈**\n", "称呼：陈老师", "电话：*******5678", "淘宝：青山见我", "净消费：¥765.00"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestPinnedNotesStandFirst(t *testing.T) {
	var got []string
	for _, n := range notes(teacher()) {
		got = append(got, n.ID)
	}
	if !slices.Equal(got, []string{"n1", "n2"}) {
		t.Errorf("%v", got)
	}
}

func TestOnlyAJoinThatStandsCanBeTakenApart(t *testing.T) {
	p := teacher()
	if joinStep(p) != 7 {
		t.Errorf("step %d, want 7", joinStep(p))
	}
	p.Events[2].Undone = true
	if joinStep(p) != 0 {
		t.Error("a join that was undone can be taken apart")
	}
}

func TestOrdersAreSortedByTheirColumns(t *testing.T) {
	var r orderRows
	p := teacher()
	r.set(p.Orders)
	ids := func() (list []int64) {
		for i := range r.Count() {
			o, _ := r.At(i)
			list = append(list, o.ID)
		}
		return list
	}
	if !slices.Equal(ids(), []int64{4, 3, 2, 1}) {
		t.Errorf("unsorted: %v", ids())
	}
	r.sort = append(r.sort, parts.SortKey{ID: "gross", Descending: true})
	r.arrange()
	if !slices.Equal(ids(), []int64{4, 2, 1, 3}) {
		t.Errorf("by what was paid: %v", ids())
	}
}

func TestEventsOfTodayAndYesterdaySayTheClock(t *testing.T) {
	now := time.Date(2026, 6, 30, 10, 0, 0, 0, time.UTC)
	s := person.Shop{Words: phrase.New("en"), Zone: time.UTC, Today: crm.DayOf(now)}
	for at, want := range map[time.Time]string{
		now: "2026 Today 10:00", now.AddDate(0, 0, -1): "2026 Yesterday 10:00", now.AddDate(0, 0, -2): "2026 06-28",
		now.Truncate(24 * time.Hour): "2026 Today", now.AddDate(-1, 0, 0): "2025 06-30",
	} {
		year, day, clock := whenOf(s, crm.At(at))
		if got := strings.TrimSpace(year + " " + day + " " + clock); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
