package demo

import (
	"bytes"
	"encoding/csv"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

var end = time.Date(2026, 11, 20, 12, 0, 0, 0, beijing)

func mustMake(t *testing.T, seed uint64, lang string) ([]Export, Plan) {
	t.Helper()
	exports, plan, err := Make(Options{Seed: seed, Lang: lang, End: end})
	if err != nil {
		t.Fatal(err)
	}
	return exports, plan
}

func TestSameSeedMakesTheSameBytes(t *testing.T) {
	a, _ := mustMake(t, 1, "zh")
	b, _ := mustMake(t, 1, "zh")
	c, _ := mustMake(t, 2, "zh")
	for i := range a {
		if !bytes.Equal(a[i].Data, b[i].Data) {
			t.Errorf("%s differs", a[i].Name)
		}
		if bytes.Equal(a[i].Data, c[i].Data) {
			t.Errorf("%s is the same under another seed", a[i].Name)
		}
	}
	if _, _, err := Make(Options{Lang: "fr", End: end}); !errors.Is(err, ErrLang) {
		t.Errorf("got %v", err)
	}
}

func TestShopIsAsLargeAsADemoShouldBe(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		for seed := range uint64(5) {
			_, p := mustMake(t, seed, lang)
			if p.Customers != 500 || p.Orders < 2500 || p.Orders > 4000 || len(p.OrdersOf) != 3 || len(p.Money) != 2 {
				t.Errorf("%s %d: %+v", lang, seed, p)
			}
			if p.OrdersWithoutCustomer < 20 || p.CustomersWithPurchases >= p.Customers || p.Purchases >= p.Orders {
				t.Errorf("%s %d lacks masked, unpaid or cancelled orders: %+v", lang, seed, p)
			}
		}
	}
}

func TestShopHasEveryKindOfCustomer(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		goods, err := readStock(lang)
		if err != nil {
			t.Fatal(err)
		}
		s := newShop(Options{Seed: 1, Lang: lang, End: end}, goods)
		stages := map[platform]map[stage]int{taobao: {}, pinduoduoShop: {}, shopifyShop: {}}
		gifts, both, early, masked := map[*person]map[string]bool{}, map[*person][2]bool{}, 0, 0
		for i, o := range s.orders {
			if o.placed.After(s.end) || o.placed.Before(s.end.AddDate(-2, 0, -20)) || i > 0 && o.placed.Before(s.orders[i-1].placed) {
				t.Fatalf("order %d is placed %s", i, o.placed)
			}
			stages[o.on][o.stage(s.end)]++
			if o.masked {
				masked++
			}
			if o.gift {
				if gifts[o.buyer] == nil {
					gifts[o.buyer] = map[string]bool{}
				}
				gifts[o.buyer][o.to.phone] = true
			}
			if o.buyer != nil && len(o.buyer.on) > 1 {
				b := both[o.buyer]
				b[min(int(o.on), 1)] = true
				both[o.buyer] = b
			}
			if early := s.end.AddDate(0, -10, 0); o.on == taobao && o.placed.Before(early) && o.stage(early) != o.stage(s.end) {
				if o.placed.Before(early.AddDate(0, -2, 0)) {
					t.Errorf("order %d changes after the first list and is not in the second", i)
				}
			}
		}
		for _, o := range s.placed(taobao, s.end.AddDate(0, -12, 0), s.end.AddDate(0, -10, 0)) {
			if o.stage(s.end.AddDate(0, -10, 0)) != o.stage(s.end) {
				early++
			}
		}
		several := 0
		for _, to := range gifts {
			if len(to) > 1 {
				several++
			}
		}
		for p, on := range both {
			if !on[0] || !on[1] {
				t.Errorf("%s: a customer of two platforms is on one only: %v", lang, p.on)
			}
		}
		if several < 5 || len(both) != alsoAbroad+alsoPinduoduo || early < 3 || masked < 10 {
			t.Errorf("%s: %d givers, %d on two platforms, %d later statuses, %d masked", lang, several, len(both), early, masked)
		}
		for on, want := range map[platform][]stage{
			taobao:        {completed, closed, partlyRefunded, refundedUnsent, refundedSent},
			pinduoduoShop: {completed, closed, refundedSent},
			shopifyShop:   {completed, closed, unpaid, refundedSent},
		} {
			for _, st := range want {
				if stages[on][st] == 0 {
					t.Errorf("%s: no order of %s in stage %d", lang, on, st)
				}
			}
		}
	}
}

// read returns the records of an export without guards.
func read(t *testing.T, e Export) [][]string {
	t.Helper()
	if strings.HasSuffix(e.Name, ".xlsx") {
		f, err := excelize.OpenReader(bytes.NewReader(e.Data))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		rows, err := f.GetRows("销售明细")
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	data := e.Data
	if e.Platform == "taobao" {
		var err error
		if data, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data); err != nil {
			t.Fatal(err)
		}
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	rows, err := r.ReadAll() // which sees to it that all records have as many cells
	if err != nil {
		t.Fatalf("%s: %v", e.Name, err)
	}
	return rows
}

func TestFilesLookLikeThoseOfTheMarketplaces(t *testing.T) {
	exports, plan := mustMake(t, 7, "zh")
	cell := func(i int, column string, row int) string {
		rows := read(t, exports[i])
		at := slices.Index(rows[0], column)
		if at < 0 {
			t.Fatalf("%s has no %q", exports[i].Name, column)
		}
		return rows[row][at]
	}
	for _, c := range []struct {
		export  int
		column  string
		pattern string
	}{
		{0, "订单编号", `^="4\d{18}"$`},
		{0, "联系手机", `^'154\d{8}$`},
		{0, "收货地址 ", `^\S+ \S+ \S+ \S+\(\d{6}\)$`},
		{0, "买家服务费", `^0元$`},
		{1, "订单付款时间 ", `^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$`},
		{2, "子订单编号", `^4\d{18}$`},
		{3, "订单号", `^\d{6}-\d{15}\t$`},
		{3, "手机", `^154\d{8}\t$`},
		{3, "用户实付金额(元)", `^\d+\.\d\d$`},
		{4, "Created at", `^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0800$`},
		{4, "Name", `^#\d{4}$`},
	} {
		if got := cell(c.export, c.column, 1); !regexp.MustCompile(c.pattern).MatchString(got) {
			t.Errorf("%s: %s is %q", exports[c.export].Name, c.column, got)
		}
	}
	if !bytes.HasPrefix(exports[3].Data, []byte("\ufeff")) || bytes.HasPrefix(exports[4].Data, []byte("\ufeff")) {
		t.Error("byte order marks are wrong")
	}
	numbers := map[string]bool{}
	for _, e := range []int{0, 1, 3, 4} {
		rows := read(t, exports[e])
		at := max(slices.Index(rows[0], "订单编号"), slices.Index(rows[0], "订单号"), slices.Index(rows[0], "Name"))
		for _, r := range rows[1:] {
			numbers[r[at]] = true
		}
	}
	if len(numbers) != plan.Orders {
		t.Errorf("%d orders in the files, %d planned", len(numbers), plan.Orders)
	}
	if english, _ := mustMake(t, 7, "en"); english[0].Platform != "shopify" {
		t.Errorf("the English shop begins with %s", english[0].Platform)
	}
}

// TestNobodyCanBeReached checks each telephone and address in the bytes.
func TestNobodyCanBeReached(t *testing.T) {
	mobile := regexp.MustCompile(`(?:^|[^\d+])(1[3-9]\d{9})(?:\D|$)`)
	foreign := regexp.MustCompile(`\+(44|1)\d{9,10}`)
	drama := regexp.MustCompile(`^\+(44(2079460|117496|113496|161496|114496|131496|141496|292018|289649)\d+|1\d{3}55501\d\d)$`)
	mail := regexp.MustCompile(`\S+@([a-z.]+)`)
	for _, lang := range []string{"zh", "en"} {
		exports, _ := mustMake(t, 3, lang)
		for _, e := range exports {
			for _, row := range read(t, e) {
				for _, c := range row {
					if m := mobile.FindStringSubmatch(c); m != nil && !strings.HasPrefix(m[1], "154") {
						t.Fatalf("%s: a telephone that somebody may have", e.Name)
					}
					if p := foreign.FindString(c); p != "" && !drama.MatchString(p) {
						t.Fatalf("%s: a telephone that somebody may have", e.Name)
					}
					if m := mail.FindStringSubmatch(c); m != nil && m[1] != "example.test" {
						t.Fatalf("%s: an e-mail address that somebody may have", e.Name)
					}
				}
			}
		}
	}
}
