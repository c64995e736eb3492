package importers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kebu/importers/table"
)

// stride is the number of rows between looks at the context: well below the
// rows that are read in 100 ms.
const stride = 1024

// Options say how to read a file. The zero value is right for nearly all.
type Options struct {
	// Progress, if set, is called now and then with the bytes read and their
	// total, on the goroutine of Read.
	Progress func(done, total int64)
	// DateOrder settles dates such as 03/04/2026 where no other date of the file
	// does; it outranks that of the format.
	DateOrder DateOrder
	// Zone is that of times without an offset in a format that names no zone;
	// nil is UTC.
	Zone *time.Location
	// Currency is that of amounts in a format that names none; see
	// Format.HomeTells.
	Currency string
}

// fileReader is what the sheets of a file share.
type fileReader struct {
	book    *table.Workbook
	matches []Match
	options Options
	result  *Result
	texts   map[string]string
	ledger  ledger

	recipientIsBuyer bool
	order            DateOrder // asked for, until settled
	settled          bool      // the file has been surveyed for its date order
	count            int       // of rows since the last look at the context
}

// Read reads the orders and payments of the matched sheets of a workbook, which Detect
// found. The rows of an order are gathered wherever they stand; orders of
// several sheets are joined by their number. What cannot be read is told in
// the result; the error is that of ctx or of the table reader.
func Read(ctx context.Context, w *table.Workbook, matches []Match, o Options) (*Result, error) {
	if len(matches) == 0 {
		return nil, errors.New("read orders: no sheet to read")
	}
	f := &fileReader{
		book: w, matches: matches, options: o, result: &Result{}, texts: map[string]string{},
		order: cmp.Or(o.DateOrder, matches[0].Format.DateOrder), recipientIsBuyer: recipientIsBuyer(matches),
	}
	var all gathering
	for i := range matches {
		s, err := newSheetReader(f, &matches[i])
		if err != nil {
			return nil, err
		}
		if err := s.settleHome(ctx); err != nil {
			return nil, err
		}
		if err := s.read(ctx); err != nil {
			return nil, err
		}
		if err := all.join(ctx, s); err != nil {
			return nil, err
		}
	}
	all.report(f.result)
	f.result.Payments = f.ledger.close()
	f.result.DateOrder = f.order
	return f.result, nil
}

// recipientIsBuyer reports whether the recipient's phone tells who bought: the
// format says so, or no sheet of the file has any key of the buyer.
func recipientIsBuyer(matches []Match) bool {
	keyed := false
	for i := range matches {
		if matches[i].Format.RecipientIsBuyer {
			return true
		}
		keyed = keyed || matches[i].Format.RelayPhones
		keyed = keyed || slices.ContainsFunc(matches[i].Kept, func(k KeptColumn) bool { return k.Field.keysBuyer() })
	}
	return !keyed
}

// tick reports progress and looks at the context, now and then.
func (f *fileReader) tick(ctx context.Context) error {
	if f.count++; f.count%stride != 0 {
		return nil
	}
	if f.options.Progress != nil {
		f.options.Progress(f.book.Progress())
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("read orders: %w", err)
	}
	return nil
}

// survey looks through all times of the file for one that proves its date
// order. Where there is none, or proof of both, the order asked for stands.
func (f *fileReader) survey(ctx context.Context) error {
	f.settled = true
	var day, month bool
	for i := range f.matches {
		m := &f.matches[i]
		var columns []int
		for _, k := range m.Kept {
			if slices.Contains(timeFields, k.Field) {
				columns = append(columns, k.index)
			}
		}
		for row, err := range f.book.Rows(ctx, m.Sheet) {
			if err != nil {
				return fmt.Errorf("look for the date order: %w", err)
			}
			if err := f.tick(ctx); err != nil {
				return err
			}
			if row.Number <= m.HeaderRow {
				continue
			}
			for _, c := range columns {
				if c >= len(row.Cells) || row.Cells[c].Kind != table.CellText {
					continue
				}
				text := strings.TrimSpace(row.Cells[c].Text)
				date, _, err := parseZoned(text, DayFirst)
				if err != nil {
					continue // refused or warned of when its row is read
				}
				day = day || date.proves == DayFirst
				month = month || date.proves == MonthFirst
				if f.result.DateDoubt == "" {
					f.result.DateDoubt = doubtful(text)
				}
			}
		}
	}
	if day != month {
		f.result.DateDoubt = ""
		f.order = MonthFirst
		if day {
			f.order = DayFirst
		}
	}
	if f.options.DateOrder == DateOrderUnknown && f.order != DateOrderUnknown { // the format's
		f.result.DateDoubt = ""
	}
	return nil
}
