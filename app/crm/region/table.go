package region

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"kebu/app/crm/han"
	"kebu/app/crm/pii"
)

//go:embed regions.txt
var regions string

// none is no division.
const none = -1

// division is one of the table. Its number is its place there.
type division struct {
	name, local string // local: in traditional characters, if these are in use there
	level       Level
	// province and city are its own number on its own level. A municipality is
	// its own city, and so is a county that its province runs.
	province, city int16
	parted         bool // a city that has districts
}

// form is a name that may mean a division.
type form struct {
	text     []rune
	division int16
	kind     kind
}

// kind is how sure a form is, surest first.
type kind uint8

const (
	exact   kind = iota // its name, a former one, or one in use as long as it
	changed             // its name with the last character of another rank: 密云县
	short               // without that: 密云
)

// table is the divisions and their forms.
type table struct {
	divisions []division
	forms     map[uint32][]form // by their first two characters, longest first, of one text the surest
	letters   map[rune]int16    // provinces by the one character that stands for them
}

// theTable reads the table on first use.
var theTable = sync.OnceValue(func() *table {
	t := &table{forms: make(map[uint32][]form, 8192), letters: make(map[rune]int16, 64)}
	codes := make(map[string]int16, 4096)
	for line := range strings.Lines(regions) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		t.add(codes, words[0], words[1], words[2:])
	}
	for key, list := range t.forms {
		slices.SortStableFunc(list, func(a, b form) int {
			return cmp.Or(
				cmp.Compare(len(b.text), len(a.text)), slices.Compare(a.text, b.text),
				cmp.Compare(a.kind, b.kind), cmp.Compare(t.divisions[a.division].level, t.divisions[b.division].level),
			)
		})
		t.forms[key] = slices.CompactFunc(list, func(a, b form) bool { return a.division == b.division && slices.Equal(a.text, b.text) })
	}
	return t
})

// levels are those of codes, by their length.
var levels = map[int]Level{2: Province, 4: City, 6: District}

func (t *table) add(codes map[string]int16, code, name string, others []string) {
	n := int16(len(t.divisions)) //nolint:gosec // G115: the table has 3,700 lines
	codes[code] = n
	name, local, _ := strings.Cut(name, "/")
	d := division{name: name, local: local, level: levels[len(code)], city: none}
	parent := n
	if len(code) > 2 {
		parent = codes[code[:2]]
	}
	d.province = parent
	switch city, known := codes[code[:min(4, len(code))]]; {
	case d.level == Province && isMunicipality(name):
		d.city = n
	case d.level == City:
		d.city = n
	case d.level == District && isMunicipality(t.divisions[parent].name):
		d.city = parent
	case d.level == District && known:
		d.city = city
		t.divisions[city].parted = true
	case d.level == District:
		d.city = n
	}
	t.divisions = append(t.divisions, d)
	if d.level == City && isMunicipality(t.divisions[parent].name) {
		return // its forms are those of the province
	}
	t.form(n, exact, name)
	t.shorten(n, d.level, name)
	for _, o := range others {
		switch letters := []rune(o); {
		case len(letters) == 1:
			t.letters[letters[0]] = n
		case hasRank(o) || d.level == District && local != "": // 旺角 is enough
			t.form(n, exact, o)
		case d.level == District: // 彭水, of 彭水苗族土家族自治县
			t.form(n, short, o)
			t.changes(n, exact, o, ranks)
		case d.level == City && strings.HasSuffix(name, "州"):
			t.form(n, short, o)
			t.form(n, exact, o+"州")
		default:
			t.form(n, short, o)
		}
	}
}

// isMunicipality reports whether a province is a city as well.
func isMunicipality(name string) bool { return strings.HasSuffix(name, "市") }

// ranks are the ends of the names of districts, which change when their rank does.
var ranks = []string{"区", "县", "市", "新区"}

// hasRank reports whether a name ends as that of a division.
func hasRank(name string) bool {
	for _, end := range []string{"省", "市", "区", "县", "旗", "州", "盟", "镇", "乡"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// shorten adds the forms without the rank and with another.
func (t *table) shorten(n int16, level Level, name string) {
	const shortest = 2 // characters
	for _, rank := range [...][]string{
		Province: {"特别行政区", "自治区", "省", "市"},
		City:     {"自治州", "地区", "盟", "市", "县"},
		District: {"自治县", "自治旗", "新区", "林区", "特区", "区", "县", "市", "旗", "镇", "乡"},
	}[level] {
		base, found := strings.CutSuffix(name, rank)
		if !found || len([]rune(base)) < shortest { // 碑林区 is no 林区
			continue
		}
		t.form(n, short, base)
		if level == District && rank != "自治县" && rank != "自治旗" {
			t.changes(n, changed, base, ranks)
		}
		return
	}
}

func (t *table) changes(n int16, k kind, base string, ranks []string) {
	for _, rank := range ranks {
		t.form(n, k, base+rank)
	}
}

func (t *table) form(n int16, k kind, name string) {
	letters := []rune(han.Fold(name))
	key := keyOf(letters[0], letters[1])
	t.forms[key] = append(t.forms[key], form{letters, n, k})
}

func keyOf(a, b rune) uint32 { return uint32(a)<<16 | uint32(b)&0xFFFF } //nolint:gosec // G115: Han characters of the basic plane

// names returns the keys of the divisions of a level that a name may mean.
func (t *table) names(level Level, name string) []string {
	letters := []rune(name)
	var list []string
	add := func(n int16) {
		d := &t.divisions[n]
		at := [...]int16{Province: d.province, City: d.city, District: n}[level]
		if at == n && !slices.Contains(list, Key(d.name)) && Key(d.name) != name {
			list = append(list, Key(d.name))
		}
	}
	switch {
	case len(letters) == 1:
		if n, ok := t.letters[letters[0]]; ok && level == Province {
			add(n)
		}
	case len(letters) > 1:
		surest := short
		for _, f := range t.forms[keyOf(letters[0], letters[1])] {
			d := &t.divisions[f.division]
			if !slices.Equal(f.text, letters) || level == District && d.level != District || level == Province && d.level != Province {
				continue
			}
			if level == City && d.city != f.division {
				continue
			}
			if f.kind > surest {
				break
			}
			surest = f.kind
			add(f.division)
		}
	}
	return list
}

func fold(s string) string { return han.Fold(pii.Fold(s)) }
