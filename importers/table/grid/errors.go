package grid

import (
	"errors"
	"fmt"
	"io"

	"kebu/importers/table/stream"
)

// ErrNotNumber says that a cell holds no number.
var ErrNotNumber = errors.New("cell holds no number")

// ErrNoSuchDay says that a serial number stands for no day of the calendar.
var ErrNoSuchDay = errors.New("serial number outside the calendar")

// UnsupportedError says that a file is of a kind that this program does not read.
type UnsupportedError struct{ Kind Kind }

func (e *UnsupportedError) Error() string { return "cannot read " + e.Kind.String() }

// PasswordError says that a workbook is locked with a password.
type PasswordError struct {
	Wrong bool // passwords were given, and none of them opens it
}

func (e *PasswordError) Error() string {
	if e.Wrong {
		return "wrong password of the workbook"
	}
	return "the workbook needs a password"
}

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

// Damaged makes err a DamageError unless it has another cause than the content.
func Damaged(part string, row int, err error) error {
	var (
		of       *stream.SourceError
		limit    *LimitError
		kind     *UnsupportedError
		known    *DamageError
		password *PasswordError
	)
	switch {
	case errors.As(err, &of):
		return fmt.Errorf("read workbook: %w", of.Err)
	case errors.As(err, &limit), errors.As(err, &kind), errors.As(err, &known), errors.As(err, &password):
		return err
	case errors.Is(err, io.EOF):
		err = io.ErrUnexpectedEOF
	}
	return &DamageError{Part: part, Row: row, Err: err}
}
