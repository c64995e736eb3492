package insight

import (
	"cmp"
	"math"
	"slices"
	"time"

	"kebu/app/crm"
)

// Scope says of what a survey is made.
type Scope struct {
	Shop   int64 // deals of this one; 0: of all
	Today  crm.Day
	Months int // how many, the running one last; 1 to MaxMonths
}

// MaxMonths is how many months a survey can span.
const MaxMonths = 60

// What counts as what.
const (
	// YearDays is the time in which a customer is expected again: a repeat
	// buyer bought on two days or more of it.
	YearDays = 365
	// NewDays is for how long a first purchase makes a new customer.
	NewDays = 90
	// Regular is from how many purchases on a customer is a regular.
	Regular = 4
	// DueOverdue is from which part of the interval on, in percent, a customer
	// is due back.
	DueOverdue = 50
)

// Part is what some customers bought in some days, in the book's currency.
type Part struct {
	Customers int
	Purchases int
	Gross     crm.Money
	Refunded  crm.Money // of orders placed in these days, whenever it was given back
}

// Net is gross less refunds.
func (p Part) Net() crm.Money { return p.Gross - p.Refunded }

// Ratio is a part of a whole, in customers.
type Ratio struct{ Part, Of int }

// Month is a span of days, most often a month, and who bought in it.
type Month struct {
	First, Last crm.Day
	New         Part  // customers whose first purchase is in it
	Returning   Part  // the others
	Repeat      Ratio // of who bought in the YearDays up to its last day, who did on two days or more
}

// Due is a customer who is past the usual interval.
type Due struct {
	Customer int64
	Interval int // whole days
	LateBy   int
	Net      crm.Money
}

// Mix tells customers with purchases apart by how often they bought; one whose
// only purchase has no date is in none.
type Mix struct {
	Regular   int // Regular purchases or more
	Returned  int // 2 purchases or more
	New       int // one, in the last NewDays
	Once      int // one, longer ago
	Purchased int // all with purchases
}

// Survey is a look at all customers.
type Survey struct {
	Months  []Month // the running one last; its Last is the end of the month
	Earlier Month   // of the month before, the days up to today's
	Due     []Due   // the most valuable first
	Mix     Mix

	scope Scope
	month []int8 // by day since the first month's first: index of Months
	ends  []crm.Day
	days  []crm.Day // of the customer at hand
}

// NewSurvey begins a survey without customers.
func NewSurvey(scope Scope) *Survey {
	scope.Months = min(max(scope.Months, 1), MaxMonths)
	s := &Survey{scope: scope}
	year, month, day := calendar(scope.Today)
	for i := range scope.Months {
		first := dayOf(year, month-time.Month(scope.Months-1-i), 1)
		last := dayOf(year, month-time.Month(scope.Months-2-i), 0)
		s.Months = append(s.Months, Month{First: first, Last: last})
		for range last - first + 1 {
			s.month = append(s.month, int8(i))
		}
	}
	first, last := dayOf(year, month-1, 1), dayOf(year, month, 0)
	s.Earlier = Month{First: first, Last: min(first+crm.Day(day-1), last)}
	// The running month ends today, whatever lies ahead.
	for i := range s.Months[:scope.Months-1] {
		s.ends = append(s.ends, s.Months[i].Last)
	}
	return s
}

func calendar(d crm.Day) (int, time.Month, int) { return time.Unix(int64(d)*86400, 0).UTC().Date() }

func dayOf(year int, month time.Month, day int) crm.Day {
	return crm.DayOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Add takes in a customer's deals, ordered by time, those without one first.
func (s *Survey) Add(customer int64, deals []Deal) {
	s.days = s.days[:0]
	purchases := 0
	var net crm.Money
	for i := range deals {
		d := &deals[i]
		if !s.within(d) {
			continue
		}
		net += d.Gross - d.Refunded
		if !d.Purchase {
			continue
		}
		purchases++
		if n := len(s.days); d.Dated && (n == 0 || s.days[n-1] != d.Day) {
			s.days = append(s.days, d.Day)
		}
	}
	if purchases > 0 {
		s.mix(purchases)
	}
	s.sell(deals)
	if len(s.days) > 0 {
		s.repeat()
		s.due(customer, net)
	}
}

func (s *Survey) within(d *Deal) bool { return s.scope.Shop == 0 || d.Shop == s.scope.Shop }

func (s *Survey) mix(purchases int) {
	m := &s.Mix
	m.Purchased++
	switch {
	case purchases >= Regular:
		m.Regular++
	case purchases > 1:
		m.Returned++
	case len(s.days) == 0:
	case s.days[0] >= s.scope.Today-NewDays:
		m.New++
	default:
		m.Once++
	}
}

// sell adds deals to the months in which they were made.
func (s *Survey) sell(deals []Deal) {
	var counted [MaxMonths + 1]bool // the customer, in this month; the last one is Earlier
	for i := range deals {
		d := &deals[i]
		if !d.Dated || !s.within(d) {
			continue
		}
		if at := int(d.Day - s.Months[0].First); at >= 0 && at < len(s.month) {
			s.Months[s.month[at]].add(d, s.days, &counted[s.month[at]])
		}
		if d.Day >= s.Earlier.First && d.Day <= s.Earlier.Last {
			s.Earlier.add(d, s.days, &counted[MaxMonths])
		}
	}
}

// add takes in a deal of a customer who bought on days.
func (m *Month) add(d *Deal, days []crm.Day, counted *bool) {
	p := &m.Returning
	if len(days) > 0 && days[0] >= m.First {
		p = &m.New
	}
	p.Gross += d.Gross
	p.Refunded += d.Refunded
	if !d.Purchase {
		return
	}
	p.Purchases++
	if !*counted {
		*counted = true
		p.Customers++
	}
}

// repeat counts the customer at hand among those who bought, and who bought
// again, in the year up to the end of each month.
func (s *Survey) repeat() {
	n := 0
	count := func(m *Month, end crm.Day) {
		if n > 0 && s.days[n-1] > end-YearDays {
			m.Repeat.Of++
			if n > 1 && s.days[n-2] > end-YearDays {
				m.Repeat.Part++
			}
		}
	}
	upTo := func(end crm.Day) {
		for n < len(s.days) && s.days[n] <= end {
			n++
		}
	}
	for i, end := range s.ends {
		upTo(end)
		count(&s.Months[i], end)
	}
	n = 0
	upTo(s.Earlier.Last)
	count(&s.Earlier, s.Earlier.Last)
	n = len(s.days)
	count(&s.Months[len(s.Months)-1], s.scope.Today)
}

func (s *Survey) due(customer int64, net crm.Money) {
	last := s.days[len(s.days)-1]
	interval, known := crm.Interval(s.days[0], last, len(s.days))
	if !known {
		return
	}
	late := crm.LateBy(last, s.scope.Today, interval)
	if late > 0 && crm.Overdue(late, interval) >= DueOverdue {
		s.Due = append(s.Due, Due{customer, int(math.Round(interval)), int(late), net})
	}
}

// Finish sorts what was found.
func (s *Survey) Finish() {
	slices.SortFunc(s.Due, func(a, b Due) int {
		return cmp.Or(cmp.Compare(b.Net, a.Net), cmp.Compare(a.Customer, b.Customer))
	})
}
