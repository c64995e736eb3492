package grid

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

// Flaws is a set of things that had to be mended to read a row.
type Flaws uint8

// What may be wrong with a row.
const (
	// FlawQuote: a quotation mark that opens a cell is never closed, so that it
	// was read as a plain character and the cell ends with its line. Between TABs
	// it is no flaw.
	FlawQuote Flaws = 1 << iota
	// FlawEncoding: bytes that stand for nothing in the encoding, or that an
	// earlier program could not read, were read as U+FFFD.
	FlawEncoding
	// FlawNUL: NUL bytes were dropped.
	FlawNUL
)
