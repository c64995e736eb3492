package delimited

import (
	"bytes"
	"io"

	"kebu/importers/table/grid"
	"kebu/importers/table/stream"
)

// recordScanner takes delimited text apart (RFC 4180, and what is written in its
// name): line ends may be CR LF, LF or CR, cells in quotation marks may hold line
// ends, and a quotation mark inside a cell need not be doubled.
//
// A quotation mark that opens a cell but closes nowhere would swallow the rest of
// the file. It counts as a plain character, and the cell ends with its line, if no
// closing one comes within CellBytes, or if after a line end inside the cell there
// comes one that neither is doubled nor ends the cell.
//
// Programs that part cells by TABs mostly know no quotation marks: there such a
// mark, and one that opens a cell with another inside that is not doubled, is
// what somebody wrote and no flaw.
type recordScanner struct {
	window    stream.Window
	delimiter byte
	limits    grid.Limits
	line      int // 1-based number of the line at window.R
	overruns  int // stray quotation marks that cost a long way to find out

	began int    // line on which the record starts
	arena []byte // texts of the record's cells, one behind the other
	ends  []int  // where each ends
	flaws grid.Flaws
}

// manyOverruns bounds the work on a file full of stray quotation marks, each of
// which can cost one CellBytes of looking ahead.
const manyOverruns = 500

// next reads the record that starts at window.R. It returns io.EOF behind the last.
func (s *recordScanner) next() error {
	s.arena, s.ends, s.flaws, s.began = s.arena[:0], s.ends[:0], 0, s.line
	if ok, err := s.window.Has(0); !ok {
		if err == nil {
			err = io.EOF
		}
		return err
	}
	for {
		if int64(len(s.ends)) >= s.limits.TextColumns {
			return &grid.LimitError{What: "columns", Limit: s.limits.TextColumns}
		}
		last, err := s.cell()
		if err != nil {
			return err
		}
		if int64(len(s.arena)) > s.limits.RowBytes {
			return &grid.LimitError{What: "bytes in a row", Limit: s.limits.RowBytes}
		}
		s.ends = append(s.ends, len(s.arena))
		if last {
			return nil
		}
	}
}

// cell reads one cell and what ends it, and reports whether that ends the record.
func (s *recordScanner) cell() (last bool, err error) {
	if ok, err := s.window.Has(0); !ok {
		return true, err
	}
	if s.window.Buf[s.window.R] == '"' {
		closed, err := s.quoted()
		if err != nil {
			return false, err
		}
		if !closed && s.delimiter != '\t' {
			s.flaws |= grid.FlawQuote
		}
	}
	return s.plain()
}

// plain appends everything up to the next delimiter or line end and steps over that.
func (s *recordScanner) plain() (last bool, err error) {
	start := len(s.arena)
	for {
		b := s.window.Buf[s.window.R:s.window.W]
		n := 0
		for n < len(b) && b[n] != s.delimiter && b[n] != '\n' && b[n] != '\r' {
			n++
		}
		s.add(b[:n])
		s.window.R += n
		if int64(len(s.arena)-start) > s.limits.CellBytes {
			return false, &grid.LimitError{What: "bytes in a cell", Limit: s.limits.CellBytes}
		}
		if n < len(b) {
			break
		}
		if ok, err := s.window.More(); !ok {
			return true, err
		}
	}
	end := s.window.Buf[s.window.R]
	s.window.R++
	if end == s.delimiter {
		return false, nil
	}
	s.line++
	if end == '\r' {
		if ok, err := s.window.Has(0); err != nil {
			return false, err
		} else if ok && s.window.Buf[s.window.R] == '\n' {
			s.window.R++
		}
	}
	return true, nil
}

func (s *recordScanner) add(b []byte) {
	if bytes.IndexByte(b, 0) < 0 {
		s.arena = append(s.arena, b...)
		return
	}
	s.flaws |= grid.FlawNUL
	for _, c := range b {
		if c != 0 {
			s.arena = append(s.arena, c)
		}
	}
}

// quoted reads a cell in quotation marks up to its closing one. If that does not
// exist it reads nothing and reports false.
func (s *recordScanner) quoted() (closed bool, err error) {
	arena, lines, i := len(s.arena), 0, 1
	for {
		b := s.window.Buf[s.window.R:s.window.W]
		n := i
		for n < len(b) && b[n] != '"' {
			switch b[n] {
			case '\n':
				lines++
			case '\r':
				if n+1 < len(b) && b[n+1] != '\n' {
					lines++
				}
			}
			n++
		}
		s.add(b[i:n])
		i = n
		if int64(len(s.arena)-arena) > s.limits.CellBytes {
			return false, s.giveUp(arena, i)
		}
		if i == len(b) {
			ok, err := s.window.More()
			if err != nil {
				return false, err
			}
			if !ok {
				return false, s.giveUp(arena, i)
			}
			continue
		}
		ok, err := s.window.Has(i + 1)
		if err != nil {
			return false, err
		}
		after := s.delimiter
		if ok {
			after = s.window.Buf[s.window.R+i+1]
		}
		switch {
		case after == '"':
			s.arena = append(s.arena, '"')
			i += 2
		case after == s.delimiter || after == '\n' || after == '\r' || after == '\t' || after == 0:
			// A TAB may guard the number on the outside: "123"<TAB>.
			s.window.R += i + 1
			s.line += lines
			return true, nil
		case lines > 0 || s.delimiter == '\t':
			return false, s.giveUp(arena, i)
		default:
			s.arena = append(s.arena, '"')
			i++
		}
	}
}

// giveUp forgets what quoted read: looked bytes from the opening mark on.
func (s *recordScanner) giveUp(arena, looked int) error {
	s.arena = s.arena[:arena]
	if looked > headBytes {
		s.overruns++
	}
	if s.overruns > manyOverruns {
		return &grid.LimitError{What: "quotation marks that close nowhere", Limit: manyOverruns}
	}
	return nil
}
