package parts

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"

	"kebu/app/ui/look"
)

func TestButtonsLook(t *testing.T) {
	off := Primary("导入 3,060 笔订单", "import", nil)
	off.Disable()
	ringed := Second("记一笔", "note", nil)
	under := Primary("导出 288 位", "export", nil)
	under.MouseIn(nil)
	row := container.NewVBox(
		container.NewHBox(Primary("导出名单…", "export", nil), Second("存为分群", "segment", nil), Danger("撤销 3,060 笔", "", nil)),
		container.NewHBox(Link("清除", "", nil), Link("查看…", "eye", nil), Link("全部满足", "down", nil), Second("更多", "down", nil), IconButton("close", "关闭", nil), IconButton("cols", "列", nil)),
		container.NewHBox(off, under, ringed),
	)
	s := newScreen(t, container.New(inset{12, 12, 12, 12}, row), fyne.NewSize(420, 140))
	s.canvas().Focus(ringed)
	s.golden("buttons")
}

func TestSpacePressesAButtonAndEnterDoesNot(t *testing.T) {
	pressed, bubbled := 0, 0
	b := Primary("导入", "", func() { pressed++ })
	s := newScreen(t, container.NewVBox(b), fyne.NewSize(200, 80))
	KeysOf(s.canvas()).Push(func(p Press) bool {
		if p == (Press{Key: fyne.KeyReturn}) {
			bubbled++
		}
		return true
	})
	s.canvas().Focus(b)
	s.key(fyne.KeyReturn, fyne.KeyEnter)
	if pressed != 0 || bubbled != 2 {
		t.Errorf("after Enter: pressed %d, bubbled %d, want 0 and 2", pressed, bubbled)
	}
	s.key(fyne.KeySpace)
	if pressed != 1 {
		t.Errorf("after Space: pressed %d, want 1", pressed)
	}
	b.Disable()
	s.key(fyne.KeySpace)
	s.click(b)
	if pressed != 1 {
		t.Errorf("a disabled button was pressed")
	}
}

func TestFieldsLook(t *testing.T) {
	bad := NewPassword("", hans)
	bad.SetText("kafei2026")
	wrong := NewField("密码", bad)
	wrong.SetNote("大写锁定已开", "info", look.Late)
	wrong.SetError("密码不对。请看大小写和输入法，再试一次。")
	hinted := NewField("再输一次", NewEntry("和上面一样"))
	hinted.SetHint("空格和中文都可以")
	search := NewSearchEntry("姓名、会员名、电话后四位、拼音", nil)
	focused := NewEntry("")
	focused.SetText("shiban kafei 9 fengzheng")
	tall := NewEntry("无").SetHeight(36)
	tall.SetText("高一点的一行")
	note := NewMultiline("写一条备注，Ctrl+Enter 保存", 3)
	note.SetText("教师节要 12 份伴手礼，预算每份 80，八月底前联系。发票抬头在 5 月的备注里，写给老客的话也在那里。")
	off := NewSelect([]string{"打码"}, nil)
	off.Disable()
	column := container.New(layout.NewCustomPaddedVBoxLayout(10), wrong, hinted, search, focused, tall, note,
		NewSelect([]string{"发短信：老客回访", "对账"}, nil), off)
	s := newScreen(t, container.New(inset{16, 16, 16, 16}, column), fyne.NewSize(392, 500))
	s.canvas().Focus(focused)
	s.golden("fields")
}

func TestChoicesLook(t *testing.T) {
	on, some, off := NewCheck("导出后打开所在文件夹", nil), NewCheck("全部", nil), NewCheck("打开时要密码", nil)
	on.SetState(On)
	some.SetState(Some)
	grey := NewCheck("地址", nil)
	grey.SetState(On)
	grey.Disable()
	side := NewRadio([]string{"Excel .xlsx", "CSV", "通讯录 .vcf"}, nil)
	side.Horizontal = true
	column := container.NewVBox(on, some, off, grey, NewRadio([]string{"早于", "晚于", "在两个日期之间"}, nil), side)
	s := newScreen(t, container.New(inset{16, 16, 16, 16}, column), fyne.NewSize(360, 310))
	s.canvas().Focus(side)
	s.golden("choices")
}

func TestChoicesByKeyboard(t *testing.T) {
	var checked bool
	var chosen []int
	check := NewCheck("打码", func(on bool) { checked = on })
	radio := NewRadio([]string{"a", "b", "c"}, func(i int) { chosen = append(chosen, i) })
	list := NewSelect([]string{"淘宝", "天猫", "拼多多"}, func(i int) { chosen = append(chosen, 10+i) })
	s := newScreen(t, container.NewVBox(check, radio, list), fyne.NewSize(300, 300))
	check.SetState(Some)
	s.canvas().Focus(check)
	s.key(fyne.KeySpace)
	if !checked || check.State() != On {
		t.Errorf("Space on a partial check: %v, want on", check.State())
	}
	s.canvas().Focus(radio)
	s.key(fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	s.canvas().Focus(list)
	s.key(fyne.KeyDown)  // 天猫
	s.key(fyne.KeySpace) // the menu
	s.key(fyne.KeyDown, fyne.KeyReturn)
	if want := []int{1, 2, 11, 12}; !slices.Equal(chosen, want) {
		t.Errorf("chosen %v, want %v", chosen, want)
	}
	if s.canvas().Focused() != fyne.Focusable(list) {
		t.Error("the focus did not return to the list")
	}
	s.key(fyne.KeySpace, fyne.KeyEscape)
	if list.Selected() != 2 || list.open {
		t.Error("Esc did not leave the menu as it was")
	}
}

func TestAnEntryHandsOnWhatIsNoEditing(t *testing.T) {
	var got []Press
	e := NewEntry("")
	s := newScreen(t, container.NewVBox(e), fyne.NewSize(300, 80))
	KeysOf(s.canvas()).Push(func(p Press) bool { got = append(got, p); return true })
	s.canvas().Focus(e)
	for _, r := range "客簿ab" {
		e.TypedRune(r)
	}
	s.key(fyne.KeyA, desktop.KeyShiftLeft, fyne.KeyComma, fyne.KeySpace) // what else comes of typing
	s.key(fyne.KeyEscape, fyne.KeyF6, fyne.KeyBackspace, fyne.KeyReturn, fyne.KeyDown, fyne.KeyLeft)
	s.combine(Submit)
	s.combine(Press{fyne.KeyRight, fyne.KeyModifierAlt})
	s.combine(Press{fyne.KeyZ, fyne.KeyModifierShortcutDefault})
	want := []Press{{Key: fyne.KeyEscape}, {Key: fyne.KeyF6}, {Key: fyne.KeyReturn}, {Key: fyne.KeyDown}, Submit, {fyne.KeyRight, fyne.KeyModifierAlt}}
	if !slices.Equal(got, want) {
		t.Errorf("handed on %v, want %v", got, want)
	}
	if e.Text != "客簿ab" {
		t.Errorf("text %q, want that Ctrl+Z took back the Backspace", e.Text)
	}
}

func TestSearchWaitsForTheLastKey(t *testing.T) {
	s := newScreen(t, blank(), fyne.NewSize(300, 80))
	var searched []string
	down := 0
	e := NewSearchEntry("", s.clock)
	e.OnSearch = func(text string) { searched = append(searched, text) }
	e.OnDown = func() { down++ }
	s.window.SetContent(container.NewVBox(e))
	s.canvas().Focus(e)
	e.TypedRune('陈')
	s.clock.turn(60 * time.Millisecond)
	e.TypedRune('老')
	s.clock.turn(60 * time.Millisecond)
	if searched != nil {
		t.Fatalf("searched %v before the user stopped", searched)
	}
	s.clock.turn(20 * time.Millisecond)
	s.key(fyne.KeyEscape)
	s.clock.turn(time.Second)
	if want := []string{"陈老", ""}; !slices.Equal(searched, want) {
		t.Errorf("searched %q, want %q", searched, want)
	}
	s.key(fyne.KeyDown)
	if down != 1 {
		t.Error("↓ did not go to the table")
	}
	e.SetQuiet("成都")
	s.clock.turn(time.Second)
	if len(searched) != 2 || e.Text != "成都" {
		t.Error("SetQuiet searched, or did not set the text")
	}
}

func TestLinesBreakWhereTheyMay(t *testing.T) {
	text := "导出后它不再加密，用完请删除。会记下：谁、何时、为什么、哪些列（电话）、多少行 ExportOrderList_1122.csv。"
	for width := float32(40); width < 400; width += 7 {
		lines := wrap(text, look.SizeBody, width)
		if joined := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); joined != strings.ReplaceAll(text, " ", "") {
			t.Fatalf("width %v: letters were lost: %q", width, lines)
		}
		for i, line := range lines {
			first, last := []rune(line)[0], []rune(line)[len([]rune(line))-1]
			if width > 60 && (i > 0 && strings.ContainsRune("，。：、）", first) || last == '（') {
				t.Errorf("width %v: line %q breaks where it may not", width, line)
			}
			if len([]rune(line)) > 1 && look.Width(line, look.SizeBody, false) > width+0.5 {
				t.Errorf("width %v: line %q is too wide", width, line)
			}
		}
	}
}

func TestTextsLook(t *testing.T) {
	narrow := NewText("四川省成都市武侯区 ExportOrderList_1122.csv", look.SizeBody, look.Plain)
	narrow.SetMax(200)
	bold := NewTitle("给客簿设一个密码", look.SizeTitle)
	short := NewText("Orders exported from Taobao, Tmall", look.SizeBody, look.Muted)
	short.SetMax(150)
	column := container.NewVBox(bold, container.NewHBox(narrow), container.NewHBox(short),
		NewPara("教师节要 12 份伴手礼，预算每份 80，八月底前联系。发票抬头在 5 月的备注里（老客）。", 220),
		NewPara("Needs 12 gifts for Teachers' Day, ¥80 each; get in touch by late August.", 220).SetTone(look.Muted))
	golden(t, "texts", column, fyne.NewSize(300, 260))
}

func TestAShortenedTextTellsTheRest(t *testing.T) {
	text := NewText("四川省成都市武侯区人民南路", look.SizeBody, look.Plain).Shrink()
	s := newScreen(t, container.NewGridWrap(fyne.NewSize(80, 24), text), fyne.NewSize(300, 120))
	s.hover(text)
	s.clock.turn(400 * time.Millisecond)
	if s.layer.tip.box != nil {
		t.Error("the tooltip came at once")
	}
	s.clock.turn(200 * time.Millisecond)
	if s.layer.tip.box == nil {
		t.Fatal("no tooltip")
	}
	s.golden("tooltip")
	test.MoveMouse(s.canvas(), fyne.NewPos(200, 100))
	if s.layer.tip.box != nil || len(s.layer.float.Objects) != 0 {
		t.Error("the tooltip stayed")
	}
}

func TestTheLongerOfAPairIsShortenedAndTold(t *testing.T) {
	const short, long = "订单号", "Shipping, Shipping Method, Billing Street and others"
	for _, pair := range [][2]string{{long, short}, {short, long}} {
		l := NewPairLine(pair[0], pair[1], look.Plain)
		newScreen(t, l, fyne.NewSize(260, 18))
		var shown []string
		for _, o := range test.WidgetRenderer(l).Objects() {
			if text, ok := o.(*canvas.Text); ok {
				shown = append(shown, text.Text)
			}
		}
		if !slices.Contains(shown, short) || slices.Contains(shown, long) || l.tips.text != long {
			t.Errorf("%q shows %q and tells %q", pair, shown, l.tips.text)
		}
	}
}
