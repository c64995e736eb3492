package parts

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
)

func TestCardsLook(t *testing.T) {
	card := NewCard("该回来的老客", Link("全部", "", nil), NewPara("赵**  29 天  160 天", 0))
	card.SetNote("87 位，超过自己的平时间隔")
	column := container.NewVBox(card,
		NewCard("", nil, NewText("没有标题", look.SizeBody, look.Plain)),
		NewTabs([]string{"时间线", "订单 10", "备注 3", "同意与查看记录"}, nil),
		NewBanner(look.Late, "下一步打印它，和营业执照放在一起。").SetTitle("忘了密码，只有恢复单能救。"),
		NewBanner(look.Plain, "你写的备注、标签和称呼不会被导入改动。", Link("看看", "", nil)),
		NewStrip(look.Late, "示范店铺，里面的人都是编的。", Link("换成我的店", "", nil)))
	golden(t, "cards", column, fyne.NewSize(460, 420))
}

func TestEmptyStateLooks(t *testing.T) {
	golden(t, "emptystate", NewEmptyState("people", "客户会从订单里自己长出来",
		"导入一份平台的订单，客簿会认出买家，算好每个人的消费和间隔。", Primary("导入订单…", "import", nil), "也可以把文件直接拖进窗口"), fyne.NewSize(620, 360))
}

func TestTabsByKeyboard(t *testing.T) {
	var chosen []int
	tabs := NewTabs([]string{"时间线", "订单", "备注"}, func(i int) { chosen = append(chosen, i) })
	s := newScreen(t, container.NewVBox(tabs), fyne.NewSize(300, 80))
	s.canvas().Focus(tabs)
	s.key(fyne.KeyLeft, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyHome)
	if want := []int{1, 2, 0}; !slices.Equal(chosen, want) {
		t.Errorf("chosen %v, want %v", chosen, want)
	}
	tabs.SetTitles([]string{"时间线", "订单 10"})
	if tabs.Selected() != 0 {
		t.Error("another tab is chosen after SetTitles")
	}
}

func TestSidePanelLooksAndCloses(t *testing.T) {
	p := NewSidePanel(hans)
	closed := 0
	p.OnClose = func() { closed++ }
	if p.Visible() {
		t.Error("an empty panel is shown")
	}
	p.Open("陈**", "陈老师", NewPara("教师节要 12 份伴手礼，预算每份 80，八月底前联系。", 0), Second("打开", "people", nil), Second("记一笔", "note", nil))
	s := newScreen(t, container.NewBorder(nil, nil, nil, p, blank()), fyne.NewSize(400, 300))
	s.golden("sidepanel")
	p.grip.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-400, 0)})
	if p.Width() != 480 {
		t.Errorf("width %v, want at most 480", p.Width())
	}
	s.canvas().Focus(p.shut)
	s.key(fyne.KeySpace)
	if p.Visible() || closed != 1 {
		t.Error("the panel is not closed")
	}
}

func TestF6GoesFromRegionToRegion(t *testing.T) {
	side, head := Second("概览", "", nil), Primary("导出", "", nil)
	first, last := NewEntry("a"), NewEntry("b")
	left := 0
	first.OnLeave = func() { left++ }
	var r Regions
	body := NewCard("表", nil, container.NewVBox(first, last))
	empty := container.NewVBox()
	page := container.NewVBox(side, head, body, empty)
	s := newScreen(t, page, fyne.NewSize(300, 300))
	r.Add("side", container.NewStack(side))
	r.Add("side", side)
	r.Add("head", head)
	r.Add("body", body)
	r.Add("empty", empty)
	expect := func(what string, want fyne.Focusable) {
		t.Helper()
		if s.canvas().Focused() != want {
			t.Errorf("%s: the focus is elsewhere", what)
		}
	}
	r.Next()
	expect("first", side)
	r.Next()
	expect("second", head)
	r.Next()
	expect("third", first)
	if left != 0 {
		t.Error("looking for the first control left it")
	}
	s.canvas().Focus(last)
	r.Next()
	expect("round the end, over the empty one", side)
	r.Previous()
	expect("back, to what had the focus", last)
	if len(s.canvas().Overlays().List()) != 0 {
		t.Error("an overlay was left behind")
	}
}
