package team

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// list is the people in a table, and beside it what can be done with one.
type list struct {
	page  *Page
	table *parts.DataTable[person]
	card  *parts.Card
	panel *parts.SidePanel
	body  *fyne.Container
}

func newList(p *Page) *list {
	l := &list{page: p, panel: parts.NewSidePanel(p.desk.Words)}
	l.table = parts.NewDataTable(p.desk.Words, p.desk.Tasks, l.columns(), parts.Rows[person](&p.people)).Plain()
	l.table.OnSelect = l.peek
	l.table.OnOpen = func(int) { l.peek() }
	l.table.OnMenu = l.menu
	l.panel.OnClose = func() { l.body.Refresh() }
	l.panel.OnWidth = func(float32) { l.body.Refresh() }
	l.panel.Hide()
	l.card = parts.NewCard("", nil, l.table).Flush()
	l.body = container.New(l, l.card, l.panel)
	return l
}

func (l *list) columns() []parts.Column[person] {
	d := l.page.desk
	column := func(id string, width float32, cell func(person) parts.Cell) parts.Column[person] {
		return parts.Column[person]{ID: id, Title: d.Text("team_col_" + id), Min: 60, Start: width, Max: 400, Cell: cell}
	}
	does := column("does", 300, func(m person) parts.Cell { return parts.Cell{Text: m.does, Tone: look.Muted} })
	does.Grow, does.Max = true, 2000
	return []parts.Column[person]{
		column("name", 150, func(m person) parts.Cell {
			c := parts.Cell{Text: m.Name}
			if m.Self {
				c.Second = d.Text("team_self")
			}
			return c
		}),
		column("role", 120, func(m person) parts.Cell { return parts.Cell{Text: m.role} }),
		does,
		column("state", 104, func(m person) parts.Cell { return stateCell(d.Text(m.state), m.state) }),
		column("until", 126, func(m person) parts.Cell { return parts.Cell{Text: m.until} }),
	}
}

func stateCell(text, state string) parts.Cell {
	c := parts.Cell{Text: text}
	switch state {
	case disabled:
		c.Icon, c.IconTone, c.Tone = "lock", look.Late, look.Late
	case ended:
		c.Icon, c.IconTone, c.Tone = "clock", look.Late, look.Late
	}
	return c
}

// MinSize lets the list be as small as the page.
func (l *list) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 200) }

// narrow is the width of a window below which the panel lies over the table.
const narrow = 1180

// Layout puts the panel beside the table, or over it where the window is narrow.
func (l *list) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	width := size.Width
	if l.panel.Visible() {
		wide := l.panel.Width()
		put(l.panel, size.Width-wide, 0, wide, size.Height)
		if l.page.desk.Window.Canvas().Size().Width >= narrow {
			width -= wide
		}
	}
	put(l.card, edge, 12, width-2*edge, size.Height-12-16)
}

// fill shows the people; who is selected stays so.
func (l *list) fill() {
	l.table.RowsChanged()
	if l.panel.Visible() {
		l.peek()
	}
}

// chosen returns who is selected.
func (l *list) chosen() (person, bool) {
	i := l.table.Cursor()
	if l.table.Selection().Len(l.page.people.Count()) == 0 {
		return person{}, false
	}
	return l.page.people.At(i)
}

// verb is what can be done with a person.
type verb struct {
	key, icon string
	may       access.Verb
	do        func(person)
}

// verbs returns what can be done with a person.
func (p *Page) verbs(m person) []verb {
	if m.Role == access.Owner {
		return nil
	}
	stop := verb{"team_suspend_item", "lock", access.DisableUser, p.suspend}
	if m.Disabled {
		stop = verb{"team_enable_item", "check", access.EnableUser, p.enable}
	}
	all := []verb{
		{"team_role_item", "team", access.AssignRole, p.changeRole},
		{"team_reset_item", "shield", access.ResetUser, p.reset},
		stop,
		{"team_remove_item", "close", access.RemoveUser, p.remove},
	}
	var list []verb
	for _, v := range all {
		if p.desk.May(v.may) {
			list = append(list, v)
		}
	}
	return list
}

// peek shows who is selected in the panel.
func (l *list) peek() {
	m, ok := l.chosen()
	if !ok {
		l.panel.Close()
		return
	}
	d := l.page.desk
	var objects []fyne.CanvasObject
	line := func(text string) {
		tone := look.Muted
		if m.state != active {
			tone = look.Late
		}
		objects = append(objects, parts.NewText(text, look.SizeBody, tone).Shrink())
	}
	if m.state != active {
		line(d.Text(m.state))
	}
	if m.until != "" {
		line(d.Text("team_until", map[string]any{"Day": m.until}))
	}
	objects = append(objects, parts.NewPara(m.does, 0))
	verbs := l.page.verbs(m)
	switch {
	case len(verbs) > 0:
		objects = append(objects, parts.NewRule())
		for _, v := range verbs {
			objects = append(objects, container.NewHBox(parts.Second(d.Text(v.key), v.icon, func() { v.do(m) })))
		}
	case m.Role == access.Owner && m.Self:
		objects = append(objects, parts.NewRule(), parts.NewPara(d.Text("team_owner_panel"), 0).SetTone(look.Muted))
	}
	hidden := !l.panel.Visible()
	l.panel.Open(m.Name, m.role, parts.NewStack(objects...))
	if hidden {
		l.body.Refresh()
	}
}

// menu is the menu of a row.
func (l *list) menu(at int) []parts.MenuItem {
	m, ok := l.page.people.At(at)
	if !ok {
		return nil
	}
	var items []parts.MenuItem
	for _, v := range l.page.verbs(m) {
		items = append(items, parts.MenuItem{Text: l.page.desk.Text(v.key), Icon: v.icon, Do: func() { v.do(m) }})
	}
	return items
}
