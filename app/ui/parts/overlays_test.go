package parts

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"kebu/app/ui/look"
)

func exportDialog(s *screen) (d *Dialog, exported *int) {
	exported = new(int)
	purpose := NewSelect([]string{"发短信：老客回访", "对账"}, nil)
	body := container.NewVBox(NewField("用途", purpose), NewField("", NewEntry("茶季上新，通知三个月没来的老客")),
		NewBanner(look.Late, "导出后它不再加密，用完请删除。会记下：谁、何时、为什么、哪些列、多少行。").SetTitle("文件里有 288 个真实电话。"))
	d = NewDialog(s.canvas(), hans, "导出名单", body, fyne.NewSize(520, 360))
	d.SetNote("筛选出的 412 位客户")
	open := NewCheck("导出后打开所在文件夹", nil)
	open.SetState(On)
	d.SetFoot(open)
	d.SetPrimary(DialogAction{Text: "导出 288 位", Icon: "export", Do: func() bool { *exported++; return true }})
	return d, exported
}

func TestDialogLooks(t *testing.T) {
	s := newScreen(t, blank(), fyne.NewSize(640, 440))
	d, _ := exportDialog(s)
	d.Show()
	s.golden("dialog")
}

func TestPlainEnterInADialogDoesNothingFinal(t *testing.T) {
	s := newScreen(t, blank(), fyne.NewSize(640, 440))
	paged := 0
	KeysOf(s.canvas()).Push(func(Press) bool { paged++; return true })
	d, exported := exportDialog(s)
	d.Show()
	for range 12 { // once round all that can be focused
		s.key(fyne.KeyReturn, fyne.KeyEnter)
		for range 3 { // a menu may have opened
			if DialogOpen(s.canvas()) && len(stageOf(s.canvas()).overlays) > 1 {
				t.Fatal("Enter opened something")
			}
		}
		test.FocusNext(s.canvas())
	}
	s.combine(Press{fyne.KeyI, fyne.KeyModifierShortcutDefault})
	s.key(fyne.KeyF5)
	if *exported != 0 || !d.Shown() || paged != 0 {
		t.Fatalf("exported %d, shown %v, keys that reached the page %d", *exported, d.Shown(), paged)
	}
	s.combine(Submit)
	if *exported != 1 || d.Shown() || DialogOpen(s.canvas()) {
		t.Fatalf("after Ctrl+Enter: exported %d, shown %v", *exported, d.Shown())
	}
	s.key(fyne.KeyF5)
	if paged != 1 {
		t.Error("the keys of the page stayed off")
	}
}

func TestAFinalDialogStartsOnCancel(t *testing.T) {
	back := Second("删除…", "", nil)
	s := newScreen(t, container.NewVBox(back), fyne.NewSize(640, 400))
	s.canvas().Focus(back)
	erased, closed := 0, 0
	ask := func() *Dialog {
		d := NewDialog(s.canvas(), hans, "删除 1 位客户的资料？", NewPara("订单的金额和日期留下，姓名、电话、地址和备注都会抹掉。这不能撤销。", 400), fyne.NewSize(460, 0))
		d.Final(DialogAction{Text: "删除 1 位", Do: func() bool { erased++; return true }})
		d.OnClosed = func(bool) { closed++ }
		d.Show()
		return d
	}
	d := ask()
	if s.canvas().Focused() != fyne.Focusable(d.sheet.cancel) {
		t.Fatal("the focus is not on the cancel button")
	}
	s.golden("dialog-final")
	s.key(fyne.KeyReturn)
	s.key(fyne.KeySpace) // on cancel
	if erased != 0 || closed != 1 {
		t.Fatalf("erased %d, closed %d", erased, closed)
	}
	if s.canvas().Focused() != fyne.Focusable(back) {
		t.Error("the focus did not return")
	}
	ask()
	s.key(fyne.KeyEscape)
	d = ask()
	test.FocusNext(s.canvas())
	s.key(fyne.KeySpace) // on the red button
	if erased != 1 || closed != 3 || d.Shown() {
		t.Errorf("erased %d, closed %d", erased, closed)
	}
}

func TestABusyDialogOnlyCancels(t *testing.T) {
	s := newScreen(t, blank(), fyne.NewSize(640, 440))
	d, exported := exportDialog(s)
	d.Show()
	cancelled := 0
	p := NewProgress(hans)
	p.OnCancel = func() { cancelled++ }
	p.Set("正在写 128 / 288", 0.44)
	d.SetBusy("", p)
	s.golden("dialog-busy")
	s.combine(Submit)
	s.key(fyne.KeyEscape, fyne.KeyEscape)
	if *exported != 0 || cancelled != 1 || !d.Shown() {
		t.Errorf("exported %d, cancelled %d, shown %v", *exported, cancelled, d.Shown())
	}
	d.SetBusy("", nil)
	s.key(fyne.KeyEscape)
	if d.Shown() {
		t.Error("Esc did not close the dialog")
	}
}

func TestAPopoverClosesAndGivesTheFocusBack(t *testing.T) {
	at := Second("已加密", "shield", nil)
	s := newScreen(t, container.NewVBox(container.NewHBox(at)), fyne.NewSize(420, 260))
	s.canvas().Focus(at)
	closed, paged := 0, 0
	KeysOf(s.canvas()).Push(func(Press) bool { paged++; return true })
	show := func() *Popover {
		return ShowPopover(at, container.NewVBox(NewTitle("平均间隔怎么来的", look.SizeBody), NewPara("9 单之间 8 次间隔，共 304 天。同一天的订单算一次；取消的不算。", 260), container.NewHBox(Link("看这 9 单", "", nil))), func() { closed++ })
	}
	show()
	if s.canvas().Focused() == nil {
		t.Error("nothing in the popover has the focus")
	}
	s.golden("popover")
	s.key(fyne.KeyEscape)
	if closed != 1 || s.canvas().Focused() != fyne.Focusable(at) {
		t.Errorf("after Esc: closed %d, focus %v", closed, s.canvas().Focused())
	}
	p := show()
	test.TapCanvas(s.canvas(), fyne.NewPos(60, 90))
	if !p.Shown() {
		t.Error("a click inside closed the popover")
	}
	test.TapCanvas(s.canvas(), fyne.NewPos(410, 250))
	if p.Shown() || closed != 2 {
		t.Error("a click outside did not close the popover")
	}
	show()
	s.combine(Submit)
	if paged != 0 || closed != 2 {
		t.Error("Ctrl+Enter of a popover reached the page")
	}
	s.key(fyne.KeyEscape, fyne.KeyEscape)
	if paged != 1 || closed != 3 {
		t.Errorf("a second Esc: the page got %d keys, closed %d", paged, closed)
	}
}

func TestPopoversStayInTheWindow(t *testing.T) {
	room, size := fyne.NewSize(800, 600), fyne.NewSize(300, 200)
	for _, c := range []struct {
		name string
		spot spot
		want fyne.Position
	}{
		{"below", spot{fyne.NewPos(100, 100), fyne.NewSize(80, 30)}, fyne.NewPos(100, 134)},
		{"at the right edge", spot{fyne.NewPos(700, 100), fyne.NewSize(80, 30)}, fyne.NewPos(480, 134)},
		{"at the lower edge", spot{fyne.NewPos(100, 500), fyne.NewSize(80, 30)}, fyne.NewPos(100, 296)},
		{"in a low window", spot{fyne.NewPos(-20, 580), fyne.NewSize(10, 10)}, fyne.NewPos(8, 376)},
	} {
		if got := beside(c.spot, size, room, 4); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestMenuByKeyboard(t *testing.T) {
	s := newScreen(t, blank(), fyne.NewSize(420, 320))
	var done string
	do := func(what string) func() { return func() { done += what } }
	items := []MenuItem{
		{Text: "打开", Shortcut: "Enter", Do: do("o")},
		{Text: "记一笔…", Shortcut: "Ctrl+N", Icon: "note", Do: do("n")},
		{Text: "加标签…", Shortcut: "Ctrl+T", Icon: "tag", Do: do("t")},
		{Separator: true},
		{Text: "复制 4 行", Shortcut: "Ctrl+C", Disabled: true, Do: do("c")},
		{Text: "只看 成都", Checked: true, Do: do("s")},
		{Text: "Export…", Do: do("e")},
	}
	show := func() { ShowMenuAt(s.canvas(), fyne.NewPos(90, 40), items) }
	show()
	s.key(fyne.KeyDown, fyne.KeyDown)
	s.golden("menu")
	s.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // over the separator and the grey one
	show()
	s.key(fyne.KeyUp, fyne.KeyUp, fyne.KeySpace)
	show()
	s.canvas().Focused().TypedRune('E')
	s.key(fyne.KeyReturn)
	show()
	s.key(fyne.KeyEscape)
	if done != "sse" {
		t.Errorf("done %q, want sse", done)
	}
	if len(stageOf(s.canvas()).overlays) != 0 {
		t.Error("the menu is still open")
	}
	show()
	test.TapCanvas(s.canvas(), fyne.NewPos(150, 60))
	if done != "sseo" {
		t.Errorf("a click did %q", done)
	}
}

func TestALongMenuScrolls(t *testing.T) {
	s := newScreen(t, blank(), fyne.NewSize(300, 200))
	var items []MenuItem
	for range 40 {
		items = append(items, MenuItem{Text: "淘宝"})
	}
	items = append(items, MenuItem{Text: "最后"})
	ShowMenuAt(s.canvas(), fyne.NewPos(20, 180), items)
	m, ok := s.canvas().Focused().(*menu)
	if !ok {
		t.Fatal("the menu has not the focus")
	}
	if h := m.over.panel.Size().Height; h > 190 {
		t.Errorf("the menu is %v high in a window of 200", h)
	}
	s.key(fyne.KeyUp)
	if m.scroll.Offset.Y == 0 {
		t.Error("the last item did not scroll into view")
	}
}

func TestSnackbarsLook(t *testing.T) {
	s := newScreen(t, blank(), fyne.NewSize(760, 90))
	s.layer.DoneWith("已导入 3,060 笔订单，1,902 位新客户。", Action{"看新客户", nil}, Action{"撤销", nil})
	s.golden("snackbar")
	s.layer.Fail("备份没有写成：D 盘不在。", "详情", func() {})
	s.golden("snackbar-fail")
}

func TestSnackbarsStayAsLongAsTheyShould(t *testing.T) {
	undone, detailed := 0, 0
	s := newScreen(t, blank(), fyne.NewSize(760, 400))
	text := func() string {
		if b := s.layer.bars.shown; b != nil {
			return b.text
		}
		return ""
	}
	expect := func(what, want string) {
		t.Helper()
		if got := text(); got != want {
			t.Errorf("%s: %q is shown, want %q", what, got, want)
		}
	}
	s.layer.Info("只是说一声")
	s.clock.turn(3900 * time.Millisecond)
	expect("before 4 s", "只是说一声")
	s.clock.turn(200 * time.Millisecond)
	expect("after 4 s", "")

	s.layer.Done("给 4 位加了标签 送礼。", "撤销", func() { undone++ })
	s.clock.turn(5 * time.Second)
	s.layer.Done("给 2 位加了标签 送礼。", "撤销", func() { undone++ })
	s.clock.turn(7 * time.Second)
	expect("the newer one", "给 2 位加了标签 送礼。")
	s.hover(s.layer.bars.shown)
	s.clock.turn(time.Minute)
	expect("under the pointer", "给 2 位加了标签 送礼。")
	s.hover(s.layer.bars.shown.actions[0])
	s.clock.turn(time.Minute)
	expect("under the pointer, on its action", "给 2 位加了标签 送礼。")
	test.MoveMouse(s.canvas(), fyne.NewPos(5, 5))
	s.clock.turn(9 * time.Second)
	expect("8 s after the pointer left", "")

	s.layer.Fail("备份没有写成", "详情", func() { detailed++ })
	s.clock.turn(time.Hour)
	expect("a failure", "备份没有写成")
	s.layer.Done("做了", "撤销", func() { undone++ })
	expect("a newer one", "做了")
	s.click(s.layer.bars.shown.actions[0])
	expect("the failure again", "备份没有写成")
	s.click(s.layer.bars.shown.actions[0])
	expect("after its detail", "")
	if undone != 1 || detailed != 1 {
		t.Errorf("undone %d, detailed %d, want 1 and 1", undone, detailed)
	}
}

func TestAClosedSnackbarGivesTheFocusBack(t *testing.T) {
	undone := 0
	b := Second("下面的", "", nil)
	s := newScreen(t, container.NewVBox(b), fyne.NewSize(640, 300))
	s.canvas().Focus(b)
	s.layer.Done("给 4 位加了标签 送礼。", "撤销", func() { undone++ })
	s.canvas().Focus(s.layer.bars.shown.actions[0])
	s.clock.turn(time.Minute)
	if s.layer.bars.shown == nil {
		t.Fatal("a snackbar with the focus is gone")
	}
	s.key(fyne.KeySpace)
	if undone != 1 || s.canvas().Focused() != fyne.Focusable(b) {
		t.Errorf("undone %d, the focus is on %v", undone, s.canvas().Focused())
	}
}

func TestAPopoverFollowsTheWindow(t *testing.T) {
	at := Second("更多", "down", nil)
	s := newScreen(t, container.NewBorder(nil, nil, nil, container.NewVBox(at), blank()), fyne.NewSize(640, 300))
	p := ShowPopover(at, NewPara("9 单之间 8 次间隔", 200), nil)
	s.window.Resize(fyne.NewSize(400, 300))
	panel := p.over.panel
	if right := panel.Position().X + panel.Size().Width; right > 400 {
		t.Errorf("the popover ends at %v in a window of 400", right)
	}
	if want := spotOf(s.canvas(), at); panel.Position().Y != want.at.Y+want.size.Height+4 {
		t.Error("the popover is not below what opened it")
	}
}

func TestASnackbarLiesAboveADialogAndLetsClicksThrough(t *testing.T) {
	pressed := 0
	b := Second("下面的", "", func() { pressed++ })
	s := newScreen(t, container.NewVBox(b), fyne.NewSize(640, 440))
	s.click(b)
	if pressed != 1 {
		t.Error("the layer keeps clicks from the page")
	}
	d, _ := exportDialog(s)
	d.Show()
	s.layer.Info("先关闭这个对话框，再拖文件。")
	s.click(s.layer.bars.shown.shut)
	if s.layer.bars.shown != nil {
		t.Error("the snackbar above a dialog cannot be closed")
	}
	d.Cancel()
	s.layer.Info("x")
	s.click(s.layer.bars.shown.shut)
	if s.layer.bars.shown != nil || len(s.layer.base.Objects) != 1 {
		t.Error("the layer did not come back from the dialog")
	}
}

func TestClosingAllClosesWhatLiesAbove(t *testing.T) {
	s := newScreen(t, blank(), fyne.NewSize(640, 440))
	closed := 0
	d, _ := exportDialog(s)
	d.OnClosed = func(done bool) {
		if !done {
			closed++
		}
	}
	d.Show()
	s.key(fyne.KeySpace) // the menu of the purpose
	if len(s.canvas().Overlays().List()) != 2 {
		t.Fatal("no menu above the dialog")
	}
	CloseOverlays(s.canvas())
	if closed != 1 || len(s.canvas().Overlays().List()) != 0 || DialogOpen(s.canvas()) {
		t.Errorf("closed %d, overlays %d", closed, len(s.canvas().Overlays().List()))
	}
}

func TestProgressTellsTheRest(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	p := NewProgress(hans)
	p.Now = func() time.Time { return now }
	p.OnCancel = func() {}
	p.Set("正在核对买家 1 / 541,909", 0.0)
	now = now.Add(2 * time.Second)
	p.Set("正在核对买家 60,000 / 541,909", 0.11)
	if p.rest != "" {
		t.Errorf("after 2 s: %q", p.rest)
	}
	now = now.Add(4 * time.Second)
	p.Set("正在核对买家 128,400 / 541,909", 0.237)
	if p.rest != "，约 19 秒" {
		t.Errorf("after 6 s: %q", p.rest)
	}
	unknown := NewProgress(hans)
	unknown.Set("正在读取", -1)
	ended := NewProgress(hans)
	ended.Finish("已取消，什么都没有改变。")
	golden(t, "progress", container.NewVBox(p, unknown, ended), fyne.NewSize(360, 140))
}
