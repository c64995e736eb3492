package ruletest

import (
	"fmt"
	"math/rand/v2"
	"time"
	_ "time/tzdata" // Env needs a zone wherever the tests run

	"kebu/app/crm"
	"kebu/app/crm/pii"
)

// What shops are made of and rules ask for. Texts come in several cases and
// widths, with signs that rules, SQL and JSON could trip over.
var (
	platforms  = []string{"taobao", "pinduoduo", "shopify"}
	currencies = []string{"CNY", "CNY", "CNY", "USD", "JPY"}
	tags       = []string{"VIP", "老师", "送礼 多", "it's", `6" nails`, "100%", "a_b", `back\slash`, "not", "ＯＫ", "and", "é", "加油！", "a,b", "(x)", "= 3"}
	skus       = []string{"A-1", "a-2", "A-10", "85123A", "Ｂ1", "b%", "编码 7", "x'y"}
	products   = []string{"White Lantern", "white heart", "茶 壶", "茶壶", "ÉCLAIR", "100% wool", `"best" cup`, "Straße"}
	places     = []place{
		{"中国", "浙江省", "杭州市", "西湖区"},
		{"中国", "浙江", "杭州", "下城区"},
		{"中国", "江苏省", "苏州市", "某某区"},
		{"中国", "", "上海市", ""},
		{"TW", "", "臺北市", "大安區"},
		{"", "浙江省", "", ""},
		{"GB", "", "London", ""},
		{"gb", "", "LONDON", ""},
		{"France", "", "L'Haÿ", ""},
		{"US", "CA", "", "Kern"},
		{},
	}
	statuses = []crm.Status{
		crm.StatusUnknown, crm.StatusPaid, crm.StatusShipped, crm.StatusCompleted, crm.StatusCompleted, crm.StatusCompleted,
		crm.StatusPending, crm.StatusCancelled, crm.StatusRefundInProgress, crm.StatusPartiallyRefunded, crm.StatusRefunded,
	}
	amounts = []crm.Money{0, 1, 99_900, 100_000, 123_450, 1_000_000, 2_000_000}
)

type place struct{ country, province, city, district string }

// The orders of random shops are placed in the 400 days before Today.
const days = 400

// Env is where random shops are: in a zone that sets its clocks forward and
// back, on a day in spring.
func Env() crm.RuleEnv {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic("ruletest: " + err.Error())
	}
	return crm.RuleEnv{Currency: "CNY", Zone: zone, Today: crm.DayOf(time.Date(2026, 4, 10, 0, 0, 0, 0, zone))}
}

// RandomShop makes n customers with one to eight orders each, in several
// currencies, on several platforms and with some tags: cancelled, unpaid,
// refunded and returned ones, free lines, missing times and places, and orders
// at the same moment. No two orders share platform and number. All orders of a
// customer name one e-mail address, which joins them.
func RandomShop(rng *rand.Rand, n int) []Customer {
	env := Env()
	shop := make([]Customer, n)
	number := 0
	for i := range shop {
		c := &shop[i]
		for range 1 + rng.IntN(8) {
			number++
			o := randomOrder(rng, env)
			o.Number = fmt.Sprintf("%d", 100_000+number)
			o.Buyer = crm.Buyer{ID: fmt.Sprintf("buyer-%d", i), Email: pii.New(fmt.Sprintf("buyer%d@example.test", i))}
			if len(c.Orders) > 0 && rng.IntN(6) == 0 {
				o.Placed = c.Orders[0].Placed
			}
			c.Orders = append(c.Orders, o)
		}
		for _, t := range rng.Perm(len(tags))[:rng.IntN(4)] {
			c.Tags = append(c.Tags, tags[t])
		}
	}
	return shop
}

func randomOrder(rng *rand.Rand, env crm.RuleEnv) crm.Order {
	at := pick(rng, places)
	o := crm.Order{
		Platform:  pick(rng, platforms),
		Zone:      env.Zone.String(),
		Placed:    randomMoment(rng, env),
		Status:    pick(rng, statuses),
		Currency:  pick(rng, currencies),
		Recipient: crm.Recipient{Country: at.country, Province: at.province, City: at.city, District: at.district},
	}
	returned := rng.IntN(8) == 0
	for range 1 + rng.IntN(3) {
		l := crm.Line{
			SKU:      pick(rng, skus),
			Product:  pick(rng, products),
			Quantity: crm.Quantity(1+rng.IntN(3)) * crm.One,
			Amount:   pick(rng, amounts),
		}
		switch rng.IntN(8) {
		case 0:
			l.SKU = ""
		case 1:
			l.Product = ""
		case 2:
			l.Status = pick(rng, statuses)
		case 3:
			l.Refund = crm.Known(pick(rng, amounts))
		}
		if returned || rng.IntN(8) == 0 {
			l.Quantity, l.Amount = -l.Quantity, -l.Amount
		}
		o.Lines = append(o.Lines, l)
	}
	if rng.IntN(3) == 0 {
		o.Amount = crm.Known(pick(rng, amounts))
	}
	if rng.IntN(5) == 0 {
		o.Refund = crm.Known(pick(rng, amounts))
	}
	o.KeyLines()
	return o
}

// randomMoment gives a time of the shop's year, often at the edge of a day,
// and sometimes none.
func randomMoment(rng *rand.Rand, env crm.RuleEnv) crm.Moment {
	start := (env.Today - crm.Day(rng.IntN(days))).Start(env.Zone)
	const day = 24 * 60 * 60 * 1000
	switch rng.IntN(10) {
	case 0:
		return 0
	case 1, 2:
		return start
	case 3, 4:
		return start - 1
	default:
		return start + crm.Moment(rng.IntN(day))
	}
}

// RandomRule makes a rule about what RandomShop makes, of up to about a dozen
// comparisons. ParseRule(rule.String()) gives it back.
func RandomRule(rng *rand.Rand) crm.Rule {
	if rng.IntN(50) == 0 {
		return crm.Rule{}
	}
	return crm.Rule{Root: randomCondition(rng, 3)}
}

func randomCondition(rng *rand.Rand, depth int) crm.Condition {
	if depth == 0 {
		return randomCompare(rng)
	}
	terms := func() []crm.Condition {
		list := make([]crm.Condition, 2+rng.IntN(2))
		for i := range list {
			list[i] = randomCondition(rng, depth-1)
		}
		return list
	}
	switch rng.IntN(6) {
	case 0:
		return crm.All(terms()...)
	case 1:
		return crm.Any(terms()...)
	case 2:
		return crm.Not{Term: randomCondition(rng, depth-1)}
	default:
		return randomCompare(rng)
	}
}

func randomCompare(rng *rand.Rand) crm.Condition {
	x := crm.Compare{Field: pick(rng, crm.Fields)}
	x.Op = pick(rng, x.Field.Ops())
	if x.Field.Kind() == crm.KindAmount && rng.IntN(2) == 0 {
		x.Currency = pick(rng, []string{"CNY", "USD", "JPY", "EUR"})
	}
	n := 1
	if x.Op == crm.OpIn {
		n += rng.IntN(3)
	}
	for range n {
		x.Values = append(x.Values, randomValue(rng, x))
	}
	return x
}

func randomValue(rng *rand.Rand, x crm.Compare) crm.Value {
	switch x.Field.Kind() {
	case crm.KindCount:
		if x.Field == crm.FieldPurchases {
			return crm.Value{Count: int64(rng.IntN(6))}
		}
		return crm.Value{Count: int64(rng.IntN(rng.IntN(200) + 1))}
	case crm.KindAmount:
		return crm.Value{Amount: pick(rng, amounts) + pick(rng, amounts) - pick(rng, amounts)}
	case crm.KindDay:
		ago := rng.IntN(days)
		if rng.IntN(2) == 0 {
			return crm.Value{Day: crm.DayValue{Since: true, Ago: ago}}
		}
		return crm.Value{Day: crm.DayValue{Day: Env().Today - crm.Day(ago)}}
	default:
		return crm.Value{Text: randomText(rng, x)}
	}
}

// randomText gives a text that the field has somewhere, a part of one for
// contains, and now and then one that nothing has.
func randomText(rng *rand.Rand, x crm.Compare) string {
	at := pick(rng, places)
	var text string
	switch x.Field {
	case crm.FieldCountry:
		text = at.country
	case crm.FieldProvince:
		text = at.province
	case crm.FieldCity:
		text = at.city
	case crm.FieldDistrict:
		text = at.district
	case crm.FieldPlatform:
		text = pick(rng, platforms)
	case crm.FieldMonth:
		text = (Env().Today - crm.Day(rng.IntN(days))).Month()
	case crm.FieldTag:
		text = pick(rng, tags)
	case crm.FieldSKU:
		text = pick(rng, skus)
	default:
		text = pick(rng, products)
	}
	if text == "" || rng.IntN(20) == 0 {
		text = "nowhere"
	}
	if x.Op == crm.OpContains {
		letters := []rune(text)
		i := rng.IntN(len(letters))
		if part := string(letters[i:min(len(letters), i+1+rng.IntN(3))]); part != " " {
			text = part
		}
	}
	if rng.IntN(4) == 0 {
		text = crm.Fold(text)
	}
	return text
}

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }
