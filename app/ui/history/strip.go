package history

import (
	"context"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// stand reads how the log stands and shows it.
func (p *Page) stand() {
	var state usecase.LogState
	p.stating.Go(func(ctx context.Context) (err error) {
		state, err = p.book.LogState(ctx)
		return err
	}, func(err error) {
		if err == nil { // else the list itself tells of it
			p.state = state
			p.showState()
		}
	})
}

func (p *Page) showState() {
	text := p.shop.standing(p.state, p.checked, func(m crm.Moment) string { return p.desk.When(m, p.shop.zone) })
	var actions []*parts.Button
	if p.desk.May(access.Check) {
		actions = append(actions, parts.Link(p.desk.Text("history_check"), "", p.check))
	}
	p.strip = parts.NewStrip(look.Plain, text, actions...)
	p.body.Objects[0] = p.strip
	p.body.Refresh()
	if p.list.Known() {
		p.footer.SetText(p.fact())
	}
	p.desk.Retitle()
}

// check works the log out anew, in the status bar.
func (p *Page) check() {
	var report usecase.CheckReport
	var shown desk.Work
	task := p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		report, err = p.book.CheckLog(ctx)
		return err
	}, func(err error) {
		shown.End()
		switch {
		case p.desk.Failed(err):
			return
		case len(report.Problems) == 0:
			p.checked = p.desk.Text("history_checked")
			p.desk.Layer.Done(p.desk.Text("history_checked_done", map[string]any{"Count": int(p.state.Entries)}), "", nil)
		default:
			p.checked = ""
			p.desk.Layer.Fail(p.desk.Text("history_checked_bad", map[string]any{"Count": len(report.Problems)}), "", nil)
		}
		p.showState()
	})
	shown = p.desk.Work(p.desk.Text("history_checking"), task.Cancel)
}
