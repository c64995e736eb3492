// Package segments is the page of the saved questions: whom each finds now and
// who came and went.
package segments

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// Book is what the page reads.
type Book interface {
	Segments(context.Context) ([]usecase.Segment, error)
}

// Page is the page.
type Page struct {
	desk *desk.Desk
	book Book
	body *fyne.Container
}

// New makes the page.
func New(d *desk.Desk, book Book) *Page {
	return &Page{desk: d, book: book, body: container.NewStack()}
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header { return desk.Header{Title: p.desk.Text("page_segments")} }

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Show reads the page.
func (p *Page) Show(place.Place) { p.Reload() }

// Hide does nothing.
func (p *Page) Hide() {}

// Reload reads the page anew.
func (p *Page) Reload() {}

// Key knows none.
func (p *Page) Key(parts.Press) bool { return false }
