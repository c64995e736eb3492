package usecase

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/usecase/list"
	"kebu/importers"
	"kebu/importers/table"
)

// ErrOneTable means that the rows stand on several sheets, or on one that is
// known by its name, which a text table cannot hold.
var ErrOneTable = list.ErrOneTable

// RejectedRequest is a file of which the rows that were not read are saved.
type RejectedRequest struct {
	Path      string
	Mapping   []byte              // as in ImportRequest
	Format    string              // as in ImportRequest
	Password  string              // as in ImportRequest
	DateOrder importers.DateOrder // as in ImportRequest
	// To is the file to write: .xlsx or .csv. One that is there is replaced.
	To string
	// Title heads the column of reasons, and Reason gives its cells, in the
	// user's language.
	Title  string
	Reason func(Rejected) string
}

// SaveRejected writes the headers of an export and those of its rows that
// cannot be read, as the file has them, behind a column that says why. Mended,
// the file is recognised as the same format and can be imported. It holds
// nothing that the export does not, and returns the number of rows.
func (s *Session) SaveRejected(ctx context.Context, r RejectedRequest) (int, error) {
	format, err := list.FormatOf(r.To)
	if err != nil {
		return 0, err
	}
	kept, err := s.kept(ctx)
	if err != nil {
		return 0, err
	}
	e, err := openExport(ctx, source{r.Path, r.Mapping, r.Format, r.Password, r.DateOrder, kept})
	if err != nil {
		return 0, err
	}
	defer e.close()
	result, err := e.read(ctx, func(float64) {})
	if err != nil {
		return 0, err
	}
	tables, err := e.rejectedTables(ctx, r, result)
	if err != nil {
		return 0, e.explained(err)
	}
	if format == list.CSV && slices.ContainsFunc(e.matches, func(m importers.Match) bool { return m.Format.Sheet != "" }) {
		return 0, ErrOneTable
	}
	var file bytes.Buffer
	n, err := list.WriteTables(ctx, &file, format, tables, list.Options{})
	if err != nil {
		return 0, e.explained(fmt.Errorf("save rejected rows: %w", err))
	}
	out, err := newOutFile(r.To)
	if err != nil {
		return 0, err
	}
	if err = out.write(file.Bytes()); err == nil {
		err = out.place()
	}
	if err = errors.Join(err, out.end()); err != nil {
		return 0, err
	}
	return n, nil
}

// rejectedTables makes a table of each sheet that has rows to mend.
func (e *export) rejectedTables(ctx context.Context, r RejectedRequest, result *importers.Result) ([]list.Table, error) {
	var tables []list.Table
	for i := range e.matches {
		m := &e.matches[i]
		why := map[int]Rejected{}
		for _, row := range result.Rejected {
			if _, known := why[row.Row]; row.Sheet == m.SheetName && !known {
				why[row.Row] = Rejected{row.Sheet, row.Row, row.Column, row.Reason}
			}
		}
		if len(why) == 0 {
			continue
		}
		headers, err := e.headers(ctx, m)
		if err != nil {
			return nil, err
		}
		t := list.Table{Sheet: m.SheetName, HeaderRow: max(1, m.Format.HeaderRow), Rows: e.rejectedRows(ctx, m, r, why, len(headers), result.DateOrder)}
		t.Columns = append(t.Columns, list.Column{Key: "reason", Title: reasonTitle(r.Title, headers), Kind: list.Prose})
		for _, h := range headers {
			t.Columns = append(t.Columns, list.Column{Key: h, Title: h, Kind: list.Verbatim})
		}
		tables = append(tables, t)
	}
	return tables, nil
}

// headers returns the header row of a sheet.
func (e *export) headers(ctx context.Context, m *importers.Match) ([]string, error) {
	for row, err := range e.book.Rows(ctx, m.Sheet) {
		if err != nil {
			return nil, err
		}
		if row.Number != m.HeaderRow {
			continue
		}
		headers := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			headers[i] = strings.Clone(c.Text)
		}
		return headers, nil
	}
	return nil, ErrFileChanged
}

// reasonTitle is a title that no header of the sheet is taken for.
func reasonTitle(title string, headers []string) string {
	for slices.ContainsFunc(headers, func(h string) bool { return table.Normal(h) == table.Normal(title) }) || title == "" {
		title = "Kebu: " + title
	}
	return title
}

func (e *export) rejectedRows(ctx context.Context, m *importers.Match, r RejectedRequest, why map[int]Rejected, width int, order importers.DateOrder) iter.Seq2[[]list.Value, error] {
	times := make([]bool, width)
	for i := range times {
		times[i] = m.FieldAt(i).IsTime()
	}
	return func(yield func([]list.Value, error) bool) {
		values := make([]list.Value, width+1)
		for row, err := range e.book.Rows(ctx, m.Sheet) {
			if err != nil {
				yield(nil, err)
				return
			}
			reason, rejected := why[row.Number]
			if !rejected {
				continue
			}
			values[0] = list.TextValue(r.Reason(reason))
			for i := range width {
				values[i+1] = list.Value{}
				if i < len(row.Cells) {
					values[i+1] = e.verbatim(row.Cells[i], times[i], order)
				}
			}
			if !yield(values, nil) {
				return
			}
		}
	}
}

// verbatim returns a cell as another file can hold it: a day of a spreadsheet
// as a day, and one of which only the rows left out tell the order of day and
// month in a form that needs them not.
func (e *export) verbatim(c table.Cell, isTime bool, order importers.DateOrder) list.Value {
	if c.Kind != table.CellNumber {
		if settled, ok := importers.Settle(c.Text, order); ok && isTime {
			return list.VerbatimValue(settled)
		}
		return list.VerbatimValue(c.Text)
	}
	if n, err := c.Serial(); err == nil && isTime {
		if t, err := table.SerialTime(n, e.book.Date1904()); err == nil {
			return list.TimeValue(crm.At(t.UTC()))
		}
	}
	if text, err := c.Decimal(); err == nil && !c.Long() {
		return list.NumberValue(text)
	}
	return list.NumberValue(c.Text)
}
