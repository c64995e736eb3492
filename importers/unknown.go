package importers

import (
	"errors"
	"fmt"
	"strings"
)

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

// nearest is the row of a sheet that resembles a format most.
type nearest struct {
	row     int
	kept    int
	missing []string
}

func (n *nearest) see(f *Format, row int, s scored) {
	if kept := len(s.match.Kept); kept > n.kept && (s.match.keeps(f.Key()) || f.HeaderRow != 0 || kept > 1) {
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

// ErrAmbiguous means that several formats fit a sheet equally well and would
// read it differently. The error is an *AmbiguousError.
var ErrAmbiguous = errors.New("several formats fit")

// AmbiguousError tells between which formats a person must choose, by a call of
// Detect with the one chosen.
type AmbiguousError struct {
	Sheet      string // "" in a text file
	Candidates []Candidate
}

// Candidate is a format that fits, and why.
type Candidate struct {
	Match
	// Headers of the file speak for the format, which writes them so: those that
	// no other marketplace has if there are any, else those that fill a field.
	Headers []string
}

// Error names the formats and the headers that speak for them: headers that a
// format knows are no people.
func (e *AmbiguousError) Error() string {
	list := make([]string, len(e.Candidates))
	for i, c := range e.Candidates {
		list[i] = fmt.Sprintf("%s by %q", c.Format.ID, c.Headers)
	}
	return fmt.Sprintf("%v: %s", ErrAmbiguous, strings.Join(list, ", "))
}

// Unwrap returns ErrAmbiguous.
func (e *AmbiguousError) Unwrap() error { return ErrAmbiguous }
