package xlsx

import "kebu/importers/table/grid"

// readShared reads the part that holds the table. Guards of long numbers are taken
// off here, once for all cells.
func readShared(x *xmlScanner, limits grid.Limits) (*grid.Texts, error) {
	s := &grid.Texts{}
	var buf []byte
	for {
		for x.depth() == 1 && x.plain() {
			text, read := x.fastShared(limits)
			if !read {
				break
			}
			if err := s.Add(unguarded(text), limits); err != nil {
				return nil, err
			}
		}
		t, err := x.next(false)
		switch {
		case err != nil:
			return nil, err
		case t == tokenEOF:
			s.Seal()
			return s, nil
		case t != tokenStart || x.depth() == 1:
			continue
		case !x.own || x.depth() != 2 || string(x.name) != "si":
			if err := x.skip(); err != nil {
				return nil, err
			}
			continue
		}
		if buf, err = x.richText(buf[:0], limits); err != nil {
			return nil, err
		}
		if err := s.Add(unguarded(unescape(buf)), limits); err != nil {
			return nil, err
		}
	}
}

// unguarded is unguard for the many texts that have no guard and shall not be copied.
func unguarded(text []byte) []byte {
	if len(text) == 0 {
		return nil
	}
	switch text[0] {
	case '\t', '=', '\'':
	default:
		if text[len(text)-1] != '\t' {
			return text
		}
	}
	return []byte(grid.Unguard(string(text)))
}

// richText appends the text of the si or is element just begun: its t, or the t of
// its runs. Phonetic runs (rPh) say how the text is read aloud and are left out.
func (s *xmlScanner) richText(dst []byte, limits grid.Limits) ([]byte, error) {
	base, start, run := s.depth(), len(dst), false
	for {
		t, err := s.next(false)
		if err != nil {
			return dst, err
		}
		if t == tokenEnd {
			run = false
			if s.depth() < base {
				return dst, nil
			}
			continue
		}
		below := s.depth() - base
		switch {
		case s.own && string(s.name) == "t" && (below == 1 || below == 2 && run):
			if dst, err = s.plainText(dst, limits); err != nil {
				return dst, err
			}
			if int64(len(dst)-start) > limits.CellBytes {
				return dst, &grid.LimitError{What: "bytes in a cell", Limit: limits.CellBytes}
			}
		case s.own && string(s.name) == "r" && below == 1:
			run = true
		default:
			if err := s.skip(); err != nil {
				return dst, err
			}
		}
	}
}

// plainText appends the text of the element just begun, without that of its children.
func (s *xmlScanner) plainText(dst []byte, limits grid.Limits) ([]byte, error) {
	base, start := s.depth(), len(dst)
	for {
		t, err := s.next(true)
		if err != nil {
			return dst, err
		}
		switch t {
		case tokenText:
			if dst, err = appendText(dst, s.text, s.cdata); err != nil {
				return dst, err
			}
			if int64(len(dst)-start) > limits.CellBytes {
				return dst, &grid.LimitError{What: "bytes in a cell", Limit: limits.CellBytes}
			}
		case tokenStart:
			if err := s.skip(); err != nil {
				return dst, err
			}
		case tokenEnd:
			if s.depth() < base {
				return dst, nil
			}
		case tokenEOF:
			return dst, errSyntax
		}
	}
}
