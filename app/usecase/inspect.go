package usecase

import (
	"context"

	"kebu/importers"
	"kebu/importers/all"
)

// Formats returns the export formats that are known.
func Formats() []*importers.Format { return all.Formats() }

// Inspection says what a file is.
type Inspection struct {
	Format    string       `json:"format"`
	Platform  string       `json:"platform"`
	Encoding  string       `json:"encoding"`
	HeaderRow int          `json:"header_row"`
	Rows      int          `json:"rows"`
	Orders    int          `json:"orders"`
	Payments  int          `json:"payments,omitempty"` // movements of money, of files that have no orders
	Kept      []KeptColumn `json:"kept"`
	Dropped   []string     `json:"dropped"`
	Rejected  []Rejected   `json:"rejected"`
	// As in ImportReport.
	Unknown   []UnknownWord       `json:"unknown_statuses,omitempty"`
	DateDoubt string              `json:"date_doubt,omitempty"`
	DateOrder importers.DateOrder `json:"date_order,omitempty"`
}

// KeptColumn is a column that is read, and as what.
type KeptColumn struct {
	Sheet  string `json:"sheet,omitempty"`
	Header string `json:"header"`
	Field  string `json:"field"`
	// Sealed: what it holds of people is sealed by itself.
	Sealed bool `json:"-"`
}

// InspectRequest is a file to look at.
type InspectRequest struct {
	Path      string
	Mapping   []byte              // as in ImportRequest
	Format    string              // as in ImportRequest
	Password  string              // as in ImportRequest
	DateOrder importers.DateOrder // as in ImportRequest
}

// Inspect tells what an export file is, without a book. Of a workbook with
// several sheets, the header row is that of the first export sheet.
func Inspect(ctx context.Context, r InspectRequest) (Inspection, error) {
	f, err := openExport(ctx, source{path: r.Path, mapping: r.Mapping, format: r.Format, password: r.Password, dates: r.DateOrder})
	if err != nil {
		return Inspection{}, err
	}
	defer f.close()
	result, err := f.read(ctx, func(float64) {})
	if err != nil {
		return Inspection{}, err
	}
	i := Inspection{
		Format: f.format(), Platform: f.matches[0].Format.Platform, Encoding: f.book.Encoding(), HeaderRow: f.matches[0].HeaderRow,
		Rows: result.Rows, Orders: len(result.Orders), Payments: len(result.Payments), Kept: []KeptColumn{}, Dropped: []string{}, Rejected: rejected(result.Rejected), DateDoubt: result.DateDoubt,
	}
	if i.DateDoubt != "" {
		i.DateOrder = result.DateOrder
	}
	i.Unknown = unknownWords(result)
	for _, m := range f.matches {
		for _, k := range m.Kept {
			i.Kept = append(i.Kept, KeptColumn{m.SheetName, k.Header, k.Field.String(), k.Field.Sealed()})
		}
		i.Dropped = append(i.Dropped, m.Dropped...)
	}
	return i, nil
}
