// Package ruletest evaluates rules slowly and plainly, one customer at a time,
// straight from the orders, and makes rules and shops at random. Whoever
// evaluates rules in another way is tested against it.
package ruletest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/region"
)

// Customer is what rules can ask about: all orders of one person, and the tags.
type Customer struct {
	Orders []crm.Order
	Tags   []string
}

// Matches reports whether rule chooses c. It panics on a rule that ParseRule
// would not give and on sums beyond crm.Money.
func Matches(rule crm.Rule, c Customer, env crm.RuleEnv) bool {
	return rule.Root == nil || matches(rule.Root, &c, env)
}

func matches(condition crm.Condition, c *Customer, env crm.RuleEnv) bool {
	term := func(t crm.Condition) bool { return matches(t, c, env) }
	switch x := condition.(type) {
	case crm.And:
		return !slices.ContainsFunc(x.Terms, func(t crm.Condition) bool { return !term(t) })
	case crm.Or:
		return slices.ContainsFunc(x.Terms, term)
	case crm.Not:
		return !term(x.Term)
	case crm.Compare:
		return compare(x, c, env)
	default:
		panic(fmt.Sprintf("ruletest: no condition: %T", condition))
	}
}

func compare(x crm.Compare, c *Customer, env crm.RuleEnv) bool {
	switch x.Field.Kind() {
	case crm.KindCount:
		n, known := c.count(x.Field, env)
		return known && ordered(x, n, func(v crm.Value) int64 { return v.Count })
	case crm.KindAmount:
		currency := x.Currency
		if currency == "" {
			currency = env.Currency
		}
		return ordered(x, int64(c.amount(x.Field, currency)), func(v crm.Value) int64 { return int64(v.Amount) })
	case crm.KindDay:
		day, known := c.purchaseDay(x.Field, env)
		return known && ordered(x, int64(day), func(v crm.Value) int64 { return int64(v.Day.Resolve(env.Today)) })
	case crm.KindText:
		text := c.place(x.Field)
		if text == "" {
			return false
		}
		if x.Op == crm.OpNotEqual {
			return !sameText(x, text)
		}
		return meets(x, text)
	case crm.KindSet:
		one := func(x crm.Compare) bool {
			return slices.ContainsFunc(c.members(x.Field, env), func(m string) bool { return m != "" && meets(x, m) })
		}
		if x.Op == crm.OpNotEqual {
			x.Op = crm.OpEqual
			return !one(x)
		}
		return one(x)
	default:
		panic("ruletest: no field: " + string(x.Field))
	}
}

// ordered compares numbers, of which days are some.
func ordered(x crm.Compare, have int64, value func(crm.Value) int64) bool {
	want := value(x.Values[0])
	switch x.Op {
	case crm.OpEqual:
		return have == want
	case crm.OpNotEqual:
		return have != want
	case crm.OpLess:
		return have < want
	case crm.OpAtMost:
		return have <= want
	case crm.OpMore:
		return have > want
	case crm.OpAtLeast:
		return have >= want
	case crm.OpIn:
		return slices.ContainsFunc(x.Values, func(v crm.Value) bool { return have == value(v) })
	default:
		panic("ruletest: numbers have no " + string(x.Op))
	}
}

// meets compares one text by =, in or contains.
func meets(x crm.Compare, have string) bool {
	switch x.Op {
	case crm.OpEqual, crm.OpIn:
		return sameText(x, have)
	case crm.OpContains:
		if _, place := x.Field.Level(); place {
			return strings.Contains(region.Key(have), region.Key(x.Values[0].Text))
		}
		return strings.Contains(crm.Fold(have), crm.Fold(x.Values[0].Text))
	default:
		panic("ruletest: texts have no " + string(x.Op))
	}
}

func sameText(x crm.Compare, have string) bool {
	level, place := x.Field.Level()
	return slices.ContainsFunc(x.Values, func(v crm.Value) bool {
		if place {
			return slices.Contains(region.Keys(level, v.Text), region.Key(have))
		}
		return crm.Fold(v.Text) == crm.Fold(have)
	})
}

func (c *Customer) purchases() []crm.Order {
	var list []crm.Order
	for _, o := range c.Orders {
		if figures(&o).Purchase {
			list = append(list, o)
		}
	}
	return list
}

func figures(o *crm.Order) crm.Figures {
	f, err := o.Figures()
	if err != nil {
		panic("ruletest: " + err.Error())
	}
	return f
}

func (c *Customer) amount(field crm.Field, currency string) crm.Money {
	var gross, refunded crm.Money
	for i := range c.Orders {
		if o := &c.Orders[i]; o.Currency == currency {
			f := figures(o)
			gross += f.Gross
			refunded += f.Refunded
		}
	}
	switch field {
	case crm.FieldGross:
		return gross
	case crm.FieldRefunded:
		return refunded
	default:
		return gross - refunded
	}
}

// count returns a whole number, if the customer has it.
func (c *Customer) count(field crm.Field, env crm.RuleEnv) (n int64, known bool) {
	if field == crm.FieldPurchases {
		return int64(len(c.purchases())), true
	}
	days := c.days(env)
	if len(days) == 0 {
		return 0, false
	}
	last := days[len(days)-1]
	interval, known := crm.Interval(days[0], last, len(days))
	late := crm.LateBy(last, env.Today, interval)
	switch field {
	case crm.FieldInterval:
		return int64(math.Round(interval)), known
	case crm.FieldLateBy:
		return int64(late), known && late > 0
	default:
		return int64(crm.Overdue(late, interval)), known && late > 0
	}
}

// days returns the distinct days of purchases of which the time is known, in order.
func (c *Customer) days(env crm.RuleEnv) []crm.Day {
	var days []crm.Day
	for _, o := range c.purchases() {
		if o.Placed.Known() {
			days = append(days, o.Placed.Day(env.Zone))
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// purchaseDay returns the day of the first, the last or the last but one day
// with a purchase.
func (c *Customer) purchaseDay(field crm.Field, env crm.RuleEnv) (day crm.Day, known bool) {
	days := c.days(env)
	at := len(days) - 1
	switch field {
	case crm.FieldFirstPurchase:
		at = min(at, 0)
	case crm.FieldPreviousPurchase:
		at--
	default: // the last
	}
	if at < 0 {
		return 0, false
	}
	return days[at], true
}

func (c *Customer) place(field crm.Field) string {
	country, place := crm.Place(c.Orders)
	switch field {
	case crm.FieldCountry:
		return country
	case crm.FieldProvince:
		return place.Province
	case crm.FieldCity:
		return place.City
	default:
		return place.District
	}
}

func (c *Customer) members(field crm.Field, env crm.RuleEnv) []string {
	var list []string
	switch field {
	case crm.FieldTag:
		return c.Tags
	case crm.FieldMonth:
		for _, d := range c.days(env) {
			list = append(list, d.Month())
		}
	case crm.FieldPlatform:
		for _, o := range c.Orders {
			list = append(list, o.Platform)
		}
	default:
		for _, o := range c.purchases() {
			for _, l := range o.Lines {
				switch {
				case !l.Bought():
				case field == crm.FieldSKU:
					list = append(list, l.SKU)
				default:
					list = append(list, l.Product)
				}
			}
		}
	}
	return list
}
