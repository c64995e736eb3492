// Package imports is the page that shows what a file will do before anything is
// written, does it, and takes it back.
package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
)

// Page is the page.
type Page struct {
	desk *desk.Desk
	book Book
	body *fyne.Container
}

// New makes the page; it reads the book when it is first shown.
func New(d *desk.Desk, book Book) *Page {
	return &Page{desk: d, book: book, body: container.NewStack()}
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header { return desk.Header{Title: p.desk.Text("page_imports")} }

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Show opens the page.
func (p *Page) Show(place.Place) {}

// Hide leaves the page as it is.
func (p *Page) Hide() { p.desk.Layer.HideTooltip() }

// Reload reads the book again.
func (p *Page) Reload() {}

// Key knows the keys of the page.
func (p *Page) Key(parts.Press) bool { return false }
