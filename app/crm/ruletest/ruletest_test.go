package ruletest_test

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/ruletest"
)

// anna bought twice in China, once in dollars, cancelled one order and sent a
// part of the first back. The clock in Shanghai shows 2026-03-01 when it is
// still February in UTC.
func anna(t *testing.T) (ruletest.Customer, crm.RuleEnv) {
	t.Helper()
	zone := time.FixedZone("CST", 8*60*60)
	at := func(month time.Month, day, hour int) crm.Moment {
		return crm.At(time.Date(2026, month, day, hour, 0, 0, 0, zone))
	}
	line := func(sku, product string, amount crm.Money) crm.Line {
		return crm.Line{SKU: sku, Product: product, Quantity: crm.One, Amount: amount * 10_000}
	}
	back := line("T-1", "茶壶", -30)
	back.Quantity = -crm.One
	lost := line("T-9", "Lost", 5)
	lost.Status = crm.StatusCancelled
	return ruletest.Customer{
		Tags: []string{"VIP", "送礼 多"},
		Orders: []crm.Order{
			{
				Platform: "taobao", Number: "1", Placed: at(3, 1, 3), Status: crm.StatusCompleted, Currency: "CNY",
				Lines:     []crm.Line{line("T-1", "茶壶", 100), back, lost, line("GIFT", "Card", 0)},
				Recipient: crm.Recipient{Country: "中国", Province: "浙江省", City: "杭州市"},
			},
			{
				Platform: "taobao", Number: "2", Placed: at(3, 11, 12), Status: crm.StatusRefunded, Currency: "CNY",
				Amount: crm.Known(50_0000), Lines: []crm.Line{line("T-2", "Cup", 50)},
				Recipient: crm.Recipient{Country: "中国", City: "上海市"},
			},
			{
				Platform: "shopify", Number: "3", Placed: at(3, 12, 0), Status: crm.StatusPaid, Currency: "USD",
				Lines: []crm.Line{line("T-3", "Lamp", 20)},
			},
			{
				Platform: "pinduoduo", Number: "4", Placed: at(2, 1, 12), Status: crm.StatusCancelled, Currency: "CNY",
				Lines: []crm.Line{line("T-4", "Fan", 500)}, Recipient: crm.Recipient{Country: "US"},
			},
		},
	}, crm.RuleEnv{Currency: "CNY", Zone: zone, Today: crm.DayOf(time.Date(2026, 3, 31, 0, 0, 0, 0, zone))}
}

func TestMatchesWorkedByHand(t *testing.T) {
	c, env := anna(t)
	for rule, want := range map[string]bool{
		"":                                true,
		"purchases = 3":                   true, // the cancelled order is none
		"purchases in (1, 2)":             false,
		"gross = 150":                     true, // 100 + 50; not the lost line, not the cancelled order
		"refunded = 80":                   true, // 30 sent back, and all of the refunded order
		"net = 70 and net(USD) = 20":      true,
		"net(EUR) = 0":                    true, // no amount is 0
		"net(EUR) != 0":                   false,
		"first_purchase = 2026-03-01":     true, // 03:00 in the shop's zone
		"first_purchase < 2026-03-01":     false,
		"last_purchase = 2026-03-12":      true,
		"last_purchase = 19d ago":         true,
		"last_purchase > 19d ago":         false,
		"last_purchase in (20d ago)":      false,
		"previous_purchase = 2026-03-11":  true,
		"previous_purchase > 19d ago":     false,
		"month = 2026-03":                 true,
		"month = 2026-02":                 false, // cancelled
		"month contains 2026":             true,
		"month != 2026-04":                true,
		"interval = 6":                    true, // 5.5 days between the 1st and the 12th
		"interval != 6":                   false,
		"late_by = 13":                    true, // 19 days since, less 6
		"late_by > 13":                    false,
		"overdue = 216":                   true,
		"overdue in (215, 217)":           false,
		"platform = pinduoduo":            true, // of any order, a cancelled one too
		"platform != TAOBAO":              false,
		"not platform = taobao":           false,
		"country = 中国":                    true, // the latest order that tells gives no district
		"district = 西湖区":                  false,
		"district != 西湖区":                 false, // missing
		"not district = 西湖区":              true,
		"province = 浙江省":                  false,
		"province = 沪":                    true,
		"city != 杭州市":                     true,
		"city = 上海":                       true, // a short name
		"city in (杭州, 上海)":                true,
		"city != 上海":                      false,
		"city contains 上":                 true,
		"tag = vip":                       true,
		"tag != other":                    true,
		"tag in (other, ＶＩＰ)":             true,
		`tag = "送礼 多"`:                    true,
		"tag contains 礼":                  true,
		"sku = t-1":                       true,
		"sku = T-4":                       false, // cancelled order
		"sku = T-9":                       false, // cancelled line
		"sku = GIFT":                      true,  // free, and still had
		"sku != T-4":                      true,
		"sku contains t-":                 true,
		"product = lamp and product = 茶壶": true,
		"product in (fan, lost)":          false,
		"not (tag = vip or tag = other)":  false,
		"not tag = vip or tag = vip":      true,
	} {
		parsed, err := crm.ParseRule(rule)
		if err != nil {
			t.Errorf("%s: %v", rule, err)
			continue
		}
		if got := ruletest.Matches(parsed, c, env); got != want {
			t.Errorf("%s: %t", rule, got)
		}
		if got := ruletest.Matches(parsed.Resolve(env.Today), c, env); got != want {
			t.Errorf("%s, resolved: %t", rule, got)
		}
	}
}

func TestNobodyKnownMatchesOnlyWhatNeedsNothing(t *testing.T) {
	_, env := anna(t)
	for rule, want := range map[string]bool{
		"purchases = 0 and net = 0": true,
		"first_purchase < today":    false, "first_purchase != today": false, "country != x": false,
		"interval >= 0": false, "late_by != 1": false, "overdue < 100": false, "previous_purchase != today": false, "month != 2026-03": true,
		"tag != x": true, "sku != x": true, "tag contains x": false,
	} {
		parsed, err := crm.ParseRule(rule)
		if err != nil {
			t.Fatalf("%s: %v", rule, err)
		}
		if got := ruletest.Matches(parsed, ruletest.Customer{}, env); got != want {
			t.Errorf("%s: %t", rule, got)
		}
	}
}

func TestRandomRulesReadBackEqual(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		rule := ruletest.RandomRule(rng)
		text := rule.String()
		back, err := crm.ParseRule(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if !reflect.DeepEqual(rule, back) {
			t.Fatalf("%s reads back as %s", text, back)
		}
	}
}

// A suite in which rules choose nobody or everybody would show nothing.
func TestRandomRulesTellRandomCustomersApart(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	shop, env := ruletest.RandomShop(rng, 60), ruletest.Env()
	const rules = 400
	telling := 0
	fields := map[crm.Field]bool{}
	for range rules {
		rule := ruletest.RandomRule(rng)
		chosen := 0
		for _, c := range shop {
			if ruletest.Matches(rule, c, env) {
				chosen++
			}
		}
		if chosen == 0 || chosen == len(shop) {
			continue
		}
		telling++
		if c, ok := rule.Root.(crm.Compare); ok {
			fields[c.Field] = true
		}
	}
	if telling < rules/2 {
		t.Errorf("%d of %d rules choose some, not all", telling, rules)
	}
	for _, f := range crm.Fields {
		if !fields[f] {
			t.Errorf("no rule on %s alone tells customers apart", f)
		}
	}
}

func TestRandomShopHoldsTheHardCases(t *testing.T) {
	seen := map[string]bool{}
	numbers := map[string]bool{}
	for _, c := range ruletest.RandomShop(rand.New(rand.NewPCG(5, 6)), 300) {
		seen["no tag"] = seen["no tag"] || len(c.Tags) == 0
		for i, o := range c.Orders {
			f, err := o.Figures()
			if err != nil {
				t.Fatal(err)
			}
			key := o.Platform + " " + o.Number
			if numbers[key] {
				t.Fatalf("order %s twice", key)
			}
			numbers[key] = true
			country, _ := crm.Place(c.Orders[i : i+1])
			for name, is := range map[string]bool{
				"cancelled": o.Status == crm.StatusCancelled, "unpaid": o.Status == crm.StatusPending,
				"return": !f.Purchase && f.Refunded > 0, "refund": f.Purchase && f.Refunded > 0,
				"no time": !o.Placed.Known(), "no country": country == "", "foreign": o.Currency == "USD",
				"same moment": i > 0 && o.Placed.Known() && o.Placed == c.Orders[0].Placed,
				"free line":   f.Purchase && o.Lines[0].Bought() && o.Lines[0].Amount == 0,
				"no sku":      o.Lines[0].SKU == "",
			} {
				seen[name] = seen[name] || is
			}
		}
	}
	for _, name := range []string{
		"no tag", "cancelled", "unpaid", "return", "refund", "no time", "no country", "foreign", "same moment", "free line", "no sku",
	} {
		if !seen[name] {
			t.Errorf("no %s", name)
		}
	}
}
