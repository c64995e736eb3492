package xlsx

import "kebu/importers/table/grid"

// sharedTexts is a workbook's table of texts, which cells name by number. A text
// costs its bytes and four more, and nothing for the garbage collector.
type sharedTexts struct {
	chunks []sharedChunk
	n      int64
	bytes  int64
	texts  []byte // of the chunk being filled
	ends   []uint32
}

// sharedPerChunk keeps small tables small and the list of chunks short.
const sharedPerChunk = 1024

type sharedChunk struct {
	texts string
	ends  []uint32
}

// add appends a text, which must be at most maxCellBytes long.
func (s *sharedTexts) add(text []byte, limits grid.Limits) error {
	s.n++
	s.bytes += int64(len(text))
	if s.n > limits.SharedStrings {
		return &grid.LimitError{What: "shared texts", Limit: limits.SharedStrings}
	}
	if s.bytes > limits.SharedBytes {
		return &grid.LimitError{What: "bytes of shared texts", Limit: limits.SharedBytes}
	}
	s.texts = append(s.texts, text...)
	s.ends = append(s.ends, uint32(len(s.texts))) //nolint:gosec // at most 1024 times maxCellBytes
	if len(s.ends) == sharedPerChunk {
		s.flush()
	}
	return nil
}

// flush must follow the last add.
func (s *sharedTexts) flush() {
	if len(s.ends) == 0 {
		return
	}
	s.chunks = append(s.chunks, sharedChunk{string(s.texts), append([]uint32(nil), s.ends...)})
	s.texts, s.ends = s.texts[:0], s.ends[:0]
}

// get returns text number i, and false if there is none.
func (s *sharedTexts) get(i int) (string, bool) {
	if i < 0 || int64(i) >= s.n {
		return "", false
	}
	c := &s.chunks[i/sharedPerChunk]
	i %= sharedPerChunk
	start := uint32(0)
	if i > 0 {
		start = c.ends[i-1]
	}
	return c.texts[start:c.ends[i]], true
}

// readShared reads the part that holds the table. Guards of long numbers are taken
// off here, once for all cells.
func readShared(x *xmlScanner, limits grid.Limits) (*sharedTexts, error) {
	s := &sharedTexts{}
	var buf []byte
	for {
		for x.depth() == 1 && x.plain() {
			text, read := x.fastShared(limits)
			if !read {
				break
			}
			if err := s.add(unguarded(text), limits); err != nil {
				return nil, err
			}
		}
		t, err := x.next(false)
		switch {
		case err != nil:
			return nil, err
		case t == tokenEOF:
			s.flush()
			s.texts, s.ends = nil, nil
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
		if err := s.add(unguarded(unescape(buf)), limits); err != nil {
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
