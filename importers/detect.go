package importers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kebu/importers/table"
)

// headerDepth is the number of rows at the top of a sheet in which headers are
// looked for: the deepest known, of date range reports, stand near row 10.
const headerDepth = 20

// Match is a sheet whose format is known.
type Match struct {
	Format    *Format
	Sheet     int    // index in the workbook
	SheetName string // "" in a text file
	HeaderRow int    // as the spreadsheet counts it, from 1
	Kept      []KeptColumn
	Dropped   []string // headers that are not looked at, as the file writes them
	Currency  string   // that of the headers, see AnyCurrency; "" where they have none
}

// KeptColumn is a column that fills a field.
type KeptColumn struct {
	Header string // as the file writes it
	Field  Field

	index int // of the cell in its row; of a field, the best column comes first
	part  part
	join  string // what stands before the cell, if it is joined
}

// part says how a column's cell makes the value of its field.
type part uint8

const (
	choice part = iota // is the value, unless a better column gave it
	joined             // is put behind what is there
	added              // is an amount that counts as well
	taken              // is an amount that is taken off
)

// FieldAt returns the field that the cell at place i of a row fills, 0 for none.
func (m *Match) FieldAt(i int) Field {
	for _, k := range m.Kept {
		if k.index == i {
			return k.Field
		}
	}
	return 0
}

// keeps reports whether the sheet has a column for f.
func (m *Match) keeps(f Field) bool {
	return slices.ContainsFunc(m.Kept, func(k KeptColumn) bool { return k.Field == f })
}

// ErrNotExport means that no sheet of a file is an export of a known format.
// The error is a *NotExportError.
var ErrNotExport = errors.New("not a known order export")

// NotExportError tells what a file that is no known export looks like, so that
// its columns can be mapped by hand.
type NotExportError struct {
	Sheets []SheetHeaders
	// Missing are the headers that the one format asked for has and the sheet
	// nearest to it has not.
	Missing []string
}

// SheetHeaders are the likely headers of a sheet: those of the row that
// resembles a format most, else of the first row with the most cells filled.
type SheetHeaders struct {
	Sheet   string
	Row     int
	Headers []string
}

// Error names the headers asked for and none of the file's: the first rows of
// an unknown file may hold people.
func (e *NotExportError) Error() string {
	if len(e.Missing) > 0 {
		return fmt.Sprintf("%v: headers not there: %q", ErrNotExport, e.Missing)
	}
	return ErrNotExport.Error()
}

// Unwrap returns ErrNotExport.
func (e *NotExportError) Unwrap() error { return ErrNotExport }

// Detect finds the sheets of a workbook that one of formats describes, in the
// order of the workbook. Of several formats, the one with the most distinctive
// headers is taken, then the one with the most columns, then the earlier one.
// Hidden sheets are read only by a format that names them; all sheets found
// are of one platform, that of the best match. If there is none, it fails with
// a *NotExportError.
func Detect(ctx context.Context, w *table.Workbook, formats []*Format) ([]Match, error) {
	var found []scored
	unknown := &NotExportError{}
	d := detector{names: map[string]name{}}
	for i, sheet := range w.Sheets() {
		top, err := d.readTop(ctx, w, i)
		if err != nil {
			return nil, err
		}
		var best scored
		near := nearest{row: -1}
		for _, f := range formats {
			if f.Sheet != "" && f.Sheet != sheet.Name || f.Sheet == "" && sheet.Hidden {
				continue
			}
			for r := range top {
				if f.HeaderRow != 0 && f.HeaderRow != top[r].number {
					continue
				}
				s := d.score(f, &top[r])
				if s.points > best.points {
					best = s
				}
				near.see(f, r, s)
			}
		}
		if best.points > 0 {
			best.match.Sheet, best.match.SheetName = i, sheet.Name
			found = append(found, best)
		} else if len(top) > 0 && !sheet.Hidden {
			if near.row < 0 && len(formats) == 1 {
				near.missing = formats[0].Required
			}
			unknown.add(sheet.Name, top, near, len(formats) == 1)
		}
	}
	if len(found) == 0 {
		return nil, unknown
	}
	best := found[0]
	for _, s := range found[1:] {
		if s.points > best.points {
			best = s
		}
	}
	var matches []Match
	for _, s := range found {
		if s.match.Format.Platform == best.match.Format.Platform {
			matches = append(matches, s.match)
		}
	}
	return matches, nil
}

func (d *detector) readTop(ctx context.Context, w *table.Workbook, sheet int) ([]topRow, error) {
	var top []topRow
	for row, err := range w.Rows(ctx, sheet) {
		if err != nil {
			return nil, fmt.Errorf("look for headers: %w", err)
		}
		if row.Number > headerDepth {
			break
		}
		t := topRow{number: row.Number, first: map[string]int{}, exact: map[string]int{}}
		for i, c := range row.Cells {
			t.add(strings.Clone(c.Text), i)
		}
		t.firstLines()
		top = append(top, t)
	}
	return top, nil
}

// scored is a match with its points; 0 is none.
type scored struct {
	match   Match
	points  int
	missing []string
}

// distinctivePoints is what a distinctive header counts against an ordinary
// column; no format has as many columns.
const distinctivePoints = 1000

func (d *detector) score(f *Format, row *topRow) scored {
	none := make([]bool, len(row.headers))
	has := func(header string) bool { _, _, ok := row.place(d.nameOf(header), none); return ok }
	s := scored{match: d.match(f, row)}
	for _, h := range f.Required {
		if !has(h) {
			s.missing = append(s.missing, h)
		}
	}
	if len(s.missing) > 0 || !s.match.keeps(OrderNo) {
		return s
	}
	distinctive := 0
	for _, h := range f.Distinctive {
		if has(h) {
			distinctive++
		}
	}
	if distinctive > 0 || len(f.Distinctive) == 0 {
		s.points = distinctivePoints*distinctive + len(s.match.Kept)
	}
	return s
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
		for _, h := range c.Headers {
			keep(h, KeptColumn{Field: c.Field, part: how, join: c.Join})
		}
		if !m.keeps(c.Field) {
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

// nearest is the row of a sheet that resembles a format most.
type nearest struct {
	row     int
	kept    int
	missing []string
}

func (n *nearest) see(f *Format, row int, s scored) {
	if kept := len(s.match.Kept); kept > n.kept && (s.match.keeps(OrderNo) || f.HeaderRow != 0 || kept > 1) {
		*n = nearest{row: row, kept: kept, missing: s.missing}
	}
}

func (e *NotExportError) add(sheet string, top []topRow, near nearest, asked bool) {
	row := near.row
	if row < 0 {
		row = fullest(top)
	}
	e.Sheets = append(e.Sheets, SheetHeaders{Sheet: sheet, Row: top[row].number, Headers: top[row].headers})
	if asked && (e.Missing == nil || len(near.missing) < len(e.Missing)) {
		e.Missing = near.missing
	}
}

// fullest returns the first row with the most different cells.
func fullest(top []topRow) int {
	best := 0
	for i := range top {
		if len(top[i].first) > len(top[best].first) {
			best = i
		}
	}
	return best
}
