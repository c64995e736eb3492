package parts

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

func countCards() []CountCard {
	return []CountCard{
		{"新订单", "2,847", "来自 1,902 位新客户", look.Good},
		{"有变化", "213", "多为状态与退款", look.Accent},
		{"相同", "341", "不会动", look.Muted},
		{"待确认", "12", "位买家可能重复", look.Late},
		{"读不了", "11", "可另存后改好再导", look.Bad},
	}
}

func TestCountCardsLook(t *testing.T) {
	cards := NewCountCards(countCards(), func(int) {})
	cards.Set(1)
	golden(t, "countcards", cards, fyne.NewSize(800, 86))
}

func TestCountCardsGoAlongByKeys(t *testing.T) {
	var seen []int
	cards := NewCountCards(countCards(), func(i int) { seen = append(seen, i) })
	s := newScreen(t, cards, fyne.NewSize(800, 86))
	s.window.Canvas().Focus(cards)
	for _, k := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight} {
		cards.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if want := []int{1, 2, 1, 2, 3, 4}; !slices.Equal(seen, want) {
		t.Errorf("the cards chosen were %v, not %v", seen, want)
	}
}

func TestAShortenedNoteOfACountCardIsTold(t *testing.T) {
	cards := NewCountCards(countCards(), func(int) {})
	s := newScreen(t, cards, fyne.NewSize(500, 86))
	for _, c := range []struct {
		x     float32
		tells string
	}{{50, "来自 1,902 位新客户"}, {250, ""}} {
		cards.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(c.x, 40)}})
		s.clock.turn(tipDelay)
		told := ""
		if box := s.layer.tip.box; box != nil {
			told = strings.Join(box.lines, "")
		}
		if told != c.tells {
			t.Errorf("at %.0f it tells %q", c.x, told)
		}
	}
	cards.MouseOut()
}

func TestArrowLinesAndTheActionBarLook(t *testing.T) {
	golden(t, "arrowlines", NewStack(
		NewArrowLine("订单编号", "订单号", "", ""),
		NewArrowLine("收货人姓名", "姓名", "lock", "单独加密"),
		NewArrowLine("买家实际支付金额（含运费与优惠）", "付款", "", ""),
	), fyne.NewSize(300, 70))
	golden(t, "actionbar", NewActionBar("undo", "导入以后随时可以整次撤销，连改动过的订单也会回到现在的样子。",
		Second("取消", "", nil), Primary("导入 3,060 笔订单", "import", nil)), fyne.NewSize(700, 54))
}
