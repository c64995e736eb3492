package linkage

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// comparer compares the records of a set, one pair after the other.
type comparer struct {
	set    *set
	levels []Level
	values [][2]*value // of which the levels are
}

func newComparer(s *set) *comparer {
	return &comparer{s, make([]Level, len(s.kinds)), make([][2]*value, len(s.kinds))}
}

// compare finds the levels of two records: of several values, those that agree
// best.
func (c *comparer) compare(a, b int) {
	x, y := &c.set.records[a], &c.set.records[b]
	given, surname := -1, -1
	for i, k := range c.set.kinds {
		c.levels[i] = Missing
		if k == Given {
			given = i
			continue
		}
		if k == Surname {
			surname = i
			continue
		}
		for p := range x.values[i] {
			for q := range y.values[i] {
				c.better(i, level(k, &x.values[i][p], &y.values[i][q]), &x.values[i][p], &y.values[i][q])
			}
		}
	}
	if given >= 0 || surname >= 0 {
		c.compareNames(x.names, y.names, given, surname)
	}
}

// better takes a level if it agrees better than the one found before.
func (c *comparer) better(i int, l Level, p, q *value) {
	if c.levels[i] == Missing || rank(l) < rank(c.levels[i]) {
		c.levels[i], c.values[i] = l, [2]*value{p, q}
	}
}

// rank orders levels by how much they agree.
func rank(l Level) int {
	if l == MaskAgrees {
		return int(Swapped) // a whole value that agrees tells more
	}
	return int(min(l, Different))
}

// compareNames takes the pair of names that agrees best, in both parts.
func (c *comparer) compareNames(x, y []name, given, surname int) {
	best := math.MaxInt
	for p := range x {
		for q := range y {
			g, s := nameLevels(&x[p], &y[q])
			if sum := rank(g) + rank(s); sum < best {
				best = sum
				c.put(given, g, &x[p].given, &y[q].given)
				c.put(surname, s, &x[p].surname, &y[q].surname)
			}
		}
	}
}

func (c *comparer) put(i int, l Level, p, q *value) {
	if i >= 0 {
		c.levels[i], c.values[i] = l, [2]*value{p, q}
	}
}

// nameLevels compares both parts of two names, also with each other.
func nameLevels(x, y *name) (given, surname Level) {
	if x.hasGiven && y.hasGiven {
		given = level(Given, &x.given, &y.given)
	}
	if x.hasSurname && y.hasSurname {
		surname = level(Surname, &x.surname, &y.surname)
	}
	if given != Different || surname == Equal || x.given.masked || x.surname.masked || y.given.masked || y.surname.masked {
		return given, surname
	}
	if a, b := x.surname.text+x.given.text, y.surname.text+y.given.text; isHanText(a) && isHanText(b) {
		switch {
		case sameLetters(a, b):
			return Swapped, Swapped
		case holdsAnother(a, b) || holdsAnother(b, a): // a name without its surname begins with another
			return Close, Missing
		}
		return given, surname
	}
	if surname != Different {
		return given, surname
	}
	if level(Given, &x.given, &y.surname) <= Close && level(Surname, &x.surname, &y.given) <= Close {
		return Swapped, Swapped
	}
	return given, surname
}

func isHanText(s string) bool {
	for _, r := range s {
		return isHan(r)
	}
	return false
}

// holdsAnother reports whether a name of at least two characters stands in
// another.
func holdsAnother(name, short string) bool {
	return utf8.RuneCountInString(short) >= 2 && strings.Contains(name, short)
}

// sameLetters reports whether two names are written with the same characters.
func sameLetters(a, b string) bool {
	x, y := []rune(a), []rune(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// compare returns the levels of two records, packed, with their chances among
// two persons.
func (m *model) compare(c *comparer, a, b int) comparison {
	c.compare(a, b)
	x := comparison{a: uint32(a), b: uint32(b)} //nolint:gosec // far fewer records
	for i, k := range m.set.kinds {
		l := c.levels[i]
		if l == Missing {
			continue
		}
		x.levels |= uint64(l) << (3 * i)
		if chance := float32(m.chance(c, i)); isOwn(k) {
			x.own += chance
		} else {
			x.shared += chance
		}
	}
	return x
}

// chance returns the log2 chance that two persons agree as a comparison does.
func (m *model) chance(c *comparer, i int) float64 {
	v, k := &c.values[i], m.set.kinds[i]
	switch c.levels[i] {
	case Equal, Swapped:
		return math.Log2(m.often(c, i, v[0]))
	case MaskAgrees:
		return maskChance(k, v[0].text, v[1].text)
	case MaskDiffers:
		return 0
	case Missing, Close, Similar, Different:
	}
	return m.u[i][c.levels[i]]
}

// often returns the chance that another person has a value: its share of all
// values, without the two compared where a value is one person's by nature,
// else without one of them; of places, where another place is equal as well,
// its share there.
func (m *model) often(c *comparer, i int, v *value) float64 {
	s := m.set
	b := &beliefs[min(s.kinds[i], Code)]
	compared := int32(1)
	switch s.kinds[i] {
	case Given, Surname, Number, Province, City, District, Postcode:
	default:
		compared = 2
	}
	others := func(n int32) float64 { return float64(max(0, n-compared)) }
	count := s.counts[i].of[v.key]
	chance := (others(count) + weightU*b.u[Equal]) / (float64(s.counts[i].records) + weightU)
	if isPlace(s.kinds[i]) {
		for j := range i {
			if !isPlace(s.kinds[j]) || c.levels[j] != Equal {
				continue
			}
			w := c.values[j][0]
			beside := s.pairsOf[together{uint8(j), uint8(i), w.key, v.key}] //nolint:gosec // below 20
			chance = max(chance, (others(beside)+placesM*chance)/(others(s.counts[j].of[w.key])+placesM))
		}
	}
	return max(b.rarest, min(chance, 1))
}

// maskChance returns the log2 chance that two persons agree in what masks show:
// a digit in ten, a letter in 12, the first digits of phones in 40.
func maskChance(k Kind, a, b string) float64 {
	const letter, most = 12, 23 // bits
	head, tail := shown(a, b)
	bits := 0.0
	switch k {
	case Phone:
		bits = float64(tail) * math.Log2(10)
		if head >= 3 {
			bits += math.Log2(40)
		}
	case Email:
		bits = float64(head)*math.Log2(letter) + 1.5 // few providers
		if strings.HasPrefix(a, "*") {
			bits = 1.5
		}
	default:
		bits = float64(head+tail) * math.Log2(letter)
		if k >= Postcode {
			bits = float64(head+tail) * math.Log2(10)
		}
	}
	return -min(bits, most)
}
