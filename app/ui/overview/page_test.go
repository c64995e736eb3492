package overview

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
	"kebu/cmd/kebu/walk/screen"
)

// fakeBook is a shop in the middle of June.
type fakeBook struct {
	lock     sync.Mutex
	overview usecase.Overview
	asked    usecase.OverviewRequest
	kept     string
	err      error // of the overview
	segments error
}

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

// fakeFrame is the window around the page.
type fakeFrame struct {
	page   *Page
	opened []place.Place
}

func (f *fakeFrame) Open(p place.Place)            { f.opened = append(f.opened, p) }
func (f *fakeFrame) Back()                         {}
func (f *fakeFrame) Retitle()                      { f.page.Header() }
func (f *fakeFrame) Changed()                      { f.page.Reload() }
func (f *fakeFrame) Track(desk.Step)               {}
func (f *fakeFrame) Work(string, func()) desk.Work { return nil }
func (f *fakeFrame) Lock()                         {}
func (f *fakeFrame) Choose()                       {}
func (f *fakeFrame) Relook()                       {}

// stage is the page in a window, and the queue of what comes back to it.
type stage struct {
	t      *testing.T
	page   *Page
	book   *fakeBook
	frame  *fakeFrame
	window fyne.Window
	words  *phrase.Phrases

	lock  sync.Mutex
	queue []func()
}

func newStage(t *testing.T, book *fakeBook) *stage {
	t.Helper()
	app := test.NewTempApp(t)
	test.ApplyTheme(t, look.Use(look.Light, theme.VariantLight, look.Standard, look.Normal))
	s := &stage{t: t, book: book, window: test.NewTempWindow(t, nil), frame: &fakeFrame{}, words: phrase.New("zh-Hans")}
	tasks := task.New(func(f func()) {
		s.lock.Lock()
		defer s.lock.Unlock()
		s.queue = append(s.queue, f)
	})
	t.Cleanup(tasks.Close)
	d := &desk.Desk{
		Frame: s.frame, Words: s.words, Tasks: tasks, Layer: parts.NewLayer(s.words, tasks), Window: s.window,
		Clock: func() time.Time { return time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC) }, Prefs: app.Preferences(),
	}
	s.page = New(d, book)
	s.frame.page = s.page
	s.window.SetPadded(false)
	s.window.SetContent(container.NewStack(s.page.Body(), d.Layer.Object()))
	s.window.Resize(fyne.NewSize(1190, 686))
	parts.KeysOf(s.window.Canvas()).Push(s.page.Key)
	s.page.Show(place.Place{})
	return s
}

// until runs what comes back to the window until something is so.
func (s *stage) until(what string, so func() bool) {
	s.t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(20 * time.Second); !so(); <-tick.C {
		s.lock.Lock()
		queue := s.queue
		s.queue = nil
		s.lock.Unlock()
		for _, f := range queue {
			f()
		}
		if time.Now().After(end) {
			s.t.Fatalf("%s: not within 20 s; the page reads %v", what, screen.Read(s.window.Canvas()).Texts)
		}
	}
}

func (s *stage) reads(text string) bool { return screen.Read(s.window.Canvas()).Has(text) }

// see waits until a text can be read.
func (s *stage) see(text string) {
	s.t.Helper()
	s.until("see "+text, func() bool { return s.reads(text) })
}

// click waits for a text and clicks it.
func (s *stage) click(text string) {
	s.t.Helper()
	s.see(text)
	test.TapCanvas(s.window.Canvas(), screen.Read(s.window.Canvas()).Find(text)[0].Middle())
}

// opened returns the place that was opened last.
func (s *stage) opened() place.Place {
	s.t.Helper()
	if len(s.frame.opened) == 0 {
		s.t.Fatal("nothing was opened")
	}
	return s.frame.opened[len(s.frame.opened)-1]
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
		s.click(c.click)
		if got := s.opened(); got.Page != c.want.Page || got.Rule != c.want.Rule || got.From != c.want.From || got.To != c.want.To || got.Segment != c.want.Segment {
			t.Errorf("%s leads to %+v", c.click, got)
		}
	}
	s.click("陈**")
	if got := s.opened(); got.Customer != "c1" || got.List == nil || got.List.Total != 1 {
		t.Errorf("a customer who is late leads to %+v", got)
	}
	s.see("都处理好了。")
}

func TestTheChartIsWalkedAndOpenedByKeyboard(t *testing.T) {
	s := newStage(t, filled())
	s.see("¥1,190.00")
	s.window.Canvas().Focus(s.page.bars)
	for _, k := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyUp, fyne.KeyReturn} {
		s.page.bars.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if got := s.opened(); got.Rule != "first_purchase >= 2026-06-01" {
		t.Errorf("the new customers of June are %+v", got)
	}
}

func TestTheReasonOfAFigure(t *testing.T) {
	s := newStage(t, filled())
	s.see("¥1,190.00")
	s.page.showReason(s.page.tiles[0], s.page.shown[0])
	s.click("看这些订单")
	if s.opened().Page != place.Orders || s.page.reason.Shown() {
		t.Error("the reason leads to its orders and closes")
	}
}

func TestAnErrorStaysInItsCard(t *testing.T) {
	book := filled()
	book.segments = errors.New("no")
	s := newStage(t, book)
	s.see("这里的数没有算出来。")
	s.see("¥1,190.00")

	book = filled()
	book.err = crm.ErrNotFound
	s = newStage(t, book)
	s.until("the error", func() bool { return len(screen.Read(s.window.Canvas()).Find("这里的数没有算出来。")) == 3 })
	s.see("Gifts")
	book.mend()
	s.click("重试")
	s.see("¥1,190.00")
	if s.reads("这里的数没有算出来。") {
		t.Error("the error stays")
	}
}

func TestShopAndPeriodAreRemembered(t *testing.T) {
	book := filled()
	s := newStage(t, book)
	s.see("¥1,190.00")
	asked := func(r usecase.OverviewRequest, kept string) func() bool {
		return func() bool {
			was, text := book.last()
			return was == r && text == kept
		}
	}
	s.page.chooseShop(2)
	s.until("the figures of one shop", asked(usecase.OverviewRequest{Shop: 5, Months: 12}, `{"shop":5,"months":12}`))
	s.page.choosePeriod(2)
	s.until("the figures of two years", asked(usecase.OverviewRequest{Shop: 5, Months: 24}, `{"shop":5,"months":24}`))
	again := newStage(t, book)
	again.see("¥1,190.00")
	if again.page.whichShop.Selected() != 2 || again.page.months.Selected() != 2 {
		t.Errorf("shop %d, period %d", again.page.whichShop.Selected(), again.page.months.Selected())
	}
}

func TestAnEmptyBookSaysWhatToDo(t *testing.T) {
	s := newStage(t, &fakeBook{overview: usecase.Overview{Months: make([]usecase.OverviewMonth, 12)}})
	s.click("导入订单…")
	if got := s.opened(); got.Page != place.Imports || !got.Choose {
		t.Errorf("%+v", got)
	}
	if len(s.page.Header().Actions) != 1 {
		t.Error("there is nothing to choose from, and yet choices")
	}
}
