package importers

import (
	"regexp"
	"strings"

	"kebu/importers/table"
)

// detector remembers headers as compared: the formats' headers are asked for
// again with each row.
type detector struct {
	names   map[string]name
	headers map[string]bool // of all formats
	asked   bool            // for the one format
}

func newDetector(formats []*Format) *detector {
	d := &detector{names: map[string]name{}, headers: map[string]bool{}, asked: len(formats) == 1}
	for _, f := range formats {
		for _, h := range f.Headers() {
			d.headers[d.nameOf(h).normal] = true
		}
	}
	return d
}

// holdsHeaders reports whether a row has a header of any format. Most of the
// rows at the top of a sheet are data.
func (d *detector) holdsHeaders(row *topRow) bool {
	for h := range row.first {
		if d.headers[h] {
			return true
		}
	}
	return len(row.priced) > 0
}

// name is a header as compared.
type name struct{ clean, normal string }

func (d *detector) nameOf(header string) name {
	n, ok := d.names[header]
	if !ok {
		n = name{table.Clean(header), table.Normal(header)}
		d.names[header] = n
	}
	return n
}

// topRow is one of the first rows of a sheet.
type topRow struct {
	number    int
	promising bool           // it has a header of some format
	headers   []string       // as written
	filled    []bool         // whether a header is more than blanks
	first     map[string]int // first place of a header, as compared
	exact     map[string]int // first place of a header, by upper and lower case too
	priced    []priced       // headers with a currency in them
}

// priced is a header with AnyCurrency for its currency.
type priced struct {
	tight, currency string
	index           int
}

// tight closes up the bracket of a currency, before which some headers of an
// export have a space and others have none.
func tight(normal string) string { return strings.ReplaceAll(normal, " (", "(") }

// add takes up the header at place i. A header of several lines is known by its
// first line too, where no other has that name.
func (t *topRow) add(header string, i int) {
	n := table.Normal(header)
	t.headers, t.filled = append(t.headers, header), append(t.filled, n != "")
	if n == "" {
		return
	}
	clean := table.Clean(header)
	for _, m := range codeInHeader.FindAllStringIndex(clean, -1) {
		t.priced = append(t.priced, priced{
			tight:    tight(table.Normal(clean[:m[0]] + "(" + AnyCurrency + ")" + clean[m[1]:])),
			currency: strings.Trim(clean[m[0]:m[1]], "()"), index: i,
		})
	}
	if _, again := t.exact[clean]; again {
		clean, n = clean+secondMark, n+secondMark
	}
	remember(t.first, n, i)
	remember(t.exact, clean, i)
}

// codeInHeader finds currency codes in brackets.
var codeInHeader = regexp.MustCompile(`\([A-Z]{3}\)`)

func remember(places map[string]int, name string, i int) {
	if _, known := places[name]; !known {
		places[name] = i
	}
}

// firstLines takes up the first lines of headers of several.
func (t *topRow) firstLines() {
	for i, h := range t.headers {
		line, _, several := strings.Cut(strings.TrimSpace(h), "\n")
		if n := table.Normal(line); several && n != "" {
			remember(t.first, n, i)
		}
	}
}

// place returns where the header of a format stands, and the currency that
// stands in it; ok is false where it does not. taken are the places of headers
// that a format spells as the file does: another case is not another name for
// them.
func (t *topRow) place(n name, taken []bool) (i int, currency string, ok bool) {
	if i, ok = t.exact[n.clean]; ok {
		return i, "", true
	}
	if i, ok = t.first[n.normal]; ok && !taken[i] {
		return i, "", true
	}
	if strings.Contains(n.normal, AnyCurrency) {
		for _, p := range t.priced {
			if p.tight == tight(n.normal) {
				return p.index, p.currency, true
			}
		}
	}
	return 0, "", false
}
