package sheet

import "errors"

// ErrNoPrinter means that this computer has no printer, or nothing that prints.
var ErrNoPrinter = errors.New("no printer")
