package xlsx

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"

	"kebu/importers/table/grid"
	"kebu/importers/table/stream"
	"kebu/importers/table/xmlscan"
)

// sheetScanner reads the rows of one worksheet part (ECMA-376 part 1, 18.3.1).
type sheetScanner struct {
	x      *xmlscan.Scanner
	shared *grid.Texts
	dates  []bool // by the number of a cell's format
	limits grid.Limits

	row    int         // number of the row begun last
	column int         // of the cell to come, if it does not say which it is
	date   bool        // the format of the cell read last is one of dates
	width  int         // columns of the row up to the last cell that is not empty
	cells  []grid.Cell // by column; those not in used are empty
	used   []int       // columns that this row has set
	last   []string    // by column, the last number: neighbours often have the same
	arena  []byte      // texts of this row that are neither shared nor repeated
	fresh  []fresh     // cells whose text is in the arena
}

// fresh is a cell whose text is arena[start:end] until the row is complete. So a row
// costs one allocation, not one for each cell.
type fresh struct {
	column, start, end int
	kind               grid.CellKind
	date               bool
}

// errStopped says that the consumer wants no more rows.
var errStopped = errors.New("stopped")

func newSheetScanner(src io.Reader, shared *grid.Texts, dates []bool, limits grid.Limits) (*sheetScanner, error) {
	x, err := xmlscan.New(src, limits)
	if err != nil {
		return nil, err
	}
	return &sheetScanner{x: x, shared: shared, dates: dates, limits: limits}, nil
}

// rows reads the whole part, so that truncation and a wrong checksum show even if
// they come behind the last row.
func (s *sheetScanner) rows(ctx context.Context, yield func(grid.Row) bool) error {
	for {
		t, err := s.x.Next(false)
		if err != nil || t == xmlscan.EOF {
			return err
		}
		if t != xmlscan.Start {
			continue
		}
		switch name := string(s.x.Name); {
		case s.x.Depth() == 1 && name != "worksheet":
			return errors.New("part is no worksheet")
		case s.x.Depth() == 1, s.x.Depth() == 2 && s.x.Own && name == "sheetData":
		case s.x.Depth() == 3 && s.x.Own && name == "row":
			if err := ctx.Err(); err != nil {
				return &stream.SourceError{Err: err}
			}
			if err := s.readRow(); err != nil {
				return err
			}
			if s.width > 0 && !yield(grid.Row{Number: s.row, Cells: s.cells[:s.width]}) {
				return errStopped
			}
		default:
			if err := s.x.Skip(); err != nil {
				return err
			}
		}
	}
}

// readRow reads the row just begun into cells[:width].
func (s *sheetScanner) readRow() error {
	for _, c := range s.used {
		s.cells[c] = grid.Cell{}
	}
	s.used, s.fresh, s.arena = s.used[:0], s.fresh[:0], s.arena[:0]
	s.column, s.width = 0, 0
	if err := s.rowNumber(); err != nil {
		return err
	}
	if s.x.Empty() {
		_, err := s.x.Next(false)
		return err
	}
	for plain := s.x.Plain(); ; {
		for plain {
			read, err := s.fastCell()
			if err != nil {
				return err
			}
			if !read {
				break
			}
		}
		t, err := s.x.Next(false)
		switch {
		case err != nil:
			return err
		case t == xmlscan.End:
			s.finish()
			return nil
		case s.x.Own && string(s.x.Name) == "c":
			err = s.cell()
		default:
			err = s.x.Skip()
		}
		if err != nil {
			return err
		}
	}
}

// rowNumber finds the number of the row just begun: what it says, else the next.
func (s *sheetScanner) rowNumber() error {
	s.row++
	for rest := s.x.Attrs; ; {
		name, value, next, err := xmlscan.Attribute(rest)
		if err != nil {
			return err
		}
		if name == nil {
			break
		}
		if rest = next; string(name) == "r" {
			if s.row, err = strconv.Atoi(string(value)); err != nil || s.row < 1 {
				s.row = max(s.row, 0)
				return errors.New("impossible row number")
			}
			break
		}
	}
	if int64(s.row) > s.limits.Rows {
		return &grid.LimitError{What: "rows", Limit: s.limits.Rows}
	}
	return nil
}

// cell reads the cell just begun, whatever its form.
func (s *sheetScanner) cell() error {
	var kind cellType
	s.date = false
	for rest := s.x.Attrs; ; {
		name, value, next, err := xmlscan.Attribute(rest)
		if err != nil {
			return err
		}
		if name == nil {
			break
		}
		rest = next
		switch string(name) {
		case "r":
			column, n := columnOf(value)
			if n == 0 || n == len(value) || digitsEnd(value, n) < len(value) {
				return errors.New("impossible cell reference")
			}
			s.column = column
		case "t":
			kind = typeOf(value)
		case "s":
			s.date = s.isDate(value)
		}
	}
	if err := s.room(); err != nil {
		return err
	}
	depth, start := s.x.Depth(), len(s.arena)
	for {
		t, err := s.x.Next(false)
		if err != nil {
			return err
		}
		if t == xmlscan.End {
			if s.x.Depth() < depth {
				return s.place(kind, start)
			}
			continue
		}
		switch {
		case s.x.Own && string(s.x.Name) == "v" && kind != typeInline:
			s.arena, err = s.x.AppendContent(s.arena[:start], s.limits)
		case s.x.Own && string(s.x.Name) == "is" && kind == typeInline:
			s.arena, err = richText(s.x, s.arena[:start], s.limits)
		default:
			err = s.x.Skip()
		}
		if err != nil {
			return err
		}
	}
}

// room makes the cell at column exist and stops at a row that is too large.
func (s *sheetScanner) room() error {
	if int64(len(s.arena)) > s.limits.RowBytes {
		return &grid.LimitError{What: "bytes in a row", Limit: s.limits.RowBytes}
	}
	if int64(s.column) >= s.limits.Columns {
		return &grid.LimitError{What: "columns", Limit: s.limits.Columns}
	}
	for s.column >= len(s.cells) {
		s.cells, s.last = append(s.cells, grid.Cell{}), append(s.last, "")
	}
	return nil
}

// isDate says whether the cell format of a number is one of dates.
func (s *sheetScanner) isDate(format []byte) bool {
	n := 0
	for _, c := range format {
		if c-'0' > 9 || n > len(s.dates) {
			return false
		}
		n = n*10 + int(c-'0')
	}
	return len(format) > 0 && n < len(s.dates) && s.dates[n]
}

// place sets the next cell from what arena[start:] holds.
func (s *sheetScanner) place(kind cellType, start int) error {
	raw := s.arena[start:]
	s.arena = s.arena[:start]
	switch kind {
	case typeNumber:
		raw = bytes.TrimSpace(raw)
		if n := grid.NumberLength(raw); n > 0 && n == len(raw) {
			s.number(raw)
			return nil
		}
		s.text(raw, grid.CellText) // what it is, though its type is wrong
	case typeShared:
		return s.sharedText(bytes.TrimSpace(raw))
	case typeBool:
		raw = bytes.TrimSpace(raw)
		switch {
		case len(raw) == 0:
			s.column++
		case isTrue(string(raw)):
			s.set(grid.Cell{Text: "TRUE", Kind: grid.CellBool})
		default:
			s.set(grid.Cell{Text: "FALSE", Kind: grid.CellBool})
		}
	case typeError:
		s.text(raw, grid.CellError)
	case typeText, typeInline:
		s.text(unescape(raw), grid.CellText)
	}
	return nil
}

// set puts a cell into the next column.
func (s *sheetScanner) set(c grid.Cell) {
	s.cells[s.column] = c
	s.used = append(s.used, s.column)
	s.column++
	s.width = max(s.width, s.column)
}

func (s *sheetScanner) sharedText(index []byte) error {
	if len(index) == 0 {
		s.column++
		return nil
	}
	text, ok := "", false
	if i, err := strconv.Atoi(string(index)); err == nil {
		text, ok = s.shared.Get(i)
	}
	if !ok {
		return errors.New("shared text that does not exist")
	}
	if text == "" {
		s.column++
		return nil
	}
	s.set(grid.Cell{Text: text, Kind: grid.CellText})
	return nil
}

// number sets the next cell to the number written in raw.
func (s *sheetScanner) number(raw []byte) {
	if last := s.last[s.column]; last == string(raw) {
		s.set(grid.Cell{Text: last, Kind: grid.CellNumber, Date: s.date})
		return
	}
	s.text(raw, grid.CellNumber)
}

// text sets the next cell to raw, which may be the unused end of the arena.
func (s *sheetScanner) text(raw []byte, kind grid.CellKind) {
	if len(raw) == 0 {
		s.column++
		return
	}
	start := len(s.arena)
	s.arena = append(s.arena, raw...)
	s.fresh = append(s.fresh, fresh{s.column, start, len(s.arena), kind, s.date && kind == grid.CellNumber})
	s.set(grid.Cell{Kind: kind})
}

// finish gives the fresh cells of the row their texts.
func (s *sheetScanner) finish() {
	text := string(s.arena)
	for _, f := range s.fresh {
		c := grid.Cell{Text: text[f.start:f.end], Kind: f.kind, Date: f.date}
		switch f.kind {
		case grid.CellText:
			c = grid.TextCell(c.Text)
		case grid.CellNumber:
			s.last[f.column] = c.Text
		case grid.CellEmpty, grid.CellBool, grid.CellError:
		}
		s.cells[f.column] = c
	}
	for s.width > 0 && s.cells[s.width-1].Kind == grid.CellEmpty {
		s.width--
	}
}

// cellType is the t attribute of a cell.
type cellType uint8

const (
	typeNumber cellType = iota // n, or none
	typeText                   // str: result of a formula; d: date as ISO 8601
	typeShared
	typeInline
	typeBool
	typeError
)

func typeOf(t []byte) cellType {
	switch string(t) {
	case "s":
		return typeShared
	case "str", "d":
		return typeText
	case "inlineStr":
		return typeInline
	case "b":
		return typeBool
	case "e":
		return typeError
	}
	return typeNumber
}
