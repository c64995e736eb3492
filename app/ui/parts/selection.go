package parts

import (
	"maps"
	"slices"
)

// Selection is a set of rows: those picked, or all but the exceptions. It costs
// as much as there are picks or exceptions, whatever the number of rows.
type Selection struct {
	inverse bool
	rows    map[int]struct{} // picked, or with inverse excepted
}

// NewSelection returns an empty selection.
func NewSelection() *Selection { return &Selection{rows: map[int]struct{}{}} }

// Has reports whether a row is selected.
func (s *Selection) Has(i int) bool {
	_, in := s.rows[i]
	return in != s.inverse
}

// Toggle selects a row, or takes it from the selection.
func (s *Selection) Toggle(i int) {
	if _, in := s.rows[i]; in {
		delete(s.rows, i)
	} else {
		s.rows[i] = struct{}{}
	}
}

// Range selects the rows from a to b, both among them, in either order.
func (s *Selection) Range(a, b int) {
	for i := min(a, b); i <= max(a, b); i++ {
		if !s.Has(i) {
			s.Toggle(i)
		}
	}
}

// Only selects one row and no other.
func (s *Selection) Only(i int) {
	s.None()
	s.rows[i] = struct{}{}
}

// All selects every row.
func (s *Selection) All() { s.inverse = true; clear(s.rows) }

// None selects no row.
func (s *Selection) None() { s.inverse = false; clear(s.rows) }

// Len returns how many of total rows are selected.
func (s *Selection) Len(total int) int {
	if s.inverse {
		return max(0, total-len(s.rows))
	}
	return len(s.rows)
}

// Inverse reports whether the selection is all rows but the exceptions.
func (s *Selection) Inverse() bool { return s.inverse }

// Exceptions returns the rows that an inverse selection leaves out, in order.
func (s *Selection) Exceptions() []int {
	if !s.inverse {
		return nil
	}
	return slices.Sorted(maps.Keys(s.rows))
}

// Each calls f for each selected of total rows, in order.
func (s *Selection) Each(total int, f func(i int)) {
	if !s.inverse {
		for _, i := range slices.Sorted(maps.Keys(s.rows)) {
			f(i)
		}
		return
	}
	for i := range total {
		if s.Has(i) {
			f(i)
		}
	}
}
