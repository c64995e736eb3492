package parts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"kebu/app/ui/look"
)

// many are rows of numbers.
type many int

func (m many) Count() int           { return int(m) }
func (m many) At(i int) (int, bool) { return i, true }

func numbers() []Column[int] {
	return []Column[int]{
		{ID: "name", Title: "客户", Min: 40, Start: 116, Max: 300, Sortable: true, Cell: func(i int) Cell {
			return Cell{Text: fmt.Sprintf("陈%d", i), Second: "老师"}
		}},
		{ID: "account", Title: "会员名", Min: 40, Start: 148, Max: 300, Cell: func(i int) Cell {
			return Cell{Letter: "淘", Text: fmt.Sprintf("青山见我 %d 一个很长的会员名", i)}
		}},
		{ID: "net", Title: "净消费 ¥", Min: 40, Start: 102, Max: 300, Align: Right, Sortable: true, Descending: true, Cell: func(i int) Cell {
			return Cell{Text: fmt.Sprintf("%d.00", i), Number: true}
		}},
		{ID: "late", Title: "间隔", Min: 40, Start: 80, Max: 300, Align: Right, Cell: func(i int) Cell {
			c := Cell{Text: "38 天", Number: true}
			if i%3 == 0 {
				c.Icon, c.Tone = "clock", look.Late
			}
			return c
		}},
		{ID: "tags", Title: "标签", Min: 120, Start: 160, Max: 900, Grow: true, Cell: func(i int) Cell {
			return Cell{Chips: []Chip{{Text: "老师", Tone: look.Muted}, {Text: "送礼", Tone: look.Muted}, {Text: "退货多", Tone: look.Bad}}[:i%4]}
		}},
		{ID: "phone", Title: "电话", Min: 40, Start: 120, Max: 300, Off: true, Cell: func(int) Cell { return Cell{Text: "*******5678"} }},
	}
}

func newTable(t *testing.T, rows int, size fyne.Size) (*DataTable[int], *screen) {
	t.Helper()
	table := NewDataTable(hans, nil, numbers(), Rows[int](many(rows)))
	s := newScreen(t, table, size)
	table.RowsChanged()
	return table, s
}

func press(t *DataTable[int], key fyne.KeyName, mod fyne.KeyModifier) {
	t.press(Press{key, mod})
}

func TestATableLooksAsDrawn(t *testing.T) {
	table, s := newTable(t, 50, fyne.NewSize(700, 300))
	table.SetSort([]SortKey{{"net", true}, {"name", false}})
	table.selectOnly(3)
	table.toggle(5)
	table.hovered = 7
	table.RefreshRows()
	s.golden("datatable")
}

func TestATableIsUsedByKeyboard(t *testing.T) {
	table, s := newTable(t, 1000, fyne.NewSize(700, 330))
	s.canvas().Focus(table)
	opened := -1
	table.OnOpen = func(i int) { opened = i }
	press(table, fyne.KeyDown, 0)
	press(table, fyne.KeyDown, 0)
	if table.Cursor() != 1 || !table.Selection().Has(1) || table.Selection().Len(1000) != 1 {
		t.Fatalf("cursor at %d, %d selected", table.Cursor(), table.Selection().Len(1000))
	}
	press(table, fyne.KeyDown, fyne.KeyModifierShift)
	press(table, fyne.KeyDown, fyne.KeyModifierShift)
	if got := table.Selection().Len(1000); got != 3 {
		t.Errorf("%d selected after Shift, want 3", got)
	}
	press(table, fyne.KeyEnd, 0)
	if table.Cursor() != 999 || table.Offset().Y == 0 {
		t.Errorf("End went to %d, offset %v", table.Cursor(), table.Offset())
	}
	press(table, fyne.KeyReturn, 0)
	if opened != 999 {
		t.Errorf("Enter opened %d", opened)
	}
	press(table, fyne.KeyHome, withCtrl)
	press(table, fyne.KeyA, withCtrl)
	press(table, fyne.KeySpace, withCtrl)
	if got := table.Selection().Len(1000); got != 999 || table.Selection().Has(0) {
		t.Errorf("%d selected after all but one", got)
	}
	press(table, fyne.KeyPageDown, 0)
	if c := table.Cursor(); c < 5 || c > 12 {
		t.Errorf("a page down went to %d", c)
	}
	page := table.Cursor()
	press(table, fyne.KeyPageDown, 0)
	press(table, fyne.KeyPageUp, 0)
	if table.Cursor() != page {
		t.Errorf("a page down and up went from %d to %d", page, table.Cursor())
	}
	copied := 0
	table.OnCopied = func(rows int) { copied = rows }
	press(table, fyne.KeyC, withCtrl)
	if copied != 1 {
		t.Errorf("Ctrl+C copied %d rows", copied)
	}
	menus := 0
	table.OnMenu = func(int) []MenuItem { menus++; return nil }
	press(table, fyne.KeyF10, fyne.KeyModifierShift)
	press(table, desktop.KeyMenu, 0)
	if menus != 2 {
		t.Errorf("Shift+F10 and Menu asked for %d menus", menus)
	}
}

func TestArrowsScrollTheColumns(t *testing.T) {
	table, _ := newTable(t, 10, fyne.NewSize(400, 330))
	for _, step := range []struct {
		key  fyne.KeyName
		want float32
	}{{fyne.KeyLeft, 0}, {fyne.KeyRight, 60}, {fyne.KeyLeft, 0}} {
		press(table, step.key, 0)
		if got := table.Offset().X; got != step.want {
			t.Errorf("%s scrolls to %v, want %v", step.key, got, step.want)
		}
	}
}

func TestTheCheckOfTheHead(t *testing.T) {
	table, _ := newTable(t, 10, fyne.NewSize(700, 330))
	tap := func() { table.head.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 10)}) }
	table.selectOnly(3)
	for _, want := range []int{10, 0, 10} {
		if tap(); table.Selection().Len(10) != want {
			t.Errorf("%d selected, want %d", table.Selection().Len(10), want)
		}
	}
}

func TestATableIsSortedByKeyboard(t *testing.T) {
	table, s := newTable(t, 100, fyne.NewSize(260, 330))
	s.canvas().Focus(table)
	s.canvas().FocusNext()
	if s.canvas().Focused() != fyne.Focusable(table.head) {
		t.Fatal("Tab does not lead from the rows to the titles")
	}
	s.key(fyne.KeySpace)
	if want := []SortKey{{"name", false}}; !slices.Equal(table.sort, want) {
		t.Errorf("Space sorts by %v, want %v", table.sort, want)
	}
	s.key(fyne.KeyLeft)
	s.key(fyne.KeyRight)
	s.key(fyne.KeyReturn)
	if want := []SortKey{{"net", true}}; !slices.Equal(table.sort, want) {
		t.Errorf("Enter sorts by %v, want %v", table.sort, want)
	}
	if table.Offset().X == 0 {
		t.Error("the title that sorts is out of sight")
	}
	plain := NewDataTable(hans, nil, []Column[int]{{ID: "late", Title: "间隔", Cell: func(int) Cell { return Cell{} }}}, Rows[int](many(1)))
	if !plain.head.Disabled() {
		t.Error("Tab stops at a head that sorts nothing")
	}
}

func TestATableIsUsedByMouse(t *testing.T) {
	table, _ := newTable(t, 100, fyne.NewSize(700, 330))
	row := func(i int) *gridRow { return table.content.rows[i] }
	down := func(i int, x float32, button desktop.MouseButton, mod fyne.KeyModifier) {
		row(i).MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 10)}, Button: button, Modifier: mod})
	}
	down(2, 100, desktop.MouseButtonPrimary, 0)
	down(4, 100, desktop.MouseButtonPrimary, fyne.KeyModifierShift)
	if got := table.Selection().Len(100); got != 3 {
		t.Errorf("%d selected by Shift, want 3", got)
	}
	down(7, 100, desktop.MouseButtonPrimary, withCtrl)
	down(8, 10, desktop.MouseButtonPrimary, 0) // the check
	if got := table.Selection().Len(100); got != 5 {
		t.Errorf("%d selected, want 5", got)
	}
	down(3, 100, desktop.MouseButtonSecondary, 0)
	if got := table.Selection().Len(100); got != 5 {
		t.Errorf("the menu of a selected row left %d selected", got)
	}
	down(9, 100, desktop.MouseButtonSecondary, 0)
	if !table.Selection().Has(9) || table.Selection().Len(100) != 1 {
		t.Error("the menu of another row selects it alone")
	}
	opened := -1
	table.OnOpen = func(i int) { opened = i }
	row(5).DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(100, 10)})
	if opened != 5 {
		t.Errorf("a double click opened %d", opened)
	}
}

func TestTheHeadSorts(t *testing.T) {
	table, _ := newTable(t, 10, fyne.NewSize(700, 330))
	var sorted [][]SortKey
	table.OnSort = func(k []SortKey) { sorted = append(sorted, k) }
	tap := func(id string) {
		for _, c := range table.visible() {
			if c.id == id {
				table.head.Tapped(&fyne.PointEvent{Position: fyne.NewPos(c.x+20, 10)})
			}
		}
	}
	tap("net")
	tap("net")
	tap("net")
	tap("account") // cannot be sorted
	want := [][]SortKey{{{"net", true}}, {{"net", false}}, {}}
	if fmt.Sprint(sorted) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", sorted, want)
	}
	table.sortBy(table.columns[2], false)
	table.sortBy(table.columns[0], true)
	if got := fmt.Sprint(table.sort); got != "[{net true} {name false}]" {
		t.Errorf("with Shift: %s", got)
	}
}

func TestColumnsAreChosenAndRemembered(t *testing.T) {
	table, _ := newTable(t, 10, fyne.NewSize(700, 330))
	var told TableLayout
	table.OnLayout = func(l TableLayout) { told = l }
	grip := table.head.grips[0]
	grip.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(30, 0)})
	grip.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(9999, 0)})
	grip.DragEnd()
	if told.Columns[0].Width != 300 {
		t.Errorf("width %v after dragging beyond the most", told.Columns[0].Width)
	}
	table.columns[1].off = true
	table.rearranged()
	other, _ := newTable(t, 10, fyne.NewSize(700, 330))
	other.SetLayout(told)
	if got := other.Layout(); fmt.Sprint(got) != fmt.Sprint(told) {
		t.Errorf("came back as %v, want %v", got, told)
	}
	other.SetLayout(TableLayout{})
	untouched, _ := newTable(t, 10, fyne.NewSize(700, 330))
	if got := other.Layout(); fmt.Sprint(got) != fmt.Sprint(untouched.Layout()) {
		t.Errorf("arranged as %v where nothing is remembered", got)
	}
	for _, c := range other.columns {
		c.off = true
	}
	other.SetLayout(other.Layout())
	if len(other.visible()) == 0 {
		t.Error("a table without columns")
	}
}

func TestRowsAreCopiedAsShown(t *testing.T) {
	table, _ := newTable(t, 10, fyne.NewSize(700, 330))
	table.selectOnly(1)
	table.toggle(3)
	table.Copy()
	got := strings.Split(test.NewClipboard().Content()+fyne.CurrentApp().Clipboard().Content(), "\n")
	if len(got) != 4 || got[0] != "客户\t会员名\t净消费 ¥\t间隔\t标签" || !strings.HasPrefix(got[2], "陈3 老师\t青山见我 3") {
		t.Errorf("%q", got)
	}
}
