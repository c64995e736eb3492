package xmlsheet

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"kebu/importers/table/grid"
	"kebu/importers/table/xmlscan"
)

// errStopped says that nobody wants more of the document.
var errStopped = errors.New("stopped")

// noSheet is the sheet of a scan that looks for sheets only.
const noSheet = -1

// scanner goes through a document: Workbook > Worksheet > Table > Row > Cell > Data.
type scanner struct {
	x      *xmlscan.Scanner
	limits grid.Limits
	sheet  int // whose rows are wanted
	do     func(grid.Row) bool

	sheets   []grid.Sheet // so far
	date1904 bool

	row    int         // number of the row begun last
	column int         // of the cell to come, from 0
	cells  []grid.Cell // by column; those not in used are empty
	used   []int       // columns that this row has set
	bytes  int64       // of the texts of the row
	flaws  grid.Flaws
	text   []byte // of the cell
}

// each hands the children of the element just begun to do, which may leave of them
// what it likes.
func (s *scanner) each(do func(name string) error) error {
	depth := s.x.Depth()
	for {
		t, err := s.x.Next(false)
		if err != nil {
			return err
		}
		if t == xmlscan.End && s.x.Depth() < depth {
			return nil
		}
		if t != xmlscan.Start {
			continue
		}
		if err := do(string(s.x.Name)); err != nil {
			return err
		}
		for s.x.Depth() > depth {
			if _, err := s.x.Next(false); err != nil {
				return err
			}
		}
	}
}

func (s *scanner) workbook() error {
	if t, err := s.x.Next(false); err != nil || t != xmlscan.Start || string(s.x.Name) != "Workbook" {
		return errors.Join(err, errors.New("document is no workbook"))
	}
	err := s.each(func(name string) error {
		switch {
		case name == "Worksheet" && s.x.Own:
			return s.worksheet()
		case name == "ExcelWorkbook":
			return s.each(func(name string) error {
				s.date1904 = s.date1904 || name == "Date1904"
				return nil
			})
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = s.x.Next(false) // nothing may follow
	return err
}

func (s *scanner) worksheet() error {
	attrs, err := s.x.Attributes(":Name")
	if err != nil {
		return err
	}
	if len(s.sheets) == mostSheets {
		return &grid.LimitError{What: "sheets", Limit: mostSheets}
	}
	n := len(s.sheets)
	s.sheets = append(s.sheets, grid.Sheet{Name: attrs[0]})
	err = s.each(func(name string) error {
		switch {
		case name == "Table" && s.x.Own && n == s.sheet:
			return s.table()
		case name == "WorksheetOptions":
			return s.each(func(name string) error {
				if name != "Visible" {
					return nil
				}
				text, err := s.x.AppendContent(nil, s.limits)
				s.sheets[n].Hidden = strings.HasPrefix(strings.TrimSpace(string(text)), "Sheet") // SheetHidden, SheetVeryHidden
				return err
			})
		}
		return nil
	})
	if err == nil && n == s.sheet {
		return errStopped
	}
	return err
}

func (s *scanner) table() error {
	return s.each(func(name string) error {
		if name != "Row" || !s.x.Own {
			return nil
		}
		return s.readRow()
	})
}

// readRow reads the row just begun and hands it over. Rows that are like it may follow
// it untold.
func (s *scanner) readRow() error {
	attrs, err := s.x.Attributes(":Index", ":Span")
	if err != nil {
		return err
	}
	if s.row, err = position(attrs[0], s.row+1, s.limits.Rows, "rows"); err != nil {
		return err
	}
	alike, err := position(attrs[1], 0, s.limits.Rows, "rows")
	if err != nil {
		return err
	}
	for _, c := range s.used {
		s.cells[c] = grid.Cell{}
	}
	s.used, s.column, s.bytes, s.flaws = s.used[:0], 0, 0, 0
	err = s.each(func(name string) error {
		if name != "Cell" || !s.x.Own {
			return nil
		}
		return s.readCell()
	})
	if err != nil {
		return err
	}
	if n := len(s.used); n > 0 && !s.do(grid.Row{Number: s.row, Cells: s.cells[:s.used[n-1]+1], Flaws: s.flaws}) {
		return errStopped
	}
	s.row += alike
	return nil
}

// position reads a number of at least least, which it is where nothing is written.
func position(text string, least int, most int64, what string) (int, error) {
	n := least
	if text != "" {
		var err error
		if n, err = strconv.Atoi(text); errors.Is(err, strconv.ErrRange) && n > 0 {
			return 0, &grid.LimitError{What: what, Limit: most}
		} else if err != nil || n < least {
			return 0, errors.New("impossible place of a row or a cell")
		}
	}
	if int64(n) > most {
		return 0, &grid.LimitError{What: what, Limit: most}
	}
	return n, nil
}

func (s *scanner) readCell() error {
	attrs, err := s.x.Attributes(":Index", ":MergeAcross")
	if err != nil {
		return err
	}
	place, err := position(attrs[0], s.column+1, s.limits.Columns, "columns")
	if err != nil {
		return err
	}
	merged, err := position(attrs[1], 0, s.limits.Columns, "columns")
	if err != nil {
		return err
	}
	s.column = place + merged
	return s.each(func(name string) error {
		if name != "Data" || !s.x.Own {
			return nil
		}
		return s.data(place - 1)
	})
}

// data sets the cell of a column to the Data just begun.
func (s *scanner) data(column int) error {
	attrs, err := s.x.Attributes(":Type")
	if err != nil {
		return err
	}
	if err := s.content(); err != nil {
		return err
	}
	if s.bytes += int64(len(s.text)); s.bytes > s.limits.RowBytes {
		return &grid.LimitError{What: "bytes in a row", Limit: s.limits.RowBytes}
	}
	if bytes.ContainsRune(s.text, utf8.RuneError) {
		s.flaws |= grid.FlawEncoding
	}
	cell := cellOf(attrs[0], string(s.text))
	if cell.Kind == grid.CellEmpty || len(s.used) > 0 && s.used[len(s.used)-1] == column {
		return nil
	}
	for len(s.cells) <= column {
		s.cells = append(s.cells, grid.Cell{})
	}
	s.cells[column] = cell
	s.used = append(s.used, column)
	return nil
}

// content reads the text of the element just begun, that of its parts too: a text of
// several looks is written as HTML.
func (s *scanner) content() error {
	s.text = s.text[:0]
	for depth := s.x.Depth(); ; {
		t, err := s.x.Next(true)
		if err != nil {
			return err
		}
		if t == xmlscan.Text {
			if s.text, err = xmlscan.AppendText(s.text, s.x.Text, s.x.CDATA); err != nil {
				return err
			}
			if int64(len(s.text)) > s.limits.CellBytes {
				return &grid.LimitError{What: "bytes in a cell", Limit: s.limits.CellBytes}
			}
		}
		if t == xmlscan.End && s.x.Depth() < depth {
			return nil
		}
	}
}

// cellOf is the cell of a text and its type; a text that is not of its type is one.
func cellOf(kind, text string) grid.Cell {
	bare := strings.TrimSpace(text)
	switch {
	case bare == "":
	case kind == "Number" && grid.NumberLength([]byte(bare)) == len(bare):
		return grid.Cell{Text: bare, Kind: grid.CellNumber}
	case kind == "Boolean" && bare == "1":
		return grid.Cell{Text: "TRUE", Kind: grid.CellBool}
	case kind == "Boolean" && bare == "0":
		return grid.Cell{Text: "FALSE", Kind: grid.CellBool}
	case kind == "Error":
		return grid.Cell{Text: bare, Kind: grid.CellError}
	}
	return grid.TextCell(text)
}
