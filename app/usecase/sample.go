package usecase

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"kebu/app/crm/pii"
	"kebu/importers"
	"kebu/importers/all"
	"kebu/importers/table"
)

// ErrNoTable means that a file holds no table with headers.
var ErrNoTable = errors.New("no table with headers")

// SampleRequest says what of a file to look at.
type SampleRequest struct {
	Path      string
	Sheet     string // "": the first that is not hidden and has a table
	HeaderRow int    // as the spreadsheet counts it, from 1; 0: the likeliest
	Rows      int    // of data at most
	Encoding  string // of a text file; "": found
	Password  string // of a locked workbook; "": by its name, and as Session.Sample says
}

// Sample is the beginning of any table, for a person who maps its columns.
type Sample struct {
	Sheets    []string // that can be chosen; one without name of a text file
	Sheet     string
	HeaderRow int
	Encoding  string
	Headers   []string
	// Rows hold what the file says of people, in clear: they are for whoever
	// holds the file, and for the screen alone. Each is as wide as Headers.
	Rows [][]pii.Text
	// Guess is the field that each header is likely to mean, "" for none.
	Guess []string
}

// headerDepth is the number of rows at the top of a sheet that may be headers.
const headerDepth = 20

// Sample is SampleOf that opens a locked workbook with what opened others before.
func (s *Session) Sample(ctx context.Context, r SampleRequest) (Sample, error) {
	kept, err := s.kept(ctx)
	if err != nil {
		return Sample{}, err
	}
	return sampleOf(ctx, r, kept.passwords)
}

// SampleOf reads the beginning of a table, of a known format or not. It needs
// no book. It fails with ErrNoTable where there is none.
func SampleOf(ctx context.Context, r SampleRequest) (Sample, error) { return sampleOf(ctx, r, nil) }

func sampleOf(ctx context.Context, r SampleRequest, passwords []string) (Sample, error) {
	e, err := openFile(r.Path)
	if err != nil {
		return Sample{}, err
	}
	defer e.close()
	e.typed, e.known = r.Password, passwords
	if err := e.open(ctx, table.Options{Encoding: r.Encoding}); err != nil {
		return Sample{}, e.explained(err)
	}
	s := Sample{Encoding: e.book.Encoding()}
	found := false
	for i, sheet := range e.book.Sheets() {
		if sheet.Hidden {
			continue
		}
		s.Sheets = append(s.Sheets, sheet.Name)
		if found || r.Sheet != "" && r.Sheet != sheet.Name {
			continue
		}
		top, err := topRows(ctx, e.book, i, headerDepth+r.Rows)
		if err != nil {
			return Sample{}, e.explained(err)
		}
		if found = s.take(top, r); found {
			s.Sheet = sheet.Name
		}
	}
	if !found {
		return Sample{}, ErrNoTable
	}
	return s, nil
}

// topRow is one of the first rows of a sheet, as texts.
type topRow struct {
	number int
	cells  []string
	days   []string // what cells that are numbers are as times
	dates  []bool   // whether their format shows them as such
}

func topRows(ctx context.Context, w *table.Workbook, sheet, most int) ([]topRow, error) {
	var top []topRow
	for row, err := range w.Rows(ctx, sheet) {
		if err != nil {
			return nil, err
		}
		t := topRow{number: row.Number, cells: make([]string, len(row.Cells)), days: make([]string, len(row.Cells)), dates: make([]bool, len(row.Cells))}
		for i, c := range row.Cells {
			text, err := c.Decimal()
			if err != nil {
				text = c.Text
			}
			t.dates[i] = c.Date
			t.cells[i] = strings.Clone(strings.TrimSpace(text))
			if n, err := c.Serial(); err == nil {
				if day, err := table.SerialTime(n, w.Date1904()); err == nil {
					t.days[i] = day.Format(time.DateTime)
				}
			}
		}
		if top = append(top, t); len(top) == most {
			break
		}
	}
	return top, nil
}

// take fills the sample from the first rows of a sheet.
func (s *Sample) take(top []topRow, r SampleRequest) bool {
	header := likeliestHeader(top)
	if r.HeaderRow != 0 {
		header = slices.IndexFunc(top, func(t topRow) bool { return t.number == r.HeaderRow })
	}
	if header < 0 {
		return false
	}
	s.HeaderRow, s.Headers = top[header].number, top[header].cells
	guess := importers.Guess(s.Headers, all.Formats())
	for _, f := range guess {
		s.Guess = append(s.Guess, f.String())
	}
	for _, t := range top[header+1:] {
		if len(s.Rows) == r.Rows {
			break
		}
		row := make([]pii.Text, len(s.Headers))
		for i := range row {
			switch {
			case i >= len(t.cells):
			case (guess[i].IsTime() || t.dates[i]) && t.days[i] != "":
				row[i] = pii.New(t.days[i])
			default:
				row[i] = pii.New(t.cells[i])
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return true
}

// likeliestHeader returns the place of the row whose cells look most like
// headers, else of the first with the most different cells; -1 if no row has two.
func likeliestHeader(top []topRow) int {
	best, most := -1, 0
	for i, t := range top {
		if t.number > headerDepth {
			break
		}
		seen := map[string]bool{}
		for _, c := range t.cells {
			if c != "" {
				seen[c] = true
			}
		}
		points := len(seen)
		for _, f := range importers.Guess(t.cells, all.Formats()) {
			if f != 0 {
				points += guessPoints
			}
		}
		if len(seen) > 1 && points > most {
			best, most = i, points
		}
	}
	return best
}

// guessPoints is what a cell that names a field counts against one that is only
// filled: no table has as many columns.
const guessPoints = 1000
