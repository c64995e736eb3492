package demo

import (
	"fmt"
	"strings"

	"kebu/app/crm"
	"kebu/assets"
)

// stock is what shops and people are made of, in one language.
type stock struct {
	products        []product
	surnames, given []word // of people in China
	streets         []word
	places          []address
	first, last     []string // names of people abroad
	towns           []town
	roads           []string
}

type product struct {
	id, sku, title, variant string
	yuan, pounds            crm.Money
}

// word is a Chinese word and its spelling in Latin letters.
type word struct{ zh, latin string }

func (w word) in(lang string) string {
	if lang == "en" {
		return w.latin
	}
	return w.zh
}

// address is where goods go. Code is the short form of the province.
type address struct {
	country, code, province, city, district, street, postcode string
}

// town is a place abroad and how the drama numbers of its telephones begin.
type town struct {
	address
	phones string
}

// Places of the columns in assets/demo.
const (
	productColumns = 7
	placeColumns   = 7
	townColumns    = 6
)

func readStock(lang string) (*stock, error) {
	var s stock
	var read reader
	english := 0 // distance to the columns in English
	if lang == "en" {
		english = 1
	}
	for i, c := range read.rows("products", productColumns) {
		id := fmt.Sprint(681_200_000_000 + i*1_237_001)
		s.products = append(s.products, product{id, c[0], c[1+english], c[3+english], read.money(c[5]), read.money(c[6])})
	}
	s.surnames, s.given, s.streets = read.words("surnames"), read.words("given"), read.words("streets")
	for _, c := range read.rows("places", placeColumns) {
		at := c[4*english : 4*english+3]
		s.places = append(s.places, address{country: "CN", code: at[0], province: at[0], city: at[1], district: at[2], postcode: c[3]})
	}
	for _, c := range read.rows("names", 2) {
		if c[0] == "first" {
			s.first = append(s.first, c[1])
		} else {
			s.last = append(s.last, c[1])
		}
	}
	for _, c := range read.rows("towns", townColumns) {
		s.towns = append(s.towns, town{address{country: c[0], code: c[1], province: c[2], city: c[3], postcode: c[4]}, c[5]})
	}
	for _, c := range read.rows("roads", 1) {
		s.roads = append(s.roads, c[0])
	}
	return &s, read.err
}

// reader reads tables of assets/demo and keeps the first error.
type reader struct{ err error }

// rows returns the cells of each line; a line that begins with # says what the
// columns are.
func (r *reader) rows(name string, columns int) [][]string {
	data, err := assets.Demo.ReadFile("demo/" + name + ".tsv")
	r.keep(err)
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			r.keep(fmt.Errorf("%s: %d columns in %q", name, len(cells), line))
			continue
		}
		rows = append(rows, cells)
	}
	return rows
}

func (r *reader) words(name string) []word {
	var list []word
	for _, c := range r.rows(name, 2) {
		list = append(list, word{c[0], c[1]})
	}
	return list
}

func (r *reader) money(s string) crm.Money {
	m, err := crm.ParseMoney(s)
	r.keep(err)
	return m
}

func (r *reader) keep(err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("read demo data: %w", err)
	}
}
