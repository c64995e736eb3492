// Package table reads the rows of any spreadsheet or text export: .xlsx
// workbooks and CSV or TSV text, in the encodings that marketplaces and their
// sellers' computers write.
//
// What a file is, is decided by its bytes and never by its name. Files of other
// kinds (old .xls, password-protected workbooks, HTML under an .xls name, …) are
// recognised and refused with an [UnsupportedError] that names the kind.
//
// The package streams: memory is bounded by [Limits] and does not grow with the
// number of rows, nothing is written to disk, and no size that a file states
// about itself is believed. It reads cells as they are stored. It knows no
// formats of numbers and dates, computes no formulas (the stored result counts),
// and does not tell which row is the header.
//
// The .xlsx reader is our own because the product needs what the known ones do
// not give together: the type of each cell (a number where an order number
// belongs has lost digits), no plain copy of the sheet in the temporary folder,
// and a second for half a million rows.
package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"sync/atomic"
)

// Options say how to read a file. The zero value is right for nearly all.
type Options struct {
	// Encoding forces the encoding of a text file by its WHATWG name ("big5",
	// "shift_jis", "windows-1252", …). Empty means that it is found: as the byte
	// order mark says, else UTF-8, else GB18030 or, where high bytes mostly stand
	// alone, Windows-1252. Workbooks ignore it.
	Encoding string
	// Limits bound the work; a field left 0 takes its value from DefaultLimits.
	Limits Limits
}

// Sheet is one sheet of a workbook, or the whole of a text file.
type Sheet struct {
	Name   string // empty for a text file
	Hidden bool
}

// Row is one row that has at least one cell that is not empty.
type Row struct {
	// Number is 1-based and what the spreadsheet program shows beside the row.
	// In a text file it counts records, blank ones too, but no "sep=" line.
	Number int
	// Line is the 1-based line of a text file on which the row starts; a quoted
	// cell may span several. It is 0 in a workbook.
	Line int
	// Cells holds column i at index i up to the last cell that is not empty. The
	// slice is valid until the next row; the texts may be kept, but a kept text
	// keeps the other texts of its row in memory.
	Cells []Cell
	// Flaws tells what had to be mended to read the row.
	Flaws Flaws
}

// Workbook is an opened file. Its methods may be used from several goroutines.
type Workbook struct {
	kind   Kind
	limits Limits
	sheets []Sheet
	src    io.ReaderAt
	size   int64

	text textForm // of KindText
	book *book    // of KindXLSX

	done, total atomic.Int64
}

// Open finds out what the size bytes of r are and prepares to read them. r must
// stay readable as long as the workbook is used.
//
// The error is an [*UnsupportedError] for a file of another kind, a [*LimitError]
// for one that is too large, a [*DamageError] for one that is broken, that of ctx,
// or that of r.
func Open(ctx context.Context, r io.ReaderAt, size int64, o Options) (*Workbook, error) {
	w := &Workbook{limits: o.Limits.orDefaults(), src: r, size: size}
	if size > w.limits.FileBytes {
		return nil, &LimitError{What: "bytes in the file", Limit: w.limits.FileBytes}
	}
	head := make([]byte, min(size, headBytes))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the start of the file: %w", err)
	}
	w.kind = sniff(head)
	var err error
	switch w.kind {
	case KindText:
		err = w.openText(ctx, o.Encoding)
	case KindZip:
		w.kind = KindXLSX
		err = w.openBook(ctx)
	case KindXLS:
		err = &UnsupportedError{Kind: sniffOLE(r, size, head)}
	default:
		err = &UnsupportedError{Kind: w.kind}
	}
	if err != nil {
		return nil, err
	}
	return w, nil
}

// Kind is KindText or KindXLSX.
func (w *Workbook) Kind() Kind { return w.kind }

// Encoding names how a text file is encoded: "utf-8", "utf-8-bom", "gb18030",
// "utf-16le", "utf-16be", "windows-1252", or what Options.Encoding forced, by its canonical name.
// For a workbook it is "xlsx".
func (w *Workbook) Encoding() string {
	if w.kind == KindXLSX {
		return "xlsx"
	}
	return w.text.encoding
}

// Delimiter is the byte between the cells of a text file: ',', ';', TAB or '|',
// or what the file's "sep=" line says. It is 0 for a workbook.
func (w *Workbook) Delimiter() byte { return w.text.delimiter }

// Date1904 says that the serial numbers of dates count from 1904-01-01, as in
// workbooks that began on an old Macintosh.
func (w *Workbook) Date1904() bool { return w.book != nil && w.book.date1904 }

// Sheets lists the sheets in the order of the tabs. A text file has one.
func (w *Workbook) Sheets() []Sheet { return slices.Clone(w.sheets) }

// Rows yields the rows of a sheet from its start, leaving out empty ones. An error
// is yielded once, as the last pair. It panics if there is no such sheet.
func (w *Workbook) Rows(ctx context.Context, sheet int) iter.Seq2[Row, error] {
	if sheet < 0 || sheet >= len(w.sheets) {
		panic(fmt.Sprintf("table: no sheet %d of %d", sheet, len(w.sheets)))
	}
	if w.kind == KindText {
		return w.textRows(ctx)
	}
	return w.sheetRows(ctx, sheet)
}

// Progress tells how many of the bytes that hold rows are read, counting the
// sheets one after the other. A new Rows starts at the first byte of its sheet.
func (w *Workbook) Progress() (done, total int64) { return w.done.Load(), w.total.Load() }
