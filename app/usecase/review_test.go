package usecase_test

import (
	"context"
	"errors"
	"testing"

	"kebu/app/usecase"
)

// twins are two accounts of likely one person, and somebody else.
const twins = "No,Date,Shop id,Name,Town,Road,Paid\n" +
	"1,2026-01-02,a1,Greta Ferngate,Oxenford,12 Quarry Lane,5\n" +
	"2,2026-01-03,a2,Greta Ferngate,Oxenford,12 Quarry Lane,5\n" +
	"3,2026-01-04,a3,Otis Thornmere,Redcote,41 Park Road,5\n"

const twinsMapping = `{"name": "own", "currency": "EUR", "time_zone": "Europe/Berlin", "columns": {"order_no": "No", "ordered_at": "Date",
	"buyer_id": "Shop id", "recipient_name": "Name", "city": "Town", "street": "Road", "paid": "Paid"}}`

func TestReviewProposesAndForgetsWhatIsDecided(t *testing.T) {
	s := session(t)
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: write(t, "own.csv", twins), Mapping: []byte(twinsMapping)}); err != nil {
		t.Fatal(err)
	}
	last := 0.0
	review := func() []usecase.ReviewPair {
		t.Helper()
		r, err := s.Review(t.Context(), func(part float64) {
			if part < last {
				t.Errorf("progress falls from %v to %v", last, part)
			}
			last = part
		})
		if err != nil {
			t.Fatal(err)
		}
		return r.Pairs
	}
	count := func(want int) {
		t.Helper()
		if n, err := s.ReviewCount(t.Context()); err != nil || n != want {
			t.Errorf("%d wait, %v; want %d", n, err, want)
		}
	}
	pairs := review()
	if len(pairs) != 1 || last != 1 {
		t.Fatalf("%d pairs at %v, want one", len(pairs), last)
	}
	count(1)
	p := pairs[0]
	if p.Score < 0.8 || p.One.ID == p.Other.ID || len(p.Evidence) < 4 {
		t.Errorf("score %v, evidence %v", p.Score, p.Evidence)
	}
	for _, e := range p.Evidence {
		if e.Fit == usecase.FitSame && e.Bits <= 0 || e.Fit == usecase.FitDifferent && e.Bits >= 0 {
			t.Errorf("%s: %s weighs %v", e.Kind, e.Fit, e.Bits)
		}
	}
	if e := p.Evidence[0]; e.Kind != usecase.EvidenceName || e.One != "F***" {
		t.Errorf("the name is %q", e.One)
	}
	apart, err := s.Separate(t.Context(), p.One.ID, p.Other.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(review()) > 0 {
		t.Error("two who are told apart are proposed")
	}
	count(0)
	undo(t, s, apart)
	joined, err := s.Join(t.Context(), p.One.ID, p.Other.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(review()) > 0 {
		t.Error("one person is proposed")
	}
	count(0)
	undo(t, s, joined.Done)
	if len(review()) != 1 {
		t.Error("two who are parted again are not proposed")
	}
	sound(t, s)
}

func TestReviewStops(t *testing.T) {
	s := session(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Review(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
