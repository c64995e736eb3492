package list

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"
)

// ErrOneTable means that only a workbook holds several tables.
var ErrOneTable = errors.New("only a workbook holds several tables")

// Table is one of several that a workbook holds, each on a sheet of its own.
type Table struct {
	// Sheet is the name of the sheet, as another workbook has it; "" is that of
	// a list. A text table has none.
	Sheet     string
	HeaderRow int // from 1; what stands above is left blank
	Columns   []Column
	Rows      iter.Seq2[[]Value, error]
}

// WriteTables writes tables to w, one in a text table and any number in a
// workbook, and returns how many rows they have together. After an error, what
// w got is no valid file.
func WriteTables(ctx context.Context, w io.Writer, f Format, tables []Table, o Options) (int, error) {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	switch {
	case len(tables) == 0:
		return 0, ErrNoColumns
	case f == XLSX:
		return writeWorkbook(ctx, w, tables, o)
	case f != CSV:
		return 0, ErrFormat
	case len(tables) > 1:
		return 0, ErrOneTable
	}
	t := newTextBelow(w, tables[0].Columns, tables[0].HeaderRow-1, o)
	n, err := writeRows(ctx, t, tables[0].Columns, tables[0].Rows, o)
	if err != nil {
		return n, err
	}
	if err := t.close(); err != nil {
		return n, fmt.Errorf("write table: %w", err)
	}
	return n, nil
}

func writeWorkbook(ctx context.Context, w io.Writer, tables []Table, o Options) (int, error) {
	b, err := newWorkbook(w, tables[0].Columns, o)
	if err != nil {
		return 0, err
	}
	written := 0
	for _, t := range tables {
		if t.Sheet == "" {
			t.Sheet = cleanSheet(o.Sheet)
		}
		if err := b.begin(t); err != nil {
			return written, err
		}
		n, err := writeRows(ctx, b, t.Columns, t.Rows, o)
		if written += n; err != nil {
			return written, err
		}
		if err := b.end(); err != nil {
			return written, fmt.Errorf("write table: %w", err)
		}
	}
	if err := b.close(); err != nil {
		return written, fmt.Errorf("write table: %w", err)
	}
	return written, nil
}
