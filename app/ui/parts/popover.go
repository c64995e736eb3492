package parts

import "fyne.io/fyne/v2"

// Popover is a small sheet beside what opened it. Esc and a click outside close
// it, and the focus returns.
type Popover struct {
	// OnKey, if not nil, is offered a key first: Ctrl+Enter that saves.
	OnKey func(Press) bool

	over *overlay
}

const popoverPadding = 14

// ShowPopover shows content below or above an object; closed, if not nil, is
// called once it is gone.
func ShowPopover(at, content fyne.CanvasObject, closed func()) *Popover {
	c := canvasOf(at)
	p := newPopover(c, content, closed)
	p.over.at = at
	p.over.place = func(room fyne.Size) (fyne.Position, fyne.Size) {
		size := fit(p.over.panel.MinSize(), room)
		return beside(spotOf(c, at), size, room, 4), size
	}
	p.show()
	return p
}

// ShowPopoverAt shows content at a position of a canvas.
func ShowPopoverAt(c fyne.Canvas, pos fyne.Position, content fyne.CanvasObject, closed func()) *Popover {
	p := newPopover(c, content, closed)
	p.over.place = func(room fyne.Size) (fyne.Position, fyne.Size) {
		size := fit(p.over.panel.MinSize(), room)
		return beside(spot{at: pos}, size, room, 0), size
	}
	p.show()
	return p
}

// show opens the popover. The first control has the focus, without the ring if
// the popover was opened by a click.
func (p *Popover) show() {
	if p.over.canvas == nil {
		return
	}
	before, byKey := p.over.canvas.Focused().(interface{ ringed() bool })
	p.over.show(nil)
	if b, ok := p.over.canvas.Focused().(*Button); ok && p.over.open && (!byKey || !before.ringed()) {
		b.clicked = true
		b.Refresh()
	}
}

func newPopover(c fyne.Canvas, content fyne.CanvasObject, closed func()) *Popover {
	p := &Popover{}
	p.over = &overlay{canvas: c, panel: newPanel(content, popoverPadding, popoverPadding, 8), closed: closed}
	p.over.key = p.key
	return p
}

// Hide closes the popover.
func (p *Popover) Hide() { p.over.close() }

// Shown reports whether the popover is open.
func (p *Popover) Shown() bool { return p.over.open }

// Refresh takes over that the content became larger or smaller.
func (p *Popover) Refresh() {
	if p.over.open {
		p.over.Refresh()
	}
}

// key closes the popover with Esc. A key for the page closes it first: a popover
// is never modal.
func (p *Popover) key(k Press) bool {
	if p.OnKey != nil && p.OnKey(k) {
		return true
	}
	if k == (Press{Key: fyne.KeyEscape}) {
		p.Hide()
		return true
	}
	if k.Mod&^fyne.KeyModifierShift != 0 && k != Submit {
		p.Hide()
	}
	return k.Mod&^fyne.KeyModifierShift == 0 || k == Submit
}

// fit makes a size fit the room.
func fit(size, room fyne.Size) fyne.Size {
	return size.Min(room.SubtractWidthHeight(2*edge, 2*edge))
}
