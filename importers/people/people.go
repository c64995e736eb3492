// Package people reads lists of customers, of any columns, into records that
// can be compared. What a column holds is told by its header, in Chinese or a
// Western language, else by what it holds; or a person tells.
//
// It does not read orders, and keeps nothing.
package people

import (
	"context"
	"errors"
	"slices"
	"strings"

	"kebu/app/crm/identity/linkage"
	"kebu/app/crm/pii"
	"kebu/importers/table"
)

// ErrNoPeople means that no column of a file tells who somebody is.
var ErrNoPeople = errors.New("no column tells who people are")

// Column is a column of a list and what it tells.
type Column struct {
	Header string
	Field  Field
}

// List is the people of a file.
type List struct {
	Columns []Column // that are compared
	People  []linkage.Record
	Rows    []int    // of each, as the spreadsheet counts them, from 1
	IDs     []string // of each, what the file calls it; none if no column does
	Numbers []string // keys of the headers of the records' codes
	Missing []string // told columns that there are none of
}

// headerDepth is the number of rows at the top of a sheet that may be headers.
const headerDepth = 20

// mostRows bounds a list.
const mostRows = 1_000_000

// row is a row of a sheet, as texts.
type row struct {
	number int
	cells  []string
}

// Read reads the first sheet that tells who people are. Told columns are as
// given, by header; others are found unless told to be Nothing. It fails with
// ErrNoPeople.
func Read(ctx context.Context, w *table.Workbook, told []Column) (*List, error) {
	for i, sheet := range w.Sheets() {
		if sheet.Hidden {
			continue
		}
		rows, err := read(ctx, w, i)
		if err != nil {
			return nil, err
		}
		if l := listOf(rows, told); l != nil {
			return l, nil
		}
	}
	return nil, ErrNoPeople
}

func read(ctx context.Context, w *table.Workbook, sheet int) ([]row, error) {
	var rows []row
	for r, err := range w.Rows(ctx, sheet) {
		if err != nil {
			return nil, err
		}
		if len(rows) == mostRows {
			return nil, &table.LimitError{What: "rows of people", Limit: mostRows}
		}
		cells := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			cells[i] = text(c, w.Date1904())
		}
		rows = append(rows, row{r.Number, cells})
	}
	return rows, nil
}

// text is a cell as it is compared: of a date its day.
func text(c table.Cell, date1904 bool) string {
	if n, err := c.Serial(); err == nil && c.Date {
		if day, err := table.SerialTime(n, date1904); err == nil {
			return day.Format("2006-01-02")
		}
	}
	s, err := c.Decimal()
	if err != nil {
		s = c.Text
	}
	return strings.Clone(strings.TrimSpace(s))
}

// listOf makes people of rows, nil if no column tells who they are.
func listOf(rows []row, told []Column) *List {
	header := headerRow(rows, told)
	var headers []string
	if header >= 0 {
		headers = rows[header].cells
	}
	rows = rows[header+1:]
	l := &List{}
	for _, t := range told {
		if place(headers, t.Header) < 0 {
			l.Missing = append(l.Missing, t.Header)
		}
	}
	columns := columnsOf(headers, rows, told)
	if !slices.ContainsFunc(columns, func(c Column) bool { return c.Field != Nothing && c.Field != ID }) {
		return nil
	}
	for _, c := range columns {
		if c.Field != Nothing {
			l.Columns = append(l.Columns, c)
		}
		if c.Field == Number {
			l.Numbers = append(l.Numbers, headerKey(c.Header))
		}
	}
	hasID := slices.ContainsFunc(columns, func(c Column) bool { return c.Field == ID })
	for _, r := range rows {
		record, id := recordOf(r.cells, columns)
		l.People = append(l.People, record)
		l.Rows = append(l.Rows, r.number)
		if hasID {
			l.IDs = append(l.IDs, id)
		}
	}
	return l
}

// headerRow returns the place of the first row with the most told columns, else
// of the one whose cells most look like headers; -1 if the first row already is
// a person.
func headerRow(rows []row, told []Column) int {
	const tells = 1000 // what a told column counts: no table has as many columns
	best, most := -1, 0
	for i, r := range rows[:min(len(rows), headerDepth)] {
		points := 0
		for _, t := range told {
			if place(r.cells, t.Header) >= 0 {
				points += tells
			}
		}
		for _, c := range r.cells {
			if ofHeader(c) != Nothing {
				points++
			}
		}
		if points > most {
			best, most = i, points
		}
	}
	if best < 0 && len(rows) > 0 && !isPerson(rows[0].cells) {
		best = 0
	}
	return best
}

// isPerson reports whether the cells are those of a person rather than headers.
func isPerson(cells []string) bool {
	return slices.ContainsFunc(cells, func(s string) bool { return ofContent([]string{s}) != Nothing })
}

// place finds a header: written as told, else in another way of writing it.
func place(headers []string, header string) int {
	if i := slices.Index(headers, strings.TrimSpace(header)); i >= 0 {
		return i
	}
	return slices.IndexFunc(headers, func(h string) bool { return table.Normal(h) == table.Normal(header) })
}

// columnsOf tells what each column holds.
func columnsOf(headers []string, rows []row, told []Column) []Column {
	width := len(headers)
	for _, r := range rows[:min(len(rows), sampled)] {
		width = max(width, len(r.cells))
	}
	columns := make([]Column, width)
	given := make([]bool, width)
	for i := range columns {
		if i < len(headers) {
			columns[i].Header = headers[i]
		}
	}
	for _, t := range told {
		if i := place(headers, t.Header); i >= 0 {
			columns[i].Field, given[i] = t.Field, true
		}
	}
	named := slices.ContainsFunc(told, func(t Column) bool { return t.Field == ID })
	for i := range columns {
		if given[i] {
			continue
		}
		values := valuesOf(rows, i)
		f := ofHeader(columns[i].Header)
		if f == Nothing {
			f = ofContent(values)
		}
		if f == ID {
			switch {
			case !unique(values): // the same customer again
				f = Number
			case named:
				f = Nothing
			}
			named = named || f == ID
		}
		columns[i].Field = f
	}
	return columns
}

func valuesOf(rows []row, column int) []string {
	values := make([]string, len(rows))
	for i, r := range rows {
		if column < len(r.cells) {
			values[i] = r.cells[column]
		}
	}
	return values
}

// unique reports whether all values are there and different.
func unique(values []string) bool {
	seen := make(map[string]bool, len(values))
	for _, v := range values {
		if v == "" || seen[v] {
			return false
		}
		seen[v] = true
	}
	return true
}

// recordOf makes a record of a row, and returns what the file calls it.
func recordOf(cells []string, columns []Column) (r linkage.Record, id string) {
	var given, surname, address []string
	for i, c := range columns {
		value := ""
		if i < len(cells) {
			value = cells[i]
		}
		if c.Field == Number {
			r.Codes = append(r.Codes, pii.New(value))
		}
		if value == "" {
			continue
		}
		switch c.Field {
		case Given:
			given = append(given, value)
		case Surname:
			surname = append(surname, value)
		case FullName:
			r.Names = append(r.Names, linkage.Name{Full: pii.New(value)})
		case Birth:
			r.Births = append(r.Births, pii.New(value))
		case Phone:
			r.Phones = append(r.Phones, pii.New(value))
		case Email:
			r.Emails = append(r.Emails, pii.New(value))
		case Address:
			address = append(address, value)
		case District:
			r.Districts = append(r.Districts, pii.New(value))
		case City:
			r.Cities = append(r.Cities, pii.New(value))
		case Province:
			r.Provinces = append(r.Provinces, pii.New(value))
		case Postcode:
			r.Postcodes = append(r.Postcodes, pii.New(value))
		case ID:
			id = value
		case Nothing, Number, fieldCount:
		}
	}
	if len(given)+len(surname) > 0 {
		r.Names = append(r.Names, linkage.Name{Given: pii.New(strings.Join(given, " ")), Surname: pii.New(strings.Join(surname, " "))})
	}
	if len(address) > 0 {
		r.Streets = []pii.Text{pii.New(strings.Join(address, " "))}
	}
	return r, id
}
