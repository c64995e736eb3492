package team

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/ui/act"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/task"
)

// guide leads through what to do when a member of staff has left, or a laptop was lost,
// one step after the other, and ticks off what is done.
type guide struct {
	page   *Page
	run    course
	keep   task.Latest
	first  fyne.Focusable // of what the step asks for, nil for nothing
	scroll *container.Scroll
	body   *fyne.Container
}

func newGuide(p *Page) *guide {
	g := &guide{page: p, scroll: container.NewVScroll(container.NewStack())}
	g.keep.Runner = p.desk.Tasks
	g.body = container.NewStack(g.scroll)
	return g
}

// resume goes on with what the book remembers, and reports whether there is something to do.
func (g *guide) resume(text string) bool {
	g.run = recalled(text)
	g.run.stand(g.page.people, g.page.book.Stale())
	return g.run.Kind != "" && !g.run.finished()
}

// fill shows the guides, or the steps of the one that is under way.
func (g *guide) fill() {
	c := g.page.desk.Window.Canvas()
	focused := g.first != nil && c.Focused() == g.first
	g.first = nil
	var objects []fyne.CanvasObject
	if g.run.Kind == "" {
		objects = append(objects, g.offer(whenLeft), g.offer(whenLost))
	} else {
		objects = append(objects, g.steps())
	}
	at := g.scroll.Offset
	g.scroll.Content = container.New(column{}, objects...)
	g.scroll.Refresh()
	g.scroll.ScrollToOffset(at) // which new content resets
	if focused && g.first != nil {
		c.Focus(g.first)
	}
}

// turn shows and remembers a step that the user took.
func (g *guide) turn() {
	g.fill()
	if g.first != nil {
		g.page.desk.Window.Canvas().Focus(g.first)
	}
	text, err := g.run.kept()
	g.keep.Go(func(ctx context.Context) error {
		return errors.Join(err, g.page.book.Remember(ctx, guideName, text))
	}, func(err error) { g.page.desk.Failed(err) })
}

// offer is a guide that can be begun.
func (g *guide) offer(kind occasion) fyne.CanvasObject {
	d := g.page.desk
	begin := parts.Second(d.Text("team_guide_begin"), "", func() {
		g.run = begun(kind)
		g.turn()
	})
	if g.first == nil {
		g.first = begin
	}
	return parts.NewCard(d.Text("team_guide_"+string(kind)), nil, parts.NewStack(
		parts.NewPara(d.Text("team_guide_"+string(kind)+"_text"), 0), container.NewHBox(begin)))
}

// steps are those of the guide that is under way.
func (g *guide) steps() fyne.CanvasObject {
	d := g.page.desk
	g.run.stand(g.page.people, g.page.book.Stale())
	leave := parts.Link(d.Text("team_guide_leave"), "", func() {
		g.run = course{}
		g.turn()
	})
	g.first = leave
	var list []fyne.CanvasObject
	for i, s := range g.run.steps() {
		if i > 0 {
			list = append(list, parts.NewRule())
		}
		list = append(list, g.step(s))
	}
	if g.run.finished() {
		list = append(list, parts.NewRule(), parts.NewBanner(look.Good, d.Text("team_guide_done")))
	}
	return parts.NewCard(d.Text("team_guide_"+string(g.run.Kind)), leave, parts.NewStack(list...))
}

// step shows a step: a tick, what it is for, and the way to do it while it is its turn.
func (g *guide) step(s step) fyne.CanvasObject {
	d, r := g.page.desk, &g.run
	icon, tone := "right", look.Muted
	if r.ticked(s) {
		icon, tone = "check", look.Good
	}
	lines := []fyne.CanvasObject{parts.NewMarkLine(icon, tone, d.Text(r.title(s), map[string]any{"User": r.Who}))}
	if r.turn() == s {
		ways := container.NewHBox()
		if s == stepWho {
			ways.Add(g.who())
		}
		for i, b := range g.ways(s) {
			if i == 0 {
				g.first = b
			}
			ways.Add(b)
		}
		lines = append(lines, container.New(indented{}, parts.NewStack(parts.NewPara(d.Text(r.text(s)), 0).SetTone(look.Muted), ways)))
	}
	return parts.NewStack(lines...)
}

// ways are the buttons of a step.
func (g *guide) ways(s step) []*parts.Button {
	p, d, r := g.page, g.page.desk, &g.run
	tick := func() {
		r.Done[s] = true
		g.turn()
	}
	skip := parts.Link(d.Text("team_guide_skip"), "", tick)
	switch s {
	case stepAccess:
		m, ok := g.person()
		if !ok {
			return nil
		}
		stop := parts.Second(d.Text("team_suspend_item"), "lock", func() { p.suspendThen(m, tick) })
		if r.Kind == whenLost {
			return []*parts.Button{parts.Second(d.Text("team_reset_item"), "shield", func() { p.resetThen(m, tick) }), stop}
		}
		return []*parts.Button{parts.Second(d.Text("team_remove_item"), "close", func() { p.removeThen(m, tick) }), stop}
	case stepSeal:
		return []*parts.Button{parts.Second(d.Text("team_guide_seal_do"), "shield", func() { act.Reseal(d, p.book, g.fill) })}
	case stepOwn:
		change := parts.Second(d.Text("settings_pass_change"), "lock", func() { act.ChangePassphrase(d, p.book, tick) })
		if r.Owner {
			return []*parts.Button{change}
		}
		return []*parts.Button{change, skip}
	case stepSheet:
		return []*parts.Button{parts.Second(d.Text("team_guide_sheet_do"), "print", func() { act.RenewSheet(d, p.book, tick) }), skip}
	default:
		return nil
	}
}

// who asks whom it is about.
func (g *guide) who() fyne.CanvasObject {
	p := g.page
	var people []person
	var names []string
	for _, m := range p.people {
		if g.run.concerns(m) {
			people = append(people, m)
			names = append(names, p.desk.Words.User(m.Name, m.Role))
		}
	}
	if len(people) == 0 {
		return parts.NewText(p.desk.Text("team_guide_nobody"), look.SizeBody, look.Faint)
	}
	choice := parts.NewSelect(names, func(i int) {
		g.run.about(people[i])
		g.turn()
	})
	choice.Placeholder = p.desk.Text("team_guide_who_hint")
	choice.Set(-1)
	g.first = choice
	return container.NewGridWrap(fyne.NewSize(260, choice.MinSize().Height), choice)
}

// person returns whom it is about, while the book has them.
func (g *guide) person() (person, bool) {
	for _, m := range g.page.people {
		if m.Name == g.run.Who && m.Role != access.Owner {
			return m, true
		}
	}
	return person{}, false
}

// indented stands below the text of a step.
type indented struct{}

const indent = 24

// MinSize is that of what it holds.
func (indented) MinSize(list []fyne.CanvasObject) fyne.Size {
	return list[0].MinSize().AddWidthHeight(indent, 0)
}

// Layout places it.
func (indented) Layout(list []fyne.CanvasObject, size fyne.Size) {
	put(list[0], indent, 0, size.Width-indent, size.Height)
}
