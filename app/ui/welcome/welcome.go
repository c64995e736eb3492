// Package welcome is the first run: a new book, one that is there, or the demo
// shop.
package welcome

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/door"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// Options say what follows.
type Options struct {
	Opened   func(s *usecase.Session, book string, first place.Place)
	Unlock   func(book string) // asks for the passphrase of a book
	Restore  func(book, backup string)
	Language func(tag string) // starts anew in another language
}

// Page is the page.
type Page struct {
	desk *desk.Desk
	o    Options
	body *fyne.Container

	cards    *fyne.Container
	choices  []*door.Choice
	progress *parts.Progress
	busy     bool
	wizard   *wizard // nil on the first page
}

// New makes the page.
func New(d *desk.Desk, o Options) *Page {
	p := &Page{desk: d, o: o, progress: parts.NewProgress(d.Words)}
	p.progress.Hide()
	p.choices = []*door.Choice{
		door.NewChoice("plus", d.Text("welcome_new"), d.Text("welcome_new_text"), p.anew),
		door.NewChoice("file", d.Text("welcome_open"), d.Text("welcome_open_text"), p.open),
		door.NewChoice("shield", d.Text("welcome_backup"), d.Text("welcome_backup_text"), p.restore),
		door.NewChoice("eye", d.Text("welcome_demo"), d.Text("welcome_demo_text"), p.demo),
	}
	p.cards = door.Frame(d, door.Stack(
		door.Row{Object: parts.NewTitle(d.Text("welcome_title"), look.SizeTitle)},
		door.Row{Gap: 6, Object: parts.NewPara(d.Text("welcome_text"), 0).SetTone(look.Muted)},
		door.Row{Gap: 18, Object: p.choices[0]},
		door.Row{Gap: 12, Object: p.choices[1]},
		door.Row{Gap: 12, Object: p.choices[2]},
		door.Row{Gap: 12, Object: p.choices[3]},
		door.Row{Gap: 10, Object: p.progress},
	), door.NewCorner(d, o.Language))
	p.body = container.NewStack(p.cards)
	return p
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Key is offered each key that no widget has used: Ctrl+Enter goes on in the
// wizard, Esc a step back.
func (p *Page) Key(k parts.Press) bool {
	if p.wizard == nil {
		return false
	}
	switch k {
	case parts.Submit:
		p.wizard.steps.Next()
		return true
	case parts.Press{Key: fyne.KeyEscape}:
		p.wizard.steps.Back()
		return true
	}
	return false
}

// anew begins the wizard.
func (p *Page) anew() {
	if p.busy {
		return
	}
	p.wizard = newWizard(p)
	p.show(p.wizard.body)
	p.wizard.name.Focus()
}

// leave goes back to the cards. Nothing was made.
func (p *Page) leave() {
	p.wizard.wipe()
	p.wizard = nil
	p.show(p.cards)
}

func (p *Page) show(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

func (p *Page) open() {
	if !p.busy {
		files.Open(p.desk, []string{door.Extension}, false, func(paths []string) { p.o.Unlock(paths[0]) })
	}
}

// restore makes a new book of a backup.
func (p *Page) restore() {
	if !p.busy {
		p.o.Restore("", "")
	}
}

func (p *Page) demo() {
	if p.busy {
		return
	}
	p.work(true)
	p.progress.Set(p.desk.Text("door_demo_making"), -1)
	door.OpenDemo(p.desk, func(part float64) {
		p.progress.Set(p.desk.Text("door_demo_making"), part)
	}, func(s *usecase.Session, book string, err error) {
		p.work(false)
		if !p.desk.Failed(err) {
			p.o.Opened(s, book, place.Place{})
		}
	})
}

// work greys the cards while the demo shop is made.
func (p *Page) work(on bool) {
	p.busy = on
	for _, c := range p.choices {
		c.SetEnabled(!on)
	}
	if on {
		p.progress.Show()
	} else {
		p.progress.Hide()
	}
	door.Reflow(p.cards)
}
