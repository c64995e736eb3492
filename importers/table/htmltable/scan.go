package htmltable

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kebu/importers/table/grid"
)

// tableRow is a row with a cell that is not empty. Its cells are valid until the next.
type tableRow struct {
	table  int // in the order in which tables begin
	number int // from 1
	cells  []grid.Cell
	flaws  grid.Flaws
}

// errDone says that the table asked for has ended.
var errDone = errors.New("done")

// scanner takes a page apart. Where tags are left out or cross, a tag ends what
// cannot go on beside it, as in a browser.
type scanner struct {
	limits grid.Limits
	last   int // the table whose end is the end of the work, 0 for none
	do     func(tableRow) error
	begun  int // tables
	open   []*openTable
	hidden int // of style, script and the like, whose text nobody sees
}

// openTable is a table whose end is to come.
type openTable struct {
	number int // in the order in which tables begin
	row    int // number of the row begun last
	inRow  bool
	inCell bool
	cells  []grid.Cell // by column; those not in used are empty
	used   []int
	next   int   // column of the next cell
	spans  []int // by column, in how many rows to come a cell from above stands
	down   int   // the most of spans
	bytes  int64
	flaws  grid.Flaws

	text  []byte // of the cell
	space bool   // white space is due before the next character
	width int    // of the cell in columns
	depth int    // of the cell in rows
}

// invisible are elements whose text is not shown.
var invisible = []atom.Atom{atom.Script, atom.Style, atom.Title, atom.Template, atom.Noscript, atom.Textarea, atom.Select, atom.Xmp}

// breaks are elements that begin a new line.
var breaks = []atom.Atom{atom.Br, atom.P, atom.Div, atom.Li}

func (s *scanner) scan(r io.Reader) error {
	z := html.NewTokenizer(r)
	z.SetMaxBuf(int(min(2*s.limits.CellBytes, 1<<30))) // an entity is longer than what it stands for
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if err := s.token(z, kind); err != nil {
			return err
		}
	}
	err := z.Err()
	switch {
	case errors.Is(err, html.ErrBufferExceeded):
		return &grid.LimitError{What: "bytes in a cell", Limit: s.limits.CellBytes}
	case !errors.Is(err, io.EOF):
		return err
	}
	for len(s.open) > 0 {
		if err := s.endTable(); err != nil {
			return err
		}
	}
	return nil
}

func (s *scanner) token(z *html.Tokenizer, kind html.TokenType) error {
	switch kind {
	case html.TextToken:
		if t := s.table(); t != nil && t.inCell && s.hidden == 0 {
			return s.add(t, z.Text())
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		name, attrs := z.TagName()
		return s.start(z, atom.Lookup(name), attrs, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := z.TagName()
		return s.end(atom.Lookup(name))
	case html.ErrorToken, html.CommentToken, html.DoctypeToken:
	}
	return nil
}

// table is the innermost open table, nil for none.
func (s *scanner) table() *openTable {
	if len(s.open) == 0 {
		return nil
	}
	return s.open[len(s.open)-1]
}

func (s *scanner) start(z *html.Tokenizer, tag atom.Atom, attrs, closed bool) error {
	if slices.Contains(invisible, tag) {
		if !closed {
			s.hidden++
		}
		return nil
	}
	t := s.table()
	switch tag {
	case atom.Table:
		s.hidden = 0
		if s.begun++; len(s.open) == mostDepth {
			return &grid.LimitError{What: "tables in one another", Limit: mostDepth}
		}
		if s.begun > mostTables {
			return &grid.LimitError{What: "tables", Limit: mostTables}
		}
		s.open = append(s.open, &openTable{number: s.begun})
	case atom.Tr:
		s.hidden = 0
		if t != nil {
			return s.beginRow(t)
		}
	case atom.Td, atom.Th:
		s.hidden = 0
		if t != nil {
			return s.beginCell(t, z, attrs)
		}
	default:
		if t != nil && t.inCell && slices.Contains(breaks, tag) {
			t.newLine()
		}
	}
	return nil
}

func (s *scanner) end(tag atom.Atom) error {
	if slices.Contains(invisible, tag) {
		s.hidden = max(0, s.hidden-1)
		return nil
	}
	t := s.table()
	if t == nil {
		return nil
	}
	switch tag {
	case atom.Table:
		return s.endTable()
	case atom.Tr:
		return s.endRow(t)
	case atom.Td, atom.Th:
		return s.endCell(t)
	case atom.P, atom.Div:
		if t.inCell {
			t.newLine()
		}
	default:
	}
	return nil
}

// newLine ends the line begun, if it is not empty.
func (t *openTable) newLine() {
	if t.space = false; len(t.text) > 0 && t.text[len(t.text)-1] != '\n' {
		t.text = append(t.text, '\n')
	}
}

// add appends text to the cell, white space made one.
func (s *scanner) add(t *openTable, text []byte) error {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		if unicode.IsSpace(r) || r == 0 {
			t.space = true
		} else {
			if t.space && len(t.text) > 0 && t.text[len(t.text)-1] != '\n' {
				t.text = append(t.text, ' ')
			}
			t.text, t.space = utf8.AppendRune(t.text, r), false
		}
		text = text[n:]
	}
	if int64(len(t.text)) > s.limits.CellBytes {
		return &grid.LimitError{What: "bytes in a cell", Limit: s.limits.CellBytes}
	}
	return nil
}

func (s *scanner) beginRow(t *openTable) error {
	if err := s.endRow(t); err != nil {
		return err
	}
	t.inRow = true
	if t.row++; int64(t.row) > s.limits.Rows {
		return &grid.LimitError{What: "rows", Limit: s.limits.Rows}
	}
	return nil
}

// beginCell begins a cell, and a row if a page leaves that out.
func (s *scanner) beginCell(t *openTable, z *html.Tokenizer, attrs bool) error {
	if err := s.endCell(t); err != nil {
		return err
	}
	if !t.inRow {
		if err := s.beginRow(t); err != nil {
			return err
		}
	}
	t.inCell, t.text, t.space, t.width, t.depth = true, t.text[:0], false, 1, 1
	for attrs {
		var key, value []byte
		key, value, attrs = z.TagAttr()
		switch string(key) {
		case "colspan":
			t.width = span(value, 1000)
		case "rowspan":
			t.depth = span(value, 65534)
		}
	}
	return nil
}

// span reads how far a cell reaches, at most as far as a browser lets it (HTML 4.9.11).
func span(value []byte, most int) int {
	n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

// endCell puts the cell into the first column that is free.
func (s *scanner) endCell(t *openTable) error {
	if !t.inCell {
		return nil
	}
	t.inCell = false
	column := t.next
	for column < len(t.spans) && t.spans[column] > 0 {
		column++
	}
	if t.next = column + t.width; int64(t.next) > s.limits.TextColumns {
		return &grid.LimitError{What: "columns", Limit: s.limits.TextColumns}
	}
	if t.bytes += int64(len(t.text)); t.bytes > s.limits.RowBytes {
		return &grid.LimitError{What: "bytes in a row", Limit: s.limits.RowBytes}
	}
	if t.depth > 1 {
		for len(t.spans) < t.next {
			t.spans = append(t.spans, 0)
		}
		for i := column; i < t.next; i++ {
			t.spans[i] = t.depth // this row counts too
		}
		t.down = max(t.down, t.depth)
	}
	if bytes.ContainsRune(t.text, utf8.RuneError) {
		t.flaws |= grid.FlawEncoding
	}
	cell := grid.TextCell(string(bytes.TrimRight(t.text, "\n")))
	if cell.Kind == grid.CellEmpty {
		return nil
	}
	for len(t.cells) <= column {
		t.cells = append(t.cells, grid.Cell{})
	}
	t.cells[column] = cell
	t.used = append(t.used, column)
	return nil
}

// endRow hands the row over.
func (s *scanner) endRow(t *openTable) error {
	if err := s.endCell(t); err != nil {
		return err
	}
	if !t.inRow {
		return nil
	}
	t.inRow = false
	if t.down > 0 {
		t.down--
		for i := range t.spans {
			t.spans[i] = max(0, t.spans[i]-1)
		}
	}
	row := tableRow{table: t.number, number: t.row, flaws: t.flaws}
	var err error
	if n := len(t.used); n > 0 {
		row.cells = t.cells[:t.used[n-1]+1]
		err = s.do(row)
	}
	for _, c := range t.used {
		t.cells[c] = grid.Cell{}
	}
	t.used, t.next, t.bytes, t.flaws = t.used[:0], 0, 0, 0
	return err
}

func (s *scanner) endTable() error {
	t := s.table()
	err := s.endRow(t)
	s.open = s.open[:len(s.open)-1]
	if err == nil && t.number == s.last {
		err = errDone
	}
	return err
}
