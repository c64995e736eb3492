package orders

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/person"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// The conditions that the filter bar knows.
const (
	byPlatform = "platform"
	byShop     = "shop"
	byStatus   = "status"
	byDay      = "placed"
	byPaid     = "paid"
	byRefund   = "refunded"
	byNobody   = "nobody"
	byCustomer = "customer"
	byImport   = "import"
)

// Comparisons of a condition.
const (
	opIs      = "is"
	opSince   = "since"
	opUntil   = "until"
	opBetween = "between"
	opLeast   = "least"
	opMost    = "most"
)

// chip is one condition.
type chip struct {
	field, op string
	values    []string
}

// question is what the page asks the book.
type question struct {
	chips  []chip
	search string
	sort   []usecase.Sort
}

// start is the question of an opened page: every order, the newest first.
func start() question { return question{sort: newest} }

// newest is the order of the start.
var newest = []usecase.Sort{{By: "placed", Descending: true}}

// at takes the filter of a place.
func (q *question) at(p place.Place) {
	q.chips, q.search = nil, p.Search
	add := func(field, op string, values ...string) {
		q.chips = append(q.chips, chip{field, op, values})
	}
	if p.Customer != "" {
		add(byCustomer, opIs, p.Customer)
	}
	if p.Import != 0 {
		add(byImport, opIs, strconv.FormatInt(p.Import, 10))
	}
	switch {
	case p.From != "" && p.To != "":
		add(byDay, opBetween, p.From, p.To)
	case p.From != "":
		add(byDay, opSince, p.From)
	case p.To != "":
		add(byDay, opUntil, p.To)
	}
	if p.Refunded {
		add(byRefund, opIs)
	}
	if p.Order != "" {
		q.search = p.Order
	}
}

// filtered reports whether an order could be left out.
func (q question) filtered() bool { return len(q.chips) > 0 || strings.TrimSpace(q.search) != "" }

// selection returns what the book is asked; a chip that is not complete says
// nothing, and problem tells of it.
func (q question) selection(from, limit int) usecase.OrderSelection {
	s := usecase.OrderSelection{Search: strings.TrimSpace(q.search), Sort: q.sort, From: from, Limit: limit}
	for _, c := range q.chips {
		_ = c.put(&s) // the bar shows what is wrong
	}
	return s
}

// put adds a condition to a selection, or reports that a value is none.
func (c chip) put(s *usecase.OrderSelection) bool {
	value := func(i int) string {
		if i < len(c.values) {
			return strings.TrimSpace(c.values[i])
		}
		return ""
	}
	switch c.field {
	case byPlatform:
		s.Platform = value(0)
		return s.Platform != ""
	case byShop:
		id, err := strconv.ParseInt(value(0), 10, 64)
		s.Shop = id
		return err == nil
	case byStatus:
		for _, v := range c.values {
			s.Statuses = append(s.Statuses, crm.Status(v))
		}
		return len(c.values) > 0
	case byDay:
		return c.days(s, value)
	case byPaid:
		return c.amounts(s, value)
	case byRefund:
		s.Refunded = true
	case byNobody:
		s.NoBuyer = true
	case byCustomer:
		s.Customer = value(0)
		return s.Customer != ""
	case byImport:
		id, err := strconv.ParseInt(value(0), 10, 64)
		s.Import = id
		return err == nil
	}
	return true
}

func (c chip) days(s *usecase.OrderSelection, value func(int) string) bool {
	first, ok := dayOf(value(0))
	if !ok {
		return false
	}
	switch c.op {
	case opSince:
		s.Since = first
	case opUntil:
		s.Until = first
	default:
		last, ok := dayOf(value(1))
		if !ok {
			return false
		}
		s.Since, s.Until = min(first, last), max(first, last)
	}
	return true
}

func dayOf(text string) (crm.Day, bool) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, false
	}
	return crm.DayOf(t), true
}

func (c chip) amounts(s *usecase.OrderSelection, value func(int) string) bool {
	first, err := crm.ParseMoney(value(0))
	if err != nil {
		return false
	}
	switch c.op {
	case opLeast:
		s.Min = crm.Known(first)
	case opMost:
		s.Max = crm.Known(first)
	default:
		last, err := crm.ParseMoney(value(1))
		if err != nil {
			return false
		}
		s.Min, s.Max = crm.Known(min(first, last)), crm.Known(max(first, last))
	}
	return true
}

// shop is what every row needs to know of the book.
type shop struct {
	words    *phrase.Phrases
	currency string
	zone     *time.Location
	shops    []usecase.ShopCount
}

// names are what the filter calls a customer and an import that it was led to.
type names struct{ customer, imported string }

// describe says a chip: the name of its field and what it asks.
func (s shop) describe(c chip, n names) (title, text string) {
	title = s.words.Text("orders_by_" + c.field)
	value := func(i int) string {
		if i < len(c.values) {
			return c.values[i]
		}
		return ""
	}
	switch c.field {
	case byPlatform:
		return title, s.words.Platform(value(0))
	case byShop:
		for _, k := range s.shops {
			if strconv.FormatInt(k.ID, 10) == value(0) {
				return title, k.Name
			}
		}
		return title, value(0)
	case byStatus:
		names := make([]string, len(c.values))
		for i, v := range c.values {
			names[i] = s.status(crm.Status(v))
		}
		return title, strings.Join(names, s.words.Text("list_separator"))
	case byDay:
		if c.op == opBetween {
			return title, value(0) + " – " + value(1)
		}
		return title, s.words.Text("orders_day_"+c.op) + " " + value(0)
	case byPaid:
		price := func(v string) string {
			if m, err := crm.ParseMoney(v); err == nil {
				return strings.TrimSuffix(phrase.Price(m, s.currency), ".00")
			}
			return v
		}
		switch c.op {
		case opLeast:
			return title, "≥ " + price(value(0))
		case opMost:
			return title, "≤ " + price(value(0))
		default:
			return title, price(value(0)) + " – " + price(value(1))
		}
	case byImport:
		return title, n.imported
	case byCustomer:
		return title, n.customer
	default:
		return title, ""
	}
}

// status returns the name of a status.
func (s shop) status(v crm.Status) string {
	if v == crm.StatusUnknown {
		return s.words.Text("status_unknown")
	}
	return s.words.Text("status_" + string(v))
}

// row is an order as the table shows it.
type row struct {
	id       int64
	number   string
	short    string // the number
	letter   string
	platform string
	shop     string
	placed   string
	status   string
	unknown  bool // the word is the marketplace's own
	raw      string
	customer string // id
	name     string // mask, or that there is none
	alias    string
	nobody   bool
	goods    string
	paid     string
	refunded string
}

func (s shop) rowOf(o usecase.OrderRow) row {
	r := row{
		id: o.ID, number: o.Number, short: person.Number(s.words, o.Shop.Platform, o.Number),
		letter: s.words.Letter(o.Shop.Platform), platform: s.words.Platform(o.Shop.Platform), shop: o.Shop.Name,
		status: s.status(o.Status), raw: o.RawStatus,
		customer: o.Customer, name: o.CustomerName, alias: o.Alias.Reveal(), goods: o.Product,
		paid: s.amount(o.Figures.Gross, o.Currency),
	}
	if !o.Status.Known() && o.RawStatus != "" {
		r.status, r.unknown = s.words.Text("orders_raw_status", map[string]any{"Word": o.RawStatus}), true
	}
	if o.Customer == "" {
		r.nobody, r.name = true, s.words.Text("orders_nobody")
	} else if r.name == "" {
		r.name = s.words.Text("customers_no_name")
	}
	if o.Placed.Known() {
		r.placed = o.Placed.In(s.zone).Format("2006-01-02 15:04")
	}
	if o.More > 0 {
		r.goods += " +" + strconv.Itoa(o.More)
	}
	if o.Figures.Refunded != 0 {
		r.refunded = "−" + s.amount(o.Figures.Refunded, o.Currency)
	}
	return r
}

func (s shop) amount(m crm.Money, currency string) string {
	if currency != s.currency {
		return currency + " " + phrase.Money(m, currency)
	}
	return phrase.Money(m, currency)
}

// footer says what the list adds up to, amounts for who sees them.
func (s shop) footer(t usecase.OrderTotals, amounts bool) string {
	if t.Orders == 0 {
		return ""
	}
	if !amounts || t.Few {
		return s.orders(t.Orders)
	}
	net := phrase.Price(t.Net, s.currency)
	if t.Others {
		net = s.words.Text("customers_net_own", map[string]any{"Net": net})
	}
	return s.words.Text("orders_footer", map[string]any{
		"Orders": s.orders(t.Orders), "Paid": phrase.Price(t.Gross, s.currency),
		"Refunded": phrase.Price(t.Refunded, s.currency), "Net": net,
	})
}

// orders says how many they are.
func (s shop) orders(n int) string {
	return s.words.Text("orders_all", map[string]any{"Count": n, "All": phrase.Count(n)})
}

// times are the moments of an order that are known, with their names.
func (s shop) times(o usecase.OrderDetail) [][2]string {
	var list [][2]string
	for _, t := range []struct {
		key string
		at  crm.Moment
	}{{"placed", o.Placed}, {"paid", o.Paid}, {"shipped", o.Shipped}, {"completed", o.Completed}} {
		if t.at.Known() {
			list = append(list, [2]string{s.words.Text("orders_time_" + t.key), t.at.In(s.zone).Format("2006-01-02 15:04")})
		}
	}
	return list
}

// lineOf says a line: what, how many at which price, and what came back.
func (s shop) lineOf(l crm.Line, currency string) (title, second, amount string) {
	title = l.Product
	if title == "" {
		title = l.SKU
	}
	if l.Variant != "" {
		title += "  " + l.Variant
	}
	second = "×" + l.Quantity.String()
	if l.Price != 0 {
		second = phrase.Money(l.Price, currency) + " " + second
	}
	if l.SKU != "" && l.SKU != title {
		second = l.SKU + " · " + second
	}
	if l.Status.Known() {
		second += " · " + s.status(l.Status)
	}
	if l.Refund.Some() {
		second += " · " + s.words.Text("orders_line_refund", map[string]any{"Amount": phrase.Money(l.Refund.Value, currency)})
	}
	return title, second, phrase.Money(l.Amount, currency)
}

// statuses are those that the filter offers.
func statuses() []crm.Status { return slices.Clone(crm.Statuses) }
