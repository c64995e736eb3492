package importertest

import (
	"slices"
	"strconv"
	"testing"

	"kebu/importers"
)

// paymentsTwice writes each row twice: payments that have numbers are the same
// ones, and those that have none are two, each with a number of its own.
func (s *suite) paymentsTwice(t *testing.T) {
	twice := append(copyOf(s.grid), s.grid[1:]...)
	if s.place(importers.PaymentNo) >= 0 {
		s.sameGrid(t, twice)
		return
	}
	numbers := map[string]bool{}
	for _, p := range s.mustRead(t, s.file(twice)).Payments {
		numbers[p.Number] = true
	}
	if len(numbers) != 2*len(s.read.Payments) {
		t.Errorf("%d numbers of %d payments", len(numbers), 2*len(s.read.Payments))
	}
}

// paymentsCut reads the file up to each of its rows: what is there keeps its
// number, so that a later file with more rows tells of the same payments.
func (s *suite) paymentsCut(t *testing.T) {
	for n := 1; n <= len(s.grid); n++ {
		r := s.mustRead(t, s.file(s.grid[:n]))
		for i, p := range r.Payments {
			if want := s.read.Payments[i].Number; p.Number != want {
				t.Errorf("%d rows: payment %d has number %q, want %q", n, i, p.Number, want)
			}
		}
	}
}

// longPayments reads 10,000 payments whose numbers, and those of their orders,
// no float tells apart.
func (s *suite) longPayments(t *testing.T) {
	const payments, first, firstOrder = 10_000, 9007199254740993000, 8007199254740993000
	number, order := s.place(importers.PaymentNo), s.place(importers.OrderNo)
	grid := [][]string{s.grid[0]}
	for i := range payments {
		row := slices.Clone(s.grid[1])
		if number >= 0 {
			row[number] = strconv.Itoa(first + i)
		}
		if order >= 0 {
			row[order] = strconv.Itoa(firstOrder + i)
		}
		grid = append(grid, row)
	}
	r := s.mustRead(t, s.file(grid))
	if len(r.Payments) != payments || len(r.Rejected) > 0 {
		t.Fatalf("%d payments, %d rows rejected; want %d and none", len(r.Payments), len(r.Rejected), payments)
	}
	for i, p := range r.Payments {
		if number >= 0 && p.Number != strconv.Itoa(first+i) || order >= 0 && p.OrderNo != strconv.Itoa(firstOrder+i) {
			t.Fatalf("payment %d has number %s and order %s", i, p.Number, p.OrderNo)
		}
	}
}
