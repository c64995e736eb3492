package review

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/usecase"
)

// pair names two customers.
type pair struct{ one, other string }

func pairOf(p usecase.ReviewPair) pair { return pair{p.One.ID, p.Other.ID} }

// queue is the pairs that wait.
type queue struct {
	all     []usecase.ReviewPair
	later   map[pair]int  // put off, with when
	decided map[pair]bool // decided here, and not written yet
	turns   int
}

func newQueue() *queue { return &queue{later: map[pair]int{}, decided: map[pair]bool{}} }

// set takes the pairs that were read: the likeliest first, those put off last.
func (q *queue) set(all []usecase.ReviewPair) {
	q.all = slices.Clone(all)
	slices.SortStableFunc(q.all, func(a, b usecase.ReviewPair) int { return q.later[pairOf(a)] - q.later[pairOf(b)] })
}

// open returns the pairs that are still to be decided.
func (q *queue) open() []usecase.ReviewPair {
	return slices.DeleteFunc(slices.Clone(q.all), func(p usecase.ReviewPair) bool { return q.decided[pairOf(p)] })
}

// next returns the pair to decide.
func (q *queue) next() (usecase.ReviewPair, bool) {
	open := q.open()
	if len(open) == 0 {
		return usecase.ReviewPair{}, false
	}
	return open[0], true
}

// settle forgets a pair that was written, until it is read again: from here on
// the book says whether it waits.
func (q *queue) settle(key pair) {
	delete(q.decided, key)
	q.all = slices.DeleteFunc(q.all, func(p usecase.ReviewPair) bool { return pairOf(p) == key })
}

// putOff moves a pair behind the others.
func (q *queue) putOff(p usecase.ReviewPair) {
	q.turns++
	q.later[pairOf(p)] = q.turns
	q.set(q.all)
}

// shop says what pairs are in the user's language.
type shop struct {
	words    *phrase.Phrases
	currency string
	zone     *time.Location
}

func (s shop) text(key string, data ...map[string]any) string { return s.words.Text(key, data...) }

// name is what a customer is called, "" if nothing is known.
func (s shop) name(c usecase.Customer) string {
	switch {
	case !c.Alias.Empty():
		return c.Alias.Reveal()
	case c.NameMask != "":
		return c.NameMask
	case len(c.Buyers) > 0:
		return c.Buyers[0].ID
	}
	return s.text("overview_unnamed")
}

// side is what stands on the card of a customer: labels and values.
func (s shop) side(c usecase.Customer) [][2]string {
	var accounts []string
	for _, a := range c.Buyers {
		accounts = append(accounts, s.words.Platform(a.Platform)+" "+a.ID)
	}
	net := "—"
	for _, m := range c.Money {
		if m.Currency == s.currency {
			net = phrase.Money(m.Net(), m.Currency)
		}
	}
	last := "—"
	if c.Last.Known() {
		last = c.Last.Day(s.zone).String()
	}
	blank := func(text string) string {
		if text == "" {
			return "—"
		}
		return text
	}
	return [][2]string{
		{s.text("review_accounts"), blank(strings.Join(accounts, " · "))},
		{s.text("evidence_phone"), blank(c.PhoneMask)},
		{s.text("review_address"), blank(c.AddressMask)},
		{s.text("review_orders"), phrase.Count(c.Orders)},
		{s.text("review_net"), net},
		{s.text("review_last"), last},
	}
}

// evidenceLine is one comparison.
type evidenceLine struct {
	kind, one, other, fit, weight string
	icon                          string
	tone                          look.Tone
}

// evidence says what agrees and what does not, the weightiest first.
func (s shop) evidence(list []usecase.ReviewEvidence) []evidenceLine {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b usecase.ReviewEvidence) int {
		switch {
		case abs(a.Bits) > abs(b.Bits):
			return -1
		case abs(a.Bits) < abs(b.Bits):
			return 1
		}
		return 0
	})
	lines := make([]evidenceLine, len(list))
	for i, e := range list {
		l := evidenceLine{kind: s.text("evidence_" + string(e.Kind)), one: e.One, other: e.Other, fit: s.text("fit_" + string(e.Fit)), weight: weight(e.Bits)}
		switch e.Fit {
		case usecase.FitDifferent:
			l.icon, l.tone = "close", look.Bad
		case usecase.FitSame:
			l.icon, l.tone = "check", look.Good
		case usecase.FitSimilar, usecase.FitMask:
			l.icon, l.tone = "check", look.Plain
		}
		lines[i] = l
	}
	return lines
}

func abs(f float64) float64 { return max(f, -f) }

// weight writes bits as points with their sign: each doubles the odds.
func weight(bits float64) string {
	text := strconv.FormatFloat(abs(bits), 'f', 1, 64)
	switch {
	case text == "0.0":
		return "0"
	case bits > 0:
		return "+" + text
	default:
		return "−" + text
	}
}

// likely writes a probability, which is never certain.
func (s shop) likely(score float64) string {
	const most = 0.999
	return s.text("review_likely", map[string]any{"Percent": strconv.FormatFloat(min(score, most)*100, 'f', 1, 64)})
}

// zoneOf is the book's zone, else that of the computer.
func zoneOf(z *time.Location, now time.Time) *time.Location {
	if z == nil {
		return now.Location()
	}
	return z
}
