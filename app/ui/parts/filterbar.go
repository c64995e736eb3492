package parts

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// FilterKind is what a field is compared with.
type FilterKind int

// The kinds of field.
const (
	FilterNumber FilterKind = iota // a whole number: 3
	FilterAmount                   // an amount: 2000.50
	FilterDay                      // a day, 2026-11-11, or a distance, 90d ago
	FilterText                     // a text that is typed, with Choices to suggest
	FilterChoice                   // one or several of Choices
)

// Many is the count of values of an operator that takes a list.
const Many = -1

// FilterOp is a comparison of a field.
type FilterOp struct {
	ID, Title string
	Values    int // how many it takes: 0, 1, 2 or Many
}

// FilterValue is a value that can be chosen.
type FilterValue struct{ ID, Title string }

// FilterField is what a filter can ask for.
type FilterField struct {
	ID, Group, Title string
	Also             string // what typing finds it by too: pinyin, the rule's word
	Kind             FilterKind
	Ops              []FilterOp
	First            string // operator of a new chip; "" for the first of Ops
	Unit             string // before an amount: ¥
	Choices          func() []FilterValue
}

// FilterChip is one comparison, or a rule of its own.
type FilterChip struct {
	Field, Op string
	Values    []string // an amount, a day and a choice by its ID
	Custom    bool     // a rule that comparisons cannot show; Values[0] is its text
}

// FilterView is how a chip is shown.
type FilterView struct {
	Title string // 上次购买; blank for that of the field
	Text  string // 早于 90 天前
	Rule  string // last_purchase < 90d ago
	// Problem says what is wrong with the values. A chip with a problem does not
	// filter. From and To are the letters of a custom rule that it is about,
	// from 0, To not among them.
	Problem  string
	From, To int
}

// FilterBar is the row above a table: search, chips, the button that adds one,
// how they join, and clearing. Chips that find no room fold into one.
type FilterBar struct {
	drawnOnly

	// View says how a chip is shown and what is wrong with it. Without it a chip
	// shows its values.
	View func(FilterChip) FilterView
	// OnSearch is given the text 80 ms after the last key.
	OnSearch func(text string)
	// OnChange is given the chips that filter, and whether all of them or any must
	// be met.
	OnChange func(chips []FilterChip, all bool)
	// OnDown is called by ↓ in the search: into the table.
	OnDown func()

	words  Words
	fields []FilterField
	custom bool
	chips  []FilterChip
	any    bool
	count  string
	editor *filterEditor // the open one

	search          *SearchEntry
	pills           []*pill // of the chips
	rest, add, join *pill
	clear           *Button
	fit             int // chips that have room
}

const (
	filterHeight = 46
	filterSide   = 20
	searchWidth  = 236
	pillGap      = 6
)

// NewFilterBar returns an empty bar that can add chips of some fields. Without a
// placeholder it has no search.
func NewFilterBar(words Words, timer Timer, placeholder string, fields []FilterField) *FilterBar {
	b := &FilterBar{words: words, fields: fields}
	b.search = NewSearchEntry(placeholder, timer)
	b.search.OnSearch = func(text string) {
		b.Refresh() // the button that clears
		if b.OnSearch != nil {
			b.OnSearch(text)
		}
	}
	b.search.OnDown = func() {
		if b.OnDown != nil {
			b.OnDown()
		}
	}
	b.rest = newPill(pillRest, b.showRest)
	b.add = newPill(pillAdd, b.showFields)
	b.add.text = words.Text("part_filter_add")
	b.join = newPill(pillJoin, b.showJoin)
	b.clear = Link(words.Text("part_filter_clear"), "", b.Clear)
	b.ExtendBaseWidget(b)
	return b
}

// AllowRules lets one write a rule in words of the rules too.
func (b *FilterBar) AllowRules() { b.custom = true }

// SetChips shows chips and how they join, without calling OnChange. Those that
// filter already change nothing, so that OnChange may call it.
func (b *FilterBar) SetChips(chips []FilterChip, all bool) {
	if now, nowAll := b.Chips(); nowAll == all && reflect.DeepEqual(now, copyChips(chips)) {
		return
	}
	if b.editor != nil {
		b.editor.over = true
		b.editor.pop.Hide()
	}
	b.chips, b.any = copyChips(chips), !all
	b.arrange()
}

// Rename shows the chips as View says them now.
func (b *FilterBar) Rename() { b.arrange() }

// Chips returns the chips that filter, and whether all of them must be met.
func (b *FilterBar) Chips() (chips []FilterChip, all bool) {
	for _, c := range b.chips {
		if b.complete(c) && b.view(c).Problem == "" {
			chips = append(chips, c)
		}
	}
	return copyChips(chips), !b.any
}

// Join says whether all chips or any must be met, and calls OnChange.
func (b *FilterBar) Join(all bool) {
	if b.any == !all {
		return
	}
	b.any = !all
	b.changed()
}

// Add adds a chip and calls OnChange, such as 只看 成都 of a row's menu.
func (b *FilterBar) Add(c FilterChip) {
	b.chips = append(b.chips, copyChips([]FilterChip{c})...)
	b.changed()
}

// Clear takes away search and chips.
func (b *FilterBar) Clear() {
	had := len(b.chips) > 0
	b.chips = nil
	if b.search.Text != "" {
		b.search.SetQuiet("")
		if b.OnSearch != nil {
			b.OnSearch("")
		}
	}
	if had {
		b.changed()
	} else {
		b.arrange()
	}
	b.FocusSearch()
}

// SetSearch shows a text in the search without searching.
func (b *FilterBar) SetSearch(text string) {
	b.search.SetQuiet(text)
	b.Refresh()
}

// SearchText returns the text of the search.
func (b *FilterBar) SearchText() string { return b.search.Text }

// FocusSearch gives the search the focus.
func (b *FilterBar) FocusSearch() { b.search.Focus() }

// TypeSearch goes into the search with a letter that was typed elsewhere.
func (b *FilterBar) TypeSearch(r rune) {
	b.search.Focus()
	b.search.TypedRune(r)
}

// SetCount shows in the open editor how many match.
func (b *FilterBar) SetCount(text string) {
	b.count = text
	if b.editor != nil {
		b.editor.Refresh()
	}
}

// changed shows the chips and tells of them.
func (b *FilterBar) changed() {
	b.arrange()
	if b.OnChange != nil {
		b.OnChange(b.Chips())
	}
}

func copyChips(chips []FilterChip) []FilterChip {
	chips = slices.Clone(chips)
	for i := range chips {
		chips[i].Values = slices.Clone(chips[i].Values)
	}
	return chips
}

func (b *FilterBar) field(id string) (FilterField, bool) {
	i := slices.IndexFunc(b.fields, func(f FilterField) bool { return f.ID == id })
	if i < 0 {
		return FilterField{}, false
	}
	return b.fields[i], true
}

// op returns the operator of a chip, the first one if it has none.
func (f FilterField) op(id string) FilterOp {
	if id == "" {
		id = f.First
	}
	for _, o := range f.Ops {
		if o.ID == id {
			return o
		}
	}
	if len(f.Ops) > 0 {
		return f.Ops[0]
	}
	return FilterOp{}
}

// complete says whether a chip has the values that its operator takes.
func (b *FilterBar) complete(c FilterChip) bool {
	want := 1
	if f, ok := b.field(c.Field); ok && !c.Custom {
		if want = f.op(c.Op).Values; want == Many {
			return len(c.Values) > 0 && !slices.Contains(c.Values, "")
		}
	}
	return len(c.Values) >= want && !slices.Contains(c.Values[:want], "")
}

// view returns how a chip is shown.
func (b *FilterBar) view(c FilterChip) FilterView {
	var v FilterView
	f, _ := b.field(c.Field)
	switch {
	case !b.complete(c):
		v.Text = b.words.Text("part_filter_open", map[string]any{"Op": f.op(c.Op).Title})
	case b.View != nil:
		v = b.View(c)
	default:
		v.Text = f.op(c.Op).Title
		for _, value := range c.Values {
			v.Text += " " + value
		}
	}
	if c.Custom {
		v.Title = b.words.Text("part_filter_custom")
	} else if v.Title == "" {
		v.Title = f.Title
	}
	return v
}

// arrange gives each chip its pill. A pill keeps its place, and so the focus.
func (b *FilterBar) arrange() {
	held := -1
	for i, p := range b.pills {
		if p.focused {
			held = i
		}
	}
	for len(b.pills) < len(b.chips) {
		i := len(b.pills)
		p := newPill(pillChip, func() { b.edit(i, b.pillAt(i)) })
		p.remove = func() { b.remove(i) }
		b.pills = append(b.pills, p)
	}
	b.pills = b.pills[:len(b.chips)]
	for i, c := range b.chips {
		v := b.view(c)
		b.pills[i].set(v.Title, v.Text, v.Problem != "")
	}
	b.Refresh()
	if held >= len(b.pills) {
		var next fyne.Focusable = b.add
		if len(b.pills) > 0 {
			next = b.pillAt(len(b.pills) - 1)
		}
		if c := canvasOf(b); c != nil {
			c.Focus(next)
		}
	}
}

// pillAt returns what stands for chip i: its pill, or the fold that hides it.
func (b *FilterBar) pillAt(i int) *pill {
	if i < b.fit {
		return b.pills[i]
	}
	return b.rest
}

func (b *FilterBar) remove(i int) {
	if i < len(b.chips) {
		b.chips = slices.Delete(b.chips, i, i+1)
		b.changed()
	}
}

// edit opens the editor of chip i.
func (b *FilterBar) edit(i int, at *pill) {
	if i < len(b.chips) {
		openFilterEditor(b, i, at, copyChips(b.chips))
	}
}

// create adds a chip without values and opens its editor.
func (b *FilterBar) create(c FilterChip) {
	before := copyChips(b.chips)
	b.chips = append(b.chips, c)
	b.arrange()
	if b.complete(c) {
		b.changed()
	}
	i := len(b.chips) - 1
	openFilterEditor(b, i, b.pillAt(i), before)
}

func (b *FilterBar) showFields() { showFieldMenu(b) }

func (b *FilterBar) showJoin() {
	ShowMenu(b.join, []MenuItem{
		{Text: b.words.Text("part_filter_all"), Checked: !b.any, Do: func() { b.Join(true) }},
		{Text: b.words.Text("part_filter_any"), Checked: b.any, Do: func() { b.Join(false) }},
	})
}

// showRest shows the chips that were folded.
func (b *FilterBar) showRest() {
	var pop *Popover
	list := &pillList{}
	for i := b.fit; i < len(b.chips); i++ {
		v := b.view(b.chips[i])
		p := newPill(pillChip, func() {
			pop.Hide()
			b.edit(i, b.rest)
		})
		p.remove = func() {
			pop.Hide()
			b.remove(i)
		}
		p.set(v.Title, v.Text, v.Problem != "")
		list.pills = append(list.pills, p)
	}
	list.ExtendBaseWidget(list)
	pop = ShowPopover(b.rest, list, nil)
}

// CreateRenderer draws the bar.
func (b *FilterBar) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(b, b.draw, func() (float32, float32) { return 560, look.Height(filterHeight) })
}

func (b *FilterBar) draw(p *pen, width, height float32) {
	p.box(0, 0, width, height, p.Surface, 0)
	p.box(0, height-1, width, 1, p.Line, 0)
	middle := look.Px((height - 1) / 2)
	field := look.FieldHeight()
	x := float32(filterSide)
	if b.search.PlaceHolder != "" {
		p.child(b.search, x, middle-look.Px(field/2), searchRoom(), field)
		x += searchRoom() + 12
	}

	// The right end is measured first, drawn last: Tab goes from left to right.
	right := width - filterSide
	clears := len(b.chips) > 0 || b.search.Text != ""
	clear := b.clear.MinSize()
	if clears {
		right -= look.Px(clear.Width) - 6 // its inset reaches into the margin
	}
	clearAt := right
	join := "part_filter_all"
	if b.any {
		join = "part_filter_any"
	}
	b.join.set("", b.words.Text(join), false)
	joins := len(b.chips) > 1
	if joins {
		right -= b.join.wide() + 4
	}
	joinAt := right

	b.fit = b.fitting(right - 12 - x)
	pillTop := middle - look.Px(look.Height(pillHeight)/2)
	place := func(pill *pill) {
		p.child(pill, x, pillTop, pill.wide(), look.Height(pillHeight))
		x += pill.wide() + pillGap
	}
	for _, pill := range b.pills[:b.fit] {
		place(pill)
	}
	if b.fit < len(b.pills) {
		place(b.rest)
	}
	place(b.add)
	if joins {
		p.child(b.join, joinAt, pillTop, b.join.wide(), look.Height(pillHeight))
	}
	if clears {
		p.child(b.clear, clearAt, middle-look.Px(clear.Height/2), clear.Width, clear.Height)
	}
}

// fitting returns how many chips have room beside the button that adds one,
// and names those that have none.
func (b *FilterBar) fitting(room float32) int {
	room -= b.add.wide()
	all := float32(0)
	for _, p := range b.pills {
		all += p.wide() + pillGap
	}
	if all <= room {
		return len(b.pills)
	}
	for n := len(b.pills) - 1; n >= 0; n-- {
		all -= b.pills[n].wide() + pillGap
		b.rest.set("", b.words.Text("part_filter_rest", map[string]any{"Count": len(b.pills) - n}), false)
		if n == 0 || all+b.rest.wide()+pillGap <= room {
			return n
		}
	}
	return 0
}

// searchRoom is the width of the search, in which its placeholder fits.
func searchRoom() float32 { return look.Px(searchWidth * float32(look.Now().Scale)) }
