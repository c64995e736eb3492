package table

import (
	"errors"
	"fmt"
)

// ErrNotNumber says that a cell holds no number.
var ErrNotNumber = errors.New("cell holds no number")

// ErrNoSuchDay says that a serial number stands for no day of the calendar.
var ErrNoSuchDay = errors.New("serial number outside the calendar")

// ErrEncoding says that Options.Encoding names no known encoding.
var ErrEncoding = errors.New("unknown encoding")

// UnsupportedError says that a file is of a kind that this package does not read.
type UnsupportedError struct{ Kind Kind }

func (e *UnsupportedError) Error() string { return "cannot read " + e.Kind.String() }

// LimitError says that a file holds more than is allowed of something.
type LimitError struct {
	What  string // what there is too much of, such as "rows"
	Limit int64
}

func (e *LimitError) Error() string { return fmt.Sprintf("more than %d %s", e.Limit, e.What) }

// DamageError says where a file is broken.
type DamageError struct {
	Part string // the file inside the workbook; empty for the workbook itself
	Row  int    // the last row begun, 0 before the first
	Err  error
}

func (e *DamageError) Error() string {
	switch {
	case e.Part == "":
		return fmt.Sprintf("damaged workbook: %v", e.Err)
	case e.Row == 0:
		return fmt.Sprintf("damaged workbook: %s: %v", e.Part, e.Err)
	}
	return fmt.Sprintf("damaged workbook: %s, row %d: %v", e.Part, e.Row, e.Err)
}

func (e *DamageError) Unwrap() error { return e.Err }

// Flaws is a set of things that had to be mended to read a row of a text file.
type Flaws uint8

// What may be wrong with a row.
const (
	// FlawQuote: a quotation mark that opens a cell is never closed, so that it
	// was read as a plain character and the cell ends with its line.
	FlawQuote Flaws = 1 << iota
	// FlawEncoding: bytes that stand for nothing in the encoding, or that an
	// earlier program could not read, were read as U+FFFD.
	FlawEncoding
	// FlawNUL: NUL bytes were dropped.
	FlawNUL
)
