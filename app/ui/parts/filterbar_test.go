package parts

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// demoFields are fields of every kind.
func demoFields() []FilterField {
	number := []FilterOp{{"=", "等于", 1}, {">=", "至少", 1}, {"<=", "至多", 1}, {"in", "是其中之一", Many}}
	day := []FilterOp{{"<", "早于", 1}, {">", "晚于", 1}, {"between", "在两个日期之间", 2}, {"never", "从未", 0}}
	text := []FilterOp{{"=", "是", 1}, {"in", "是其中之一", Many}, {"contains", "含有", 1}}
	return []FilterField{
		{ID: "purchases", Group: "购买", Title: "订单数", Also: "dds", Kind: FilterNumber, Ops: number},
		{ID: "net", Group: "购买", Title: "净消费", Also: "jxf", Kind: FilterAmount, Ops: number, Unit: "¥"},
		{ID: "last_purchase", Group: "购买", Title: "上次购买", Also: "scgm", Kind: FilterDay, Ops: day},
		{ID: "product", Group: "商品", Title: "买过 商品", Kind: FilterText, Ops: text},
		{ID: "city", Group: "人", Title: "城市", Also: "cs", Kind: FilterChoice, Ops: text[:2], Choices: func() []FilterValue {
			var all []FilterValue
			for _, c := range []string{"成都", "杭州", "泉州", "长沙", "郑州", "武汉", "宁波", "佛山"} {
				all = append(all, FilterValue{c, c})
			}
			return all
		}},
	}
}

// demoView shows a chip as the customers' page does, near enough.
func demoView(c FilterChip) FilterView {
	if c.Custom {
		v := FilterView{Rule: c.Values[0]}
		if i := strings.Index(c.Values[0], "soon"); i >= 0 {
			v.From = len([]rune(c.Values[0][:i]))
			v.To = v.From + 4
			v.Problem = "第 18 个字：这里要一个日期，例如 2026-11-11 或 90d ago。"
		}
		return v
	}
	value := strings.Join(c.Values, "、")
	v := FilterView{Text: c.Op + " " + value, Rule: c.Field + " " + c.Op + " " + value}
	if c.Field == "last_purchase" && len(c.Values) == 1 {
		v.Text = "早于 " + strings.Replace(value, "d ago", " 天前", 1)
	}
	if c.Field == "purchases" && strings.Trim(value, "0123456789") != "" {
		v.Problem = "请写一个整数，例如 3。"
	}
	return v
}

func demoChips() []FilterChip {
	return []FilterChip{
		{Field: "purchases", Op: ">=", Values: []string{"3"}},
		{Field: "last_purchase", Op: "<", Values: []string{"90d ago"}},
		{Field: "net", Op: ">=", Values: []string{"2000"}},
	}
}

// changes is what a bar told of.
type changes struct {
	times int
	chips []FilterChip
	all   bool
}

func newDemoBar(t *testing.T, width float32, chips ...FilterChip) (*screen, *FilterBar, *changes) {
	t.Helper()
	told := &changes{}
	b := NewFilterBar(hans, newClock(t), "姓名、会员名、电话后四位、拼音", demoFields())
	b.View = demoView
	b.OnChange = func(chips []FilterChip, all bool) { *told = changes{told.times + 1, chips, all} }
	b.SetChips(chips, true)
	b.SetCount("412 位")
	s := newScreen(t, container.NewBorder(b, nil, nil, nil), fyne.NewSize(width, 470))
	return s, b, told
}

func TestFilterBarLooks(t *testing.T) {
	s, b, _ := newDemoBar(t, 1190, demoChips()...)
	s.golden("filterbar")
	b.edit(1, b.pillAt(1))
	s.golden("filtereditor")
	b.editor.pop.Hide()
	s.click(b.add)
	s.golden("filtermenu")
}

func TestChipsFoldWhereThereIsNoRoom(t *testing.T) {
	chips := append(demoChips(), FilterChip{Custom: true, Values: []string{"not (city = 成都 or city = 杭州)"}}, FilterChip{Field: "city", Op: "in", Values: []string{"成都", "杭州"}})
	s, b, told := newDemoBar(t, 1040, chips...)
	if b.fit != 3 || b.rest.text != "还有 2 条" {
		t.Fatalf("%d chips have room, and the fold says %q", b.fit, b.rest.text)
	}
	s.click(b.rest)
	s.golden("filterbar-folded")
	s.key(fyne.KeyDelete) // on the first of the two
	if got, _ := b.Chips(); len(got) != 4 || told.times != 1 || got[3].Field != "city" {
		t.Errorf("after Del in the fold: %v, told %d times", got, told.times)
	}
}

func TestEditorOfARuleSaysWhereItIsWrong(t *testing.T) {
	s, b, told := newDemoBar(t, 972, FilterChip{Custom: true, Values: []string{"last_purchase < 90d ago"}})
	b.edit(0, b.pillAt(0))
	b.editor.rule.SetText("last_purchase < soon and not (city = 成都)")
	s.golden("filtereditor-rule")
	if told.times != 0 {
		t.Error("a wrong rule filtered")
	}
	s.key(fyne.KeyReturn)
	if told.times != 1 || len(told.chips) != 0 {
		t.Errorf("a rule that was left wrong filters still: told %d times of %v", told.times, told.chips)
	}
	if b.chips[0].Values[0] != "last_purchase < soon and not (city = 成都)" || !b.pills[0].bad {
		t.Error("the text that was typed is lost, or not marked as wrong")
	}
}

func TestEditorOfChoices(t *testing.T) {
	s, b, told := newDemoBar(t, 972, FilterChip{Field: "city", Op: "in", Values: []string{"郑州"}})
	b.edit(0, b.pillAt(0))
	s.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if got := told.chips; len(got) != 1 || strings.Join(got[0].Values, " ") != "郑州 成都" {
		t.Fatalf("↓ ↓ Enter chose %v", got)
	}
	s.golden("filtereditor-choices")
	b.editor.found.entry.SetText("宁")
	s.key(fyne.KeyReturn)
	if got := told.chips[0].Values; len(got) != 3 || got[2] != "宁波" {
		t.Errorf("typing and Enter chose %v", got)
	}
}

func TestEditorOfTwoDays(t *testing.T) {
	s, b, told := newDemoBar(t, 972, FilterChip{Field: "last_purchase", Op: "<", Values: []string{"90d ago"}})
	b.edit(0, b.pillAt(0))
	s.canvas().Focus(b.editor.ops)
	s.key(fyne.KeyDown, fyne.KeyDown)
	if len(b.editor.entries) != 2 {
		t.Fatal("two days have no two fields")
	}
	b.editor.entries[0].SetText("2026-01-01")
	before := told.times
	b.editor.entries[1].SetText("２０２６－０６－３０") // an input method is on
	if told.times != before+1 || strings.Join(told.chips[0].Values, " ") != "2026-01-01 2026-06-30" {
		t.Errorf("told %d times of %v", told.times-before, told.chips)
	}
	b.editor.entries[1].SetText("2026-06-30") // wide digits scroll, and a scroll bar fades in time
	s.golden("filtereditor-days")
}

func TestFilterBarByKeyboard(t *testing.T) {
	s, b, told := newDemoBar(t, 1190, demoChips()...)
	focus := func() fyne.Focusable { return s.canvas().Focused() }

	s.canvas().FocusNext()
	if focus() != fyne.Focusable(b.search) {
		t.Fatalf("the first Tab goes to %T", focus())
	}
	s.canvas().FocusNext()
	if focus() != fyne.Focusable(b.pills[0]) {
		t.Fatalf("Tab from the search goes to %T", focus())
	}
	s.key(fyne.KeyDelete)
	if told.times != 1 || len(told.chips) != 2 || told.chips[0].Field != "last_purchase" {
		t.Fatalf("Del left %v", told.chips)
	}
	if focus() != fyne.Focusable(b.pills[0]) {
		t.Error("the focus did not go to the next chip")
	}

	s.key(fyne.KeyReturn)
	if b.editor == nil {
		t.Fatal("Enter opens no editor")
	}
	b.editor.entries[0].SetText("30")
	if told.times != 2 || told.chips[0].Values[0] != "30d ago" {
		t.Fatalf("a change does not count at once: %v", told.chips)
	}
	s.key(fyne.KeyEscape)
	if b.editor != nil || told.times != 3 || told.chips[0].Values[0] != "90d ago" {
		t.Fatalf("Esc did not restore: %v", told.chips)
	}
	if focus() != fyne.Focusable(b.pills[0]) {
		t.Error("the focus did not return to the chip")
	}

	s.canvas().Focus(b.add)
	s.key(fyne.KeyReturn)
	for _, r := range "DDS" {
		focus().TypedRune(r)
	}
	s.key(fyne.KeyReturn)
	if b.editor == nil || b.editor.chip().Field != "purchases" {
		t.Fatal("typing and Enter in the menu adds no chip")
	}
	if told.times != 3 {
		t.Error("a chip without a value was told of")
	}
	for _, r := range "5x" {
		focus().TypedRune(r)
	}
	if told.times != 4 || told.chips[2].Values[0] != "5" || b.editor.problem.Text() == "" {
		t.Errorf("5 counts, 5x does not: told %d times of %v", told.times, told.chips)
	}
	s.key(fyne.KeyReturn)
	if got, _ := b.Chips(); b.editor != nil || len(got) != 3 || got[2].Values[0] != "5" {
		t.Errorf("a wrong value was kept: %v", b.chips)
	}
}

func TestChipWithoutValueGoes(t *testing.T) {
	s, b, told := newDemoBar(t, 1190)
	b.create(FilterChip{Field: "net", Op: ">="})
	s.key(fyne.KeyEscape)
	if len(b.chips) != 0 || told.times != 0 {
		t.Errorf("Esc left %v, told %d times", b.chips, told.times)
	}
	b.create(FilterChip{Field: "net", Op: ">="})
	b.editor.pop.Hide()
	if len(b.chips) != 0 || told.times != 0 {
		t.Errorf("a click outside left %v, told %d times", b.chips, told.times)
	}
}

func TestJoinAndClear(t *testing.T) {
	s, b, told := newDemoBar(t, 1190, demoChips()...)
	s.canvas().Focus(b.join)
	s.key(fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if told.times != 1 || told.all {
		t.Fatalf("told %d times, all %v", told.times, told.all)
	}
	searched := "none"
	b.OnSearch = func(text string) { searched = text }
	b.SetSearch("陈")
	s.click(b.clear)
	if told.times != 2 || len(told.chips) != 0 || searched != "" || b.SearchText() != "" {
		t.Errorf("after clearing: %v, search %q", told.chips, searched)
	}
}

func TestOperatorWithoutItsValueRestoresTheChip(t *testing.T) {
	s, b, told := newDemoBar(t, 1190, demoChips()...)
	b.edit(1, b.pillAt(1))
	s.canvas().Focus(b.editor.ops)
	s.key(fyne.KeyDown)
	if told.times != 1 || told.chips[1].Op != ">" {
		t.Fatalf("another operator with the same value: %v", told.chips)
	}
	s.key(fyne.KeyDown)
	if told.times != 1 {
		t.Fatalf("one day of two was told of: %v", told.chips)
	}
	b.editor.pop.Hide()
	if got, _ := b.Chips(); len(got) != 3 || got[1].Op != ">" {
		t.Errorf("the chip is not what it filters by: %v", got)
	}

	b.edit(1, b.pillAt(1))
	s.canvas().Focus(b.editor.ops)
	s.key(fyne.KeyEnd)
	if told.times != 2 || told.chips[1].Op != "never" || len(told.chips[1].Values) != 0 {
		t.Errorf("an operator without a value: %v", told.chips)
	}
	b.OnChange = func(chips []FilterChip, all bool) { b.SetChips(chips, all) } // a page that echoes
	s.key(fyne.KeyHome)
	b.editor.entries[0].SetText("7")
	if b.editor == nil || b.chips[1].Values[0] != "7d ago" {
		t.Errorf("an echo closed the editor: %v", b.chips)
	}
}

func TestListsAreTypedWithAnyComma(t *testing.T) {
	_, b, told := newDemoBar(t, 1190, FilterChip{Field: "net", Op: "in", Values: []string{"1", "2"}}, FilterChip{Field: "product", Op: "in"})
	for i, c := range []struct {
		text string
		want []string
	}{
		{"１，2.5、 3;", []string{"1", "2.5", "3"}},
		{"武夷岩茶 礼盒，Tea, black；茶杯", []string{"武夷岩茶 礼盒", "Tea", "black", "茶杯"}},
	} {
		b.edit(i, b.pillAt(i))
		b.editor.entries[0].SetText(c.text)
		b.editor.pop.Hide()
		if got := told.chips[i].Values; !slices.Equal(got, c.want) {
			t.Errorf("%q is %q", c.text, got)
		}
	}
}
