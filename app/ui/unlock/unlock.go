// Package unlock asks for the passphrase of a book, or for its recovery sheet.
package unlock

import (
	"context"
	"errors"
	"io/fs"
	"slices"

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

// Options say which book, and what follows.
type Options struct {
	Book    string
	Tries   *usecase.Tries  // nil counts none
	Keeper  *usecase.Keeper // may be nil
	Opened  func(s *usecase.Session, book string, first place.Place)
	Welcome func() // the first run: a new book
	Restore func(book, backup string)
}

// Page is the page.
type Page struct {
	desk *desk.Desk
	o    Options
	body *fyne.Container
	form *fyne.Container // of the passphrase, or of the recovery sheet

	card     *bookCard
	users    *users
	pass     *parts.Entry
	field    *parts.Field
	open     *parts.Button
	links    []*parts.Button
	restore  *parts.Button // where the book cannot be opened
	progress *parts.Progress
	busy     bool
	sheet    *recovery // nil unless it is asked for
}

// buttonHeight is that of the filled button below a form.
const buttonHeight = 36

// New makes the page.
func New(d *desk.Desk, o Options) *Page {
	p := &Page{desk: d, o: o, pass: parts.NewPassword("", d.Words).SetHeight(door.FieldHeight)}
	p.field = parts.NewField(d.Text("door_pass"), p.pass)
	watch := door.Watch(d.Words, p.field)
	p.pass.OnChanged = func(text string) {
		watch(text)
		if p.field.Failed() {
			p.fail("")
		}
	}
	p.pass.OnSubmitted = func(string) { p.unlock() }
	p.card = newBookCard(d, parts.Link(d.Text("unlock_change"), "", p.change))
	p.card.show(o.Book)
	p.users = newUsers(p)
	p.open = parts.Primary(d.Text("unlock_open"), "", p.unlock)
	p.progress = parts.NewProgress(d.Words)
	p.progress.Hide()
	lost := parts.Link(d.Text("unlock_lost"), "", p.recover)
	anew := parts.Link(d.Text("unlock_new"), "", o.Welcome)
	demo := parts.Link(d.Text("unlock_demo"), "", p.demo)
	p.restore = parts.Second(d.Text("unlock_restore"), "", func() { o.Restore(p.o.Book, "") })
	p.restore.Hide()
	p.links = []*parts.Button{p.card.change, lost, anew, demo, p.restore}
	p.form = container.NewStack(door.Stack(
		door.Row{Object: parts.NewTitle(d.Text("unlock_title"), look.SizeTitle)},
		door.Row{Gap: 20, Object: p.card.body},
		door.Row{Gap: 16, Object: p.users.field},
		door.Row{Gap: 16, Object: p.field},
		door.Row{Gap: 14, Object: p.open, Height: buttonHeight},
		door.Row{Gap: 10, Object: p.restore, Height: buttonHeight},
		door.Row{Gap: 12, Object: door.Ends(lost, anew)},
		door.Row{Gap: 16, Object: door.Rule()},
		door.Row{Gap: 8, Object: door.Ends(door.Beside(parts.NewText(d.Text("unlock_first"), look.SizeBody, look.Muted), demo), door.Beside())},
		door.Row{Gap: 8, Object: p.progress},
	))
	p.users.read()
	p.body = door.Frame(d, p.form, door.NewCorner(d, nil))
	return p
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Focus gives the field the focus.
func (p *Page) Focus() {
	if p.sheet != nil {
		p.sheet.focus()
		return
	}
	p.pass.Focus()
}

// Key leads back from the recovery sheet with Esc.
func (p *Page) Key(k parts.Press) bool {
	switch {
	case k == parts.Submit && p.sheet != nil:
		p.sheet.next()
		return true
	case k == parts.Submit:
		p.unlock()
		return true
	case k == parts.Press{Key: fyne.KeyEscape} && p.sheet != nil && !p.busy:
		p.sheet.back()
		return true
	}
	return false
}

// change chooses another book.
func (p *Page) change() {
	files.Open(p.desk, []string{".kebu"}, false, func(paths []string) {
		p.o.Book = paths[0]
		p.card.show(p.o.Book)
		p.users.read()
		p.restore.Hide()
		p.fail("")
		p.pass.SetText("")
		p.pass.Focus()
	})
}

// lost are the errors against which a backup helps.
var lost = []error{usecase.ErrDamaged, usecase.ErrNotBook, usecase.ErrForged, usecase.ErrIO, fs.ErrNotExist}

// failed says why the book does not open, and offers a backup where that helps.
func (p *Page) failed(err error) {
	if slices.ContainsFunc(lost, func(l error) bool { return errors.Is(err, l) }) {
		p.restore.Show()
	}
	p.fail(p.desk.Words.Error(err))
}

// fail says what is wrong; "" takes it back.
func (p *Page) fail(text string) {
	p.field.SetError(text)
	door.Reflow(p.body)
}

// working holds the form while something opens, with a word on the button.
func (p *Page) working(word string) {
	p.busy = word != ""
	if word == "" {
		word = p.desk.Text("unlock_open")
	}
	p.open.SetText(word)
	p.open.SetEnabled(!p.busy)
	for _, l := range p.links {
		l.SetEnabled(!p.busy)
	}
	p.users.choice.SetEnabled(!p.busy)
	if p.busy {
		p.pass.Disable()
	} else {
		p.pass.Enable()
		p.progress.Hide()
	}
	door.Reflow(p.body)
}

// unlock opens the book with the passphrase that was typed.
func (p *Page) unlock() {
	if p.busy {
		return
	}
	if p.pass.Text == "" {
		p.fail(p.desk.Text("unlock_empty"))
		p.pass.Focus()
		return
	}
	p.fail("")
	p.enter(p.users.chosen(), []byte(p.pass.Text), p.pass.SelectAll)
}

// enter opens the book as a user; wrong is called for a wrong passphrase.
func (p *Page) enter(user string, pass []byte, wrong func()) {
	p.working(p.desk.Text("unlock_opening"))
	book := p.o.Book
	var session *usecase.Session
	var shop string
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		defer clear(pass)
		if session, err = p.o.Tries.Open(ctx, book, user, pass, p.desk.Clock); err != nil {
			return err
		}
		settings, err := session.Settings(ctx)
		if err != nil {
			return errors.Join(err, session.Close())
		}
		shop = settings.Name
		return nil
	}, func(err error) {
		p.working("")
		if err != nil {
			p.failed(err)
			p.pass.Focus()
			if errors.Is(err, usecase.ErrPassphrase) && wrong != nil {
				wrong()
			}
			return
		}
		p.pass.SetText("")
		door.RememberUser(p.desk.Prefs, book, user)
		door.Remember(p.desk.Prefs, book, shop, p.desk.Clock())
		p.o.Opened(session, book, place.Place{})
	})
}

// demo opens the demo shop.
func (p *Page) demo() {
	p.fail("")
	p.working(p.desk.Text("unlock_opening"))
	p.progress.Set(p.desk.Text("door_demo_making"), -1)
	p.progress.Show()
	door.Reflow(p.body)
	door.OpenDemo(p.desk, func(part float64) {
		p.progress.Set(p.desk.Text("door_demo_making"), part)
	}, func(s *usecase.Session, book string, err error) {
		p.working("")
		if !p.desk.Failed(err) {
			p.o.Opened(s, book, place.Place{})
		}
	})
}

// recover asks for the recovery sheet in place of the passphrase.
func (p *Page) recover() {
	p.sheet = newRecovery(p)
	p.show(p.sheet.body)
	p.sheet.focus()
}

// show replaces the form by another.
func (p *Page) show(form fyne.CanvasObject) {
	if len(p.form.Objects) == 1 && form != nil {
		p.form.Objects[0].Hide()
		p.form.Add(form)
	} else if form == nil {
		p.form.Objects = p.form.Objects[:1]
		p.form.Objects[0].Show()
	} else {
		p.form.Objects[1] = form
	}
	door.Reflow(p.body)
}
