package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// DropZone invites to drop files; a click, Space or Enter chooses them in a
// dialog. The drop itself comes from the window, wherever it falls.
type DropZone struct {
	drawn
	title, hint string
	choose      func()
	link        fyne.CanvasObject
}

// NewDropZone returns a zone with its sentence and what it takes.
func NewDropZone(title, hint string, choose func()) *DropZone {
	z := &DropZone{title: title, hint: hint, choose: choose}
	z.ExtendBaseWidget(z)
	return z
}

// SetLink shows a link in the third line.
func (z *DropZone) SetLink(text string, tapped func()) {
	z.link = Link(text, "", tapped)
	z.Refresh()
}

// Tapped opens the dialog.
func (z *DropZone) Tapped(*fyne.PointEvent) { z.choose() }

// TypedKey opens the dialog with Enter and Space.
func (z *DropZone) TypedKey(e *fyne.KeyEvent) {
	if isTap(e) {
		z.choose()
		return
	}
	Bubble(z, e)
}

// MouseIn thickens the edge.
func (z *DropZone) MouseIn(*desktop.MouseEvent) { z.hover(true) }

// MouseMoved is of no interest.
func (z *DropZone) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends what MouseIn began.
func (z *DropZone) MouseOut() { z.hover(false) }

// Cursor is a hand.
func (z *DropZone) Cursor() desktop.Cursor { return hand(true) }

// CreateRenderer draws the zone.
func (z *DropZone) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(z, z.draw, func() (float32, float32) { return 240, look.Height(140) })
}

func (z *DropZone) draw(p *pen, width, height float32) {
	edge := p.frame(0, 0, width, height, p.AccentSoft, p.Accent, 8)
	if z.hovered {
		edge.StrokeWidth = 2
	}
	if z.focused {
		p.ring(0, 0, width, height, 8)
	}
	middle, top := look.Px(width/2), look.Px(height/2)-look.Height(70)
	if z.link == nil {
		top += 12
	}
	p.icon("import", middle-14, top+20, 28, p.Accent)
	p.textCentre(middle, top+look.Height(67), fitted(z.title, look.SizeCard, true, width-32), look.SizeCard, p.Text, true)
	p.textCentre(middle, top+look.Height(94), fitted(z.hint, look.SizeSmall, false, width-32), look.SizeSmall, p.Muted, false)
	if z.link != nil {
		m := z.link.MinSize()
		p.child(z.link, middle-m.Width/2, top+look.Height(118)-m.Height/2, m.Width, m.Height)
	}
}
