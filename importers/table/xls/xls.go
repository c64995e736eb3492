// Package xls reads the rows of old Excel workbooks: the stream Workbook of Excel 97
// to 2003 (BIFF8, [MS-XLS]) and Book of Excel 5 and 95 (BIFF5).
//
// Formulas count by their stored result, hidden rows as rows. Workbooks with a
// password are refused. Nothing that a record says about sizes, places or counts is
// believed: records are read one behind the other, each sheet ends where the next
// begins, and the largest thing that is kept is the table of shared texts.
package xls

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"sync/atomic"

	"golang.org/x/text/encoding"

	"kebu/importers/table/grid"
)

// Types of records ([MS-XLS] 2.3.2).
const (
	recordFormula    = 0x0006
	recordEOF        = 0x000A
	recordDate1904   = 0x0022
	recordFilePass   = 0x002F
	recordContinue   = 0x003C
	recordCodePage   = 0x0042
	recordBoundSheet = 0x0085
	recordMulRK      = 0x00BD
	recordRString    = 0x00D6
	recordXF         = 0x00E0
	recordSST        = 0x00FC
	recordLabelSST   = 0x00FD
	recordNumber     = 0x0203
	recordLabel      = 0x0204
	recordBoolErr    = 0x0205
	recordString     = 0x0207
	recordRK         = 0x027E
	recordFormat     = 0x041E
	recordBOF        = 0x0809
)

const (
	versionBIFF5 = 0x0500
	versionBIFF8 = 0x0600
)

var (
	errShort   = errors.New("record too short")
	errVersion = errors.New("workbook of an unknown version")
)

// Book is an opened workbook. Its methods may be used from several goroutines.
type Book struct {
	src    io.ReaderAt
	size   int64
	limits grid.Limits

	biff8    bool
	charset  encoding.Encoding // of BIFF5
	date1904 bool
	sheets   []grid.Sheet
	starts   []int64 // of the sheets in the stream
	shared   *grid.Texts
	dates    []bool // by the number of a cell's format

	done atomic.Int64
}

// Open reads everything but the rows of the stream of size bytes in src.
func Open(ctx context.Context, src io.ReaderAt, size int64, limits grid.Limits) (*Book, error) {
	b := &Book{src: src, size: size, limits: limits, shared: &grid.Texts{}, charset: charsets[0]}
	if err := b.globals(ctx); err != nil {
		return nil, grid.Damaged("", 0, err)
	}
	return b, nil
}

// globals reads the part of the stream that all sheets share ([MS-XLS] 2.1.7.20.3).
func (b *Book) globals(ctx context.Context) error {
	r := newRecords(ctx, b.src, 0, b.size)
	if err := r.next(); err != nil {
		return err
	}
	if r.kind != recordBOF || len(r.data) < 4 {
		return errVersion
	}
	switch binary.LittleEndian.Uint16(r.data) {
	case versionBIFF8:
		b.biff8 = true
	case versionBIFF5:
	default:
		return errVersion
	}
	codes := map[int]string{}
	var formats []int
	for {
		if err := r.next(); err != nil {
			return err
		}
		var err error
		switch r.kind {
		case recordEOF:
			b.shared.Seal()
			for _, f := range formats {
				b.dates = append(b.dates, grid.IsDateFormat(f, codes[f]))
			}
			return nil
		case recordFilePass:
			return &grid.UnsupportedError{Kind: grid.KindEncrypted}
		case recordDate1904:
			b.date1904 = len(r.data) > 0 && r.data[0] == 1
		case recordCodePage:
			if len(r.data) >= 2 {
				b.charset = charset(binary.LittleEndian.Uint16(r.data))
			}
		case recordFormat:
			err = b.format(r, codes)
		case recordXF:
			if len(r.data) < 4 {
				return errShort
			}
			formats = append(formats, int(binary.LittleEndian.Uint16(r.data[2:])))
		case recordBoundSheet:
			err = b.boundSheet(r)
		case recordSST:
			err = b.sst(r)
		}
		if err != nil {
			return err
		}
		if len(codes)+len(formats) > mostFormats {
			return &grid.LimitError{What: "formats of cells", Limit: mostFormats}
		}
	}
}

// mostFormats is more than the 4,050 of cells that Excel 2003 allows.
const mostFormats = 16_000

// format reads a format of numbers: its number and its code.
func (b *Book) format(r *records, codes map[int]string) error {
	id, err := r.uint16()
	if err != nil {
		return err
	}
	code, err := b.text(r, !b.biff8)
	codes[int(id)] = string(code)
	return err
}

// boundSheet reads where a sheet begins, its state, kind and name. Charts and macro
// sheets have tabs but no cells.
func (b *Book) boundSheet(r *records) error {
	if len(r.data) < 6 {
		return errShort
	}
	start, state, kind := binary.LittleEndian.Uint32(r.data), r.data[4], r.data[5]
	r.data = r.data[6:]
	name, err := b.text(r, true)
	if err != nil || kind != 0 {
		return err
	}
	if int64(len(b.sheets)) == b.limits.Entries {
		return &grid.LimitError{What: "sheets", Limit: b.limits.Entries}
	}
	b.sheets = append(b.sheets, grid.Sheet{Name: string(name), Hidden: state&3 != 0})
	b.starts = append(b.starts, int64(start))
	return nil
}

// Sheets lists the sheets in the order of the tabs.
func (b *Book) Sheets() []grid.Sheet { return b.sheets }

// Date1904 says that the serial numbers of dates count from 1904-01-01.
func (b *Book) Date1904() bool { return b.date1904 }

// Progress tells how far in the workbook the last Rows has read, in bytes.
func (b *Book) Progress() (done, total int64) { return b.done.Load(), b.size }

// end is where a sheet ends at the latest: where the next one in the stream begins.
func (b *Book) end(sheet int) (int64, error) {
	end := b.size
	for i, s := range b.starts {
		if i != sheet && s == b.starts[sheet] {
			return 0, errors.New("two sheets in one place")
		}
		if s > b.starts[sheet] {
			end = min(end, s)
		}
	}
	return end, nil
}

// isDate says whether the cell format of a number is one of dates.
func (b *Book) isDate(format uint16) bool {
	return int(format) < len(b.dates) && b.dates[format]
}

// errorNames are the errors that a cell can hold ([MS-XLS] 2.5.10).
var errorNames = map[byte]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}

func errorCell(code byte) grid.Cell {
	name, ok := errorNames[code]
	if !ok {
		name = "#N/A"
	}
	return grid.Cell{Text: name, Kind: grid.CellError}
}

func boolCell(on byte) grid.Cell {
	if on != 0 {
		return grid.Cell{Text: "TRUE", Kind: grid.CellBool}
	}
	return grid.Cell{Text: "FALSE", Kind: grid.CellBool}
}
