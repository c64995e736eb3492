package importers

import (
	"slices"

	"kebu/importers/table"
)

// scored is a match with its points; 0 is none.
type scored struct {
	match   Match
	points  int
	speak   []string // headers that speak for the format
	missing []string
}

const (
	// distinctivePoints is what a distinctive header counts against another one
	// that the format knows; no format has as many.
	distinctivePoints = 1000
	// commonPoints are those of a format without any distinctive header, of
	// which all others of the row are: how many says nothing.
	commonPoints = 1
	// wholePoints are those of a format that has no distinctive headers, where
	// the row has its headers and no other.
	wholePoints = 2
	// ownPoints are what the headers of a person's own format count, if the row has
	// all of them, against distinctive ones of marketplaces.
	ownPoints = 1000 * distinctivePoints
	// commonColumns is the least of columns that such a row has for fields.
	commonColumns = 3
	// manyColumns is from how many such columns on it is no accident that one
	// marketplace alone has them all.
	manyColumns = 8
)

func (d *detector) score(f *Format, row *topRow) scored {
	none := make([]bool, len(row.headers))
	has := func(header string) bool { _, _, ok := row.place(d.nameOf(header), none); return ok }
	s := scored{match: d.match(f, row)}
	for _, h := range f.Required {
		if !has(h) {
			s.missing = append(s.missing, h)
		}
	}
	if len(s.missing) > 0 || !s.match.keeps(f.Key()) {
		return s
	}
	for _, h := range f.Distinctive {
		if has(h) {
			s.speak = append(s.speak, h)
		}
	}
	known, all := d.known(f, row)
	switch {
	case f.Own && len(s.speak) == len(f.Distinctive):
		s.points = ownPoints + distinctivePoints*len(s.speak) + known
	case len(s.speak) > 0 || d.asked:
		s.points = distinctivePoints*len(s.speak) + known
	case len(f.Distinctive) == 0 && all:
		s.points, s.speak = wholePoints, f.Required
	case len(f.Distinctive) == 0:
		s.points, s.speak = commonPoints, f.Required
	case all && len(s.match.Kept) >= commonColumns:
		s.points = commonPoints
		for _, c := range f.Columns {
			s.speak = append(s.speak, slices.DeleteFunc(slices.Clone(c.Headers), func(h string) bool { return !has(h) })...)
		}
	}
	return s
}

// known counts the headers of a row that a format knows; all says that these
// are all there are.
func (d *detector) known(f *Format, row *topRow) (known int, all bool) {
	places, none := make([]bool, len(row.headers)), make([]bool, len(row.headers))
	for _, h := range f.Headers() {
		if i, _, ok := row.place(d.nameOf(h), none); ok && !places[i] {
			places[i] = true
			known++
		}
	}
	for i, h := range row.headers {
		if row.filled[i] && !places[i] && row.first[table.Normal(h)] == i {
			return known, false
		}
	}
	return known, true
}

// match resolves the columns of a header row. Of a header that stands there
// twice, the first is meant: exports repeat the block of the delivery address
// for the bill.
func (d *detector) match(f *Format, row *topRow) Match {
	m := Match{Format: f, HeaderRow: row.number}
	used, spelt := make([]bool, len(row.headers)), make([]bool, len(row.headers))
	for _, c := range f.Columns {
		for _, list := range [][]string{c.Headers, c.Add, c.Less} {
			for _, h := range list {
				if i, ok := row.exact[d.nameOf(h).clean]; ok {
					spelt[i] = true
				}
			}
		}
	}
	keep := func(h string, k KeptColumn) {
		i, currency, ok := row.place(d.nameOf(h), spelt)
		if !ok || slices.ContainsFunc(m.Kept, func(o KeptColumn) bool { return o.index == i && o.Field == k.Field }) {
			return
		}
		used[i] = true
		if m.Currency == "" {
			m.Currency = currency
		}
		k.Header, k.index = row.headers[i], i
		m.Kept = append(m.Kept, k)
	}
	for _, c := range f.Columns {
		how := choice
		if c.Join != "" {
			how = joined
		}
		for n, h := range c.Headers {
			keep(h, KeptColumn{Field: c.Field, part: how, join: c.Join})
			if n == 0 && how == joined && c.Field.IsTime() && !m.keeps(c.Field) {
				break // a time of day tells nothing without its day
			}
		}
		if len(c.Headers) > 0 && !m.keeps(c.Field) {
			continue
		}
		for _, h := range c.Add {
			keep(h, KeptColumn{Field: c.Field, part: added})
		}
		for _, h := range c.Less {
			keep(h, KeptColumn{Field: c.Field, part: taken})
		}
	}
	for i, h := range row.headers {
		if !used[i] && row.filled[i] {
			m.Dropped = append(m.Dropped, h)
		}
	}
	return m
}
