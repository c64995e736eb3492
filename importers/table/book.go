package table

import (
	"context"
	"iter"
)

type book struct{ date1904 bool }

func (w *Workbook) openBook(ctx context.Context) error { return &UnsupportedError{Kind: KindXLSX} }

func (w *Workbook) sheetRows(ctx context.Context, sheet int) iter.Seq2[Row, error] {
	return func(func(Row, error) bool) {}
}
