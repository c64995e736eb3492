package review

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// fakeBook has three pairs to review, and notes what is decided.
type fakeBook struct {
	lock    sync.Mutex
	decided []string
	gone    []string // pairs, by their first customer
	err     error    // of Review
	fail    error    // of decisions
	tried   int      // decisions
}

func customer(id, mask string) usecase.Customer { return usecase.Customer{ID: id, NameMask: mask} }

func (b *fakeBook) Review(_ context.Context, progress func(float64)) (usecase.Review, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.err != nil {
		return usecase.Review{}, b.err
	}
	progress(1)
	all := []usecase.ReviewPair{
		{One: customer("a", "张**"), Other: customer("b", "张*"), Score: 0.9996, Evidence: []usecase.ReviewEvidence{
			{Kind: usecase.EvidenceCity, Fit: usecase.FitDifferent, Bits: -3.2, One: "杭州市", Other: "宁波市"},
			{Kind: usecase.EvidenceName, Fit: usecase.FitSame, Bits: 14, One: "张**", Other: "张*"},
		}},
		{One: customer("c", "李**"), Other: customer("d", "李*"), Score: 0.95},
		{One: customer("e", "王**"), Other: customer("f", "王*"), Score: 0.9},
	}
	return usecase.Review{Pairs: slices.DeleteFunc(all, func(p usecase.ReviewPair) bool { return slices.Contains(b.gone, p.One.ID) })}, nil
}

func (b *fakeBook) did(what, pair string) (usecase.Done, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.tried++
	if b.fail != nil {
		return usecase.Done{}, b.fail
	}
	b.decided, b.gone = append(b.decided, what), append(b.gone, pair)
	return usecase.Done{Step: int64(len(b.decided)), Customers: 2}, nil
}

func (b *fakeBook) Join(_ context.Context, ids ...string) (usecase.Joined, error) {
	done, err := b.did(ids[0]+"="+ids[1], ids[0])
	return usecase.Joined{Done: done, ID: ids[0]}, err
}

func (b *fakeBook) Separate(_ context.Context, one, other string) (usecase.Done, error) {
	return b.did(one+"≠"+other, one)
}

func (b *fakeBook) Settings(context.Context) (usecase.Settings, error) {
	return usecase.Settings{Currency: "CNY", Zone: time.UTC}, nil
}

func (b *fakeBook) all() []string {
	b.lock.Lock()
	defer b.lock.Unlock()
	return slices.Clone(b.decided)
}

func (b *fakeBook) tries() int {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.tried
}

func (b *fakeBook) change(f func()) {
	b.lock.Lock()
	defer b.lock.Unlock()
	f()
}

func opened(t *testing.T, b *fakeBook) (*desktest.Stage, *Page) {
	s := desktest.New(t)
	p := New(s.Desk, b)
	s.Open(p, place.Place{Page: place.Review})
	return s, p
}

func TestArrowsDecideAndTheNextPairFollows(t *testing.T) {
	b := &fakeBook{}
	s, p := opened(t, b)
	s.See("张**")
	s.See("3 对")
	s.See("+14.0")
	s.See("−3.2")
	s.Click(s.Text("review_same"))
	if next, _ := p.queue.next(); next.One.ID != "c" {
		t.Errorf("after the decision %s is shown", next.One.ID)
	}
	s.See("李**")
	s.Press(fyne.KeyDown)
	s.See("王**")
	s.Press(fyne.KeyLeft)
	s.See("李**")
	s.Until("both are decided", func() bool { return len(b.all()) == 2 })
	if got := b.all(); !slices.Contains(got, "a=b") || !slices.Contains(got, "e≠f") {
		t.Errorf("decided %v", got)
	}
	s.Until("both can be taken back", func() bool { return len(s.Steps) == 2 })
	s.Press(fyne.KeyRight)
	s.See(s.Text("review_none"))
	s.Press(fyne.KeyRight) // there is nothing left to decide
	s.Until("the last is decided", func() bool { return len(b.all()) == 3 })
}

func TestADecisionThatFailsComesBack(t *testing.T) {
	b := &fakeBook{fail: errors.New("disk")}
	s, _ := opened(t, b)
	s.See("张**")
	s.Press(fyne.KeyRight)
	s.Until("it is tried", func() bool { return b.tries() > 0 })
	s.See("张**")
	s.See("3 对")
	if len(s.Steps) > 0 {
		t.Error("what failed can be taken back")
	}
}

func TestADecisionTakenBackIsAskedAgain(t *testing.T) {
	b := &fakeBook{}
	s, p := opened(t, b)
	s.See("张**")
	s.Press(fyne.KeyRight)
	s.Until("it is done", func() bool { return len(s.Steps) == 1 })
	b.change(func() { b.gone = nil }) // as Undo would
	p.Reload()
	s.See("张**")
}

func TestComparingCanBeStoppedAndFails(t *testing.T) {
	b := &fakeBook{err: context.Canceled}
	s, _ := opened(t, b)
	s.See(s.Text("review_stopped"))
	b.change(func() { b.err = errors.New("disk") })
	s.Click(s.Text("review_again"))
	s.See(s.Text("review_error"))
	b.change(func() { b.err = nil })
	s.Click(s.Text("review_again"))
	s.See("张**")
	if len(s.Works) != 1 || !s.Works[0].Ended || s.Works[0].Part != 1 {
		t.Errorf("%d works in the status bar", len(s.Works))
	}
}

func TestSidesLeadToTheirCustomers(t *testing.T) {
	s, _ := opened(t, &fakeBook{})
	s.See("张**")
	s.Click(s.Text("review_open"))
	if to := s.LastOpened(); to.Page != place.Customer || to.Customer == "" {
		t.Errorf("leads to %+v", to)
	}
}
