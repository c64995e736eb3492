// Package door is what stands before an open book on each way in: the brand
// beside a form, a new passphrase, the demo shop.
package door

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// FormWidth is that of the form beside the brand.
const FormWidth = 380

// The brand beside the form, which goes where the window is narrow.
const (
	brandWidth = 430
	brandBelow = 900
	formMargin = 24
)

// Frame returns a form beside the brand, with an object in the lower right corner.
func Frame(d *desk.Desk, form, corner fyne.CanvasObject) *fyne.Container {
	return container.New(frame{},
		newBrand(d), container.NewVScroll(container.New(middle{}, form)), corner)
}

type frame struct{}

// MinSize lets the frame be as small as the window.
func (frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(FormWidth+2*formMargin, 200) }

// Layout shows the brand at the left where there is room.
func (frame) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	brand, form, corner := objects[0], objects[1], objects[2]
	left := float32(brandWidth)
	if size.Width < brandBelow {
		left = 0
		brand.Hide()
	} else {
		brand.Show()
		brand.Resize(fyne.NewSize(left, size.Height))
	}
	form.Move(fyne.NewPos(left, 0))
	form.Resize(fyne.NewSize(size.Width-left, size.Height))
	m := corner.MinSize()
	corner.Resize(m)
	corner.Move(fyne.NewPos(look.Px(size.Width-m.Width-18), look.Px(size.Height-m.Height-10)))
}

// middle puts a form of FormWidth in the middle.
type middle struct{}

// MinSize is the form's, with room around it.
func (middle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(2*formMargin, 2*formMargin)
}

// Layout puts the form in the middle.
func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	form := objects[0]
	form.Resize(fyne.NewSize(FormWidth, form.Size().Height))
	height := form.MinSize().Height
	form.Resize(fyne.NewSize(FormWidth, height))
	form.Move(fyne.NewPos(look.Px((size.Width-FormWidth)/2), look.Px(max(formMargin, (size.Height-height)/2))))
}

// linkInset is how far the text of a link stands from its edge.
const linkInset = 6

// Reflow lays the form of a frame out anew, after it became higher or lower.
func Reflow(frame *fyne.Container) {
	if form, ok := frame.Objects[1].(*container.Scroll); ok {
		form.Content.Refresh()
	}
}

// Row is an object of a Stack.
type Row struct {
	Gap    float32 // above, unless it is the first
	Object fyne.CanvasObject
	Height float32 // at the standard text size; 0 for the least
	Narrow bool    // as wide as it asks for
	Link   bool    // a link, whose text stands at the left edge
}

// Stack returns rows below each other. Hidden ones take no room.
func Stack(rows ...Row) *fyne.Container {
	s := &stack{rows: rows}
	objects := make([]fyne.CanvasObject, len(rows))
	for i, r := range rows {
		objects[i] = r.Object
	}
	return container.New(s, objects...)
}

type stack struct{ rows []Row }

func (r Row) height() float32 {
	least := r.Object.MinSize().Height
	if r.Height > 0 {
		return max(look.Height(r.Height), least)
	}
	return least
}

// MinSize is the sum of the rows.
func (s *stack) MinSize([]fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, r := range s.rows {
		if !r.Object.Visible() {
			continue
		}
		if size.Height > 0 {
			size.Height += r.Gap
		}
		size.Height += r.height()
		size.Width = max(size.Width, r.Object.MinSize().Width)
	}
	return size
}

// Layout gives each row the width first, which may make it higher.
func (s *stack) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, r := range s.rows {
		if !r.Object.Visible() {
			continue
		}
		if y > 0 {
			y += r.Gap
		}
		width := size.Width
		x := float32(0)
		if r.Narrow || r.Link {
			width = min(width, r.Object.MinSize().Width)
		}
		if r.Link {
			x = -linkInset
		}
		r.Object.Move(fyne.NewPos(x, look.Px(y)))
		r.Object.Resize(fyne.NewSize(width, r.Object.Size().Height))
		height := r.height()
		r.Object.Resize(fyne.NewSize(width, height))
		y += height
	}
}

// Ends returns two objects in a line, one at the left and one at the right end.
// Buttons among them are links.
func Ends(left, right fyne.CanvasObject) *fyne.Container { return container.New(ends{}, left, right) }

type ends struct{}

// MinSize is both beside each other.
func (ends) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+8, max(a.Height, b.Height))
}

// Layout gives the left one what the right one leaves.
func (ends) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	a, b := objects[0], objects[1]
	m := b.MinSize()
	a.Move(fyne.NewPos(-inset(a), look.Px((size.Height-a.MinSize().Height)/2)))
	a.Resize(fyne.NewSize(min(a.MinSize().Width, size.Width-m.Width-8), a.MinSize().Height))
	b.Move(fyne.NewPos(look.Px(size.Width-m.Width+inset(b)), look.Px((size.Height-m.Height)/2)))
	b.Resize(m)
}

// inset is how far an object stands out, so that what it says is at the edge.
func inset(o fyne.CanvasObject) float32 {
	if _, ok := o.(*parts.Button); ok {
		return linkInset
	}
	return 0
}
