package parts

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestTheSelectionOfAMillionRowsIsSmall(t *testing.T) {
	s := NewSelection()
	s.All()
	s.Toggle(17)
	if s.Len(million) != million-1 || s.Has(17) || !s.Has(million-1) {
		t.Error("all but one")
	}
	if got := s.Exceptions(); len(got) != 1 || got[0] != 17 {
		t.Errorf("exceptions %v", got)
	}
	s.Range(0, million-1)
	if s.Len(million) != million || len(s.runs) != 0 {
		t.Errorf("a range over the exception left %v", s.runs)
	}
	s.None()
	for i := range 100 { // Shift with ↓ that is held
		s.None()
		s.Range(5, million-100+i)
	}
	if len(s.runs) != 1 || s.Len(million) != million-5 || s.Len(10) != 5 {
		t.Errorf("a range of almost all is kept as %v", s.runs)
	}
}

// A selection is a set, whichever way it is kept.
func TestASelectionIsASet(t *testing.T) {
	const total = 40
	chance := rand.New(rand.NewPCG(1, 2))
	s, want := NewSelection(), map[int]bool{}
	for step := range 5000 {
		a, b := chance.IntN(total), chance.IntN(total)
		switch chance.IntN(12) {
		case 0:
			s.All()
			for i := range total {
				want[i] = true
			}
		case 1:
			s.None()
			clear(want)
		case 2:
			s.Only(a)
			clear(want)
			want[a] = true
		case 3, 4:
			s.Range(a, b)
			for i := min(a, b); i <= max(a, b); i++ {
				want[i] = true
			}
		default:
			s.Toggle(a)
			if want[a] {
				delete(want, a)
			} else {
				want[a] = true
			}
		}
		var got []int
		s.Each(total, func(i int) { got = append(got, i) })
		if all := slices.Sorted(maps.Keys(want)); fmt.Sprint(got) != fmt.Sprint(all) || s.Len(total) != len(all) {
			t.Fatalf("step %d: %v of length %d, want %v", step, got, s.Len(total), all)
		}
		for i := range total {
			if s.Has(i) != want[i] {
				t.Fatalf("step %d: row %d selected: %v", step, i, s.Has(i))
			}
		}
		for i := 1; i < len(s.runs); i++ {
			if s.runs[i].from <= s.runs[i-1].to {
				t.Fatalf("step %d: runs %v touch", step, s.runs)
			}
		}
	}
}
