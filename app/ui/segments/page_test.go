package segments

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
	"kebu/cmd/kebu/walk/screen"
)

// fakeBook holds two segments and notes what is done to it.
type fakeBook struct {
	lock sync.Mutex
	list []usecase.Segment
	done []string
	err  error // of Segments
}

func filled() *fakeBook {
	return &fakeBook{list: []usecase.Segment{
		{Name: "Gifts", Rule: "tag = gift", Customers: 12, Since: 20_000, Entered: 2, Left: 1},
		{Name: "Tea", Rule: "purchases >= 3", Customers: 40},
	}}
}

func (b *fakeBook) Segments(context.Context) ([]usecase.Segment, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.list, b.err
}

func (b *fakeBook) SegmentMoves(_ context.Context, name string) (entered, left []string, err error) {
	if name == "Gifts" {
		return []string{"c1", "c2"}, []string{"c3"}, nil
	}
	return nil, nil, nil
}

func (b *fakeBook) Customers(_ context.Context, sel usecase.Selection, yield func(usecase.Customer) error) (int, error) {
	for _, id := range sel.IDs {
		if err := yield(usecase.Customer{ID: id, NameMask: "mask of " + id}); err != nil {
			return 0, err
		}
	}
	return len(sel.IDs), nil
}

func (b *fakeBook) Totals(_ context.Context, sel usecase.Selection) (usecase.Totals, error) {
	return usecase.Totals{Customers: len(sel.Where)}, nil
}

func (b *fakeBook) Settings(context.Context) (usecase.Settings, error) {
	return usecase.Settings{Currency: "CNY", Zone: time.UTC}, nil
}

func (b *fakeBook) Recall(context.Context, string) (string, error) { return "", nil }
func (b *fakeBook) Remember(context.Context, string, string) error { return nil }

func (b *fakeBook) did(what string) (usecase.Done, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.done = append(b.done, what)
	return usecase.Done{Step: int64(len(b.done))}, nil
}

func (b *fakeBook) SaveSegment(_ context.Context, name, rule string) (usecase.Done, error) {
	return b.did("save " + name + ": " + rule)
}

func (b *fakeBook) RenameSegment(_ context.Context, name, to string) (usecase.Done, error) {
	return b.did("rename " + name + " " + to)
}

func (b *fakeBook) DeleteSegment(_ context.Context, name string) (usecase.Done, error) {
	return b.did("delete " + name)
}

func (b *fakeBook) last() string {
	b.lock.Lock()
	defer b.lock.Unlock()
	if len(b.done) == 0 {
		return ""
	}
	return b.done[len(b.done)-1]
}

func (b *fakeBook) mend() {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.err = nil
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

func (s *stage) press(k fyne.KeyName, mod fyne.KeyModifier) {
	parts.KeysOf(s.window.Canvas()).Handle(parts.Press{Key: k, Mod: mod})
}

// opened returns the place that was opened last.
func (s *stage) opened() place.Place {
	s.t.Helper()
	if len(s.frame.opened) == 0 {
		s.t.Fatal("nothing was opened")
	}
	return s.frame.opened[len(s.frame.opened)-1]
}

// typed presses a key where the focus is.
func (s *stage) typed(keys ...fyne.KeyName) {
	for _, k := range keys {
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestSegmentsByKeyboard(t *testing.T) {
	s := newStage(t, filled())
	s.see("Tea")
	s.typed(fyne.KeyDown, fyne.KeyReturn)
	if got := s.opened(); got.Page != place.Customers || got.Segment != "Gifts" || got.Rule != "tag = gift" || !got.Fresh {
		t.Errorf("Enter opens %+v", got)
	}
	s.typed(fyne.KeyDown)
	s.press(fyne.KeyDelete, 0)
	s.until("the segment is deleted", func() bool { return s.book.last() == "delete Tea" })
	s.press(fyne.KeyF2, 0)
	s.until("a field for the name", func() bool { _, ok := s.window.Canvas().Focused().(*parts.Entry); return ok })
	test.Type(s.window.Canvas().Focused(), "Leaf")
	s.typed(fyne.KeyReturn)
	s.until("the segment is renamed", func() bool { return s.book.last() == "rename Tea Leaf" })
}

func TestThePanelTellsWhoCameAndWhoLeft(t *testing.T) {
	s := newStage(t, filled())
	s.see("Gifts")
	s.typed(fyne.KeyDown)
	s.see("mask of c3")
	s.click("mask of c2")
	got := s.opened()
	if got.Page != place.Customer || got.Customer != "c2" || got.List.Index != 1 || got.List.Total != 2 {
		t.Errorf("who came leads to %+v", got)
	}
	if id, err := got.List.At(0); id != "c1" || err != nil {
		t.Errorf("the walk leads to %s", id)
	}
	s.page.focusTable()
	s.typed(fyne.KeyDown)
	s.until("that nothing is known yet", func() bool {
		return slices.ContainsFunc(screen.Read(s.window.Canvas()).Texts, func(t screen.Text) bool { return strings.HasPrefix(t.Text, "从今天开始记") })
	})
}

func TestANewSegmentIsCountedWhileItIsWritten(t *testing.T) {
	s := newStage(t, filled())
	s.see("Tea")
	s.page.create()
	test.Type(s.window.Canvas().Focused(), "Gifts")
	s.window.Canvas().FocusNext()
	test.Type(s.window.Canvas().Focused(), "purchases > ")
	if !s.reads("purchases > ") {
		t.Error("the mistake is not shown")
	}
	s.press(parts.Submit.Key, parts.Submit.Mod)
	if s.book.last() != "" {
		t.Fatalf("saved a rule that is none: %s", s.book.last())
	}
	test.Type(s.window.Canvas().Focused(), "5")
	s.see("订单数 > 5")
	s.see("符合 13 位客户")
	s.press(parts.Submit.Key, parts.Submit.Mod)
	s.see(s.words.Text("segments_name_taken"))
	if s.book.last() != "" {
		t.Fatalf("wrote over a segment: %s", s.book.last())
	}
	test.Type(s.window.Canvas().Focused(), "2 ")
	s.typed(fyne.KeyReturn)
	if s.book.last() != "" {
		t.Fatal("plain Enter saved")
	}
	s.press(parts.Submit.Key, parts.Submit.Mod)
	s.until("the segment is saved", func() bool { return s.book.last() != "" })
	if parts.DialogOpen(s.window.Canvas()) {
		t.Error("the dialog is open still")
	}
}

func TestAReadyOneIsCopied(t *testing.T) {
	s := newStage(t, filled())
	const rule = "purchases >= 2 and last_purchase < 180d ago"
	s.click("沉睡")
	s.see(fmt.Sprintf("符合 %d 位客户", len(rule)))
	s.press(parts.Submit.Key, parts.Submit.Mod)
	s.until("the segment is saved", func() bool {
		return s.book.last() == "save 沉睡: "+rule
	})
}

func TestTheRuleOfASegmentIsChanged(t *testing.T) {
	s := newStage(t, filled())
	s.see("Tea")
	s.typed(fyne.KeyDown)
	s.click("改规则…")
	test.Type(s.window.Canvas().Focused(), " and net > 9")
	s.press(parts.Submit.Key, parts.Submit.Mod)
	s.until("the rule is saved", func() bool { return s.book.last() == "save Gifts: tag = gift and net > 9" })
}

func TestWithoutSegmentsThePageSaysWhatToDo(t *testing.T) {
	s := newStage(t, &fakeBook{})
	s.click("去客户页筛选")
	if s.opened().Page != place.Customers {
		t.Errorf("%+v", s.opened())
	}
	s.see("沉睡")
}

func TestAfterAnErrorThePageIsReadAgain(t *testing.T) {
	book := filled()
	book.err = errors.New("no")
	s := newStage(t, book)
	s.see("分群没有读出来。")
	book.mend()
	s.click("重试")
	s.see("Gifts")
}
