package overview

import (
	"slices"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// tones are how moods look.
var tones = map[mood]look.Tone{plain: look.Plain, muted: look.Muted, good: look.Good, late: look.Late, bad: look.Bad}

func (p *Page) makeTiles() {
	for i, key := range []string{"overview_net", "overview_buyers", "overview_repeat", "overview_refunds"} {
		p.tiles[i] = parts.NewTile(p.desk.Text(key))
		p.tiles[i].SetReasonTip(p.desk.Text("overview_why"))
	}
}

func (p *Page) makeCards() {
	d := p.desk
	p.bars = parts.NewBars()
	p.bars.SetAxis(func(v float64) string { return p.shop.axis(v) })
	p.bars.Tip = func(i int) []string { return p.chart.tips[i] }
	p.bars.OnTapped = func(i, series int) {
		if series == parts.Whole {
			series = 2
		}
		p.openRule(p.chart.rules[i][series])
	}
	p.chartCard = parts.NewCard(d.Text("overview_chart"), parts.NewLegend(d.Text("overview_returning"), d.Text("overview_new")), p.bars)

	p.allDue = parts.Link(d.Text("overview_all"), "", func() { p.openRule(p.shop.DueRule) })
	p.allDue.Hide()
	p.dueList = parts.NewCardList(parts.CardColumn{})
	p.dueCard = parts.NewCard(d.Text("overview_due"), p.allDue, p.dueList)

	p.mixList = parts.NewCardList(parts.CardColumn{}, parts.CardColumn{Width: 128, Least: 40}, parts.CardColumn{Width: 54, Right: true})
	p.mixList.OnOpen = func(i int) { p.openRule(p.mix[i].rule) }
	p.mixCard = parts.NewCard(d.Text("overview_mix"), nil, p.mixList)

	p.allSegments = parts.Link(d.Text("overview_all"), "", func() { d.Open(place.Place{Page: place.Segments}) })
	p.segmentList = parts.NewCardList(parts.CardColumn{}, parts.CardColumn{Width: 60, Right: true}, parts.CardColumn{Width: 72, Right: true})
	p.segmentList.OnOpen = func(i int) {
		d.Open(place.Place{Page: place.Customers, Fresh: true, Rule: p.segments[i].rule, Segment: p.segments[i].name})
	}
	p.segCard = parts.NewCard(d.Text("overview_segments"), p.allSegments, p.segmentList)
	p.segCard.SetNote(d.Text("overview_segments_note"))

	p.todoList = parts.NewCardList(parts.CardColumn{}, parts.CardColumn{Width: 44, Right: true})
	p.todoList.OnOpen = func(i int) {
		if p.todo[i].to == nil {
			p.showDueNotes()
			return
		}
		p.open(p.todo[i].to)
	}
	p.tCard = parts.NewCard(d.Text("overview_todo"), nil, p.todoList)
}

// see leaves out the figures of what the user does not see, not even as a sum.
func (p *Page) see() {
	d := p.desk
	amounts, orders := d.Asks("net"), d.Asks("purchases")
	for i, so := range []bool{amounts, orders, orders, amounts} {
		visible(p.tiles[i], so)
	}
	visible(p.chartCard, amounts)
	visible(p.dueCard, orders)
	visible(p.mixCard, orders)
	visible(p.segCard, d.May(access.Segments))
	visible(p.tCard, d.May(access.Imports) || d.May(access.Review) || d.Sees(access.Show, access.Writing))
}

func (p *Page) showTiles(list [4]tile) {
	p.shown = list
	for i, t := range list {
		if t.to != nil && t.to.Page == place.Orders && !p.desk.May(access.Orders) {
			t.to = nil
		}
		w := p.tiles[i]
		w.SetChange(t.change, tones[t.mood])
		w.SetNote(t.note)
		w.SetBars(t.bars)
		w.SetFigure(t.figure)
		w.OnTapped = nil
		if t.to != nil {
			w.OnTapped = func() { p.open(t.to) }
		}
		w.OnReason(func(at fyne.CanvasObject) { p.showReason(at, t) })
	}
}

// reasonWidth is that of the sheet that tells how a figure comes about.
const reasonWidth = 300

// showReason tells how a figure comes about.
func (p *Page) showReason(at fyne.CanvasObject, t tile) {
	stack := []fyne.CanvasObject{
		parts.NewTitle(t.label, look.SizeCard),
		parts.NewPara(t.why, reasonWidth).SetTone(look.Muted),
		parts.NewRule(),
	}
	for _, l := range t.parts {
		tone := look.Plain
		if l.muted {
			tone = look.Muted
		}
		stack = append(stack, parts.NewPair(l.label, l.value, tone, l.sum))
	}
	if p.shop.Newest != 0 {
		stack = append(stack, parts.NewText(p.desk.Text("overview_data_to", map[string]any{"Day": p.shop.Newest.String()}), look.SizeSmall, look.Faint))
	}
	if t.to != nil {
		stack = append(stack, parts.Second(t.link, "", func() {
			p.reason.Hide()
			p.open(t.to)
		}))
	}
	p.reason = parts.ShowPopover(at, parts.NewStack(stack...), nil)
}

func (p *Page) showChart(c chart) {
	p.chart = c
	p.chartCard.SetNote(c.note)
	running := ""
	if c.running {
		running = p.desk.Text("overview_so_far")
	}
	p.bars.SetRunning(running)
	p.bars.SetSeries(c.labels, c.series)
	if c.advice == "" {
		p.chartCard.SetBody(p.bars)
		return
	}
	p.chartCard.SetBody(advised(p.bars, parts.NewBanner(look.Accent, c.advice)))
}

func (p *Page) showDue(list []dueLine) {
	p.due = list
	p.dueCard.SetNote(p.shop.dueNote())
	visible(p.allDue, p.shop.DueRule != "" && p.shop.DueCount > 0)
	d := p.desk
	if len(list) == 0 {
		key := "overview_due_none"
		if p.shop.DueCount > 0 {
			key = "overview_due_unnamed"
		}
		p.dueCard.SetBody(p.quiet(key))
		return
	}
	columns := []parts.CardColumn{
		{Title: d.Text("overview_col_customer")},
		{Title: d.Text("overview_col_interval"), Width: 60, Right: true},
		{Title: d.Text("overview_col_late"), Width: 62, Right: true},
	}
	priced := d.Sees(access.Overview, access.Amount)
	if priced {
		columns = append(columns, parts.CardColumn{Title: d.Text("overview_col_net", map[string]any{"Symbol": p.currency()}), Width: 88, Right: true})
	}
	p.dueList = parts.NewCardList(columns...)
	p.dueList.Ruled = true
	p.dueList.OnOpen = p.openDue
	lines := make([][]parts.CardCell, len(list))
	for i, l := range list {
		lines[i] = []parts.CardCell{
			{Text: l.name, Second: l.alias},
			{Text: l.interval, Tone: look.Muted},
			{Text: l.late, Tone: look.Late, Semibold: true},
		}
		if priced {
			lines[i] = append(lines[i], parts.CardCell{Text: l.net})
		}
	}
	p.dueList.SetLines(lines)
	p.dueCard.SetBody(p.dueList)
}

func (p *Page) showMix(list []mixLine) {
	p.mix = list
	p.mixCard.SetNote(p.shop.mixNote())
	lines := make([][]parts.CardCell, len(list))
	for i, l := range list {
		lines[i] = []parts.CardCell{{Text: l.label}, {Bar: l.part, Soft: l.soft}, {Text: l.count}}
	}
	p.mixList.SetLines(lines)
	p.mixCard.SetBody(p.mixList)
}

func (p *Page) showMoves(list []usecase.Segment) {
	list = slices.DeleteFunc(slices.Clone(list), func(g usecase.Segment) bool { return g.Hidden != "" })
	p.segments = segmentLines(p.desk.Words, list)
	visible(p.allSegments, len(list) > 0)
	if len(list) == 0 && !p.desk.May(access.SaveSegment) {
		p.segCard.SetBody(p.quiet("overview_segments_none"))
		return
	}
	if len(list) == 0 {
		p.segCard.SetBody(parts.NewStack(parts.NewPara(p.desk.Text("overview_segments_none"), 0).SetTone(look.Muted),
			leading(parts.Second(p.desk.Text("overview_segments_new"), "plus", func() { p.desk.Open(place.Place{Page: place.Segments}) }))))
		return
	}
	p.allSegments.SetText(p.desk.Text("overview_segments_all", map[string]any{"Count": len(list)}))
	known := slices.ContainsFunc(list, func(g usecase.Segment) bool { return g.Since != 0 })
	note := "overview_segments_note"
	if !known {
		note = "overview_segments_tomorrow"
	}
	p.segCard.SetNote(p.desk.Text(note))
	lines := make([][]parts.CardCell, len(list))
	for i, l := range p.segments {
		lines[i] = []parts.CardCell{{Text: l.name}, {Text: l.count}, {Text: l.moved, Tone: tones[l.mood]}}
		if !known {
			lines[i] = []parts.CardCell{{Text: l.name}, {}, {Text: l.count}}
		}
	}
	p.segmentList.SetLines(lines)
	p.segCard.SetBody(p.segmentList)
}

func (p *Page) showWaiting(imports []usecase.Imported, notes []usecase.DueNote, review int) {
	s := shop{words: p.desk.Words}
	p.todo, p.rest = s.todo(imports, notes, review, p.desk.Clock()), notes
	if len(p.todo) == 0 {
		p.tCard.SetBody(parts.NewEmptyLine("check", p.desk.Text("overview_todo_done")))
		return
	}
	lines := make([][]parts.CardCell, len(p.todo))
	for i, l := range p.todo {
		lines[i] = todoCells(l)
	}
	p.todoList.SetLines(lines)
	p.tCard.SetBody(p.todoList)
}

func todoCells(l todoLine) []parts.CardCell {
	tone := tones[l.mood]
	if l.mood == plain {
		tone = look.Accent
	}
	return []parts.CardCell{{Icon: l.icon, Tone: tone, Text: l.text}, {Text: l.link, Tone: look.Accent}}
}

// quiet is what a card says that has nothing to list.
func (p *Page) quiet(key string) fyne.CanvasObject {
	return parts.NewStack(parts.NewPara(p.desk.Text(key), 0).SetTone(look.Muted))
}

func visible(o fyne.CanvasObject, yes bool) {
	if yes {
		o.Show()
	} else {
		o.Hide()
	}
}
