// Package team is the page of who can open the book: people and their roles, what each
// role sees and by what it is kept from the rest, the lists in clear that wait for a
// second pair of eyes, and what to do when somebody leaves or a laptop is lost.
package team

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/ui/act"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// Reader is what the page reads of the book.
type Reader interface {
	Team(context.Context) ([]usecase.Member, error)
	House(context.Context) (access.House, error)
	Approvals(context.Context) ([]usecase.Approval, error)
	Settings(context.Context) (usecase.Settings, error)
	User() string
}

// People is what an owner does with people.
type People interface {
	AddUser(context.Context, usecase.NewMember) error
	AssignRole(ctx context.Context, name string, role access.Role) error
	DisableUser(ctx context.Context, name string) error
	EnableUser(ctx context.Context, name string) error
	RemoveUser(ctx context.Context, name string) error
}

// Keeper is what an owner does with keys and rules, and who decides with lists.
type Keeper interface {
	ResetUser(ctx context.Context, name string, pass []byte, cost usecase.Cost, leaked bool) error
	SetHouse(context.Context, access.House) error
	Approve(ctx context.Context, id int64, yes bool) error
}

// Memory is what the book remembers for a user.
type Memory interface {
	Recall(ctx context.Context, name string) (string, error)
	Remember(ctx context.Context, name, value string) error
}

// Book is the book, as the page sees it.
type Book interface {
	Reader
	People
	Keeper
	Memory
	act.Resealer
	act.Passphraser
	act.Renewer
}

// section is a tab of the page.
type section struct {
	title func() string
	body  fyne.CanvasObject
	fill  func()
}

// Page is the page.
type Page struct {
	desk *desk.Desk
	book Book

	people  roster
	house   access.House
	asked   []usecase.Approval
	zone    *time.Location
	read    bool
	reading task.Latest

	primary  *parts.Button
	tabs     *parts.Tabs
	sections []section
	body     *fyne.Container

	list  *list
	rules *rules
	queue *queue
	guide *guide
}

// New makes the page; it reads the book when it is first shown.
func New(d *desk.Desk, book Book) *Page {
	p := &Page{desk: d, book: book, zone: d.Clock().Location()}
	p.reading.Runner = d.Tasks
	p.primary = parts.Primary(d.Text("team_add"), "plus", p.add)
	p.list, p.rules = newList(p), newRules(p)
	plain := func(key string) func() string { return func() string { return d.Text(key) } }
	p.sections = []section{
		{plain("team_tab_people"), p.list.body, p.list.fill},
		{plain("team_tab_rules"), p.rules.body, p.rules.fill},
	}
	if d.May(access.Approvals) {
		p.queue = newQueue(p)
		p.sections = append(p.sections, section{p.queue.title, p.queue.body, p.queue.fill})
	}
	if d.May(access.RemoveUser) {
		p.guide = newGuide(p)
		p.sections = append(p.sections, section{plain("team_tab_guides"), p.guide.body, p.guide.fill})
	}
	p.tabs = parts.NewTabs(p.titles(), func(int) { p.show() })
	p.body = container.New(p, p.tabs, p.sections[0].body)
	return p
}

func (p *Page) titles() []string {
	list := make([]string, len(p.sections))
	for i, s := range p.sections {
		list[i] = s.title()
	}
	return list
}

const (
	edge    = 20
	tabsTop = 8
)

// MinSize lets the page be as small as the window.
func (p *Page) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(500, 300) }

// Layout puts the tabs above what they show.
func (p *Page) Layout(list []fyne.CanvasObject, size fyne.Size) {
	height := list[0].MinSize().Height
	put(list[0], edge, tabsTop, size.Width-2*edge, height)
	top := tabsTop + height
	put(list[1], 0, top, size.Width, size.Height-top)
}

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(look.Px(x), look.Px(y)))
	o.Resize(fyne.NewSize(look.Px(width), look.Px(height)))
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header {
	h := desk.Header{Title: p.desk.Text("page_team")}
	if len(p.people) > 0 {
		h.Fact = p.desk.Text("team_fact", map[string]any{"Count": p.open()})
	}
	if p.desk.May(access.AddUser) {
		h.Actions, h.Primary = []fyne.CanvasObject{p.primary}, p.add
	}
	if p.deciding() {
		h.Primary = p.queue.approve
	}
	return h
}

// open counts who can open the book now.
func (p *Page) open() int {
	n := 0
	for _, m := range p.people {
		if m.state == active {
			n++
		}
	}
	return n
}

// deciding reports whether the lists that wait are shown.
func (p *Page) deciding() bool {
	return p.queue != nil && p.sections[p.tabs.Selected()].body == p.queue.body
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Panel returns the panel of a person.
func (p *Page) Panel() fyne.CanvasObject { return p.list.panel }

// Show reads the page when it is first opened.
func (p *Page) Show(at place.Place) {
	if at.Waiting && p.queue != nil {
		p.choose(p.queue.body)
	}
	if !p.read {
		p.Reload()
	}
}

// choose shows the section with a body.
func (p *Page) choose(body fyne.CanvasObject) {
	for i, s := range p.sections {
		if s.body == body {
			p.tabs.Set(i)
			p.show()
		}
	}
}

// Hide leaves the page as it is.
func (p *Page) Hide() { p.desk.Layer.HideTooltip() }

// Key decides on a list.
func (p *Page) Key(k parts.Press) bool {
	if p.deciding() && k == (parts.Press{Key: fyne.KeyDelete}) {
		p.queue.refuse()
		return true
	}
	return false
}

// Reload reads people, rules and lists again.
func (p *Page) Reload() {
	var people []usecase.Member
	var house access.House
	var asked []usecase.Approval
	var settings usecase.Settings
	var underWay string
	first := !p.read
	p.reading.Go(func(ctx context.Context) (err error) {
		if settings, err = p.book.Settings(ctx); err != nil {
			return err
		}
		if people, err = p.book.Team(ctx); err != nil {
			return err
		}
		if house, err = p.book.House(ctx); err != nil {
			return err
		}
		if p.desk.May(access.Approvals) {
			if asked, err = p.book.Approvals(ctx); err != nil {
				return err
			}
		}
		if first && p.guide != nil {
			underWay, err = p.book.Recall(ctx, guideName)
		}
		return err
	}, func(err error) {
		if err != nil {
			p.body.Objects[1] = parts.NewProblem(p.desk.Text("team_error"), p.desk.Words.Error(err), parts.Second(p.desk.Text("team_again"), "", p.Reload))
			p.body.Refresh()
			return
		}
		if settings.Zone != nil {
			p.zone = settings.Zone
		}
		p.people = rosterOf(p.desk.Words, people, p.zone, p.desk.Clock())
		p.house, p.asked, p.read = house, asked, true
		if first && p.guide != nil && p.guide.resume(underWay) && !p.deciding() {
			p.choose(p.guide.body)
		}
		for _, s := range p.sections {
			s.fill()
		}
		p.show()
	})
}

// show shows the chosen section.
func (p *Page) show() {
	p.tabs.SetTitles(p.titles())
	s := p.sections[p.tabs.Selected()]
	p.body.Objects = []fyne.CanvasObject{p.tabs, s.body}
	p.body.Refresh()
	p.desk.Retitle()
}

// do changes the team apart from the window, tells of it, and seals the book anew
// where somebody lost a key.
func (p *Page) do(said string, verb func(context.Context) error, then func(error)) {
	p.desk.Tasks.Go(verb, func(err error) {
		if then != nil {
			then(err)
		}
		if p.desk.Failed(err) {
			return
		}
		p.desk.Layer.Done(said, "", nil)
		p.desk.Changed()
		act.Reseal(p.desk, p.book, p.resealed)
	})
}

// resealed shows that nothing is under older keys any more.
func (p *Page) resealed() {
	if p.guide != nil && p.read {
		p.guide.fill()
	}
}
