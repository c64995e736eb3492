package grid

// Limits bound what one file may cost. Exceeding one is a [*LimitError].
type Limits struct {
	FileBytes     int64 // size of the file
	Entries       int64 // files inside a workbook
	UnzippedBytes int64 // bytes that opening a workbook and reading one sheet inflate
	Ratio         int64 // inflated to packed bytes of one part, past its first 64 MiB
	Rows          int64 // highest row number
	Columns       int64 // columns of a workbook
	TextColumns   int64 // columns of a text file
	CellBytes     int64 // UTF-8 bytes of one cell, at most 2 MiB
	RowBytes      int64 // UTF-8 bytes of one row
	SharedStrings int64 // entries of a workbook's table of repeated texts
	SharedBytes   int64 // UTF-8 bytes of that table
}

// DefaultLimits allow any honest export and keep a hostile one below 256 MiB of
// memory and about ten seconds.
func DefaultLimits() Limits {
	return Limits{
		// Ten years of a busy shop's orders as CSV.
		FileBytes: 1 << 30,
		// Workbooks of programs have some dozens of parts, with many pictures
		// some thousands.
		Entries: 10_000,
		// A 20 MB export of 540,000 rows holds 173 MB of XML; a full sheet of
		// 1,048,576 rows and 40 columns about 1.8 GB.
		UnzippedBytes: 2 << 30,
		// Sheets of real exports inflate 5 to 20 times, sheets of empty rows up
		// to 60 times. Deflate cannot exceed 1,032.
		Ratio: 200,
		// Twice what a sheet can have, for text files.
		Rows: 1 << 21,
		// What a sheet can have.
		Columns: 16_384,
		// The widest export known has some 200.
		TextColumns: 2_000,
		// A spreadsheet cell has at most 32,767 characters; text exports with
		// whole chats in a cell are longer.
		CellBytes: 1 << 20,
		RowBytes:  16 << 20,
		// A full sheet in which 8 columns never repeat, 16 bytes each.
		SharedStrings: 8 << 20,
		SharedBytes:   128 << 20,
	}
}

// OrDefaults is l with the value of DefaultLimits in each field that is 0.
func (l Limits) OrDefaults() Limits {
	d := DefaultLimits()
	for _, f := range []struct{ have, def *int64 }{
		{&l.FileBytes, &d.FileBytes},
		{&l.Entries, &d.Entries},
		{&l.UnzippedBytes, &d.UnzippedBytes},
		{&l.Ratio, &d.Ratio},
		{&l.Rows, &d.Rows},
		{&l.Columns, &d.Columns},
		{&l.TextColumns, &d.TextColumns},
		{&l.CellBytes, &d.CellBytes},
		{&l.RowBytes, &d.RowBytes},
		{&l.SharedStrings, &d.SharedStrings},
		{&l.SharedBytes, &d.SharedBytes},
	} {
		if *f.have == 0 {
			*f.have = *f.def
		}
	}
	l.CellBytes = min(l.CellBytes, maxCellBytes)
	return l
}

// maxCellBytes bounds what a reader may look ahead in one cell.
const maxCellBytes = 2 << 20
