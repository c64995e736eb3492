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

	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
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

// stage is the page in a window.
type stage struct {
	*desktest.Stage
	page *Page
	book *fakeBook
}

func newStage(t *testing.T, book *fakeBook) *stage {
	t.Helper()
	s := &stage{Stage: desktest.New(t), book: book}
	s.page = New(s.Desk, book)
	s.Open(s.page, place.Place{})
	return s
}

func TestSegmentsByKeyboard(t *testing.T) {
	s := newStage(t, filled())
	s.See("Tea")
	s.Press(fyne.KeyDown, fyne.KeyReturn)
	if got := s.LastOpened(); got.Page != place.Customers || got.Segment != "Gifts" || got.Rule != "tag = gift" || !got.Fresh {
		t.Errorf("Enter opens %+v", got)
	}
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDelete)
	s.Until("the segment is deleted", func() bool { return s.book.last() == "delete Tea" })
	s.Press(fyne.KeyF2)
	s.Until("a field for the name", func() bool { _, ok := s.Window.Canvas().Focused().(*parts.Entry); return ok })
	s.Type("Leaf")
	s.Press(fyne.KeyReturn)
	s.Until("the segment is renamed", func() bool { return s.book.last() == "rename Tea Leaf" })
}

func TestThePanelTellsWhoCameAndWhoLeft(t *testing.T) {
	s := newStage(t, filled())
	s.See("Gifts")
	s.Press(fyne.KeyDown)
	s.See("mask of c3")
	s.Click("mask of c2")
	got := s.LastOpened()
	if got.Page != place.Customer || got.Customer != "c2" || got.List.Index != 1 || got.List.Total != 2 {
		t.Errorf("who came leads to %+v", got)
	}
	if id, err := got.List.At(0); id != "c1" || err != nil {
		t.Errorf("the walk leads to %s", id)
	}
	s.page.focusTable()
	s.Press(fyne.KeyDown)
	s.Until("that nothing is known yet", func() bool {
		return slices.ContainsFunc(s.Screen().Texts, func(t screen.Text) bool { return strings.HasPrefix(t.Text, "从今天开始记") })
	})
}

func TestANewSegmentIsCountedWhileItIsWritten(t *testing.T) {
	s := newStage(t, filled())
	s.See("Tea")
	s.page.create()
	s.Type("Gifts")
	s.Window.Canvas().FocusNext()
	s.Type("purchases > ")
	if !s.Screen().Has("purchases > ") {
		t.Error("the mistake is not shown")
	}
	s.Ctrl(fyne.KeyReturn)
	if s.book.last() != "" {
		t.Fatalf("saved a rule that is none: %s", s.book.last())
	}
	s.Type("5")
	s.See("订单数 > 5")
	s.See("符合 13 位客户")
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Words.Text("segments_name_taken"))
	if s.book.last() != "" {
		t.Fatalf("wrote over a segment: %s", s.book.last())
	}
	s.Type("2 ")
	s.Press(fyne.KeyReturn)
	if s.book.last() != "" {
		t.Fatal("plain Enter saved")
	}
	s.Ctrl(fyne.KeyReturn)
	s.Until("the segment is saved", func() bool { return s.book.last() != "" })
	if parts.DialogOpen(s.Window.Canvas()) {
		t.Error("the dialog is open still")
	}
}

func TestAReadyOneIsCopied(t *testing.T) {
	s := newStage(t, filled())
	const rule = "purchases >= 2 and last_purchase < 180d ago"
	s.Click("沉睡")
	s.See(fmt.Sprintf("符合 %d 位客户", len(rule)))
	s.Ctrl(fyne.KeyReturn)
	s.Until("the segment is saved", func() bool {
		return s.book.last() == "save 沉睡: "+rule
	})
}

func TestTheRuleOfASegmentIsChanged(t *testing.T) {
	s := newStage(t, filled())
	s.See("Tea")
	s.Press(fyne.KeyDown)
	s.Click("改规则…")
	s.Type(" and net > 9")
	s.Ctrl(fyne.KeyReturn)
	s.Until("the rule is saved", func() bool { return s.book.last() == "save Gifts: tag = gift and net > 9" })
}

func TestWithoutSegmentsThePageSaysWhatToDo(t *testing.T) {
	s := newStage(t, &fakeBook{})
	s.Click("去客户页筛选")
	if s.LastOpened().Page != place.Customers {
		t.Errorf("%+v", s.LastOpened())
	}
	s.See("沉睡")
}

func TestAfterAnErrorThePageIsReadAgain(t *testing.T) {
	book := filled()
	book.err = errors.New("no")
	s := newStage(t, book)
	s.See("分群没有读出来。")
	book.mend()
	s.Click("重试")
	s.See("Gifts")
}
