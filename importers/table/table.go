// Package table reads the rows of any spreadsheet or text export: .xlsx and .xls
// workbooks, locked ones too, XML spreadsheets, tables of web pages, and CSV or TSV
// text, in the encodings that marketplaces and their sellers' computers write.
//
// What a file is, is decided by its bytes and never by its name. Files of other
// kinds are recognised and refused with an [UnsupportedError] that names the kind.
//
// The package streams: memory is bounded by [Limits] and does not grow with the
// number of rows, nothing is written to disk, and no size that a file states
// about itself is believed. It reads cells as they are stored: it computes no
// formulas (the stored result counts), and does not tell which row is the header.
//
// Each form has its reader in a package of its own; grid holds what they share.
package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"kebu/importers/table/compound"
	"kebu/importers/table/delimited"
	"kebu/importers/table/grid"
	"kebu/importers/table/htmltable"
	"kebu/importers/table/xls"
	"kebu/importers/table/xlsx"
	"kebu/importers/table/xmlsheet"
)

// What the readers share.
//
//nolint:revive // each is explained there
type (
	Cell             = grid.Cell
	CellKind         = grid.CellKind
	DamageError      = grid.DamageError
	Flaws            = grid.Flaws
	Kind             = grid.Kind
	LimitError       = grid.LimitError
	Limits           = grid.Limits
	PasswordError    = grid.PasswordError
	Row              = grid.Row
	Sheet            = grid.Sheet
	UnsupportedError = grid.UnsupportedError
)

// Options say how to read a file. The zero value is right for nearly all.
type Options struct {
	// Encoding forces the encoding of a text file by its WHATWG name ("big5",
	// "shift_jis", "windows-1252", …). Empty means that it is found: as the byte
	// order mark says, else UTF-8, else GB18030 or, where high bytes mostly stand
	// alone, Windows-1252. Workbooks ignore it.
	Encoding string
	// Passwords are tried, in this order, on a workbook that is locked: four of them
	// at most.
	Passwords []string
	// Limits bound the work; a field left 0 takes its value from DefaultLimits.
	Limits Limits
}

// Workbook is an opened file. Its methods may be used from several goroutines.
type Workbook struct {
	kind     Kind
	password string
	reader
	text  *delimited.Text // the reader, if it is one
	coded coded           // the reader, if it is of a form that is text
	dates dater           // the reader, if it has dates as numbers
}

// reader is an opened file of one form.
type reader interface {
	Sheets() []Sheet
	Rows(ctx context.Context, sheet int) iter.Seq2[Row, error]
	Progress() (done, total int64)
}

// coded is a reader of texts.
type coded interface{ Encoding() string }

// dater is a reader of workbooks.
type dater interface{ Date1904() bool }

// Open finds out what the size bytes of r are and prepares to read them. r must
// stay readable as long as the workbook is used.
//
// The error is an [*UnsupportedError] for a file of another kind, a [*LimitError]
// for one that is too large, a [*DamageError] for one that is broken, a
// [*PasswordError] for one that none of the passwords opens, that of ctx, or that of r.
func Open(ctx context.Context, r io.ReaderAt, size int64, o Options) (*Workbook, error) {
	limits := o.Limits.OrDefaults()
	if size > limits.FileBytes {
		return nil, &LimitError{What: "bytes in the file", Limit: limits.FileBytes}
	}
	head := make([]byte, min(size, headBytes))
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), head); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("read the start of the file: %w", err)
	}
	w := &Workbook{kind: sniff(head)}
	if err := w.open(ctx, r, size, o, limits); err != nil {
		return nil, err
	}
	return w, nil
}

func (w *Workbook) open(ctx context.Context, r io.ReaderAt, size int64, o Options, limits Limits) (err error) {
	switch w.kind {
	case KindText:
		w.text, err = delimited.Open(ctx, r, size, o.Encoding, limits)
		w.reader, w.coded = w.text, w.text
	case KindZip:
		return w.openXLSX(ctx, r, size, limits)
	case KindXLS:
		return w.openCompound(ctx, r, size, o, limits)
	case KindHTML:
		p, err := htmltable.Open(ctx, r, size, o.Encoding, limits)
		w.reader, w.coded = p, p
		return err
	case KindXMLSheet:
		b, err := xmlsheet.Open(ctx, r, size, o.Encoding, limits)
		w.reader, w.coded, w.dates = b, b, b
		return err
	default:
		return &UnsupportedError{Kind: w.kind}
	}
	return err
}

func (w *Workbook) openXLSX(ctx context.Context, r io.ReaderAt, size int64, limits Limits) error {
	b, err := xlsx.Open(ctx, r, size, limits)
	w.kind, w.reader, w.dates = KindXLSX, b, b
	return err
}

// openCompound opens what old Office documents and locked ones are kept in.
func (w *Workbook) openCompound(ctx context.Context, r io.ReaderAt, size int64, o Options, limits Limits) error {
	c, err := compound.Open(r, size)
	if err != nil {
		return grid.Damaged("", 0, err)
	}
	switch {
	case c.Stream(streamPackage) != nil:
		content, password, err := unlock(ctx, c, o.Passwords)
		if err != nil {
			return err
		}
		w.password = password
		return w.openXLSX(ctx, content, content.Size(), limits)
	case c.Stream(streamWorkbook) != nil:
		return w.openXLS(ctx, c.Stream(streamWorkbook), limits)
	case c.Stream(streamBook) != nil:
		return w.openXLS(ctx, c.Stream(streamBook), limits)
	}
	return &UnsupportedError{Kind: KindOLE}
}

func (w *Workbook) openXLS(ctx context.Context, s *compound.Stream, limits Limits) error {
	b, err := xls.Open(ctx, s, s.Size(), limits)
	w.kind, w.reader, w.dates = KindXLS, b, b
	return err
}

// Password is the one that opened the workbook, "" if it was not locked.
func (w *Workbook) Password() string { return w.password }

// Kind is KindText, KindXLSX, KindXLS, KindHTML or KindXMLSheet.
func (w *Workbook) Kind() Kind { return w.kind }

// Encoding names how a text file, a web page or an XML spreadsheet is encoded: "utf-8", "utf-8-bom", "gb18030",
// "utf-16le", "utf-16be", "windows-1252", or what Options.Encoding forced, by its canonical name.
// For a workbook it is "xlsx" or "xls".
func (w *Workbook) Encoding() string {
	switch {
	case w.coded != nil:
		return w.coded.Encoding()
	case w.kind == KindXLS:
		return "xls"
	}
	return "xlsx"
}

// Delimiter is the byte between the cells of a text file: ',', ';', TAB or '|',
// or what the file's "sep=" line says. It is 0 for a workbook.
func (w *Workbook) Delimiter() byte {
	if w.text == nil {
		return 0
	}
	return w.text.Delimiter()
}

// Date1904 says that the serial numbers of dates count from 1904-01-01, as in
// workbooks that began on an old Macintosh.
func (w *Workbook) Date1904() bool { return w.dates != nil && w.dates.Date1904() }

// Sheets lists the sheets in the order of the tabs. A text file has one.
func (w *Workbook) Sheets() []Sheet { return slices.Clone(w.reader.Sheets()) }

// Rows yields the rows of a sheet from its start, leaving out empty ones. An error
// is yielded once, as the last pair. It panics if there is no such sheet.
func (w *Workbook) Rows(ctx context.Context, sheet int) iter.Seq2[Row, error] {
	if n := len(w.reader.Sheets()); sheet < 0 || sheet >= n {
		panic(fmt.Sprintf("table: no sheet %d of %d", sheet, n))
	}
	return w.reader.Rows(ctx, sheet)
}

// Progress tells how many of the bytes that hold rows are read, counting the
// sheets one after the other. A new Rows starts at the first byte of its sheet.
func (w *Workbook) Progress() (done, total int64) { return w.reader.Progress() }
