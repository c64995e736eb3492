package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

type rank int

const (
	primary rank = iota
	second
	link
	danger
	bare     // an icon alone
	tipLink  // a link on the ground of a snackbar
	tipClose // an icon on the ground of a snackbar
	badLink  // these on the red ground of a failure
	badClose
)

// Button is a button with a text, an icon or both. Space and a click press it;
// Enter does not, so that an input method's Enter never does something.
type Button struct {
	drawn

	// Tip is shown while the pointer rests on the button.
	Tip string

	text, icon string
	rank       rank
	tapped     func()
	off, down  bool
	passing    bool // it goes when it is pressed: a click leaves the focus where it is
	onHover    func(on bool)
	onFocus    func(on bool)
}

func newButton(r rank, text, icon string, tapped func()) *Button {
	b := &Button{text: text, icon: icon, rank: r, tapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// Primary returns the one filled button of a page. The icons "down" and "right"
// stand after the text, all others before it; "" is none.
func Primary(text, icon string, tapped func()) *Button { return newButton(primary, text, icon, tapped) }

// Second returns a grey button.
func Second(text, icon string, tapped func()) *Button { return newButton(second, text, icon, tapped) }

// Link returns a button that looks like a link.
func Link(text, icon string, tapped func()) *Button { return newButton(link, text, icon, tapped) }

// Danger returns a red button, for what cannot be taken back.
func Danger(text, icon string, tapped func()) *Button { return newButton(danger, text, icon, tapped) }

// IconButton returns a button of an icon alone: close, more, fold, eye. The
// tooltip says what it does.
func IconButton(icon, tooltip string, tapped func()) *Button {
	b := newButton(bare, "", icon, tapped)
	b.Tip = tooltip
	return b
}

// SetText changes the text.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// Text returns the text.
func (b *Button) Text() string { return b.text }

// SetIcon changes the icon; "" is none.
func (b *Button) SetIcon(icon string) {
	if b.icon != icon {
		b.icon = icon
		b.Refresh()
	}
}

// OnTapped changes what the button does.
func (b *Button) OnTapped(tapped func()) { b.tapped = tapped }

// Enable lets the button be pressed.
func (b *Button) Enable() { b.SetEnabled(true) }

// Disable greys the button.
func (b *Button) Disable() { b.SetEnabled(false) }

// SetEnabled is Enable or Disable.
func (b *Button) SetEnabled(on bool) {
	if b.off == on {
		b.off = !on
		b.Refresh()
	}
}

// Disabled reports whether the button is grey.
func (b *Button) Disabled() bool { return b.off }

// Tapped presses the button and gives it the focus.
func (b *Button) Tapped(*fyne.PointEvent) {
	if b.off {
		return
	}
	if !b.passing {
		b.clickFocus(b)
	}
	b.press()
}

func (b *Button) press() {
	hideTip(b)
	if !b.off && b.tapped != nil {
		b.tapped()
	}
}

// MouseDown darkens the button.
func (b *Button) MouseDown(*desktop.MouseEvent) { b.down = true; b.Refresh() }

// MouseUp ends it.
func (b *Button) MouseUp(*desktop.MouseEvent) { b.down = false; b.Refresh() }

// MouseIn shows the tooltip after a while.
func (b *Button) MouseIn(*desktop.MouseEvent) {
	b.hover(true)
	showTip(b, b.Tip)
	if b.onHover != nil {
		b.onHover(true)
	}
}

// MouseMoved is of no interest.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut hides the tooltip.
func (b *Button) MouseOut() {
	b.down = false
	b.hover(false)
	hideTip(b)
	if b.onHover != nil {
		b.onHover(false)
	}
}

// FocusGained shows the ring, unless the focus came by a click.
func (b *Button) FocusGained() {
	b.drawn.FocusGained()
	if b.onFocus != nil {
		b.onFocus(true)
	}
}

// FocusLost hides the ring.
func (b *Button) FocusLost() {
	b.drawn.FocusLost()
	if b.onFocus != nil {
		b.onFocus(false)
	}
}

// TypedKey presses the button with Space.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		b.press()
		return
	}
	Bubble(b, e)
}

// TypedShortcut hands on what the button has no use for.
func (b *Button) TypedShortcut(s fyne.Shortcut) { BubbleShortcut(b, s) }

// Cursor is a hand.
func (b *Button) Cursor() desktop.Cursor { return hand(!b.off) }

// CreateRenderer draws the button.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(b, b.draw, func() (float32, float32) {
		if b.square() {
			return look.FieldHeight(), look.FieldHeight()
		}
		width := 2*b.inset() + look.Width(b.text, look.SizeBody, b.bold())
		if b.icon != "" {
			width += b.iconSize()
			if b.text != "" {
				width += b.gap()
			}
		}
		return width, look.FieldHeight()
	})
}

// square says that the button is an icon alone.
func (b *Button) square() bool {
	return b.rank == bare || b.rank == tipClose || b.rank == badClose
}

func (b *Button) bold() bool { return b.rank != link }

func (b *Button) inset() float32 {
	if b.rank == link || b.rank == tipLink || b.rank == badLink {
		return 6
	}
	return 12
}

func (b *Button) iconSize() float32 {
	if b.rank == link || b.trailing() {
		return 14
	}
	return 16
}

func (b *Button) gap() float32 {
	if b.rank == link {
		return 5
	}
	return 8
}

func (b *Button) trailing() bool { return b.icon == "down" || b.icon == "right" }

// colours returns the ground, nil for none, and the text's and icon's colour.
func (b *Button) colours(p *pen) (ground color.Color, front look.Colour) {
	switch b.rank {
	case primary:
		ground, front = p.Accent, p.OnAccent
	case danger:
		ground, front = p.Danger, p.OnAccent
	case second:
		ground, front = p.Button, p.Text
	case link:
		front = p.Accent
	case bare:
		front = p.Muted
	case tipLink, tipClose:
		front = p.BarSoft
	case badLink, badClose:
		front = p.OnAccent
	}
	if b.off {
		front = p.Faint
		if ground != nil {
			ground = p.Button
		}
	}
	return ground, front
}

func (b *Button) draw(p *pen, width, height float32) {
	ground, front := b.colours(p)
	radius := float32(5)
	x, wide := float32(0), width
	if b.square() { // a square as high as the text, not as the field
		side := min(width, height, look.Height(26))
		x, wide = look.Px((width-side)/2), side
		top := look.Px((height - side) / 2)
		b.ground(p, ground, x, top, wide, side, radius)
		size := min(float32(16), side)
		if !b.off && (b.hovered || b.ringed()) {
			front = b.lively(p, front)
		}
		p.icon(b.icon, x+(side-size)/2, top+(side-size)/2, size, front)
		return
	}
	b.ground(p, ground, x, 0, wide, height, radius)
	b.content(p, width, height, front)
}

// lively is the colour of an icon under the pointer.
func (b *Button) lively(p *pen, front look.Colour) look.Colour {
	if b.rank == bare {
		return p.Text
	}
	return front
}

// ground draws what lies under the content: the fill, the pointer's shade, the ring.
func (b *Button) ground(p *pen, fill color.Color, x, y, width, height, radius float32) {
	if fill != nil {
		p.box(x, y, width, height, fill, radius)
	}
	if !b.off {
		switch {
		case b.down:
			p.box(x, y, width, height, p.shade(b.rank, 0x1F), radius)
		case b.hovered:
			p.box(x, y, width, height, p.shade(b.rank, 0x0F), radius)
		}
	}
	if b.ringed() && !b.off {
		p.ring(x, y, width, height, radius)
	}
}

// shade is what the pointer lays over a button.
func (p *pen) shade(r rank, alpha uint8) look.Colour {
	switch r {
	case primary, danger, badLink, badClose:
		return look.Fade(p.OnAccent, alpha+alpha/2)
	case tipLink, tipClose:
		return look.Fade(p.OnTip, alpha)
	default:
		return look.Fade(p.Text, alpha)
	}
}

// content draws icon and text in the middle.
func (b *Button) content(p *pen, width, height float32, front look.Colour) {
	size, gap, room := float32(0), float32(0), width-2*b.inset()+2
	if b.icon != "" {
		size = b.iconSize()
		if b.text != "" {
			gap = b.gap()
		}
	}
	text := fitted(b.text, look.SizeBody, b.bold(), room-size-gap)
	wide := look.Width(text, look.SizeBody, b.bold())
	x := look.Px(max(0, (width-wide-size-gap)/2))
	middle := look.Px(height / 2)
	textAt, iconAt := x+size+gap, x
	if b.trailing() {
		textAt, iconAt = x, x+wide+gap
	}
	if b.icon != "" {
		p.icon(b.icon, iconAt, middle-look.Px(size/2), size, front)
	}
	p.text(textAt, middle, text, look.SizeBody, front, b.bold())
}

// clickFocus gives a widget the focus because it was clicked: without a ring,
// which is for those who use the keyboard.
func (d *drawn) clickFocus(self control) {
	c := canvasOf(self)
	if c == nil || c.Focused() == fyne.Focusable(self) {
		return
	}
	d.clicked = true
	c.Focus(self)
	d.clicked = c.Focused() == fyne.Focusable(self)
}

// control is a widget that can have the focus.
type control interface {
	fyne.CanvasObject
	fyne.Focusable
}

// ringed reports whether the ring is drawn.
func (d *drawn) ringed() bool { return d.focused && !d.clicked }

// canvasOf returns the canvas of an object. A driver does not know that of an
// object before it was drawn, and focus is given before: there is one window.
func canvasOf(obj fyne.CanvasObject) fyne.Canvas {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(obj); c != nil {
		return c
	}
	if windows := driver.AllWindows(); len(windows) == 1 {
		return windows[0].Canvas()
	}
	return nil
}
