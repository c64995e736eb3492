package parts

import (
	"iter"
	"slices"
)

// Selection is a set of rows: those picked, or all but the exceptions. It is
// kept as runs of rows, and costs as much as there are runs, whatever the number
// of rows in them.
type Selection struct {
	inverse bool
	runs    []run // picked, or with inverse excepted; in order, none touches the next
}

// run are the rows from one to another that is not among them.
type run struct{ from, to int }

// NewSelection returns an empty selection.
func NewSelection() *Selection { return &Selection{} }

// Has reports whether a row is selected.
func (s *Selection) Has(i int) bool { return s.listed(i) != s.inverse }

// Toggle selects a row, or takes it from the selection.
func (s *Selection) Toggle(i int) {
	if s.listed(i) {
		s.cut(run{i, i + 1})
	} else {
		s.add(run{i, i + 1})
	}
}

// Range selects the rows from a to b, both among them, in either order.
func (s *Selection) Range(a, b int) {
	r := run{min(a, b), max(a, b) + 1}
	if s.inverse {
		s.cut(r)
	} else {
		s.add(r)
	}
}

// Only selects one row and no other.
func (s *Selection) Only(i int) {
	s.None()
	s.add(run{i, i + 1})
}

// All selects every row.
func (s *Selection) All() { s.inverse, s.runs = true, s.runs[:0] }

// None selects no row.
func (s *Selection) None() { s.inverse, s.runs = false, s.runs[:0] }

// Len returns how many of total rows are selected.
func (s *Selection) Len(total int) int {
	n := 0
	for _, r := range s.runs {
		n += max(0, min(r.to, total)-r.from)
	}
	if s.inverse {
		return total - n
	}
	return n
}

// Inverse reports whether the selection is all rows but the exceptions.
func (s *Selection) Inverse() bool { return s.inverse }

// Exceptions returns the rows that an inverse selection leaves out, in order.
func (s *Selection) Exceptions() []int {
	var list []int
	if s.inverse {
		for _, r := range s.runs {
			for i := r.from; i < r.to; i++ {
				list = append(list, i)
			}
		}
	}
	return list
}

// Runs are the selected of total rows, in order, as runs: from a row to one that
// is not among them.
func (s *Selection) Runs(total int) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		if !s.inverse {
			for _, r := range s.runs {
				if r.from >= total || !yield(r.from, min(r.to, total)) {
					return
				}
			}
			return
		}
		from := 0
		for _, r := range s.runs {
			if to := min(r.from, total); from < to && !yield(from, to) {
				return
			}
			from = r.to
		}
		if from < total {
			yield(from, total)
		}
	}
}

// Each calls f for each selected of total rows, in order.
func (s *Selection) Each(total int, f func(i int)) {
	for from, to := range s.Runs(total) {
		for i := from; i < to; i++ {
			f(i)
		}
	}
}

// after returns the place of the first run that ends behind row i.
func (s *Selection) after(i int) int {
	n, _ := slices.BinarySearchFunc(s.runs, i, func(r run, i int) int {
		if r.to > i {
			return 1
		}
		return -1
	})
	return n
}

func (s *Selection) listed(i int) bool {
	n := s.after(i)
	return n < len(s.runs) && s.runs[n].from <= i
}

// add lists rows, and joins the runs that they touch.
func (s *Selection) add(r run) {
	first := s.after(r.from - 1) // the run that ends where r begins too
	last := first
	for last < len(s.runs) && s.runs[last].from <= r.to {
		r.from, r.to = min(r.from, s.runs[last].from), max(r.to, s.runs[last].to)
		last++
	}
	s.runs = slices.Replace(s.runs, first, last, r)
}

// cut takes rows from the list, and parts the runs that they stand in.
func (s *Selection) cut(r run) {
	first := s.after(r.from)
	last := first
	var rest []run
	for last < len(s.runs) && s.runs[last].from < r.to {
		old := s.runs[last]
		if old.from < r.from {
			rest = append(rest, run{old.from, r.from})
		}
		if old.to > r.to {
			rest = append(rest, run{r.to, old.to})
		}
		last++
	}
	s.runs = slices.Replace(s.runs, first, last, rest...)
}
