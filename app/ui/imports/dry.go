package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// cardTones are the marks of the five counts.
var cardTones = [listCount]look.Tone{look.Good, look.Accent, look.Muted, look.Late, look.Bad}

// cardsOf makes cards of the five counts.
func cardsOf(counts [listCount]card) []parts.CountCard {
	list := make([]parts.CountCard, len(counts))
	for i, c := range counts {
		list[i] = parts.CountCard{Title: c.title, Count: c.count, Note: c.note, Tone: cardTones[i]}
	}
	return list
}

// dryView says what importing a file would do.
type dryView struct {
	p     *Page
	job   *job
	shop  shop // with what the file tells where the book has nothing yet
	lists [listCount]list
	idle  bool // there is nothing to import

	sheet sheet
	cards *parts.CountCards
	table *parts.DataTable[line]
	main  *parts.Button
	all   *parts.Button
	queue *queueCard
	about *aboutFile
	body  *fyne.Container
}

func newDryView(p *Page, j *job) *dryView {
	s := p.shop.forFile(j)
	v := &dryView{p: p, job: j, shop: s, lists: s.lists(j.preview)}
	_, v.idle = p.shop.verdict(j, seenBefore(p.past, j.preview.Seen))
	v.cards = parts.NewCountCards(cardsOf(s.cards(j.preview)), func(i int) {
		j.list = i
		v.fill()
	})
	v.cards.Set(j.list)
	v.queue = newQueueCard(p)
	v.about = newAboutFile(p, j)
	v.sheet = sheet{steps: p.stepsOf(stepDry), queue: v.queue.card, left: v.about.card, top: v.cards, bar: v.bar()}
	v.body = container.New(&v.sheet)
	v.fill()
	v.update()
	return v
}

// bar is the foot with the promise and the buttons.
func (v *dryView) bar() *parts.ActionBar {
	p, d, j := v.p, v.p.desk, v.job
	cancel := parts.Second(d.Text("imports_cancel"), "", func() { p.leave(j) })
	rejected := parts.Second(d.Text("imports_save_rejected", number(j.preview.Rejected.Total)), "warn", func() { p.saveRejected(j) })
	rejected.Hidden = j.preview.Rejected.Total == 0
	v.all = parts.Second("", "import", func() { p.write(p.queue.clean()) })
	if v.idle {
		v.main = parts.Primary(d.Text("imports_known"), "check", v.do)
		return parts.NewActionBar("info", d.Text("imports_failed_nothing"), rejected, v.all, v.main)
	}
	text := d.Text("imports_do", number(j.orders()))
	if j.orders() == 0 {
		text = d.Text("imports_do_payments", number(j.writes()))
	}
	v.main = parts.Primary(text, "import", v.do)
	return parts.NewActionBar("undo", d.Text("imports_promise"), cancel, rejected, v.all, v.main)
}

// do imports the file; one that has nothing to import is put aside.
func (v *dryView) do() {
	if v.idle {
		v.p.leave(v.job)
		return
	}
	v.p.write([]*job{v.job})
}

// fill shows the list that is chosen.
func (v *dryView) fill() {
	s, j := v.shop, v.job
	which, l := j.list, v.lists[j.list]
	left, total := s.cut(l), ""
	if left == "" {
		left = s.text("imports_safe")
	}
	var action fyne.CanvasObject
	if which == listChanged {
		if kinds := l.kinds(); len(kinds) > 1 {
			action = v.fields(kinds)
		}
		l = l.only(j.kind)
		if net := s.changes(j.preview.Net); net != "" {
			total = s.text("imports_sum", map[string]any{"Net": net})
		}
	}
	v.sheet.right, v.table = v.p.listCard(s, which, l, action, left, total)
	v.body.Objects = v.sheet.objects()
	v.body.Refresh()
}

// fields chooses one of the fields that change.
func (v *dryView) fields(kinds []string) *parts.Select {
	options, at := []string{v.p.shop.text("imports_all_fields")}, 0
	for i, k := range kinds {
		options = append(options, v.p.shop.kind(k))
		if k == v.job.kind {
			at = i + 1
		}
	}
	choose := parts.NewSelect(options, func(i int) {
		v.job.kind = ""
		if i > 0 {
			v.job.kind = kinds[i-1]
		}
		v.fill()
	})
	choose.Set(at)
	return choose
}

// listCard is one of the five lists on a card, with its table.
func (p *Page) listCard(s shop, which int, l list, action fyne.CanvasObject, left, total string) (fyne.CanvasObject, *parts.DataTable[line]) {
	title, note := s.title(which, l)
	if l.total == 0 {
		return parts.NewCard(title, nil, parts.NewEmptyLine("check", s.nothing(which))), nil
	}
	table := parts.NewDataTable(p.desk.Words, p.desk.Tasks, p.columns(s, which, l), parts.Rows[line](l)).Plain()
	table.OnCopied = p.copied
	table.OnMenu = func(int) []parts.MenuItem {
		return []parts.MenuItem{{Text: p.desk.Text("imports_copy"), Shortcut: "Ctrl+C", Do: table.Copy}}
	}
	table.RowsChanged()
	inside := fyne.CanvasObject(table)
	if left != "" || total != "" {
		foot := parts.NewFooter()
		foot.SetText(left)
		foot.SetTotal(total)
		inside = container.New(footed{}, table, foot)
	}
	card := parts.NewCard(title, action, inside).Flush()
	card.SetNote(note)
	return card, table
}

// columns are those of one of the five lists.
func (p *Page) columns(s shop, which int, l list) []parts.Column[line] {
	d := p.desk
	symbol := map[string]any{"Symbol": s.symbol()}
	text := func(id string, width float32, cell func(line) string) parts.Column[line] {
		return parts.Column[line]{ID: id, Title: d.Text("imports_list_"+id, symbol), Min: 60, Start: width, Max: 900, Cell: func(r line) parts.Cell {
			return parts.Cell{Text: cell(r)}
		}}
	}
	wide := func(c parts.Column[line], least float32) parts.Column[line] {
		c.Grow, c.Min, c.Max = true, least, 0
		return c
	}
	order := text("order", p.fit(78, 92), func(r line) string { return r.order })
	customer := text("customer", p.fit(80, 104), func(r line) string { return r.name })
	placed := text("placed", p.fit(122, 140), func(r line) string { return r.placed })
	switch which {
	case listNew:
		paid := text("paid", p.fit(86, 100), nil)
		paid.Align = parts.Right
		paid.Cell = func(r line) parts.Cell { return parts.Cell{Text: r.paid, Number: true} }
		return []parts.Column[line]{
			order, placed, customer, wide(text("goods", 160, func(r line) string { return r.goods }), 100),
			text("status", p.fit(88, 110), func(r line) string { return r.status }), paid,
		}
	case listChanged:
		before := wide(text("before", 160, nil), 90)
		before.Cell = func(r line) parts.Cell { return parts.Cell{Text: r.before, Tone: look.Muted} }
		after := text("after", p.fit(140, 200), nil)
		after.Cell = func(r line) parts.Cell {
			return parts.Cell{Icon: "right", IconTone: look.Muted, Text: r.after}
		}
		net := text("net", p.fit(108, 124), nil)
		net.Align = parts.Right
		net.Cell = func(r line) parts.Cell {
			c := parts.Cell{Text: r.net, Number: true}
			if r.loss {
				c.Tone = look.Bad
			}
			return c
		}
		return []parts.Column[line]{order, customer, text("what", p.fit(92, 110), func(r line) string { return r.field }), before, after, net}
	case listSame:
		full := wide(text("order", 200, func(r line) string { return r.order }), 160)
		return []parts.Column[line]{full, placed}
	case listReview:
		return []parts.Column[line]{
			wide(text("one", 260, func(r line) string { return r.one }), 180), text("another", p.fit(270, 380), func(r line) string { return r.other }),
		}
	default:
		row := text("row", 76, nil)
		row.Align = parts.Right
		row.Cell = func(r line) parts.Cell { return parts.Cell{Text: r.row, Number: true} }
		columns := []parts.Column[line]{row, text("column", 150, func(r line) string { return r.column }), wide(text("reason", 240, func(r line) string { return r.reason }), 160)}
		if l.hasSheets() {
			columns = append([]parts.Column[line]{text("sheet", 110, func(r line) string { return r.sheet })}, columns...)
		}
		return columns
	}
}

func (v *dryView) object() fyne.CanvasObject { return v.body }

func (v *dryView) focus() { v.p.desk.Window.Canvas().Focus(v.cards) }

func (v *dryView) update() {
	n := len(v.p.queue.clean())
	v.all.Hidden = n < 2
	v.all.SetText(v.p.desk.Text("imports_do_all", map[string]any{"Files": count(n)}))
	busy := v.p.cancel != nil && v.p.queue.find(importing) != nil
	v.main.SetEnabled(!busy)
	v.all.SetEnabled(!busy)
	v.queue.update()
	v.body.Refresh()
}

func (v *dryView) header(h *desk.Header) {
	h.Fact = v.p.desk.Text("imports_dry_fact")
	h.Actions = []fyne.CanvasObject{v.p.list}
	h.Primary = v.do
}

func (v *dryView) key(k parts.Press) bool {
	switch k {
	case parts.Press{Key: fyne.KeyLeft}:
		v.cards.Step(-1)
	case parts.Press{Key: fyne.KeyRight}:
		v.cards.Step(1)
	case parts.Press{Key: fyne.KeyEscape}:
		v.p.leave(v.job)
	default:
		return false
	}
	return true
}
