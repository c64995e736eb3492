package xlsx

import (
	"unicode/utf8"

	"kebu/importers/table/grid"
	"kebu/importers/table/xmlscan"
)

// fastCell reads the next cell if it stands whole in the window in one of the forms
// that the known programs write, such as <c r="A1" s="1" t="s"><v>0</v></c>, and
// holds no markup. Nearly all cells do. It reports false, having read nothing, for any
// other: cell reads those, and would read these too.
func (s *sheetScanner) fastCell() (bool, error) {
	b := s.x.Buf[s.x.R:s.x.W]
	if len(b) < 3 || b[0] != '<' || b[1] != 'c' {
		return false, nil
	}
	kind, column, date, i := typeNumber, s.column, false, 2
	for i+4 < len(b) && b[i] == ' ' {
		name := b[i+1]
		if b[i+2] != '=' || b[i+3] != '"' {
			return false, nil
		}
		i += 4
		start := i
		switch name {
		case 'r':
			var n int
			if column, n = columnOf(b[i:]); n == 0 {
				return false, nil
			}
			i += n
			row := i
			if i = digitsEnd(b, i); i == row {
				return false, nil
			}
		case 's':
			i = digitsEnd(b, i)
			date = s.isDate(b[start:i])
		case 't':
			for i < len(b) && b[i]|0x20-'a' < 26 {
				i++
			}
			kind = typeOf(b[start:i])
		default:
			return false, nil
		}
		if i >= len(b) || b[i] != '"' {
			return false, nil
		}
		i++
	}
	if follows(b, i, "/>") {
		s.column = column + 1
		s.x.R += i + 2
		return true, nil
	}
	value, end := fastValue(b, i, kind)
	if end == 0 || int64(len(value)) > s.limits.CellBytes {
		return false, nil
	}
	s.column, s.date = column, date
	if err := s.room(); err != nil {
		return false, err
	}
	s.x.R += end
	switch kind {
	case typeShared:
		return true, s.sharedText(value)
	case typeNumber:
		s.number(value)
	case typeText, typeInline:
		s.text(value, grid.CellText)
	case typeBool, typeError: // fastValue leaves them to cell
	}
	return true, nil
}

// fastValue finds the value of a cell whose tag ends at i, and the end of the cell, 0
// if it has another form.
func fastValue(b []byte, i int, kind cellType) (value []byte, end int) {
	opening, closing := "><v>", "</v></c>"
	n := 0
	switch kind {
	case typeShared, typeNumber:
		if !follows(b, i, opening) {
			return nil, 0
		}
		i += len(opening)
		n = grid.NumberLength(b[i:])
	case typeInline:
		opening, closing = "><is><t>", "</t></is></c>"
		if preserved := `><is><t xml:space="preserve">`; follows(b, i, preserved) {
			opening = preserved
		}
		fallthrough
	case typeText:
		if !follows(b, i, opening) {
			return nil, 0
		}
		i += len(opening)
		n = plainLength(b[i:])
	case typeBool, typeError:
		return nil, 0
	}
	if n == 0 || !follows(b, i+n, closing) {
		return nil, 0
	}
	return b[i : i+n], i + n + len(closing)
}

// fastShared is the text of the next entry of the table of shared texts if that stands
// whole in the window and is nothing but a text. It reads nothing otherwise.
func fastShared(x *xmlscan.Scanner, limits grid.Limits) (text []byte, read bool) {
	b := x.Buf[x.R:x.W]
	opening := "<si><t>"
	if preserved := `<si><t xml:space="preserve">`; follows(b, 0, preserved) {
		opening = preserved
	}
	if !follows(b, 0, opening) {
		return nil, false
	}
	b = b[len(opening):]
	n := plainLength(b)
	const closing = "</t></si>"
	if n == 0 || int64(n) > limits.CellBytes || !follows(b, n, closing) {
		return nil, false
	}
	x.R += len(opening) + n + len(closing)
	return b[:n], true
}

// plainLength is the length of the text up to the next tag if it stands there as it
// is meant: no entities, escapes or carriage returns, nothing that XML forbids. It is 0
// if not.
func plainLength(b []byte) int {
	ascii := true
	for i, c := range b {
		switch {
		case c == '<':
			if !ascii && xmlscan.CheckText(b[:i]) != nil {
				return 0
			}
			return i
		case c >= utf8.RuneSelf:
			ascii = false
		case c == '&', c < 0x20 && c != '\t' && c != '\n', c == '_' && i+1 < len(b) && b[i+1] == 'x':
			return 0
		}
	}
	return 0
}

// follows says that s stands at b[i:].
func follows(b []byte, i int, s string) bool {
	return i+len(s) <= len(b) && string(b[i:i+len(s)]) == s
}

func digitsEnd(b []byte, i int) int {
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	return i
}

// columnOf reads the letters at the start of a cell reference: A is 0. n is how many
// there are, 0 if not 1 to 3.
func columnOf(ref []byte) (column, n int) {
	for n < len(ref) && ref[n]-'A' < 26 {
		if n == 3 {
			return 0, 0
		}
		column = column*26 + int(ref[n]-'A') + 1
		n++
	}
	return column - 1, n
}
