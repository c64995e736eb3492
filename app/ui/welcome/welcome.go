// Package welcome is the first run: a new book, one that is there, or the demo
// shop.
package welcome

import (
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// Options say what follows.
type Options struct {
	Opened   func(s *usecase.Session, book string, first place.Place)
	Unlock   func(book string) // asks for the passphrase of a book
	Language func(tag string)  // starts anew in another language
}

// Page is the page.
type Page struct {
	desk *desk.Desk
	o    Options
	body *fyne.Container
}

// New makes the page.
func New(d *desk.Desk, o Options) *Page {
	return &Page{desk: d, o: o, body: container.NewStack()}
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Key is offered each key that no widget has used.
func (p *Page) Key(parts.Press) bool { return false }

// Exists reports whether there is a file where a book was.
func Exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
