package list

import (
	"bufio"
	"io"
	"strings"
)

// text writes RFC 4180 with a byte order mark, by which Excel knows UTF-8, and
// CRLF. encoding/csv is not used because its CRLF mode rewrites line breaks
// inside cells.
type text struct {
	w       *bufio.Writer
	columns []Column
	o       Options
}

func newText(w io.Writer, columns []Column, o Options) *text {
	return newTextBelow(w, columns, 0, o)
}

// newTextBelow leaves rows blank above the headers.
func newTextBelow(w io.Writer, columns []Column, above int, o Options) *text {
	t := &text{bufio.NewWriterSize(w, bufferSize), columns, o}
	// A bufio.Writer keeps its first error; close reports it.
	_, _ = t.w.WriteString("\ufeff" + strings.Repeat("\r\n", above))
	for i, c := range columns {
		t.cell(i, guard(c.Title))
	}
	_, _ = t.w.WriteString("\r\n")
	return t
}

// bufferSize spares the writer below many small calls.
const bufferSize = 64 << 10

func (t *text) row(values []Value) (bool, error) {
	for i, v := range values {
		s := v.plain(t.columns[i].Currency, t.o.Zone)
		switch {
		case v.isText():
			s = guard(s)
		case v.kind == Verbatim && !figures(s):
			s = guard(s)
		}
		t.cell(i, s)
	}
	_, err := t.w.WriteString("\r\n")
	return true, err
}

// figures reports whether s has nothing that a formula is made of: a guard
// before the minus of an amount would not be taken away again.
func figures(s string) bool {
	return s != "" && strings.IndexAny(s[:1], "+-") == 0 && strings.Trim(s[1:], "0123456789.,-—– ") == ""
}

// cell writes one field, quoted where RFC 4180 or a spreadsheet's guess at
// another separator asks for it.
func (t *text) cell(column int, s string) {
	if column > 0 {
		_ = t.w.WriteByte(',')
	}
	// A record of one blank cell would be an empty line, which readers skip.
	blank := s == "" && len(t.columns) == 1
	if !blank && !strings.ContainsAny(s, "\",;|'\t\r\n") && strings.TrimSpace(s) == s {
		_, _ = t.w.WriteString(s)
		return
	}
	_ = t.w.WriteByte('"')
	for {
		before, after, quote := strings.Cut(s, `"`)
		_, _ = t.w.WriteString(before)
		if !quote {
			break
		}
		_, _ = t.w.WriteString(`""`)
		s = after
	}
	_ = t.w.WriteByte('"')
}

func (t *text) close() error { return t.w.Flush() }
