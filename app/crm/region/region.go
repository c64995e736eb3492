// Package region finds the province, the city and the district in a Chinese
// address, without a network, and knows the names that mean the same place:
// full and short ones, former ones, simplified and traditional.
//
// Its table is regions.txt, the divisions of GB/T 2260 with those of Taiwan,
// Hong Kong and Macau. It knows no towns, streets or postcodes, and reads no
// names in Latin letters. A district whose name several cities have, with no
// city beside it, is left as it is written.
package region

import "strings"

// Place is where an address is: the names of the levels of GB/T 2260. Each may
// be blank. A municipality is province and city; a county that its province
// runs itself is city and district; a city without districts has none. In Hong
// Kong and Macau the city is the part: 九龙, 离岛.
type Place struct{ Province, City, District string }

// Address is an address taken apart.
type Address struct {
	Place
	Lead   string // before the place: a postcode, a name, a phone
	Street string // behind it
}

// Parse takes an address apart. The names are the full ones of today, in
// traditional characters where the address is in Taiwan, Hong Kong or Macau and
// written in them. Of a development zone, which is no division, the district is
// its name as written. Where no place is found, all is the street.
func Parse(s string) Address {
	var t text
	t.read(s)
	m, found := t.find()
	if !found {
		return Address{Street: strings.TrimSpace(s)}
	}
	return Address{
		Place:  m.place(&t),
		Lead:   strings.TrimFunc(s[:t.at[m.start]], isSeparator),
		Street: strings.TrimRightFunc(strings.TrimLeftFunc(s[t.at[m.end]:], isSeparator), isSpace),
	}
}

// Settle returns a place whose parts are known apart in the names that Parse
// gives. What the table does not know stays as it is, and so does a province
// that is blank in Taiwan, Hong Kong and Macau, where nobody writes it.
func Settle(p Place) Place {
	if !hasHan(p.Province) && !hasHan(p.City) && !hasHan(p.District) {
		return p
	}
	var t text
	t.read(strings.Join([]string{p.Province, p.City, p.District}, string(cut)))
	m := t.walk(0)
	if m.province == none {
		return p
	}
	settled := m.place(&t)
	if p.Province == "" && theTable().divisions[m.province].local != "" {
		settled.Province = ""
	}
	if m.city == none {
		settled.City = p.City
	}
	if settled.District == "" && p.District != p.City {
		settled.District = strings.TrimFunc(p.District, isSpace)
	}
	return settled
}

// Level is a level of divisions.
type Level uint8

// The levels.
const (
	Province Level = iota
	City
	District
)

// Key returns the spelling in which names of places are compared: without case
// and width, in simplified characters.
func Key(name string) string { return fold(name) }

// Keys returns the keys of all names that name may mean on a level, first its
// own: of 杭州 also 杭州市, of 宣武区 also 西城区.
func Keys(level Level, name string) []string {
	key := Key(name)
	return append([]string{key}, theTable().names(level, key)...)
}
