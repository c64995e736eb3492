// Package unlock asks for the passphrase of a book.
package unlock

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// Options say which book, and what follows.
type Options struct {
	Book    string
	Opened  func(s *usecase.Session, book string, first place.Place)
	Welcome func() // the first run: a new book
}

// Page is the page.
type Page struct {
	desk *desk.Desk
	o    Options
	body *fyne.Container
	pass *parts.Entry
}

// New makes the page.
func New(d *desk.Desk, o Options) *Page {
	p := &Page{desk: d, o: o, pass: parts.NewPassword("", d.Words)}
	p.pass.OnSubmitted = func(string) { p.open() }
	p.body = container.NewVBox(p.pass)
	return p
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Focus gives the field the focus.
func (p *Page) Focus() { p.pass.Focus() }

// Key is offered each key that no widget has used.
func (p *Page) Key(parts.Press) bool { return false }

func (p *Page) open() {
	pass := []byte(p.pass.Text)
	var session *usecase.Session
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		session, err = usecase.Open(ctx, p.o.Book, "", pass, p.desk.Clock)
		return err
	}, func(err error) {
		if !p.desk.Failed(err) {
			p.o.Opened(session, p.o.Book, place.Place{})
		}
	})
}
