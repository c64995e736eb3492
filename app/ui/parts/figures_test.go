package parts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"kebu/app/ui/look"
)

// placed is an object at a place, in its least size where none is given.
type placed struct {
	obj                 fyne.CanvasObject
	x, y, width, height float32
}

func spread(all ...placed) fyne.CanvasObject {
	c := container.NewWithoutLayout()
	for _, p := range all {
		size := p.obj.MinSize()
		if p.width > 0 {
			size.Width = p.width
		}
		if p.height > 0 {
			size.Height = p.height
		}
		p.obj.Move(fyne.NewPos(p.x, p.y))
		p.obj.Resize(size)
		c.Add(p.obj)
	}
	return c
}

func nothing(fyne.CanvasObject) {}

func demoTile(label, figure, change string, tone look.Tone, note string, bars ...float64) *Tile {
	t := NewTile(label)
	t.SetFigure(figure)
	t.SetChange(change, tone)
	t.SetNote(note)
	t.SetBars(bars)
	t.OnReason(nothing)
	return t
}

func TestTile(t *testing.T) {
	opened, reasons := 0, 0
	tile := demoTile("本月净销售", "¥86,420.50", "▲ 12.4%", look.Good, "比上月同期", 40, 52, 47, 61, 58, 66, 54, 63, 71, 69, 77, 86)
	tile.OnTapped = func() { opened++ }
	tile.OnReason(func(fyne.CanvasObject) { reasons++ })
	falls := demoTile("退款率", "4.2%", "▲ 0.6", look.Bad, "点 · 按金额，和去年同一个月的同样天数相比", 3, -2, 0, 4.2)
	s := newScreen(t, spread(
		placed{tile, 12, 12, 280, 0}, placed{falls, 304, 12, 200, 0}, placed{NewTile("复购率"), 516, 12, 240, 0},
	), fyne.NewSize(768, 122))
	s.canvas().Focus(tile)
	s.golden("tile")

	s.key(fyne.KeyReturn, fyne.KeySpace)
	s.canvas().FocusNext()
	s.key(fyne.KeyReturn)
	if opened != 2 || reasons != 1 {
		t.Errorf("opened %d times, the reason %d times", opened, reasons)
	}
	s.click(tile.reason)
	s.click(tile)
	if opened != 3 || reasons != 2 {
		t.Errorf("after clicks: opened %d times, the reason %d times", opened, reasons)
	}
}

func demoBars() *Bars {
	b := NewBars()
	b.SetAxis(func(v float64) string {
		if v == 0 {
			return "0"
		}
		return fmt.Sprintf("%g 万", v/10)
	})
	b.SetSeries(
		[]string{"25年12月", "26年1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月"},
		[][]float64{{31, 36, 33, 40, 46, 50, 39, 47, 58, 49, 61, 55}, {22, 26, 19, 24, 30, 28, 21, 25, 33, 27, 29, 31}},
	)
	b.SetRunning("至今")
	b.Tip = func(i int) []string {
		return []string{b.labels[i], "老客 ¥58,104 · 251 位", "新客 ¥33,270 · 140 位"}
	}
	return b
}

func TestBars(t *testing.T) {
	var opened []string
	b := demoBars()
	b.OnTapped = func(i, series int) { opened = append(opened, fmt.Sprint(i, series)) }
	s := newScreen(t, NewCard("每月净销售", NewLegend("老客", "新客"), b), fyne.NewSize(716, 332))
	at := spotOf(s.canvas(), b).at
	over := func(column, series int) fyne.Position {
		r := b.stack(column)[series]
		return at.AddXY((r.left+r.right)/2, (r.top+r.foot)/2)
	}
	test.MoveMouse(s.canvas(), over(8, 0))
	s.golden("bars")

	test.TapCanvas(s.canvas(), over(8, 0))
	test.TapCanvas(s.canvas(), over(3, 1))
	s.canvas().Focus(b)
	s.key(fyne.KeyHome, fyne.KeyLeft, fyne.KeyRight, fyne.KeyReturn, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeySpace, fyne.KeyEnd, fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn)
	if want := []string{"8 0", "3 1", "1 -1", "1 1", "11 0"}; !slices.Equal(opened, want) {
		t.Errorf("opened %q, not %q", opened, want)
	}
}

func TestBarsBelowZeroAndAlone(t *testing.T) {
	n := NewBars()
	n.SetAxis(func(v float64) string { return strings.Replace(fmt.Sprint(v), "-", "−", 1) })
	n.SetSeries([]string{"1 月", "2 月", "3 月", "4 月"}, [][]float64{{4, -3, 5, 0}, {2, -1, -3, 1}})
	alone := NewBars()
	days := []float64{44, 38, 35, 41, 36, 38, 35, 37}
	labels := make([]string, len(days))
	for i, d := range days {
		labels[i] = fmt.Sprint(d)
	}
	alone.SetSeries(labels, [][]float64{days})
	many := NewBars()
	many.SetAxis(func(v float64) string { return fmt.Sprint(v) })
	var months []string
	var values []float64
	for i := range 36 {
		months = append(months, fmt.Sprintf("%d月", i%12+1))
		values = append(values, float64(i*i%17))
	}
	many.SetSeries(months, [][]float64{values})
	s := newScreen(t, spread(placed{n, 12, 12, 240, 200}, placed{alone, 270, 60, 298, 62}, placed{many, 590, 12, 400, 200}), fyne.NewSize(1002, 224))
	s.canvas().Focus(n)
	s.golden("bars-other")
}

func TestScaleHoldsItsValues(t *testing.T) {
	for _, c := range []struct{ low, high, from, to, step float64 }{
		{0, 91, 0, 120, 30},
		{0, 0, 0, 1, 1},
		{0, 1, 0, 1.2, 0.3},
		{-4, 6, -6, 6, 3},
		{0, 100, 0, 120, 30},
		{0, 7.2e6, 0, 8e6, 2e6},
		{5, 9, 0, 9, 3},
	} {
		from, to, step := scale(c.low, c.high)
		if near := func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }; !near(from, c.from) || !near(to, c.to) || !near(step, c.step) {
			t.Errorf("scale(%g, %g) = %g, %g, %g", c.low, c.high, from, to, step)
		}
	}
}

func TestFigures(t *testing.T) {
	var row []*Figure
	reasons := 0
	for i, f := range [][3]string{{"净消费", "¥7,905.20", "付款 − 退款"}, {"订单", "9 单", "1 单取消不计"}, {"平均间隔", "38 天", "8 次，35 至 44 天"}, {"上次购买", "146 天前", "比平时晚 108 天"}, {"退款", "", ""}} {
		g := NewFigure(f[0])
		tone := look.Muted
		if i == 3 {
			tone = look.Late
		}
		if f[1] != "" {
			g.Set(f[1], f[2], tone)
		}
		g.OnReason(func(fyne.CanvasObject) { reasons++ })
		row = append(row, g)
	}
	line := NewFigureLine("净消费")
	line.Set("¥7,905.20", "付款 8,204.20 − 退款 299.00", look.Faint)
	late := NewFigureLine("上次购买")
	late.Set("2026-06-30", "146 天前，比平时晚 108 天", look.Late)
	s := newScreen(t, spread(placed{NewFigureRow(row...), 12, 12, 838, 0}, placed{line, 12, 110, 292, 0}, placed{late, 12, 155, 292, 0}), fyne.NewSize(862, 212))
	s.canvas().FocusNext()
	s.golden("figure")
	s.key(fyne.KeySpace)
	s.click(row[4])
	if reasons != 2 {
		t.Errorf("the reason opened %d times", reasons)
	}
}

func TestMaskedText(t *testing.T) {
	const clear = "四川省成都市武侯区示范路示范小区 3 栋 2 单元 1802"
	now := time.Unix(1e9, 0)
	phone, address := NewMaskedText("*******5678"), NewMaskedText("四川省成都市武侯区****")
	address.SetWidth(190)
	address.Reveal(clear, now, now.Add(time.Minute))
	if !address.Tick(now.Add(20 * time.Second)) {
		t.Fatal("masked after 20 of 60 seconds")
	}
	s := newScreen(t, spread(placed{phone, 12, 12, 200, 0}, placed{address, 12, 42, 200, 0}), fyne.NewSize(224, 114))
	s.golden("masked")

	if address.Tick(now.Add(time.Minute)) || address.Clear() {
		t.Error("clear after its time")
	}
	address.Reveal(clear, now, now.Add(time.Minute))
	if address.Tick(now.Add(-time.Hour)) {
		t.Error("a clock that was set back keeps the value clear")
	}
	address.Reveal(clear, now, now.Add(time.Minute))
	address.Hide()
	address.Show()
	for _, o := range test.WidgetRenderer(address).Objects() {
		if strings.Contains(fmt.Sprintf("%+v", o), "1802") {
			t.Error("a shape keeps the clear value")
		}
	}
	if address.clear != "" {
		t.Error("hidden, the widget keeps the clear value")
	}
}

func TestChipsByKeyboard(t *testing.T) {
	tags := []Chip{{Text: "老师", Tone: look.Plain}, {Text: "送礼", Tone: look.Plain}, {Text: "要发票", Tone: look.Plain}, {Text: "退货多", Tone: look.Bad}}
	c := NewChips(2)
	added := 0
	c.Set(tags)
	c.OnAdd("标签", func(fyne.CanvasObject) { added++ })
	c.OnRemove(func(i int) {
		tags = slices.Delete(slices.Clone(tags), i, i+1)
		c.Set(tags)
	})
	still := NewChips(0)
	still.SetWidth(150)
	still.Set([]Chip{{Text: "短信 同意", Tone: look.Good}, {Text: "微信 未问过", Tone: look.Plain}, {Text: "退货多", Tone: look.Bad}, {Text: "已过期", Tone: look.Late}})
	s := newScreen(t, spread(placed{c, 12, 12, 0, 0}, placed{still, 12, 44, 150, 0}), fyne.NewSize(280, 104))
	s.canvas().FocusNext()
	s.golden("chips")

	s.key(fyne.KeyDelete)
	if len(tags) != 3 || tags[0].Text != "送礼" {
		t.Fatalf("Del left %v", tags)
	}
	if p, ok := s.canvas().Focused().(*chipPiece); !ok || p.chip.Text != "送礼" {
		t.Error("the focus did not go to the next chip")
	}
	s.canvas().FocusNext()
	s.canvas().FocusNext()
	s.key(fyne.KeyReturn)
	if len(c.pieces) != 4 {
		t.Errorf("+1 unfolds to %d pieces", len(c.pieces))
	}
	s.click(c.pieces[3])
	if added != 1 {
		t.Error("the plus does nothing")
	}
}

func TestMeterAndSteps(t *testing.T) {
	row := NewSteps("选文件", "认格式", "试运行", "导入", "报告")
	row.SetStep(2)
	all := []placed{{row, 12, 130, 0, 0}}
	for i, m := range [][2]string{{"太弱", "几秒就能猜到"}, {"一般", "用专门设备猜，约需 3 天"}, {"强", "用专门设备猜，约需 400 年"}} {
		meter := NewMeter()
		meter.Set(i+1, m[0], m[1])
		all = append(all, placed{meter, 12, 12 + 38*float32(i), 478, 0})
	}
	newScreen(t, spread(all...), fyne.NewSize(502, 172)).golden("meter-steps")
}

func TestDropZone(t *testing.T) {
	chosen, helped := 0, 0
	z := NewDropZone("把平台导出的订单文件拖到这里", "淘宝、天猫、拼多多、抖音、Shopify，或任何有表头的表格；csv、xlsx，可一次多个", func() { chosen++ })
	z.SetLink("怎么从平台导出？", func() { helped++ })
	s := newScreen(t, spread(placed{z, 12, 12, 640, 140}), fyne.NewSize(664, 164))
	s.canvas().FocusNext()
	s.golden("dropzone")
	s.key(fyne.KeySpace, fyne.KeyReturn)
	s.canvas().FocusNext()
	s.key(fyne.KeySpace)
	if chosen != 2 || helped != 1 {
		t.Errorf("chosen %d times, helped %d times", chosen, helped)
	}
}

func TestTimeline(t *testing.T) {
	var opened []int
	tl := NewTimeline()
	tl.OnOpen = func(i int) { opened = append(opened, i) }
	tl.SetEvents([]Event{
		{"2026", "07-02", "note", look.Accent, "备注", "收到礼盒，说茶杯很喜欢，下次要绿色的。", "店主", look.Muted, false},
		{"2026", "06-30", "bag", look.Good, "买了 武夷岩茶 礼盒 ×2", "淘宝 …203311 · 已完成 · 顺丰", "¥796.00", look.Plain, true},
		{"2026", "04-26", "refund", look.Bad, "退款 武夷岩茶 250g", "淘宝 …190077 · 仅退款 · 运输破损", "−¥299.00", look.Bad, true},
		{"2025", "11-19", "bag", look.Muted, "买了 武夷岩茶 250g", "淘宝 …190077 · 已退款", "¥299.00", look.Plain, true},
		{"2025", "03-08", "merge", look.Muted, "两个账号合为一位", "依据：同一手机号 · 导入 #31 · 可拆开", "", look.Plain, false},
	})
	s := newScreen(t, spread(placed{tl, 12, 12, 560, 290}), fyne.NewSize(584, 314))
	s.canvas().Focus(tl.Focusable())
	s.key(fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
	s.golden("timeline")
	s.key(fyne.KeyEnd, fyne.KeyReturn, fyne.KeyUp, fyne.KeyReturn)
	test.TapCanvas(s.canvas(), fyne.NewPos(200, 12+26+46+46+10))
	if want := []int{1, 3, 2}; !slices.Equal(opened, want) {
		t.Errorf("opened %v, not %v", opened, want)
	}
	tl.SetEvents(nil)
	s.key(fyne.KeyDown, fyne.KeyReturn)
}

func TestWizard(t *testing.T) {
	var at, done, cancelled int
	pass := NewEntry("")
	meter := NewMeter()
	meter.Set(3, "强", "用专门设备猜，约需 400 年")
	var w *Wizard
	pages := []WizardPage{
		{Title: "店铺与位置", Body: NewPara("", 0)},
		{
			Title: "密码", Heading: "给客簿设一个密码", Intro: "密码只有你知道，我们也打不开。几个不相干的拼音词最好记，也最难猜。",
			Body: container.NewVBox(NewField("密码", pass), meter),
			Ready: func() error {
				if len(pass.Text) < 8 {
					return fmt.Errorf("too short")
				}
				return nil
			},
			Enter: func() { pass.Focus() },
		},
		{Title: "恢复单", Body: NewPara("", 0)},
	}
	w = NewWizard(hans, "新建客簿", pages, func() { done++ })
	w.OnCancel = func() { cancelled++ }
	w.OnPage = func(i int) { at = i }
	pass.OnChanged = func(string) { w.Update() }
	s := newScreen(t, container.NewCenter(w), fyne.NewSize(800, 560))
	detach := w.Attach(s.canvas())

	s.combine(Submit)
	if at != 1 || s.canvas().Focused() != fyne.Focusable(pass) {
		t.Fatalf("Ctrl+Enter leads to page %d, the focus to %T", at, s.canvas().Focused())
	}
	s.combine(Submit)
	if at != 1 || !w.next.Disabled() {
		t.Fatal("one can go on from a page that is not ready")
	}
	pass.SetText("shiban kafei 9 fengzheng")
	s.golden("wizard")
	s.key(fyne.KeyReturn)
	if at != 1 {
		t.Error("plain Enter goes on")
	}
	s.combine(Submit)
	w.Back()
	s.combine(Submit)
	s.combine(Submit)
	if at != 2 || done != 1 {
		t.Errorf("page %d, done %d times", at, done)
	}
	s.key(fyne.KeyEscape)
	if cancelled != 1 {
		t.Error("Esc does not cancel")
	}
	w.SetBusy("正在写…")
	s.combine(Submit)
	s.key(fyne.KeyEscape)
	if done != 1 || cancelled != 1 {
		t.Error("a busy wizard was left")
	}
	detach()
}
