package parts

import (
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

func exampleList() *CardList {
	l := NewCardList(CardColumn{Title: "客户"}, CardColumn{Title: "已晚", Width: 62, Right: true}, CardColumn{Title: "净消费 ¥", Width: 88, Right: true})
	l.Ruled = true
	l.SetLines([][]CardCell{
		{{Text: "赵**", Second: "赵总"}, {Text: "160 天", Tone: look.Late, Semibold: true}, {Text: "6,188.00"}},
		{{Text: "诸葛**", Second: "卧龙岗散人，住在山里的一位老客"}, {Text: "130 天", Tone: look.Late, Semibold: true}, {Text: "4,512.30"}},
		{{Icon: "clock", Tone: look.Accent, Text: "约在今天跟进"}, {}, {Text: "打开", Tone: look.Accent}},
	})
	return l
}

func TestCardList(t *testing.T) {
	s := newScreen(t, NewStack(
		NewCard("该回来的老客", nil, exampleList().Whole(320)),
		NewCard("客户构成", nil, func() fyne.CanvasObject {
			l := NewCardList(CardColumn{}, CardColumn{Width: 128}, CardColumn{Width: 54, Right: true})
			l.SetLines([][]CardCell{{{Text: "常客"}, {Bar: 0.3}, {Text: "214"}}, {{Text: "新客"}, {Bar: 1, Soft: true}, {Text: "982"}}})
			return l
		}()),
		NewCard("等你处理", nil, NewEmptyLine("check", "都处理好了。")),
		NewCard("正在读", nil, NewCardList(CardColumn{})),
	), fyne.NewSize(360, 740))
	s.golden("cardlist")
}

func TestCardListByKeyboardAndMouse(t *testing.T) {
	l := exampleList()
	opened := -1
	l.OnOpen = func(i int) { opened = i }
	s := newScreen(t, l, fyne.NewSize(360, 200))
	s.canvas().Focus(l)
	s.key(fyne.KeyReturn)
	if opened != 0 {
		t.Errorf("the first line is not opened: %d", opened)
	}
	s.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeySpace)
	if opened != 1 {
		t.Errorf("opened %d", opened)
	}
	s.key(fyne.KeyEnd, fyne.KeyReturn)
	if opened != 2 {
		t.Errorf("the last line is not opened: %d", opened)
	}
	opened = -1
	l.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 5)})
	if opened != -1 {
		t.Error("the head opened something")
	}
	l.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 20+36+10)})
	if opened != 1 {
		t.Errorf("a click on the second line opened %d", opened)
	}
	l.SetLines(nil)
	opened = -1
	s.key(fyne.KeyReturn)
	if opened != -1 {
		t.Error("an empty list opened something")
	}
}

func TestCardListShowsWholeLinesOnly(t *testing.T) {
	l := exampleList()
	newScreen(t, l, fyne.NewSize(360, 20+2*36+10))
	if l.shown != 2 {
		t.Errorf("%d lines in the room of two", l.shown)
	}
	l.Resize(fyne.NewSize(360, 20+3*31)) // a little less than three lines need
	if l.shown != 3 {
		t.Errorf("%d lines, of which three fit closer together", l.shown)
	}
}

func TestExcerptAndSum(t *testing.T) {
	e := NewExcerpt()
	if e.Visible() {
		t.Error("an excerpt of nothing is shown")
	}
	e.Set("purchases >= 3 and purchasees > 1", 19, 29)
	s := newScreen(t, NewStack(e,
		NewPair("付款", "¥1,250.00", look.Plain, false), NewPair("退款", "−¥60.00", look.Plain, false),
		NewPair("净销售", "¥1,190.00", look.Plain, true), NewPair("上月同期", "¥980.00", look.Muted, false),
	), fyne.NewSize(300, 160))
	s.golden("excerpt-sum")
}
