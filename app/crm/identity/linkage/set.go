package linkage

import (
	"strings"
	"unicode"

	"kebu/app/crm/pii"
)

// mostCodes is the number of code columns that are compared.
const mostCodes = 8

// set is the records in the form in which they are compared.
type set struct {
	second  int      // first record of the second list, 0: there is one list
	kinds   []Kind   // of comparisons, in order
	records []entry  //
	counts  []counts // by comparison
	pairsOf map[together]int32
}

// entry is one record.
type entry struct {
	names  []name
	values [][]value // by comparison, none for names
}

// name is a name of which one part at least is known.
type name struct {
	given, surname       value
	hasGiven, hasSurname bool
}

// counts tells how often values of a comparison occur.
type counts struct {
	records int // that have any
	of      map[uint64]int32
}

// together is a value of a place beside that of another.
type together struct {
	first, second uint8 // comparisons
	a, b          uint64
}

func newSet(records []Record, second int) *set {
	s := &set{second: second, records: make([]entry, len(records)), pairsOf: map[together]int32{}}
	all := make([][Code + mostCodes][]value, len(records))
	var have [Code + mostCodes]int
	var streets []*value
	for i := range records {
		s.records[i].names = names(records[i].Names)
		all[i] = valuesOf(&records[i])
		for k, list := range all[i] {
			if len(list) > 0 {
				have[k]++
			}
		}
		for j := range all[i][Street] {
			streets = append(streets, &all[i][Street][j])
		}
		for _, n := range s.records[i].names {
			if n.hasGiven {
				have[Given]++
			}
			if n.hasSurname {
				have[Surname]++
			}
		}
	}
	weigh(streets)
	for k, n := range have {
		if n >= 2 {
			s.kinds = append(s.kinds, Kind(k))
		}
	}
	for i := range all {
		s.records[i].values = make([][]value, len(s.kinds))
		for c, k := range s.kinds {
			s.records[i].values[c] = all[i][k]
		}
	}
	s.count()
	return s
}

// pairs is the number of pairs that may be compared.
func (s *set) pairs() float64 {
	n, first := float64(len(s.records)), float64(s.second)
	if s.second > 0 {
		return first * (n - first)
	}
	return n * (n - 1) / 2
}

// likely is the number of pairs that can be of one person where each person
// has two records at most.
func (s *set) likely() float64 {
	if s.second > 0 {
		return float64(min(s.second, len(s.records)-s.second))
	}
	return float64(len(s.records)) / 2
}

func names(list []Name) []name {
	var out []name
	for _, n := range list {
		var x name
		given, surname := n.split()
		if pii.Masked(given) || pii.Masked(surname) || pii.Masked(n.Full.Reveal()) {
			given, surname = n.splitMask()
		}
		x.given, x.hasGiven = nameValue(given)
		x.surname, x.hasSurname = nameValue(surname)
		if x.hasGiven || x.hasSurname {
			out = append(out, x)
		}
	}
	return out
}

// splitMask is split for names that are masked: of 张** the surname is known,
// of J*** S*** an initial each.
func (n Name) splitMask() (given, surname string) {
	full := plainMask(strings.TrimSpace(n.Full.Reveal()))
	if full == "" {
		return n.Given.Reveal(), n.Surname.Reveal()
	}
	letters := []rune(full)
	if !unicode.Is(unicode.Han, letters[0]) {
		if i := strings.LastIndexByte(full, ' '); i >= 0 {
			return full[:i], full[i+1:]
		}
		return full, ""
	}
	shown, _, _ := strings.Cut(full, "*")
	surname = pii.Surname(shown + "某某")
	return strings.TrimPrefix(full, surname), surname
}

// valuesOf returns what a record says by kind, names aside.
func valuesOf(r *Record) (values [Code + mostCodes][]value) {
	add := func(k Kind, list []pii.Text, of func(string) (value, bool)) {
		for _, t := range list {
			if v, ok := of(t.Reveal()); ok && !holds(values[k], v.key) {
				values[k] = append(values[k], v)
			}
		}
	}
	add(Birth, r.Births, birthValue)
	add(Phone, r.Phones, phoneValue)
	add(Email, r.Emails, emailValue)
	add(Province, r.Provinces, placeValue)
	add(City, r.Cities, placeValue)
	add(District, r.Districts, placeValue)
	add(Postcode, r.Postcodes, codeValue)
	add(Nick, r.Nicks, nickValue)
	for i, t := range r.Codes[:min(len(r.Codes), mostCodes)] {
		add(Code+Kind(i), []pii.Text{t}, codeValue)
	}
	for _, t := range r.Streets {
		street, hasWords, number, hasNumber := streetValues(t.Reveal())
		if hasWords && !holds(values[Street], street.key) {
			values[Street] = append(values[Street], street)
		}
		if hasNumber && !holds(values[Number], number.key) {
			values[Number] = append(values[Number], number)
		}
	}
	return values
}

func holds(list []value, key uint64) bool {
	for i := range list {
		if list[i].key == key {
			return true
		}
	}
	return false
}

// count counts values, and those of places beside each other.
func (s *set) count() {
	s.counts = make([]counts, len(s.kinds))
	for i := range s.counts {
		s.counts[i].of = make(map[uint64]int32)
	}
	for r := range s.records {
		e := &s.records[r]
		for c, k := range s.kinds {
			n := 0
			switch k {
			case Given, Surname:
				for _, x := range e.names {
					if v, ok := x.part(k); ok {
						s.counts[c].of[v.key]++
						n++
					}
				}
			default:
				for i := range e.values[c] {
					s.counts[c].of[e.values[c][i].key]++
					n++
					s.countBeside(e, c, e.values[c][i].key)
				}
			}
			if n > 0 {
				s.counts[c].records++
			}
		}
	}
}

func (x *name) part(k Kind) (*value, bool) {
	if k == Given {
		return &x.given, x.hasGiven
	}
	return &x.surname, x.hasSurname
}

func (s *set) countBeside(e *entry, c int, key uint64) {
	if !isPlace(s.kinds[c]) {
		return
	}
	for before := range c {
		if !isPlace(s.kinds[before]) {
			continue
		}
		for i := range e.values[before] {
			s.pairsOf[together{uint8(before), uint8(c), e.values[before][i].key, key}]++ //nolint:gosec // below 20
		}
	}
}

func isPlace(k Kind) bool { return k >= Province && k <= Postcode }
