package segments

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/filter"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// shop is what every row needs to know of the book.
type shop struct {
	words    *phrase.Phrases
	currency string
	zone     *time.Location
}

// row is a segment as the table shows it.
type row struct {
	usecase.Segment
	reads  string // the rule in words
	count  string
	moved  string // +9 −2, "" where nobody knows
	grew   bool   // some came, none left
	still  bool   // none came, none left
	net    string
	export string // day
}

// rowOf says a segment in the columns of the table.
func (s shop) rowOf(g usecase.Segment) row {
	if g.Hidden != "" {
		return row{Segment: g, reads: s.words.Text("segments_hidden", map[string]any{"Field": s.words.Hidden(g.Hidden)})}
	}
	r := row{
		Segment: g, reads: filter.Sentence(s.words, g.Rule, s.currency), count: phrase.Count(g.Customers),
		net: phrase.Money(g.Net, s.currency), grew: g.Entered > 0 && g.Left == 0, still: g.Entered+g.Left == 0,
	}
	if g.Few {
		r.net = ""
	}
	if g.LastExport.Known() {
		r.export = g.LastExport.Day(s.zone).String()
	}
	if g.Since != 0 {
		r.moved = moved(g)
	}
	return r
}

// moved says how many came and how many left.
func moved(g usecase.Segment) string {
	var list []string
	if g.Entered > 0 {
		list = append(list, "+"+phrase.Count(g.Entered))
	}
	if g.Left > 0 {
		list = append(list, phrase.Count(-g.Left))
	}
	if len(list) == 0 {
		return phrase.Count(0)
	}
	return strings.Join(list, " ")
}

// order is a column by which the table is sorted.
type order struct {
	by         string
	descending bool
}

// compare are the columns that sort.
var compare = map[string]func(a, b row) int{
	"name":   func(a, b row) int { return cmp.Compare(a.Name, b.Name) },
	"now":    func(a, b row) int { return cmp.Compare(a.Customers, b.Customers) },
	"moved":  func(a, b row) int { return cmp.Compare(a.Entered-a.Left, b.Entered-b.Left) },
	"net":    func(a, b row) int { return cmp.Compare(a.Net, b.Net) },
	"export": func(a, b row) int { return cmp.Compare(a.LastExport, b.LastExport) },
}

// sortRows sorts by columns, the first counts most; without any by name, as
// the book gives them.
func sortRows(rows []row, by []order) {
	slices.SortStableFunc(rows, func(a, b row) int {
		for _, o := range by {
			f, ok := compare[o.by]
			if !ok {
				continue
			}
			n := f(a, b)
			if o.descending {
				n = -n
			}
			if n != 0 {
				return n
			}
		}
		return compare["name"](a, b)
	})
}

// list is the rows as a table reads them.
type list []row

// Count returns how many there are.
func (l *list) Count() int { return len(*l) }

// At returns one.
func (l *list) At(i int) (row, bool) {
	if i < 0 || i >= len(*l) {
		return row{}, false
	}
	return (*l)[i], true
}

// find returns where a segment stands, -1 for nowhere.
func (l *list) find(name string) int {
	return slices.IndexFunc(*l, func(r row) bool { return r.Name == name })
}

// free returns a name that no segment has yet, a number behind it if need be.
func (l *list) free(w filter.Words, name string) string {
	for n, wish := 2, name; ; n++ {
		if l.find(wish) < 0 {
			return wish
		}
		wish = w.Text("segments_copy_name", map[string]any{"Name": name, "Number": n})
	}
}

// ready is a segment to start from, as it is listed.
type ready struct {
	name, rule, reads string
	count             string // "" until it is known
}

// readyOnes lists the segments to start from.
func (s shop) readyOnes(all []usecase.ReadySegment, counts []int) []ready {
	out := make([]ready, len(all))
	for i, g := range all {
		out[i] = ready{name: s.words.Text(g.Key), rule: g.Rule, reads: filter.Sentence(s.words, g.Rule, s.currency)}
		if i < len(counts) {
			out[i].count = s.customers(counts[i])
		}
	}
	return out
}

func (s shop) customers(n int) string {
	return s.words.Text("segments_customers", map[string]any{"Customers": phrase.Count(n)})
}

// checked is what is said below a rule while it is typed.
type checked struct {
	rule     string // in its one form; "" if it is none
	reads    string // in words
	problem  string
	from, to int // the letters that are wrong
}

// check looks at a rule that was typed. A blank one is no mistake yet.
func (s shop) check(text string) checked {
	text = strings.TrimSpace(text)
	if text == "" {
		return checked{}
	}
	if problem, from, to := filter.Mistake(s.words, text); problem != "" {
		return checked{problem: problem, from: from, to: to}
	}
	parsed, err := crm.ParseRule(text)
	if err != nil {
		return checked{problem: s.words.Error(err)}
	}
	return checked{rule: text, reads: filter.Sentence(s.words, parsed.String(), s.currency)}
}

// finds says how many a rule finds.
func (s shop) finds(n int) string {
	if n == 0 {
		return s.words.Text("segments_finds_none")
	}
	return s.words.Text("segments_finds", map[string]any{"Count": n, "Customers": phrase.Count(n)})
}

// figure is a line of the panel.
type figure struct{ label, value, why string }

// figureNet is which line of the panel is money.
const figureNet = 1

// figures are what the panel says of a segment.
func (s shop) figures(r row) []figure {
	w := s.words
	now := figure{w.Text("segments_now"), s.customers(r.Customers), ""}
	if r.Since != 0 {
		now.why = w.Text("segments_since", map[string]any{"Day": r.Since.String()}) + " " + r.moved
	}
	net := figure{w.Text("segments_net"), phrase.Price(r.Net, s.currency), w.Text("segments_net_why")}
	switch {
	case r.Few:
		net.value, net.why = "—", ""
	case r.Customers > 0:
		each := crm.Money(int64(r.Net) / int64(r.Customers) / cent * cent)
		net.why = w.Text("segments_mean", map[string]any{"Mean": phrase.Price(each, s.currency)})
	}
	export := figure{w.Text("segments_export"), r.export, ""}
	if r.export == "" {
		export.value, export.why = "—", w.Text("segments_never")
	}
	return []figure{now, net, export}
}

// cent is a hundredth in crm.Money; a mean is not told finer.
const cent = 100

// mover is a customer who came or left.
type mover struct{ id, name, alias, net string }

func (s shop) mover(c usecase.Customer) mover {
	m := mover{id: c.ID, name: c.NameMask, alias: c.Alias.Reveal()}
	if m.name == "" {
		m.name = s.words.Text("segments_unnamed")
	}
	for _, sums := range c.Money {
		if sums.Currency == s.currency {
			m.net = phrase.Money(sums.Net(), s.currency)
		}
	}
	return m
}

// customersOf is the list of those whom a segment finds.
func customersOf(name, rule string) place.Place {
	return place.Place{Page: place.Customers, Fresh: true, Rule: rule, Segment: name}
}

// walk leads to a customer of a few; the arrows of that page walk along them.
func walk(list []mover, i int) place.Place {
	return place.Place{Page: place.Customer, Customer: list[i].id, List: &place.List{
		Index: i, Total: len(list), At: func(index int) (string, error) { return list[index].id, nil },
	}}
}
