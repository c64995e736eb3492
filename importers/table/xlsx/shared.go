package xlsx

import (
	"kebu/importers/table/grid"
	"kebu/importers/table/xmlscan"
)

// readShared reads the part that holds the table. Guards of long numbers are taken
// off here, once for all cells.
func readShared(x *xmlscan.Scanner, limits grid.Limits) (*grid.Texts, error) {
	s := &grid.Texts{}
	var buf []byte
	for {
		for x.Depth() == 1 && x.Plain() {
			text, read := fastShared(x, limits)
			if !read {
				break
			}
			if err := s.Add(unguarded(text), limits); err != nil {
				return nil, err
			}
		}
		t, err := x.Next(false)
		switch {
		case err != nil:
			return nil, err
		case t == xmlscan.EOF:
			s.Seal()
			return s, nil
		case t != xmlscan.Start || x.Depth() == 1:
			continue
		case !x.Own || x.Depth() != 2 || string(x.Name) != "si":
			if err := x.Skip(); err != nil {
				return nil, err
			}
			continue
		}
		if buf, err = richText(x, buf[:0], limits); err != nil {
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
func richText(x *xmlscan.Scanner, dst []byte, limits grid.Limits) ([]byte, error) {
	base, start, run := x.Depth(), len(dst), false
	for {
		t, err := x.Next(false)
		if err != nil {
			return dst, err
		}
		if t == xmlscan.End {
			run = false
			if x.Depth() < base {
				return dst, nil
			}
			continue
		}
		below := x.Depth() - base
		switch {
		case x.Own && string(x.Name) == "t" && (below == 1 || below == 2 && run):
			if dst, err = x.AppendContent(dst, limits); err != nil {
				return dst, err
			}
			if int64(len(dst)-start) > limits.CellBytes {
				return dst, &grid.LimitError{What: "bytes in a cell", Limit: limits.CellBytes}
			}
		case x.Own && string(x.Name) == "r" && below == 1:
			run = true
		default:
			if err := x.Skip(); err != nil {
				return dst, err
			}
		}
	}
}
