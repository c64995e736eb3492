package importers

import (
	"context"
	"fmt"
	"reflect"
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
	// Beside are the formats of marketplaces that would fit, had not a person's own
	// come before them.
	Beside []Candidate
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

// readsAs reports whether m reads a sheet as o does.
func (m *Match) readsAs(o *Match) bool {
	return m.Format == o.Format ||
		m.Currency == o.Currency && slices.Equal(m.Kept, o.Kept) && m.Format.readsAs(o.Format)
}

// ofDetection are the fields of a Format by which a sheet is found; the others
// say how it is read.
var ofDetection = []string{
	"ID", "Locale", "HeaderRow", "Sheet", "Encoding", "Columns", "Required", "Distinctive", "Others", "AnyColumns",
	"Own",
}

// readsAs reports whether f reads the same columns as g does.
func (f *Format) readsAs(g *Format) bool {
	a, b := reflect.ValueOf(f).Elem(), reflect.ValueOf(g).Elem()
	for i := range a.NumField() {
		switch x, y := a.Field(i), b.Field(i); {
		case slices.Contains(ofDetection, a.Type().Field(i).Name):
		case x.Kind() == reflect.Func:
			if x.Pointer() != y.Pointer() {
				return false
			}
		case !reflect.DeepEqual(x.Interface(), y.Interface()):
			return false
		}
	}
	return true
}

// Detect finds the sheets of a workbook that one of formats describes, in the
// order of the workbook. Of several formats, a person's own is taken of which the
// sheet has all headers, then the one with the most distinctive headers, then the
// one that knows the most headers, then, of one marketplace, the one that reads
// the most. A sheet without a distinctive header is one of a format only if that
// knows all of its headers, and they are many or its seller ticks the columns.
// Formats that read a sheet alike are one, the earlier; if others fit equally, and
// no other sheet decides, it fails with an *AmbiguousError. A format given alone
// was chosen, and needs no more than its required headers.
//
// Hidden sheets are read only by a format that names them; all sheets found are
// of one platform, that of the best match. If there is none, it fails with a
// *NotExportError.
func Detect(ctx context.Context, w *table.Workbook, formats []*Format) ([]Match, error) {
	var found []sheetFit
	unknown := &NotExportError{}
	d := newDetector(formats)
	for i, sheet := range w.Sheets() {
		top, err := d.readTop(ctx, w, i)
		if err != nil {
			return nil, err
		}
		fit := sheetFit{index: i, name: sheet.Name}
		beside := sheetFit{index: i, name: sheet.Name} // of marketplaces
		near := nearest{row: -1}
		for _, f := range formats {
			if f.Sheet != "" && f.Sheet != sheet.Name || f.Sheet == "" && sheet.Hidden {
				continue
			}
			for r := range top {
				if f.HeaderRow != 0 && f.HeaderRow != top[r].number || !top[r].promising {
					continue
				}
				s := d.score(f, &top[r])
				if fit.add(s); !f.Own {
					beside.add(s)
				}
				near.see(f, r, s)
			}
		}
		if fit.settle(); fit.isOwn() {
			beside.settle()
			for n := range fit.fits {
				fit.fits[n].match.Beside = beside.candidates()
			}
		}
		if len(fit.fits) > 0 {
			found = append(found, fit)
		} else if len(top) > 0 && !sheet.Hidden {
			if near.row < 0 && d.asked {
				near.missing = formats[0].Required
			}
			unknown.add(sheet.Name, top, near, d.asked)
		}
	}
	if len(found) == 0 {
		return nil, unknown
	}
	return decide(found)
}

// sheetFit is a sheet with the formats that fit it best, equally.
type sheetFit struct {
	index int
	name  string
	fits  []scored
}

// add takes a score into account.
func (s *sheetFit) add(next scored) {
	switch {
	case next.points == 0 || s.points() > next.points:
		return
	case s.points() < next.points:
		s.fits = s.fits[:0]
	}
	// Of one marketplace, the format that reads more is meant.
	for i := range s.fits {
		o := &s.fits[i].match
		switch {
		case o.Format.Platform != next.match.Format.Platform:
		case len(o.Kept) < len(next.match.Kept):
			s.fits[i] = next
			return
		case len(o.Kept) > len(next.match.Kept) || o.readsAs(&next.match):
			return
		}
	}
	s.fits = append(s.fits, next)
}

func (s *sheetFit) points() int {
	if len(s.fits) == 0 {
		return 0
	}
	return s.fits[0].points
}

// settle names the sheet in its matches. Headers that are common to all do not
// make a file an export of a marketplace where nobody chooses the columns; they
// leave a doubt only.
func (s *sheetFit) settle() {
	if len(s.fits) == 1 && s.points() == commonPoints {
		if m := &s.fits[0].match; !m.Format.AnyColumns && len(m.Format.Distinctive) > 0 && len(m.Kept) < manyColumns {
			s.fits = nil
		}
	}
	for i := range s.fits {
		m := &s.fits[i].match
		m.Sheet, m.SheetName = s.index, s.name
	}
}

// decide chooses one platform for all sheets: that of the best one without doubt.
func decide(found []sheetFit) ([]Match, error) {
	best, doubt := -1, 0
	for i := range found {
		if len(found[i].fits) == 1 && (best < 0 || found[i].points() > found[best].points()) {
			best = i
		}
		if found[i].points() > found[doubt].points() {
			doubt = i
		}
	}
	if best < 0 {
		return nil, found[doubt].ambiguous()
	}
	platform := found[best].fits[0].match.Format.Platform
	var matches []Match
	for i := range found {
		s := &found[i]
		s.fits = slices.DeleteFunc(s.fits, func(o scored) bool { return o.match.Format.Platform != platform })
		switch len(s.fits) {
		case 0:
		case 1:
			matches = append(matches, s.fits[0].match)
		default:
			return nil, s.ambiguous()
		}
	}
	return matches, nil
}

func (s *sheetFit) ambiguous() error {
	return &AmbiguousError{Sheet: s.name, Candidates: s.candidates()}
}

func (s *sheetFit) candidates() []Candidate {
	var list []Candidate
	for _, o := range s.fits {
		list = append(list, Candidate{Match: o.match, Headers: o.speak})
	}
	return list
}

// isOwn reports whether a person's own format fits best.
func (s *sheetFit) isOwn() bool { return len(s.fits) > 0 && s.fits[0].match.Format.Own }

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
		t.promising = d.holdsHeaders(&t)
		top = append(top, t)
	}
	return top, nil
}
