package overview

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// fakeBook is a shop in the middle of June.
type fakeBook struct {
	lock     sync.Mutex
	overview usecase.Overview
	asked    usecase.OverviewRequest
	kept     string
	err      error // of the overview
	segments error
	safe     usecase.Safety
	found    bool // that users were changed
}

func (b *fakeBook) FoundChanged() bool { return b.found }

func (b *fakeBook) Overview(_ context.Context, r usecase.OverviewRequest) (usecase.Overview, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.asked = r
	return b.overview, b.err
}

func (b *fakeBook) Shops(context.Context) ([]usecase.ShopCount, error) {
	return []usecase.ShopCount{{Shop: usecase.Shop{ID: 3, Name: "Tea"}}, {Shop: usecase.Shop{ID: 5, Name: "Cups"}}}, nil
}

func (b *fakeBook) Segments(context.Context) ([]usecase.Segment, error) {
	return []usecase.Segment{{Name: "Gifts", Rule: "tag = gift", Customers: 12, Since: 1, Entered: 9, Left: 2}}, b.segments
}

func (b *fakeBook) Imports(context.Context) ([]usecase.Imported, error) { return nil, nil }

func (b *fakeBook) DueNotes(context.Context) ([]usecase.DueNote, error) { return nil, nil }

func (b *fakeBook) ReviewCount(context.Context) (int, error) { return 0, nil }

func (b *fakeBook) Remember(_ context.Context, _, value string) error {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.kept = value
	return nil
}

func (b *fakeBook) Recall(context.Context, string) (string, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.kept, nil
}

func (b *fakeBook) AcceptState(context.Context, *usecase.Keeper) error { return nil }

func (b *fakeBook) Safety(context.Context, *usecase.Keeper) (usecase.Safety, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.safe, nil
}

func (b *fakeBook) last() (usecase.OverviewRequest, string) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.asked, b.kept
}

func (b *fakeBook) mend() {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.err = nil
}

func filled() *fakeBook {
	o := example().Overview
	o.Due = []usecase.OverviewDue{{Customer: usecase.Customer{ID: "c1", NameMask: "陈**"}, Interval: 30, LateBy: 40, Net: 100 * yuan}}
	o.DueCount, o.DueRule = 8, "overdue >= 50"
	o.Mix = []usecase.MixPart{{Kind: usecase.MixRegular, Customers: 4, Rule: "purchases >= 4"}}
	o.Purchased = 10
	return &fakeBook{overview: o}
}

// stage is the page in a window.
type stage struct {
	*desktest.Stage
	page *Page
}

func newStage(t *testing.T, book *fakeBook) *stage {
	t.Helper()
	s := &stage{Stage: desktest.New(t)}
	s.Desk.Clock = func() time.Time { return time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC) }
	s.page = New(s.Desk, book)
	s.Open(s.page, place.Place{})
	return s
}

func TestFiguresLeadToWhomTheyCount(t *testing.T) {
	s := newStage(t, filled())
	for _, c := range []struct {
		click string
		want  place.Place
	}{
		{"¥1,190.00", place.Place{Page: place.Orders, Fresh: true, From: "2026-06-01", To: "2026-06-30"}},
		{"10 位", place.Place{Page: place.Customers, Fresh: true, Rule: "month = 2026-06"}},
		{"全部", place.Place{Page: place.Customers, Fresh: true, Rule: "overdue >= 50"}},
		{"常客，买过 4 次以上", place.Place{Page: place.Customers, Fresh: true, Rule: "purchases >= 4"}},
		{"Gifts", place.Place{Page: place.Customers, Fresh: true, Rule: "tag = gift", Segment: "Gifts"}},
		{"全部 1", place.Place{Page: place.Segments}},
	} {
		s.Click(c.click)
		if got := s.LastOpened(); got.Page != c.want.Page || got.Rule != c.want.Rule || got.From != c.want.From || got.To != c.want.To || got.Segment != c.want.Segment {
			t.Errorf("%s leads to %+v", c.click, got)
		}
	}
	s.Click("陈**")
	if got := s.LastOpened(); got.Customer != "c1" || got.List == nil || got.List.Total != 1 {
		t.Errorf("a customer who is late leads to %+v", got)
	}
	s.See("都处理好了。")
}

// TestTheAlarmStaysAboveFiguresThatComeAfterIt: of what is read at once, any may be last.
func TestTheAlarmStaysAboveFiguresThatComeAfterIt(t *testing.T) {
	for name, book := range map[string]*fakeBook{"figures": filled(), "none": {}} {
		t.Run(name, func(t *testing.T) {
			book.safe = usecase.Safety{Alarm: usecase.Failed}
			s := newStage(t, book)
			said := alarm(s.Words, book.safe, s.Desk.Clock())
			s.See(said)
			s.page.showFigures()
			s.See(said)
		})
	}
}

func TestTheChartIsWalkedAndOpenedByKeyboard(t *testing.T) {
	s := newStage(t, filled())
	s.See("¥1,190.00")
	s.Window.Canvas().Focus(s.page.bars)
	for _, k := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyUp, fyne.KeyReturn} {
		s.page.bars.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if got := s.LastOpened(); got.Rule != "first_purchase >= 2026-06-01" {
		t.Errorf("the new customers of June are %+v", got)
	}
}

func TestTheReasonOfAFigure(t *testing.T) {
	s := newStage(t, filled())
	s.See("¥1,190.00")
	s.page.showReason(s.page.tiles[0], s.page.shown[0])
	s.Click("看这些订单")
	if s.LastOpened().Page != place.Orders || s.page.reason.Shown() {
		t.Error("the reason leads to its orders and closes")
	}
}

func TestAnErrorStaysInItsCard(t *testing.T) {
	book := filled()
	book.segments = errors.New("no")
	s := newStage(t, book)
	s.See("这里的数没有算出来。")
	s.See("¥1,190.00")

	book = filled()
	book.err = crm.ErrNotFound
	s = newStage(t, book)
	s.Until("the error", func() bool { return len(s.Screen().Find("这里的数没有算出来。")) == 3 })
	s.See("Gifts")
	book.mend()
	s.Click("重试")
	s.See("¥1,190.00")
	if s.Screen().Has("这里的数没有算出来。") {
		t.Error("the error stays")
	}
}

func TestShopAndPeriodAreRemembered(t *testing.T) {
	book := filled()
	s := newStage(t, book)
	s.See("¥1,190.00")
	asked := func(r usecase.OverviewRequest, kept string) func() bool {
		return func() bool {
			was, text := book.last()
			return was == r && text == kept
		}
	}
	s.page.chooseShop(2)
	s.Until("the figures of one shop", asked(usecase.OverviewRequest{Shop: 5, Months: 12}, `{"shop":5,"months":12}`))
	s.page.choosePeriod(2)
	s.Until("the figures of two years", asked(usecase.OverviewRequest{Shop: 5, Months: 24}, `{"shop":5,"months":24}`))
	again := newStage(t, book)
	again.See("¥1,190.00")
	if again.page.whichShop.Selected() != 2 || again.page.months.Selected() != 2 {
		t.Errorf("shop %d, period %d", again.page.whichShop.Selected(), again.page.months.Selected())
	}
}

func TestAnEmptyBookSaysWhatToDo(t *testing.T) {
	s := newStage(t, &fakeBook{overview: usecase.Overview{Months: make([]usecase.OverviewMonth, 12)}})
	s.Click("导入订单…")
	if got := s.LastOpened(); got.Page != place.Imports || !got.Choose {
		t.Errorf("%+v", got)
	}
	if len(s.page.Header().Actions) != 1 {
		t.Error("there is nothing to choose from, and yet choices")
	}
}
