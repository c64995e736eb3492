package team

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// rules is what each role sees of each field, by what the rest is kept from it, and the
// bounds that the owner set.
type rules struct {
	page           *Page
	narrow, change fyne.CanvasObject // the ways to change them, or nil
	scroll         *container.Scroll
	body           *fyne.Container
}

func newRules(p *Page) *rules {
	r := &rules{page: p, scroll: container.NewVScroll(container.NewStack())}
	r.body = container.NewStack(r.scroll)
	if d := p.desk; d.May(access.HouseRules) {
		var narrow *parts.Button
		narrow = parts.Second(d.Text("team_narrow"), "down", func() { p.chooseRole(narrow) })
		r.narrow, r.change = narrow, parts.Link(d.Text("team_bounds_change"), "", p.askBounds)
	}
	return r
}

// roleWidth is that of the column of a role.
const roleWidth = 104

// fill shows the rules.
func (r *rules) fill() {
	p, d := r.page, r.page.desk
	columns := []parts.CardColumn{{Title: d.Text("team_col_field")}}
	for _, role := range access.Roles {
		columns = append(columns, parts.CardColumn{Title: d.Text("role_" + string(role)), Width: roleWidth, Least: 60})
	}
	table := parts.NewCardList(columns...)
	table.Tip = func(i int) string { return d.Text("team_holds_" + string(access.Fields[i])) }
	table.SetLines(matrix(d.Words, p.house))
	sees := parts.NewCard(d.Text("team_sees"), r.narrow, table.Whole(660))
	sees.SetNote(d.Text("team_sees_note"))
	bounds := parts.NewCard(d.Text("team_bounds"), r.change, parts.NewStack(r.bounds()...))
	at := r.scroll.Offset
	r.scroll.Content = container.New(column{}, sees, r.legend(), bounds)
	r.scroll.Refresh()
	r.scroll.ScrollToOffset(at) // which new content resets
}

// legend says what the marks of the table mean, and what keeps to them.
func (r *rules) legend() fyne.CanvasObject {
	d := r.page.desk
	line := func(icon, key string) fyne.CanvasObject { return parts.NewMarkLine(icon, look.Muted, d.Text(key)) }
	return parts.NewBox(parts.NewStack(
		line("lock", "team_legend_keys"), line("eye", "team_legend_reveal"), line("shield", "team_legend_program")))
}

// bounds are what the program holds to.
func (r *rules) bounds() []fyne.CanvasObject {
	d, h := r.page.desk, r.page.house
	var list []fyne.CanvasObject
	line := func(name, value string) { list = append(list, parts.NewPairLine(name, value, look.Plain)) }
	for _, role := range access.Roles {
		if h.May(role, access.Reveal) {
			line(d.Text("team_bound_reveals", map[string]any{"Role": d.Text("role_" + string(role))}),
				d.Text("team_a_day", map[string]any{"Count": h.Reveals(role)}))
		}
	}
	line(d.Text("team_bound_rows"), d.Text("team_people", map[string]any{"Count": h.ClearRows()}))
	line(d.Text("team_bound_delay"), d.Text("team_hours", map[string]any{"Count": int(h.Wait().Hours())}))
	return list
}

// column stands cards one below the other, as wide as the page.
type column struct{}

const between = 12

// MinSize is as high as all of them.
func (column) MinSize(list []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(400, 12+16)
	for i, o := range list {
		size.Height += o.MinSize().Height
		if i > 0 {
			size.Height += between
		}
	}
	return size
}

// Layout places them; wrapped texts know their height by their width.
func (column) Layout(list []fyne.CanvasObject, size fyne.Size) {
	y, width := float32(12), size.Width-2*edge
	for _, o := range list {
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
		height := o.MinSize().Height
		put(o, edge, y, width, height)
		y += height + between
	}
}

// chooseRole asks which role is to see less.
func (p *Page) chooseRole(at fyne.CanvasObject) {
	var items []parts.MenuItem
	for _, r := range staff() {
		items = append(items, parts.MenuItem{Text: p.desk.Text("role_" + string(r)), Do: func() { p.narrow(r) }})
	}
	parts.ShowMenu(at, items)
}

// narrow asks what a role sees of each field, at most what the table gives.
func (p *Page) narrow(role access.Role) {
	d := p.desk
	now := levelsOf(p.house, role)
	warning := parts.NewPara("", 0)
	body := []fyne.CanvasObject{parts.NewPara(d.Text("team_narrow_text"), 0).SetTone(look.Muted)}
	var sheet *parts.Dialog
	var stack *parts.Stack
	daily := parts.NewEntry("")
	daily.SetText(strconv.Itoa(p.house.Reveals(role)))
	dailyField := parts.NewField(d.Text("team_daily"), daily)
	dailyField.SetHint(d.Text("team_daily_hint", map[string]any{"Most": access.MaxDaily}))
	dailyField.Hide()
	if access.May(role, access.Reveal) {
		dailyField.Show()
	}
	var run func()
	ready := func() {
		after := narrowed(p.house, role, now)
		lost, more := taken(holds(p.house, role), holds(after, role))
		text := ""
		switch {
		case len(lost) > 0:
			text = d.Text("team_narrow_takes", map[string]any{"Fields": fieldNames(d.Words, lost)})
		case more:
			text = d.Text("team_narrow_gives")
		}
		warning.SetText(text)
		warning.SetTone(look.Late)
		if sheet != nil {
			stack.Refresh()
			sheet.SetPrimary(parts.DialogAction{Text: d.Text("team_narrow_do"), Do: func() bool { run(); return false }})
			sheet.Refresh()
		}
	}
	for _, f := range access.Fields {
		levels := choices(role, f)
		if len(levels) < 2 {
			continue
		}
		texts, at := make([]string, len(levels)), len(levels)-1
		for i, l := range levels {
			texts[i] = d.Words.Level(l)
			if l == now[f] {
				at = i
			}
		}
		choice := parts.NewSelect(texts, func(i int) {
			now[f] = levels[i]
			ready()
		})
		choice.Set(at)
		body = append(body, container.New(pair{}, parts.NewText(d.Text("team_field_"+string(f)), look.SizeBody, look.Plain), choice))
	}
	body = append(body, dailyField, warning)
	stack = parts.NewStack(body...)
	run = func() {
		h := narrowed(p.house, role, now)
		if dailyField.Visible() {
			n, ok := number(daily.Text, 0, access.MaxDaily)
			if !ok {
				dailyField.SetError(d.Text("team_number_wrong", map[string]any{"Least": 0, "Most": access.MaxDaily}))
				stack.Refresh()
				sheet.Refresh()
				return
			}
			h = h.WithDaily(role, n)
		}
		p.setHouse(sheet, h)
	}
	sheet = p.dialog(d.Text("team_narrow_title", map[string]any{"Role": d.Text("role_" + string(role))}), stack, formWidth)
	ready()
	sheet.Show()
}

// setHouse makes rules those of the book, from a dialog.
func (p *Page) setHouse(sheet *parts.Dialog, h access.House) {
	sheet.SetBusy(p.desk.Text("team_working"), nil)
	p.do(p.desk.Text("rules_set"), func(ctx context.Context) error { return p.book.SetHouse(ctx, h) }, func(err error) {
		sheet.SetBusy("", nil)
		if err == nil {
			sheet.Hide()
		}
	})
}

// askBounds asks for the bounds of lists in clear, and of the owner's reveals.
func (p *Page) askBounds() {
	d := p.desk
	rows, hours, daily := parts.NewEntry(""), parts.NewEntry(""), parts.NewEntry("")
	rows.SetText(strconv.Itoa(p.house.ClearRows()))
	hours.SetText(strconv.Itoa(int(p.house.Wait().Hours())))
	daily.SetText(strconv.Itoa(p.house.Reveals(access.Owner)))
	type bound struct {
		entry       *parts.Entry
		field       *parts.Field
		least, most int
	}
	list := []bound{
		{rows, parts.NewField(d.Text("team_bound_rows"), rows), 1, access.ApprovalRows},
		{hours, parts.NewField(d.Text("team_bound_delay"), hours), 0, access.MaxDelay},
		{daily, parts.NewField(d.Text("team_bound_reveals", map[string]any{"Role": d.Text("role_owner")}), daily), 0, access.MaxDaily},
	}
	list[0].field.SetHint(d.Text("team_bound_rows_hint", map[string]any{"Most": access.ApprovalRows}))
	list[1].field.SetHint(d.Text("team_bound_delay_hint", map[string]any{"Most": access.MaxDelay}))
	list[2].field.SetHint(d.Text("team_daily_hint", map[string]any{"Most": access.MaxDaily}))
	stack := parts.NewStack(list[0].field, list[1].field, list[2].field)
	sheet := p.dialog(d.Text("team_bounds"), stack, formWidth)
	sheet.SetPrimary(parts.DialogAction{Text: d.Text("team_bounds_do"), Do: func() bool {
		values := make([]int, len(list))
		for i, b := range list {
			n, ok := number(b.entry.Text, b.least, b.most)
			if !ok {
				b.field.SetError(d.Text("team_number_wrong", map[string]any{"Least": b.least, "Most": b.most}))
				stack.Refresh()
				sheet.Refresh()
				return false
			}
			values[i] = n
		}
		h := p.house.WithDaily(access.Owner, values[2])
		h.Rows, h.Delay = values[0], &values[1]
		p.setHouse(sheet, h)
		return false
	}})
	sheet.SetFirst(rows)
	sheet.Show()
}

// pair is a name and a choice at the right.
type pair struct{}

const choiceWidth = 190

// MinSize is as high as the choice.
func (pair) MinSize(list []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120+choiceWidth, list[1].MinSize().Height)
}

// Layout places both.
func (pair) Layout(list []fyne.CanvasObject, size fyne.Size) {
	m := list[0].MinSize()
	put(list[0], 0, (size.Height-m.Height)/2, size.Width-choiceWidth-8, m.Height)
	put(list[1], size.Width-choiceWidth, 0, choiceWidth, size.Height)
}
