package table

import (
	"time"

	"kebu/importers/table/charset"
	"kebu/importers/table/grid"
)

// The kinds of cells, flaws and files, and the errors, as the readers know them.
const (
	CellEmpty  = grid.CellEmpty
	CellText   = grid.CellText
	CellNumber = grid.CellNumber
	CellBool   = grid.CellBool
	CellError  = grid.CellError

	FlawQuote    = grid.FlawQuote
	FlawEncoding = grid.FlawEncoding
	FlawNUL      = grid.FlawNUL

	KindText      = grid.KindText
	KindXLSX      = grid.KindXLSX
	KindXLS       = grid.KindXLS
	KindEncrypted = grid.KindEncrypted
	KindOLE       = grid.KindOLE
	KindXLSB      = grid.KindXLSB
	KindODS       = grid.KindODS
	KindHTML      = grid.KindHTML
	KindXMLSheet  = grid.KindXMLSheet
	KindXML       = grid.KindXML
	KindZip       = grid.KindZip
	KindArchive   = grid.KindArchive
	KindPDF       = grid.KindPDF
	KindImage     = grid.KindImage
	KindBinary    = grid.KindBinary
	KindEmpty     = grid.KindEmpty
)

// Errors that are told by errors.Is.
var (
	ErrNotNumber = grid.ErrNotNumber
	ErrNoSuchDay = grid.ErrNoSuchDay
	ErrEncoding  = charset.ErrEncoding
)

// DefaultLimits are [grid.DefaultLimits].
func DefaultLimits() Limits { return grid.DefaultLimits() }

// SerialTime is [grid.SerialTime].
func SerialTime(serial float64, date1904 bool) (time.Time, error) {
	return grid.SerialTime(serial, date1904)
}

// Time is SerialTime in the date system of the workbook.
func (w *Workbook) Time(serial float64) (time.Time, error) {
	return SerialTime(serial, w.Date1904())
}
