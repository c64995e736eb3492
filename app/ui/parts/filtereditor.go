package parts

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// filterEditor is what opens below a chip: field, operator, values, how many
// match, and the rule in words. What is chosen counts at once; Esc takes all of
// it back.
type filterEditor struct {
	drawnOnly
	bar    *FilterBar
	i      int          // of the chip
	before []FilterChip // all chips, for Esc
	good   *FilterChip  // the chip as it filtered last
	told   bool         // whether OnChange was called
	over   bool         // Esc and 去掉这条 have settled the chips
	pop    *Popover

	field   *Select
	ops     *Radio
	entries []*Entry // one for each value, or one for a list
	unit    *Select  // of a day: days ago, or a date
	found   *finder  // of choices and suggestions
	rule    *Entry
	problem *Para
	view    FilterView
	remove  *Button
}

const (
	editorWidth = 288
	ruleWidth   = 388
)

// openFilterEditor opens the editor of chip i below at; before is what Esc goes
// back to.
func openFilterEditor(b *FilterBar, i int, at fyne.CanvasObject, before []FilterChip) {
	e := &filterEditor{bar: b, i: i, before: before}
	if i < len(before) && b.complete(before[i]) {
		e.good = &before[i]
	}
	e.problem = NewPara("", e.width()-20).SetTone(look.Bad).SetSize(look.SizeSmall)
	e.remove = Link(b.words.Text("part_filter_remove"), "", func() {
		e.over = true
		e.pop.Hide()
		b.remove(e.i)
	})
	e.ExtendBaseWidget(e)
	if e.chip().Custom {
		e.makeRule()
	} else {
		e.makeFields()
	}
	e.view = b.view(*e.chip())
	e.say()
	b.editor = e
	e.pop = ShowPopover(at, e, e.closed)
	e.pop.OnKey = e.key
	if c := canvasOf(at); c != nil {
		c.Focus(e.first())
	}
	if len(e.entries) > 0 {
		e.entries[0].SelectAll()
	}
}

func (e *filterEditor) chip() *FilterChip { return &e.bar.chips[e.i] }

func (e *filterEditor) width() float32 {
	if e.chip().Custom {
		return ruleWidth
	}
	return editorWidth
}

// first is what one most likely wants to change.
func (e *filterEditor) first() fyne.Focusable {
	switch {
	case e.rule != nil:
		return e.rule
	case len(e.entries) > 0:
		return e.entries[0]
	case e.found != nil:
		return e.found.entry
	default:
		return e.ops
	}
}

func (e *filterEditor) key(p Press) bool {
	switch p {
	case Press{Key: fyne.KeyEscape}:
		e.over = true
		told := e.told
		e.bar.chips = e.before
		e.pop.Hide()
		if told {
			e.bar.changed()
		} else {
			e.bar.arrange()
		}
		return true
	case Submit:
		e.pop.Hide()
		return true
	}
	return false
}

// closed settles a chip that was left without values, or with wrong ones: it is
// again as it filtered last, or goes. A rule keeps its text and its error.
func (e *filterEditor) closed() {
	e.bar.editor = nil
	if e.over {
		return
	}
	b, c := e.bar, e.chip()
	complete := b.complete(*c)
	switch {
	case complete && (e.view.Problem == "" || c.Custom):
		if e.view.Problem != "" && e.good != nil {
			b.changed() // it filters no longer
		}
	case e.good != nil && !c.Custom:
		*c = *e.good
		b.arrange()
	default:
		b.chips = slices.Delete(b.chips, e.i, e.i+1)
		if e.good != nil {
			b.changed()
		} else {
			b.arrange()
		}
	}
}

// set takes values over.
func (e *filterEditor) set(values []string) {
	if c := e.chip(); !slices.Equal(c.Values, values) {
		c.Values = values
		e.changed()
	}
}

// changed shows the chip, and tells of it if it is whole.
func (e *filterEditor) changed() {
	c := e.chip()
	e.view = e.bar.view(*c)
	e.say()
	if e.bar.complete(*c) && e.view.Problem == "" {
		good := copyChips([]FilterChip{*c})[0]
		e.good, e.told = &good, true
		e.bar.changed()
	} else {
		e.bar.arrange()
	}
	e.resize()
}

// say shows what is wrong, if the chip is whole.
func (e *filterEditor) say() {
	problem := ""
	if e.bar.complete(*e.chip()) {
		problem = e.view.Problem
	}
	e.problem.SetText(problem)
	for _, entry := range e.entries {
		entry.SetProblem(problem != "")
	}
	if e.rule != nil {
		e.rule.SetProblem(problem != "")
	}
}

func (e *filterEditor) resize() {
	e.Refresh()
	if e.pop != nil {
		e.pop.Refresh()
	}
}

func (e *filterEditor) makeRule() {
	e.rule = NewMultiline(e.bar.words.Text("part_filter_rule"), 4)
	e.rule.Wrapping = fyne.TextWrapWord
	if len(e.chip().Values) > 0 {
		e.rule.SetText(e.chip().Values[0])
		e.rule.CursorColumn = len([]rune(e.rule.Text))
	}
	e.rule.OnChanged = func(text string) { e.set([]string{strings.TrimSpace(text)}) }
	e.rule.OnKey = func(p Press) bool {
		if p == (Press{Key: fyne.KeyReturn}) {
			e.pop.Hide()
			return true
		}
		return false
	}
}

func (e *filterEditor) makeFields() {
	titles, chosen := make([]string, len(e.bar.fields)), -1
	for i, f := range e.bar.fields {
		titles[i] = f.Title
		if f.ID == e.chip().Field {
			chosen = i
		}
	}
	e.field = NewSelect(titles, func(i int) {
		f := e.bar.fields[i]
		*e.chip() = FilterChip{Field: f.ID, Op: f.op("").ID}
		e.makeOps()
		e.changed()
	})
	e.field.Set(chosen)
	e.ops = NewRadio(nil, func(i int) {
		c := e.chip()
		f, _ := e.bar.field(c.Field)
		was := f.op(c.Op).Values
		c.Op = f.Ops[i].ID
		if want := f.Ops[i].Values; want != Many && want < len(c.Values) {
			c.Values = c.Values[:want]
		}
		if was != f.Ops[i].Values {
			e.makeValues()
		}
		e.changed()
	})
	e.makeOps()
}

func (e *filterEditor) makeOps() {
	f, _ := e.bar.field(e.chip().Field)
	titles, chosen := make([]string, len(f.Ops)), 0
	for i, o := range f.Ops {
		titles[i] = o.Title
		if o.ID == e.chip().Op {
			chosen = i
		}
	}
	e.ops.SetOptions(titles, chosen)
	e.makeValues()
}

// makeValues makes the controls of the values that the operator takes.
func (e *filterEditor) makeValues() {
	e.entries, e.unit, e.found = nil, nil, nil
	c := e.chip()
	f, _ := e.bar.field(c.Field)
	want := f.op(c.Op).Values
	switch {
	case want == 0:
	case f.Kind == FilterChoice, f.Kind == FilterText && f.Choices != nil && want == 1:
		e.makeFinder(f, want)
	case want == Many:
		entry := e.newEntry(strings.Join(c.Values, "、"))
		entry.OnChanged = func(text string) {
			if f.Kind != FilterText {
				text = narrow(text)
			}
			e.set(listed(text))
		}
	case f.Kind == FilterDay && want == 1:
		e.makeDay()
	default:
		for i := range max(want, 1) {
			text := ""
			if i < len(c.Values) {
				text = c.Values[i]
			}
			e.newEntry(text).OnChanged = func(string) { e.set(e.typed(f.Kind)) }
		}
	}
}

func (e *filterEditor) newEntry(text string) *Entry {
	entry := NewEntry("")
	entry.SetText(text)
	entry.OnSubmitted = func(string) { e.pop.Hide() }
	e.entries = append(e.entries, entry)
	return entry
}

// typed returns what stands in the entries.
func (e *filterEditor) typed(kind FilterKind) []string {
	values := make([]string, len(e.entries))
	for i, entry := range e.entries {
		values[i] = strings.TrimSpace(entry.Text)
		if kind != FilterText {
			values[i] = narrow(values[i])
		}
	}
	return values
}

// narrow turns the wide digits and signs of a Chinese input method into plain
// ones.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '。':
			return '.'
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		}
		return r
	}, text)
}

// listed returns the texts of a list: 红茶、绿茶.
func listed(text string) []string {
	var values []string
	for v := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) }) {
		if v = strings.TrimSpace(v); v != "" {
			values = append(values, v)
		}
	}
	return values
}

const daysAgo = "d ago"

func (e *filterEditor) makeDay() {
	text, unit := "", 0
	if values := e.chip().Values; len(values) > 0 {
		text = values[0]
		if n, ok := strings.CutSuffix(text, daysAgo); ok {
			text = strings.TrimSpace(n)
		} else {
			unit = 1
		}
	}
	entry := e.newEntry(text)
	set := func() {
		day := narrow(strings.TrimSpace(entry.Text))
		if e.unit.Selected() == 0 && day != "" && strings.Trim(day, "0123456789") == "" {
			day += daysAgo
		}
		e.set([]string{day})
	}
	e.unit = NewSelect([]string{e.bar.words.Text("part_filter_days_ago"), e.bar.words.Text("part_filter_date")}, func(i int) {
		entry.SetPlaceHolder("")
		if i == 1 {
			entry.SetPlaceHolder("2026-06-30")
		}
		entry.SetText("")
		set()
		e.resize()
	})
	e.unit.Set(unit)
	entry.OnChanged = func(string) { set() }
}

// makeFinder makes the list of choices; of a text, what is typed counts too.
func (e *filterEditor) makeFinder(f FilterField, want int) {
	free := f.Kind == FilterText
	var order, rest []FilterValue // the chosen ones first; a new mark moves nothing
	for _, v := range f.Choices() {
		if slices.Contains(e.chip().Values, v.ID) {
			order = append(order, v)
		} else {
			rest = append(rest, v)
		}
	}
	order = append(order, rest...)
	all := func() []finderItem {
		items := make([]finderItem, len(order))
		for i, v := range order {
			items[i] = finderItem{
				title: v.Title, also: v.ID,
				checked: !free && slices.Contains(e.chip().Values, v.ID),
				take:    func() { e.take(v, want, free) },
			}
		}
		return items
	}
	e.found = newFinder(e.bar.words.Text("part_filter_choose"), e.bar.words.Text("part_filter_none"), editorWidth, 6, all)
	if free && len(e.chip().Values) > 0 {
		e.found.entry.SetText(e.chip().Values[0])
	}
	narrow := e.found.entry.OnChanged
	e.found.entry.OnChanged = func(text string) {
		narrow(text)
		if free {
			e.found.lines.at = -1 // Enter keeps what was typed
			e.set([]string{strings.TrimSpace(text)})
		} else {
			e.resize()
		}
	}
	e.found.entry.OnSubmitted = func(string) {
		if at := e.found.lines.at; at >= 0 {
			e.found.lines.take(at)
		} else {
			e.pop.Hide()
		}
	}
}

func (e *filterEditor) take(v FilterValue, want int, free bool) {
	values := slices.Clone(e.chip().Values)
	switch at := slices.Index(values, v.ID); {
	case free:
		e.found.entry.SetText(v.Title)
		return
	case want != Many:
		values = []string{v.ID}
	case at >= 0:
		values = slices.Delete(values, at, at+1)
	default:
		values = append(values, v.ID)
	}
	e.set(values)
	if at := e.found.lines.at; want != Many || e.found.entry.Text == "" {
		e.found.entry.OnChanged(e.found.entry.Text) // the marks
		e.found.lines.at = at
		e.found.lines.Refresh()
	} else {
		e.found.entry.SetText("") // for the next one
	}
}

// CreateRenderer draws the editor.
func (e *filterEditor) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(e, func(p *pen, width, _ float32) { e.draw(p, width) }, func() (float32, float32) {
		return e.width(), e.draw(nil, e.width())
	})
}

// inline says whether the values stand on the line of their operator.
func (e *filterEditor) inline() bool {
	if len(e.entries) != 1 {
		return false
	}
	label := checkSize + 8 + look.Width(e.ops.options[e.ops.chosen], look.SizeBody, false)
	return label+12 <= editorWidth-e.valueWidth()
}

func (e *filterEditor) valueWidth() float32 {
	f, _ := e.bar.field(e.chip().Field)
	switch {
	case e.unit != nil:
		return 184
	case f.Kind == FilterNumber:
		return 80
	case f.Kind == FilterAmount:
		return 112
	default:
		return 160
	}
}

// draw draws the editor and returns its height; without a pen it measures.
func (e *filterEditor) draw(p *pen, width float32) float32 {
	child := func(obj fyne.CanvasObject, x, y, w, h float32) {
		if p != nil {
			p.child(obj, x, y, w, h)
		}
	}
	y, field := float32(0), look.FieldHeight()
	if e.rule != nil {
		height := e.rule.MinSize().Height
		child(e.rule, 0, 0, width, height)
		y = height + 8
		if e.problem.Text() != "" {
			y = e.drawExcerpt(p, width, y)
		}
	} else {
		child(e.field, 0, 0, width, field)
		y += field + 4
		ops := e.ops.MinSize()
		child(e.ops, 2, y, min(ops.Width+8, width-2), ops.Height)
		if e.inline() {
			row := look.Height(radioRow)
			e.drawValues(p, width-e.valueWidth(), y+row*float32(e.ops.chosen)+look.Px((row-field)/2), width)
		}
		y += ops.Height
		if len(e.entries) > 0 && !e.inline() {
			e.drawValues(p, 0, y+2, width)
			y += field + 10
		}
		if e.found != nil {
			m := e.found.MinSize()
			child(e.found, 0, y+2, width, m.Height)
			y += m.Height + 6
		}
		y += 4
	}
	if e.problem.Text() != "" {
		m := e.problem.MinSize()
		if p != nil {
			p.icon("warn", 0, y+look.Px((e.problem.line()-14)/2), 14, p.Danger)
		}
		child(e.problem, 20, y, width-20, m.Height)
		y += m.Height + 8
	}
	return e.drawFoot(p, width, y)
}

// drawValues draws the entries of the values from x to right.
func (e *filterEditor) drawValues(p *pen, x, y, right float32) {
	if p == nil {
		return
	}
	field := look.FieldHeight()
	f, _ := e.bar.field(e.chip().Field)
	if f.Kind == FilterAmount && f.Unit != "" {
		x += whole(p.text(x+2, y+field/2, f.Unit, look.SizeBody, p.Muted, false)) + 8
	}
	if e.unit != nil {
		unit := float32(112)
		if e.unit.Selected() == 1 {
			unit = 84 // a date is longer
		}
		p.child(e.entries[0], x, y, right-x-unit-7, field)
		p.child(e.unit, right-unit, y, unit, field)
		return
	}
	const gap = 20
	wide := (right - x - gap*float32(len(e.entries)-1)) / float32(len(e.entries))
	for i, entry := range e.entries {
		left := x + float32(i)*(wide+gap)
		if i > 0 {
			p.textCentre(left-gap/2, y+field/2, "–", look.SizeBody, p.Muted, false)
		}
		p.child(entry, left, y, wide, field)
	}
}

// drawExcerpt draws the part of the rule that is wrong, underlined, with what
// stands around it.
func (e *filterEditor) drawExcerpt(p *pen, width, y float32) float32 {
	line := look.Height(paraLine)
	if p == nil {
		return y + line + 4
	}
	p.excerpt(e.rule.Text, e.view.From, e.view.To, width, y+line/2)
	return y + line + 4
}

// drawFoot draws how many match, the rule and the link that removes the chip.
func (e *filterEditor) drawFoot(p *pen, width, y float32) float32 {
	row := look.Height(26)
	if p == nil {
		return y + 1 + 8 + 2*row - 4
	}
	p.box(-popoverPadding+1, y, width+2*popoverPadding-2, 1, p.Line, 0)
	label := e.bar.words.Text("part_filter_meets_all")
	if e.bar.any {
		label = e.bar.words.Text("part_filter_meets_any")
	}
	y += 8
	p.text(2, y+row/2, label, look.SizeSmall, p.Muted, false)
	p.textRight(width-2, y+row/2, e.bar.count, look.SizeBody, p.Text, true)
	y += row
	m := e.remove.MinSize()
	p.child(e.remove, width-m.Width+4, y+look.Px((row-m.Height)/2), m.Width, m.Height)
	if e.rule == nil {
		p.text(2, y+row/2, fitted(e.view.Rule, look.SizeSmall, false, width-m.Width-8), look.SizeSmall, p.Faint, false)
	}
	return y + row - 4
}
