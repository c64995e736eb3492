// Package xmlsheet reads XML Spreadsheet 2003, a workbook in one XML document, which
// shop programs such as Magento write under the names .xml and .xls.
//
// A cell that spans several columns stands in the first of them. A DateTime is the
// text that the document writes, ISO 8601; formulas count by their stored result.
// Source: XML Spreadsheet Reference, Microsoft 2003.
package xmlsheet

import (
	"context"
	"errors"
	"io"
	"iter"
	"regexp"
	"slices"
	"sync/atomic"

	"kebu/importers/table/charset"
	"kebu/importers/table/grid"
	"kebu/importers/table/stream"
	"kebu/importers/table/xmlscan"
)

// Bounds of what no export needs.
const (
	mostBytes  = 256 << 20
	mostSheets = 64
	// mostWork is of the size times the sheets: each is looked for from the start.
	mostWork = 1 << 30
)

// Book is an opened workbook. Its methods may be used from several goroutines.
type Book struct {
	src      io.ReaderAt
	size     int64
	limits   grid.Limits
	encoding string
	sheets   []grid.Sheet
	date1904 bool
	done     atomic.Int64
}

// declared finds what the XML declaration says of the encoding (XML 1.0, 4.3.3).
var declared = regexp.MustCompile(`(?i)^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([a-z0-9_.:-]{1,40})`)

// Open finds the encoding of the size bytes of r, unless it is forced by its WHATWG
// name, and the sheets. It reads the whole document, so that one that was cut off is
// refused here. A document without sheets gives a [*grid.UnsupportedError].
func Open(ctx context.Context, r io.ReaderAt, size int64, forced string, limits grid.Limits) (*Book, error) {
	if size > mostBytes {
		return nil, &grid.LimitError{What: "bytes in the document", Limit: mostBytes}
	}
	b := &Book{src: r, size: size, limits: limits}
	var err error
	if b.encoding, err = charset.Find(ctx, r, size, forced, declared); err != nil {
		return nil, err
	}
	s, err := b.scan(ctx, new(atomic.Int64), noSheet, nil)
	switch {
	case err != nil:
		return nil, grid.Damaged("", 0, err)
	case len(s.sheets) == 0:
		return nil, &grid.UnsupportedError{Kind: grid.KindXML}
	case size*int64(len(s.sheets)) > mostWork:
		return nil, &grid.LimitError{What: "bytes in a document of several sheets", Limit: mostWork / int64(len(s.sheets))}
	}
	b.sheets, b.date1904 = s.sheets, s.date1904
	return b, nil
}

// Encoding names how the document is encoded.
func (b *Book) Encoding() string { return b.encoding }

// Sheets lists the sheets in the order of the tabs.
func (b *Book) Sheets() []grid.Sheet { return slices.Clone(b.sheets) }

// Date1904 says that the serial numbers of dates count from 1904-01-01. Dates that
// are written as such need none.
func (b *Book) Date1904() bool { return b.date1904 }

// Progress tells how many of the document's bytes were read for the last Rows.
func (b *Book) Progress() (done, total int64) { return b.done.Load(), b.size }

// Rows yields the rows of a sheet that have a cell that is not empty. An error is
// yielded once, as the last pair.
func (b *Book) Rows(ctx context.Context, sheet int) iter.Seq2[grid.Row, error] {
	return func(yield func(grid.Row, error) bool) {
		s, err := b.scan(ctx, &b.done, sheet, func(row grid.Row) bool { return yield(row, nil) })
		if err != nil && !errors.Is(err, errStopped) {
			yield(grid.Row{}, grid.Damaged(b.sheets[sheet].Name, s.row, err))
		}
	}
}

// scan goes through the document, and hands the rows of a sheet to do.
func (b *Book) scan(ctx context.Context, done *atomic.Int64, sheet int, do func(grid.Row) bool) (*scanner, error) {
	s := &scanner{limits: b.limits, sheet: sheet, do: do}
	raw := stream.Metered(stream.Source(ctx, io.NewSectionReader(b.src, 0, b.size)), 0, done)
	text, err := charset.Decoder(raw, b.encoding)
	if err != nil {
		return s, err
	}
	if s.x, err = xmlscan.NewDecoded(text, b.limits); err != nil {
		return s, err
	}
	return s, s.workbook()
}
