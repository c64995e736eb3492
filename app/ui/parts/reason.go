package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// reason is the small ⓘ beside a figure: it opens how the figure came about.
type reason struct {
	drawn
	tip    string
	tapped func(at fyne.CanvasObject)
}

const reasonSize = 21 // the target; the icon is 13

func newReason() *reason {
	r := &reason{}
	r.ExtendBaseWidget(r)
	r.Hide()
	return r
}

// set gives what a click does; nil hides the icon.
func (r *reason) set(tapped func(at fyne.CanvasObject)) {
	r.tapped = tapped
	if (tapped != nil) != r.Visible() {
		if tapped != nil {
			r.Show()
		} else {
			r.Hide()
		}
	}
}

// Tapped opens the reason.
func (r *reason) Tapped(*fyne.PointEvent) {
	hideTip(r)
	if r.tapped != nil {
		r.tapped(r)
	}
}

// TypedKey opens the reason with Enter and Space.
func (r *reason) TypedKey(e *fyne.KeyEvent) {
	if isTap(e) {
		r.Tapped(nil)
		return
	}
	Bubble(r, e)
}

// MouseIn darkens the icon and says what it tells.
func (r *reason) MouseIn(*desktop.MouseEvent) {
	r.hover(true)
	showTip(r, r.tip)
}

// MouseMoved is of no interest.
func (r *reason) MouseMoved(*desktop.MouseEvent) {}

// MouseOut lightens the icon.
func (r *reason) MouseOut() {
	r.hover(false)
	hideTip(r)
}

// Cursor is a hand.
func (r *reason) Cursor() desktop.Cursor { return hand(true) }

// CreateRenderer draws the icon.
func (r *reason) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(r, func(p *pen, _, _ float32) {
		c := p.Faint
		if r.hovered || r.focused {
			c = p.Accent
		}
		p.icon("info", 4, 4, 13, c)
		if r.focused {
			p.ring(3, 3, 15, 15, 8)
		}
	}, func() (float32, float32) { return reasonSize, reasonSize })
}

// draw puts the icon after a label that ends at x.
func (r *reason) draw(p *pen, x, middle float32) {
	if r.Visible() {
		p.child(r, x+1, look.Px(middle)-10, reasonSize, reasonSize)
	}
}
