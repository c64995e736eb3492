package team

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// queue is the lists in clear that somebody asked for: those that wait first, each to be
// approved or refused by somebody else.
type queue struct {
	page  *Page
	lines asked
	table *parts.DataTable[request]
	card  *parts.Card
	foot  *fyne.Container
	body  *fyne.Container
}

func newQueue(p *Page) *queue {
	q := &queue{page: p, foot: container.NewStack()}
	q.table = parts.NewDataTable(p.desk.Words, p.desk.Tasks, q.columns(), parts.Rows[request](&q.lines)).Plain()
	q.table.OnSelect = q.tell
	q.card = parts.NewCard("", nil, q.table).Flush()
	q.body = container.New(q, q.card, q.foot)
	return q
}

func (q *queue) columns() []parts.Column[request] {
	d := q.page.desk
	column := func(id string, width float32, cell func(request) parts.Cell) parts.Column[request] {
		return parts.Column[request]{ID: id, Title: d.Text("team_queue_col_" + id), Min: 60, Start: width, Max: 600, Cell: cell}
	}
	rows := column("rows", 70, func(r request) parts.Cell { return parts.Cell{Text: r.rows, Number: true} })
	rows.Align = parts.Right
	purpose := column("purpose", 180, func(r request) parts.Cell { return parts.Cell{Text: r.Purpose} })
	purpose.Grow, purpose.Max, purpose.Min = true, 2000, 120
	return []parts.Column[request]{
		column("when", 110, func(r request) parts.Cell { return parts.Cell{Text: r.when} }),
		column("who", 110, func(r request) parts.Cell { return parts.Cell{Text: r.User} }),
		rows,
		column("columns", 150, func(r request) parts.Cell { return parts.Cell{Text: r.columns} }),
		purpose,
		column("rule", 180, func(r request) parts.Cell { return parts.Cell{Text: r.rule, Tone: look.Muted} }),
		column("state", 84, func(r request) parts.Cell { return parts.Cell{Text: r.state, Tone: r.tone} }),
	}
}

// title is that of the tab, with how many wait.
func (q *queue) title() string {
	return tabTitle(q.page.desk.Words, waiting(q.page.asked, q.page.book.User()))
}

// MinSize lets the queue be as small as the page.
func (q *queue) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 200) }

// Layout puts what is decided at the foot.
func (q *queue) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	foot := q.foot.MinSize().Height
	put(q.foot, 0, size.Height-foot, size.Width, foot)
	put(q.card, edge, 12, size.Width-2*edge, size.Height-foot-12-16)
}

// fill lists the requests.
func (q *queue) fill() {
	p := q.page
	q.lines = requestsOf(p.desk.Words, p.asked, p.zone, p.desk.Clock())
	if len(q.lines) == 0 {
		q.card.SetBody(parts.NewEmptyState("check", p.desk.Text("team_queue_none"),
			p.desk.Text("team_queue_none_text", map[string]any{"Most": p.house.ClearRows()}), nil, ""))
	} else {
		q.card.SetBody(q.table)
		if _, ok := q.chosen(); !ok {
			q.table.Selection().Only(0)
			q.table.SetCursor(0)
		}
	}
	q.table.RowsChanged()
	q.tell()
}

func (q *queue) chosen() (request, bool) {
	if q.table.Selection().Len(q.lines.Count()) == 0 {
		return request{}, false
	}
	return q.lines.At(q.table.Cursor())
}

// tell says at the foot what the chosen list is, and offers to decide.
func (q *queue) tell() {
	q.foot.Objects = nil
	if r, ok := q.chosen(); ok {
		p := q.page
		buttons := []*parts.Button{}
		if p.mayDecide(r.Approval) {
			buttons = append(buttons, parts.Second(p.desk.Text("team_queue_refuse"), "close", q.refuse), parts.Primary(p.desk.Text("team_queue_approve"), "check", q.approve))
		}
		q.foot.Objects = []fyne.CanvasObject{parts.NewActionBar("export", p.sentence(r), buttons...)}
	}
	q.foot.Refresh()
	q.body.Refresh()
}

// mayDecide reports whether the user may decide on a list.
func (p *Page) mayDecide(a usecase.Approval) bool {
	return a.Waits() && a.User != p.book.User() && p.desk.May(access.Approve)
}

func (q *queue) approve() { q.decide(true) }

func (q *queue) refuse() { q.decide(false) }

func (q *queue) decide(yes bool) {
	r, ok := q.chosen()
	p := q.page
	if !ok || !p.mayDecide(r.Approval) {
		return
	}
	said := "team_queue_refused"
	if yes {
		said = "team_queue_approved"
	}
	p.do(p.named(said, r.User), func(ctx context.Context) error { return p.book.Approve(ctx, r.ID, yes) }, nil)
}
