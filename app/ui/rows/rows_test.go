package rows_test

import (
	"context"
	"errors"
	"testing"

	"kebu/app/ui/rows"
)

// shelf answers when it is told to.
type shelf struct {
	total     int
	asked     []int
	pending   []func()
	cancelled int
	err       error
}

func (s *shelf) load(from, limit int, done func([]int, int, error)) func() {
	s.asked = append(s.asked, from)
	stopped := false
	s.pending = append(s.pending, func() {
		if stopped { // as a task does that was cancelled
			done(nil, 0, context.Canceled)
			return
		}
		var list []int
		for i := from; i < min(from+limit, s.total); i++ {
			list = append(list, i)
		}
		done(list, s.total, s.err)
	})
	return func() { stopped = true; s.cancelled++ }
}

func (s *shelf) answer() {
	list := s.pending
	s.pending = nil
	for _, f := range list {
		f()
	}
}

func TestRowsAreReadWhenTheyAreLookedAt(t *testing.T) {
	s := &shelf{total: 1_000_000}
	changes := 0
	c := rows.New(s.load, func() { changes++ })
	c.Reset()
	if _, ok := c.At(0); ok || c.Count() != 0 {
		t.Fatal("a row before anything was read")
	}
	s.answer()
	if v, ok := c.At(199); !ok || v != 199 || c.Count() != 1_000_000 || changes != 1 {
		t.Fatalf("row 199 = %d, %v; count %d; %d changes", v, ok, c.Count(), changes)
	}
	for range 3 {
		if _, ok := c.At(777_777); ok {
			t.Fatal("a row that was not read")
		}
	}
	s.answer()
	if v, ok := c.At(777_777); !ok || v != 777_777 {
		t.Fatalf("row 777777 = %d, %v", v, ok)
	}
	if len(s.asked) != 2 || s.asked[1] != 777_600 {
		t.Errorf("read from %v, want 0 and 777600, each once", s.asked)
	}
}

func TestFewPagesAreKept(t *testing.T) {
	s := &shelf{total: 100_000}
	c := rows.New(s.load, func() {})
	c.Reset()
	s.answer()
	for page := range 100 {
		c.At(page * 200)
		s.answer()
	}
	kept := 0
	c.Each(func(int, int) { kept++ })
	if kept != 20*200 {
		t.Errorf("%d rows kept, want 4000", kept)
	}
}

func TestANewQuestionForgetsTheOldAnswer(t *testing.T) {
	s := &shelf{total: 500}
	c := rows.New(s.load, func() {})
	c.Reset()
	s.answer()
	c.At(300)
	s.total = 10
	c.Reset()
	if s.cancelled != 1 {
		t.Errorf("%d readings cancelled, want 1", s.cancelled)
	}
	if c.Known() || c.Count() != 500 {
		t.Error("the old count stays until the new one is known")
	}
	s.answer()
	if _, ok := c.At(9); !ok || c.Count() != 10 {
		t.Error("the new rows are not there")
	}
	if _, ok := c.At(300); ok {
		t.Error("a row of the old question")
	}
}

func TestAnErrorStaysUntilReset(t *testing.T) {
	s := &shelf{total: 500, err: errors.New("torn")}
	c := rows.New(s.load, func() {})
	c.Reset()
	s.answer()
	if c.Err() == nil {
		t.Fatal("no error")
	}
	s.err = nil
	c.Reset()
	s.answer()
	if _, ok := c.At(0); c.Err() != nil || !ok {
		t.Error("Reset does not try again")
	}
}

func TestWhatIsAskedTooFastIsNoError(t *testing.T) {
	s := &shelf{total: 500}
	changes := 0
	c := rows.New(s.load, func() { changes++ })
	c.Reset()
	s.total = 3
	c.Reset() // as for the second letter of a search
	s.answer()
	if v, ok := c.At(2); !ok || v != 2 || c.Count() != 3 || c.Err() != nil || changes != 1 {
		t.Errorf("row 2 = %d, %v; count %d; %v; %d changes", v, ok, c.Count(), c.Err(), changes)
	}
}
