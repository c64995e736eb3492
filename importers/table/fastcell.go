package table

// plain says that elements of the root's namespace have no prefix and that nothing
// since the root element has declared another namespace.
func (s *xmlScanner) plain() bool {
	if len(s.marks) == 0 || len(s.scope) > 0 && s.scope[len(s.scope)-1].depth > 1 {
		return false
	}
	first := s.open
	if len(s.marks) > 1 {
		first = s.open[:s.marks[1]]
	}
	for _, c := range first {
		if c == ':' {
			return false
		}
	}
	return true
}

// fastCell reads the next cell if it stands whole in the window in the form that all
// known programs write, <c r="A1" s="1" t="s"><v>0</v></c>, and holds a number or a
// shared text. Nine of ten cells do. It reports false, having read nothing, for any
// other: cell reads those, and would read these too.
func (s *sheetScanner) fastCell() (bool, error) {
	b := s.x.buf[s.x.r:s.x.w]
	if len(b) < 3 || b[0] != '<' || b[1] != 'c' {
		return false, nil
	}
	kind, column, i := typeNumber, s.column, 2
	for i+4 < len(b) && b[i] == ' ' {
		name := b[i+1]
		if b[i+2] != '=' || b[i+3] != '"' {
			return false, nil
		}
		i += 4
		switch name {
		case 'r':
			var n int
			if column, n = columnOf(b[i:]); n == 0 {
				return false, nil
			}
			i += n
			start := i
			for i < len(b) && b[i]-'0' <= 9 {
				i++
			}
			if i == start {
				return false, nil
			}
		case 't':
			if b[i] != 's' && b[i] != 'n' {
				return false, nil
			}
			if b[i] == 's' {
				kind = typeShared
			}
			i++
		case 's':
			for i < len(b) && b[i]-'0' <= 9 {
				i++
			}
		default:
			return false, nil
		}
		if i >= len(b) || b[i] != '"' {
			return false, nil
		}
		i++
	}
	if i+2 <= len(b) && b[i] == '/' && b[i+1] == '>' {
		s.column = column + 1
		s.x.r += i + 2
		return true, nil
	}
	if i+4 > len(b) || string(b[i:i+4]) != "><v>" {
		return false, nil
	}
	i += 4
	n := numberLength(b[i:])
	value, end := b[i:i+n], i+n
	const closing = "</v></c>"
	if n == 0 || end+len(closing) > len(b) || string(b[end:end+len(closing)]) != closing {
		return false, nil
	}
	s.column = column
	if err := s.room(); err != nil {
		return false, err
	}
	s.x.r += end + len(closing)
	if kind == typeShared {
		return true, s.sharedText(value)
	}
	s.number(value)
	return true, nil
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

// numberLength is the length of the xsd:double at the start of b, without INF and
// NaN, which no cell holds. It is 0 if there is none.
func numberLength(b []byte) int {
	i := 0
	if i < len(b) && (b[i] == '-' || b[i] == '+') {
		i++
	}
	digits := i
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	digits = i - digits
	if i < len(b) && b[i] == '.' {
		i++
		from := i
		for i < len(b) && b[i]-'0' <= 9 {
			i++
		}
		digits += i - from
	}
	if digits == 0 {
		return 0
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		j := i + 1
		if j < len(b) && (b[j] == '-' || b[j] == '+') {
			j++
		}
		from := j
		for j < len(b) && b[j]-'0' <= 9 {
			j++
		}
		if j > from {
			i = j
		}
	}
	return i
}
