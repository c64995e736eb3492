package parts

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"kebu/app/ui/look"
)

// buyer is a row of the table of customers, invented.
type buyer struct {
	name, alias, letter, account, city string
	orders                             int
	net, last, interval                string
	late                               bool
	tags                               string
}

var buyers = []buyer{
	{"张**", "杭州张姐", "淘", "summer_柚子", "杭州", 14, "12,480.00", "2026-08-02", "34 天", true, "常客 送礼"},
	{"林**", "", "抖", "momo爱吃糖", "泉州", 11, "9,316.50", "2026-07-28", "41 天", true, "常客"},
	{"欧阳**", "", "天", "tb83920175", "长沙", 9, "8,742.00", "2026-08-11", "52 天", false, "囤货"},
	{"陈**", "陈老师", "淘", "青山见我", "成都", 9, "7,905.20", "2026-06-30", "38 天", true, "老师 送礼 要发票"},
	{"王**", "", "拼", "快乐小狗", "郑州", 8, "7,111.00", "2026-08-19", "60 天", false, ""},
	{"J*** S***", "", "S", "jsmith88", "墨尔本", 7, "6,870.40", "2026-07-15", "45 天", true, "海外"},
	{"刘**", "", "淘", "一颗大头菜", "武汉", 7, "6,402.00", "2026-08-22", "71 天", false, "退货多"},
	{"赵**", "赵总", "天", "zhaowei_office", "宁波", 6, "6,188.00", "2026-05-18", "29 天", true, "企业 要发票"},
	{"黄**", "", "抖", "阿黄的日常", "佛山", 6, "5,540.80", "2026-08-06", "48 天", false, ""},
	{"吴**", "", "淘", "wudi_tea", "苏州", 6, "5,217.00", "2026-07-01", "40 天", true, "茶客"},
	{"徐**", "", "拼", "小徐同学", "合肥", 5, "4,996.00", "2026-08-13", "66 天", false, ""},
	{"孙**", "", "淘", "sunny77", "青岛", 5, "4,830.00", "2026-08-20", "83 天", false, "送礼"},
	{"诸葛**", "", "天", "卧龙岗散人", "南阳", 5, "4,512.30", "2026-06-09", "37 天", true, "茶客 囤货"},
	{"马**", "", "抖", "麻辣小马", "西安", 5, "4,405.00", "2026-08-24", "90 天", false, ""},
}

// shop has as many rows as it says; those after the buyers are the same again.
// Rows from unread on are not read yet.
type shop struct{ count, unread int }

func (s shop) Count() int { return s.count }

func (s shop) At(i int) (buyer, bool) {
	if i >= s.unread {
		return buyer{}, false
	}
	return buyers[i%len(buyers)], true
}

func buyerColumns() []Column[buyer] {
	return []Column[buyer]{
		{ID: "name", Title: "客户", Min: 48, Start: 116, Max: 400, Sortable: true, Cell: func(b buyer) Cell {
			return Cell{Text: b.name, Second: b.alias, Masked: true}
		}},
		{ID: "account", Title: "会员名", Min: 48, Start: 148, Max: 400, Sortable: true, Cell: func(b buyer) Cell {
			return Cell{Letter: b.letter, Text: b.account}
		}},
		{ID: "city", Title: "城市", Min: 48, Start: 84, Max: 400, Sortable: true, Cell: func(b buyer) Cell { return Cell{Text: b.city} }},
		{ID: "orders", Title: "订单数", Min: 48, Start: 68, Max: 300, Align: Right, Sortable: true, Descending: true, Cell: func(b buyer) Cell {
			return Cell{Text: strconv.Itoa(b.orders), Number: true}
		}},
		{ID: "net", Title: "净消费 ¥", Min: 48, Start: 102, Max: 300, Align: Right, Sortable: true, Descending: true, Cell: func(b buyer) Cell {
			return Cell{Text: b.net, Number: true}
		}},
		{ID: "last", Title: "上次购买", Min: 48, Start: 100, Max: 300, Sortable: true, Descending: true, Cell: func(b buyer) Cell { return Cell{Text: b.last} }},
		{ID: "interval", Title: "间隔", Min: 48, Start: 76, Max: 300, Align: Right, Sortable: true, Descending: true, Cell: func(b buyer) Cell {
			c := Cell{Text: b.interval, Number: true}
			if b.late {
				c.Icon, c.Tone = "clock", look.Late
			}
			return c
		}},
		{ID: "tags", Title: "标签", Min: 120, Start: 120, Max: 1000, Grow: true, Cell: func(b buyer) Cell {
			c := Cell{}
			for tag := range strings.FieldsSeq(b.tags) {
				tone := look.Muted
				if tag == "退货多" {
					tone = look.Bad
				}
				c.Chips = append(c.Chips, Chip{Text: tag, Tone: tone})
			}
			return c
		}},
		{ID: "phone", Title: "电话", Min: 48, Start: 120, Max: 300, Off: true, Cell: func(buyer) Cell { return Cell{Text: "*******5678"} }},
	}
}

func newShop(t *testing.T, s shop, size fyne.Size) (*DataTable[buyer], *screen) {
	t.Helper()
	table := NewDataTable(hans, nil, buyerColumns(), Rows[buyer](s))
	screen := newScreen(t, table, size)
	table.timer = screen.clock
	return table, screen
}

func TestTheCustomersLookAsDrawn(t *testing.T) {
	table, s := newShop(t, shop{412, 412}, fyne.NewSize(862, 422))
	table.SetSort([]SortKey{{"net", true}})
	table.selectOnly(3)
	table.hover(7)
	s.golden("table-customers")
}

// Wider than its room a table scrolls, and the check and the first column stay.
// What is shortened says so.
func TestANarrowTableLooks(t *testing.T) {
	table, s := newShop(t, shop{412, 6}, fyne.NewSize(480, 302))
	table.SetLayout(TableLayout{Columns: []ColumnLayout{{ID: "name", Width: 80}, {ID: "account", Width: 90}, {ID: "phone"}, {ID: "tags", Width: 130}}})
	s.canvas().Focus(table)
	press2(table, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
	s.golden("table-narrow")
	press2(table, fyne.KeyLeft, fyne.KeyLeft)
	if x := table.Offset().X; x != 0 {
		t.Errorf("← scrolled to %v", x)
	}
}

func press2(g interface{ press(Press) bool }, keys ...fyne.KeyName) {
	for _, k := range keys {
		g.press(Press{Key: k})
	}
}

// What has no rows yet shows grey bars, but not at once; then the rows, or what
// stands in their place.
func TestATableWithoutRowsLooks(t *testing.T) {
	rows := &shop{0, 0}
	table := NewDataTable(hans, nil, buyerColumns(), Rows[buyer](rows))
	s := newScreen(t, container.NewStack(), fyne.NewSize(700, 330))
	table.timer = s.clock
	s.window.SetContent(container.NewStack(table, s.layer.Object()))
	s.clock.turn(barsAfter - 1)
	if table.bars {
		t.Error("bars at once")
	}
	s.clock.turn(1)
	s.golden("table-loading")
	table.RowsChanged()
	cleared := 0
	button := Second("清除筛选", "", func() { cleared++ })
	table.SetState(NewEmptyState("search", "没有符合的客户", "去掉一条筛选试试。", button, ""))
	s.golden("table-empty")
	if s.click(button); cleared != 1 {
		t.Error("the button in place of the rows cannot be clicked")
	}
	*rows = shop{20, 20}
	table.SetState(nil)
	table.RowsChanged()
	if n := len(table.content.rows); table.bars || n == 0 || table.content.rows[0].Hidden {
		t.Error("the rows do not follow")
	}
	table.Loading()
	s.clock.turn(barsAfter)
	if table.bars {
		t.Error("bars over rows")
	}
}

func TestColumnsAreChosenByKeyboard(t *testing.T) {
	table, s := newShop(t, shop{20, 20}, fyne.NewSize(862, 420))
	told := 0
	table.OnLayout = func(TableLayout) { told++ }
	ids := func() string {
		var list []string
		for _, c := range table.visible() {
			list = append(list, c.id)
		}
		return strings.Join(list, " ")
	}
	s.canvas().Focus(table.head.choose)
	s.key(fyne.KeySpace)
	s.golden("table-columns")
	s.key(fyne.KeySpace, fyne.KeyDown, fyne.KeySpace) // not the first two
	KeysOf(s.canvas()).Handle(Press{fyne.KeyDown, fyne.KeyModifierAlt})
	s.key(fyne.KeySpace) // the second stands third, and is shown again
	if got := ids(); got != "city account orders net last interval tags" || told != 4 {
		t.Errorf("%s are shown, told %d times", got, told)
	}
	for range 8 {
		s.key(fyne.KeySpace, fyne.KeyDown)
	}
	s.key(fyne.KeySpace)
	for range 9 {
		s.key(fyne.KeyUp, fyne.KeySpace)
	}
	if len(table.visible()) == 0 {
		t.Error("no column is left")
	}
	s.key(fyne.KeyEscape)
	if s.canvas().Focused() != table.head.choose {
		t.Error("the focus does not return")
	}
}

func TestAColumnIsDragged(t *testing.T) {
	table, s := newShop(t, shop{20, 20}, fyne.NewSize(862, 420))
	told := 0
	table.OnLayout = func(TableLayout) { told++ }
	sheet := newColumnSheet(table.grid)
	s.layer.base.Add(sheet.scroll)
	take := sheet.lines[0].take
	for range 30 {
		take.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, 2)})
	}
	if told != 0 {
		t.Error("remembered before the drag ended")
	}
	take.DragEnd()
	if table.order[2].id != "name" || told != 1 || sheet.lines[2].c.id != "name" {
		t.Errorf("%s is third, told %d times", table.order[2].id, told)
	}
	take.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -500)})
	if table.order[0].id != "name" {
		t.Errorf("%s is first", table.order[0].id)
	}
}

// Other rows stand in the selected places once the order is another.
func TestSortingLeavesNoOtherRowSelected(t *testing.T) {
	table, _ := newShop(t, shop{412, 412}, fyne.NewSize(862, 420))
	table.ScrollTo(300)
	table.selectOnly(300)
	table.sortBy(table.columns[4], false)
	if table.Selection().Len(412) != 0 || table.Cursor() >= 0 || table.Offset().Y != 0 {
		t.Error("the order changed below the selection")
	}
	table.Selection().All()
	table.sortBy(table.columns[4], false)
	if table.Selection().Len(412) != 412 {
		t.Error("all are no more all")
	}
}

func TestKeysOfTheSelection(t *testing.T) {
	table, s := newShop(t, shop{412, 412}, fyne.NewSize(862, 420))
	var typed []rune
	table.OnType = func(r rune) { typed = append(typed, r) }
	s.canvas().Focus(table)
	for _, step := range []struct {
		key    fyne.KeyName
		mod    fyne.KeyModifier
		cursor int
		rows   string
	}{
		{fyne.KeyDown, 0, 0, "[0]"},
		{fyne.KeyDown, withCtrl, 1, "[0]"},
		{fyne.KeyDown, withCtrl, 2, "[0]"},
		{fyne.KeySpace, withCtrl, 2, "[0 2]"},
		{fyne.KeyDown, fyne.KeyModifierShift, 3, "[2 3]"},
		{fyne.KeySpace, 0, 3, "[]"},
		{fyne.KeySpace, 0, 3, "[3]"},
		{fyne.KeyEnd, withCtrl, 411, "[411]"},
		{fyne.KeyUp, fyne.KeyModifierShift, 410, "[410 411]"},
		{fyne.KeyHome, 0, 0, "[0]"},
		{fyne.KeyEscape, 0, 0, "[]"},
	} {
		if !table.press(Press{step.key, step.mod}) {
			t.Errorf("%s is not taken", step.key)
		}
		var rows []int
		table.Selection().Each(412, func(i int) { rows = append(rows, i) })
		if got := fmt.Sprint(rows); got != step.rows || table.Cursor() != step.cursor {
			t.Errorf("%s: rows %s, cursor %d, want %s, %d", step.key, got, table.Cursor(), step.rows, step.cursor)
		}
	}
	if table.press(Press{Key: fyne.KeyEscape}) || table.press(Press{fyne.KeyLeft, fyne.KeyModifierAlt}) {
		t.Error("a key that is of no use here must go on to the page")
	}
	table.TypedRune('陈')
	table.TypedRune(' ')
	if string(typed) != "陈" {
		t.Errorf("typed %q", string(typed))
	}
}

func TestShiftWithTheCheckAdds(t *testing.T) {
	table, _ := newShop(t, shop{412, 412}, fyne.NewSize(862, 420))
	down := func(i int, x float32, mod fyne.KeyModifier) {
		table.content.rows[i].MouseDown(&desktop.MouseEvent{
			PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 10)}, Button: desktop.MouseButtonPrimary, Modifier: mod,
		})
	}
	down(1, 10, 0)
	down(5, 10, 0)
	down(7, 10, fyne.KeyModifierShift)
	if got := table.Selection().Len(412); got != 4 {
		t.Errorf("%d selected, want 1, 5, 6, 7", got)
	}
}

// The row under the pointer is marked, also after the rows moved below it, and
// none once the pointer has left.
func TestTheMarkFollowsThePointer(t *testing.T) {
	table, s := newShop(t, shop{412, 412}, fyne.NewSize(862, 420))
	row := table.content.rows[4]
	row.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 10)}})
	if table.hovered != 4 {
		t.Fatalf("row %d is marked", table.hovered)
	}
	table.ScrollToOffset(fyne.NewPos(0, 300))
	if table.hovered != 14 {
		t.Errorf("after the scroll row %d is marked", table.hovered)
	}
	other := table.content.rows[6]
	other.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 10)}})
	row.MouseOut()
	if table.hovered != other.row {
		t.Error("a row that was left takes the mark of another")
	}
	other.MouseOut()
	if table.hovered != -1 {
		t.Errorf("row %d stays marked", table.hovered)
	}
	table.SetLayout(TableLayout{Columns: []ColumnLayout{{ID: "name"}, {ID: "account", Width: 60}}})
	row.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(170, 10)}})
	s.clock.turn(tipDelay)
	if box := s.layer.tip.box; box == nil || !strings.Contains(strings.Join(box.lines, ""), buyers[row.row%len(buyers)].account) {
		t.Error("no tooltip tells the shortened account")
	}
	table.ScrollToOffset(fyne.NewPos(0, 0))
	if s.layer.tip.box != nil {
		t.Error("the tooltip of a row that scrolled away stays")
	}
}

func TestRowsThatAreNotReadAreCopiedByThePage(t *testing.T) {
	table, _ := newShop(t, shop{412, 3}, fyne.NewSize(862, 420))
	copied, asked := 0, 0
	table.OnCopied = func(n int) { copied = n }
	table.Selection().Range(1, 200)
	table.Copy()
	if copied != 2 {
		t.Errorf("%d rows copied, want those before the first unread", copied)
	}
	table.OnCopyUnread = func() { asked++ }
	copied = 0
	table.Copy()
	if asked != 1 || copied != 0 {
		t.Error("the page was not asked")
	}
	want := "客户\t会员名\t城市\t订单数\t净消费 ¥\t上次购买\t间隔\t标签\n陈** 陈老师\t青山见我\t成都\t9\t7,905.20\t2026-06-30\t38 天\t老师 送礼 要发票\n"
	if got := table.Text(slices.Values(buyers[3:4])); got != want {
		t.Errorf("%q", got)
	}
}

// A page that is opened again stands where it was left, though its rows come later.
func TestATableWaitsWithScrolling(t *testing.T) {
	rows := &shop{0, 0}
	table := NewDataTable(hans, nil, buyerColumns(), Rows[buyer](rows))
	table.ScrollToOffset(fyne.NewPos(0, 600))
	newScreen(t, table, fyne.NewSize(862, 420))
	if table.Offset().Y != 0 {
		t.Error("scrolled where no rows are")
	}
	*rows = shop{412, 412}
	table.RowsChanged()
	if y := table.Offset().Y; y != 600 || table.content.first != 20 {
		t.Errorf("scrolled to %v, first row %d", y, table.content.first)
	}
	*rows = shop{5, 5}
	table.RowsChanged()
	if y := table.Offset().Y; y != 0 {
		t.Errorf("with 5 rows scrolled to %v", y)
	}
}

func TestASheetOpensBesideItsRow(t *testing.T) {
	table := NewDataTable(hans, nil, buyerColumns(), Rows[buyer](shop{412, 412}))
	s := newScreen(t, table, fyne.NewSize(862, 420))
	for _, row := range []int{3, 300} { // the second has to be scrolled into view
		p := ShowPopover(table.Anchor(row), NewPara("给这一位加标签", 200), nil)
		drawn := table.content.rows[row-table.content.first]
		if drawn.Hidden || drawn.row != row {
			t.Fatalf("row %d is not in view", row)
		}
		at, panel := spotOf(s.canvas(), drawn), p.over.panel
		below, above := panel.Position().Y-(at.at.Y+at.size.Height), at.at.Y-(panel.Position().Y+panel.Size().Height)
		if below != 4 && above != 4 || panel.Position().X != checkWidth {
			t.Errorf("beside row %d at %v the sheet is at %v", row, at, panel.Position())
		}
		p.Hide()
	}
}

func TestWidthsFollowTheText(t *testing.T) {
	table, _ := newShop(t, shop{20, 20}, fyne.NewSize(862, 420))
	test.ApplyTheme(t, look.Use(look.Light, theme.VariantLight, look.Largest, look.Normal))
	defer wear(t, look.Light)
	table.Refresh()
	first := table.visible()[0]
	if first.shown != look.Px(116*1.3) || first.width != 116 {
		t.Errorf("shown %v wide, remembered as %v", first.shown, first.width)
	}
	table.head.grips[0].Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(13, 0)})
	if first.width != 126 {
		t.Errorf("13 more make a width of %v", first.width)
	}
}

// A double click on the edge of a column fits it to what is in view.
func TestAColumnFits(t *testing.T) {
	table, _ := newShop(t, shop{20, 20}, fyne.NewSize(862, 420))
	table.head.grips[1].DoubleTapped(nil)
	for i, r := range table.content.rows {
		if !r.Hidden && r.full[1] != "" {
			t.Errorf("row %d is shortened at width %v", i, table.visible()[1].shown)
		}
	}
	if w := table.visible()[1].shown; w > 148 {
		t.Errorf("width %v", w)
	}
}

const million = 1_000_000

func aMillionBuyers() (*DataTable[buyer], fyne.Window) {
	table := NewDataTable(hans, nil, buyerColumns(), Rows[buyer](shop{million, million}))
	w := test.NewWindow(table)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(862, 602))
	table.RowsChanged()
	return table, w
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A table of a million rows holds widgets for those in view alone, and costs no
// more than one of a hundred.
func TestAMillionRowsAreLight(t *testing.T) {
	table, w := aMillionBuyers()
	defer w.Close()
	before := heap()
	table.Selection().All()
	for i := range 200 {
		table.ScrollTo(i * 7919 % million)
	}
	table.press(Press{Key: fyne.KeyEnd})
	table.press(Press{fyne.KeyHome, fyne.KeyModifierShift})
	if y := table.Offset().Y; y != 0 || table.Selection().Len(million) != million {
		t.Errorf("at %v, %d selected", y, table.Selection().Len(million))
	}
	if got := len(table.content.rows); got > 22 {
		t.Errorf("%d row widgets for 20 rows in view", got)
	}
	after := heap()
	if after > 100<<20 || after > before+5<<20 {
		t.Errorf("heap grew from %d to %d MB", before>>20, after>>20)
	}
}

// The last of a million rows stands at the lower edge: a float32 still tells its
// place to the pixel.
func TestTheLastOfAMillionRowsIsInView(t *testing.T) {
	table, w := aMillionBuyers()
	defer w.Close()
	table.press(Press{Key: fyne.KeyEnd})
	last := table.content.rows[999_999-table.content.first]
	if bottom := last.Position().Y + 30 - table.Offset().Y; last.Hidden || last.row != 999_999 || bottom != table.scroll.Size().Height {
		t.Errorf("row %d ends at %v of %v", last.row, bottom, table.scroll.Size().Height)
	}
}

func BenchmarkTableJump(b *testing.B) {
	table, w := aMillionBuyers()
	defer w.Close()
	i := 0
	for b.Loop() {
		i++
		table.ScrollTo(i * 7919 % 900_000)
	}
	b.ReportMetric(float64(heap())/(1<<20), "MB-heap")
}

func BenchmarkTableScroll(b *testing.B) {
	table, w := aMillionBuyers()
	defer w.Close()
	y := float32(0)
	for b.Loop() {
		y += 20
		table.ScrollToOffset(fyne.NewPos(0, y))
	}
}

func TestTheFooterLooks(t *testing.T) {
	sums, chosen, narrow := NewFooter(), NewFooter(), NewFooter()
	sums.SetText("412 位 · 净消费合计 ¥1,204,318.60 · 平均 5.1 单")
	actions := func() []*Button {
		return []*Button{Link("加标签", "tag", nil), Link("记一笔", "note", nil), Link("导出所选…", "export", nil)}
	}
	for _, f := range []*Footer{chosen, narrow} {
		f.SetActions("已选 4 位", actions(), Link("全选 412 位", "", nil))
		f.SetNote("净消费 ¥32,251.60")
	}
	few := container.NewGridWrap(fyne.NewSize(480, look.Height(FooterHeight)), narrow)
	golden(t, "table-footer", container.NewVBox(sums, chosen, few), fyne.NewSize(862, 126))
}

// What a search found is semibold in texts, in what stands beside them and in
// tags; of a shortened text, what is left of it.
func TestWhatASearchFoundIsSemibold(t *testing.T) {
	first := [][2]int{{0, 1}}
	for _, c := range []struct {
		cell  Cell
		width float32
		want  string
	}{
		{Cell{Text: "陈**", Marks: first, Second: "陈老师", SecondMarks: [][2]int{{0, 1}, {2, 3}}}, 116, "陈 陈 师"},
		{Cell{Chips: []Chip{{Text: "送礼"}, {Text: "老师", Marks: [][2]int{{0, 2}}}}}, 160, "老师"},
		{Cell{Text: "summer_flower", Marks: [][2]int{{0, 2}, {7, 13}}}, 60, "su"},
	} {
		p := &pen{}
		p.begin()
		p.drawCell(c.cell, 0, c.width, 30, false)
		var bold []string
		for _, o := range p.objects {
			if text, ok := o.(*canvas.Text); ok && text.TextStyle.Bold {
				bold = append(bold, text.Text)
			}
		}
		if got := strings.Join(bold, " "); got != c.want {
			t.Errorf("%+v: semibold %q, want %q", c.cell, got, c.want)
		}
	}
}
