package customers

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf8"

	"kebu/app/crm"
	"kebu/app/crm/find"
	"kebu/app/phrase"
	"kebu/app/ui/filter"
	"kebu/app/ui/person"
	"kebu/app/usecase"
)

// question is what the page asks the book: which customers, in which order.
type question struct {
	chips  []filter.Chip
	all    bool // every chip holds, not just one
	search string
	sort   []usecase.Sort // nil is the order of the start

	segment string // name of the saved rule that the chips came from, "" for none
	saved   string // its rule

	imported int64 // only those whom the import of this step made; 0 is everyone
}

// start is the question of an opened page: everyone, the last to buy first.
func start() question { return question{all: true} }

// newest is the order of the start: the last to buy first.
var newest = []usecase.Sort{{By: "last_purchase", Descending: true}}

// order returns by what the list is sorted; nil are the best hits of a search first.
func (q question) order() []usecase.Sort {
	if q.sort == nil && strings.TrimSpace(q.search) == "" {
		return newest
	}
	return q.sort
}

// ask takes a rule as the filter, and forgets the search.
func (q *question) ask(rule string) error {
	chips, all, err := filter.Parse(rule)
	if err != nil {
		return err
	}
	q.chips, q.all, q.search, q.segment, q.saved = chips, all, "", "", ""
	return nil
}

// rule returns the filter as a rule; a chip that is not yet complete is left out.
func (q question) rule() string {
	var whole []filter.Chip
	for _, c := range q.chips {
		if _, err := filter.Rule([]filter.Chip{c}, true); err == nil {
			whole = append(whole, c)
		}
	}
	rule, err := filter.Rule(whole, q.all)
	if err != nil {
		return "" // each chip alone was a rule: cannot be
	}
	return rule
}

// changed reports whether the filter differs from the segment it came from.
func (q question) changed() bool { return q.segment != "" && q.rule() != q.saved }

// filtered reports whether anybody could be left out.
func (q question) filtered() bool {
	return len(q.chips) > 0 || strings.TrimSpace(q.search) != "" || q.imported != 0
}

func (q question) selection(from, limit int) usecase.Selection {
	return usecase.Selection{Where: q.rule(), Search: q.search, Import: q.imported, Sort: q.order(), From: from, Limit: limit}
}

// digits reports whether the search is of digits only, five or more: phones are
// found by their last four.
func (q question) digits() bool {
	s := strings.TrimSpace(q.search)
	return len(s) > 4 && strings.Trim(s, "0123456789 -+") == ""
}

// shop is what every row needs to know of the book.
type shop struct {
	words    *phrase.Phrases
	currency string
	zone     *time.Location
	today    crm.Day
}

// row is one customer as the table shows it.
type row struct {
	id       string
	name     string // mask
	alias    string
	refused  bool
	letter   string // of the marketplace
	platform string
	account  string
	more     int // other accounts
	phone    string
	place    [3]string // city, province, country
	orders   string
	money    [3]string // net, paid, refunded
	marks    marks
	first    string
	last     string
	interval string
	late     string // "" unless past the interval
	tags     []string

	favourite string // bought most; like note only where it was asked for
	note      string // day of the last
}

// marks are the letters of a row that a search found, as the table sets them off.
type marks struct {
	name, alias, account, city, phone [][2]int
	tags                              [][][2]int // of each tag
}

// found returns the letters of a value that a search found: numbers of letters,
// from and before to.
func found(search string, kind find.Field, value string) [][2]int {
	if search == "" || value == "" {
		return nil
	}
	spans := find.Spans(search, kind, value)
	for i, span := range spans {
		from := utf8.RuneCountInString(value[:span[0]])
		spans[i] = [2]int{from, from + utf8.RuneCountInString(value[span[0]:span[1]])}
	}
	return spans
}

// rowOf says a customer in the columns of the table, and where a search found
// it. What is not known is blank.
func (s shop) rowOf(c usecase.Customer, search string) row {
	r := row{
		id: c.ID, name: c.NameMask, alias: c.Alias.Reveal(), refused: c.Refused,
		phone: c.PhoneMask, place: [3]string{c.City, c.Province, c.Country},
		orders: phrase.Count(c.Purchases), tags: c.Tags,
	}
	if len(c.Buyers) > 0 {
		b := c.Buyers[0]
		r.letter, r.platform = s.words.Letter(b.Platform), s.words.Platform(b.Platform)
		r.account, r.more = b.ID, len(c.Buyers)-1
	}
	sums := s.person().Sums(c.Money)
	r.money = [3]string{s.amount(sums.Net(), sums.Currency), s.amount(sums.Gross, sums.Currency), s.amount(sums.Refunded, sums.Currency)}
	if c.First.Known() {
		first, last := c.First.Day(s.zone), c.Last.Day(s.zone)
		r.first, r.last = first.String(), last.String()
		if days, ok := crm.Interval(first, last, c.PurchaseDays); ok {
			r.interval = s.words.Span(days)
			if late := crm.LateBy(last, s.today, days); late > 0 {
				r.late = s.words.Span(late)
			}
		}
	}
	if h := c.Habits; h != nil {
		r.favourite = cmp.Or(h.Favourite.Product, h.Favourite.SKU)
		if h.LastNote.Known() {
			r.note = h.LastNote.Day(s.zone).String()
		}
	}
	search = strings.TrimSpace(search)
	r.marks = marks{
		name: found(search, find.Name, r.name), alias: found(search, find.Name, r.alias),
		account: found(search, find.Account, r.account), city: found(search, find.City, r.place[0]),
		phone: found(search, find.Phone, r.phone), tags: make([][][2]int, len(r.tags)),
	}
	for i, t := range r.tags {
		r.marks.tags[i] = found(search, find.Tag, t)
	}
	return r
}

// days is the form of the days of orders: with the year unless all are of this one.
func days(orders []usecase.StoredOrder, s shop) string {
	for _, o := range orders {
		if o.Placed.Known() && o.Placed.Day(s.zone).String()[:4] != s.today.String()[:4] {
			return time.DateOnly
		}
	}
	return "01-02"
}

// person is the same for one customer.
func (s shop) person() person.Shop {
	return person.Shop{Words: s.words, Currency: s.currency, Zone: s.zone, Today: s.today}
}

// amount shows an amount in a column of the book's currency; another currency
// is named.
func (s shop) amount(m crm.Money, currency string) string {
	if currency != s.currency {
		return currency + " " + phrase.Money(m, currency)
	}
	return phrase.Money(m, currency)
}

// footer says what the list adds up to, amounts for who sees them.
func (s shop) footer(t usecase.Totals, amounts bool) string {
	if t.Customers == 0 {
		return ""
	}
	if !amounts || t.Few {
		return s.customers(t.Customers)
	}
	mean := float64(t.Purchases) / float64(t.Customers)
	return s.words.Text("customers_footer", map[string]any{
		"Customers": phrase.Count(t.Customers), "Net": s.net(t), "Mean": phrase.Mean(mean),
	})
}

// net says what customers spent, and whether they spent in other currencies too.
func (s shop) net(t usecase.Totals) string {
	net := phrase.Price(t.Net, s.currency)
	if t.Others {
		return s.words.Text("customers_net_own", map[string]any{"Net": net})
	}
	return net
}

// customers says how many they are.
func (s shop) customers(n int) string {
	return s.words.Text("customers_all", map[string]any{"Count": n, "All": phrase.Count(n)})
}

// fact says how many customers of how many are listed.
func (s shop) fact(listed, all int, filtered bool) string {
	if !filtered {
		return s.customers(all)
	}
	return s.words.Text("customers_some", map[string]any{"Listed": phrase.Count(listed), "All": phrase.Count(all)})
}
