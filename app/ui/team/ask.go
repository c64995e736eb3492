package team

import (
	"context"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

const (
	askWidth  = 420
	formWidth = 480
	sides     = 48 // of a dialog, beside its body
)

// dialog returns a dialog of this page.
func (p *Page) dialog(title string, body fyne.CanvasObject, width float32) *parts.Dialog {
	return parts.NewDialog(p.desk.Window.Canvas(), p.desk.Words, title, body, fyne.NewSize(width+sides, 0))
}

// question is a change of one person that a dialog asks about.
type question struct {
	title, text string
	limits      []string // keys: what it costs, and what it cannot undo
	verb        string   // key
	final       bool
	said        string
	do          func(context.Context) error
	then        func() // after it is done, or nil
}

// ask asks, and does it.
func (p *Page) ask(q question) {
	d := p.desk
	body := []fyne.CanvasObject{parts.NewPara(q.text, askWidth)}
	for _, key := range q.limits {
		body = append(body, parts.NewPara(d.Text(key), askWidth).SetTone(look.Muted))
	}
	sheet := p.dialog(q.title, parts.NewStack(body...), askWidth)
	action := parts.DialogAction{Text: d.Text(q.verb), Do: func() bool {
		sheet.SetBusy(d.Text("team_working"), nil)
		p.do(q.said, q.do, func(err error) {
			sheet.SetBusy("", nil)
			if err == nil {
				sheet.Hide()
				if q.then != nil {
					q.then()
				}
			}
		})
		return false
	}}
	if q.final {
		sheet.Final(action)
	} else {
		sheet.SetPrimary(action)
	}
	sheet.Show()
}

// named is a text with a person's name in it.
func (p *Page) named(key, name string) string {
	return p.desk.Text(key, map[string]any{"User": name})
}

func (p *Page) suspend(m person) { p.suspendThen(m, nil) }

func (p *Page) suspendThen(m person, then func()) {
	p.ask(question{
		title: p.named("team_suspend_title", m.Name), text: p.named("team_suspend_text", m.Name),
		limits: []string{"team_reseals", "team_stays"}, verb: "team_suspend_do", said: p.named("team_suspended", m.Name),
		do: func(ctx context.Context) error { return p.book.DisableUser(ctx, m.Name) }, then: then,
	})
}

func (p *Page) enable(m person) {
	p.ask(question{
		title: p.named("team_enable_title", m.Name),
		text:  p.desk.Text("team_enable_text", map[string]any{"User": m.Name, "Role": m.role}),
		verb:  "team_enable_do", said: p.named("team_enabled", m.Name),
		do: func(ctx context.Context) error { return p.book.EnableUser(ctx, m.Name) },
	})
}

func (p *Page) remove(m person) { p.removeThen(m, nil) }

func (p *Page) removeThen(m person, then func()) {
	p.ask(question{
		title: p.named("team_remove_title", m.Name), text: p.named("team_remove_text", m.Name), final: true,
		limits: []string{"team_reseals", "team_stays", "team_older_copies"}, verb: "team_remove_do", said: p.named("team_removed", m.Name),
		do: func(ctx context.Context) error { return p.book.RemoveUser(ctx, m.Name) }, then: then,
	})
}

// changeRole asks for another role, and says what that takes and gives.
func (p *Page) changeRole(m person) {
	d := p.desk
	var roles []access.Role
	var titles []string
	for _, r := range staff() {
		if r != m.Role {
			roles = append(roles, r)
			titles = append(titles, d.Text("role_"+string(r)))
		}
	}
	does, cost := parts.NewPara("", formWidth), parts.NewPara("", formWidth).SetTone(look.Muted)
	var sheet *parts.Dialog
	choose := func(i int) {
		to := roles[i]
		does.SetText(d.Text("team_does_" + string(to)))
		cost.SetText(d.Text("team_role_more"))
		if lost, _ := taken(holds(p.house, m.Role), holds(p.house, to)); len(lost) > 0 {
			cost.SetText(d.Text("team_role_less", map[string]any{"Fields": fieldNames(d.Words, lost)}))
		}
		sheet.SetPrimary(parts.DialogAction{Text: d.Text("team_role_do", map[string]any{"Role": titles[i]}), Do: func() bool {
			sheet.SetBusy(d.Text("team_working"), nil)
			said := d.Text("team_changed_role", map[string]any{"User": m.Name, "Role": titles[i]})
			p.do(said, func(ctx context.Context) error { return p.book.AssignRole(ctx, m.Name, to) }, func(err error) {
				sheet.SetBusy("", nil)
				if err == nil {
					sheet.Hide()
				}
			})
			return false
		}})
		sheet.Refresh()
	}
	choice := parts.NewSelect(titles, choose)
	choice.Set(0)
	sheet = p.dialog(p.named("team_role_title", m.Name), parts.NewStack(
		parts.NewPara(d.Text("team_role_now", map[string]any{"Role": m.role}), formWidth),
		parts.NewField(d.Text("team_role"), choice), does, cost,
		parts.NewPara(d.Text("team_stays"), formWidth).SetTone(look.Muted)), formWidth)
	sheet.SetFirst(choice)
	choose(0)
	sheet.Show()
}
