package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// touch is an area that can be tapped, or chosen with Space or Enter, and is
// drawn by paint. It is what the sidebar and the status bar are made of.
type touch struct {
	widget.BaseWidget
	tapped  func()
	tip     func() string // "" for none
	layer   *parts.Layer
	paint   func(t *touch) []fyne.CanvasObject // in the order of drawing
	width   func() float32
	hovered bool
	focused bool
}

func newTouch(layer *parts.Layer, tapped func(), width func() float32, paint func(*touch) []fyne.CanvasObject) *touch {
	t := &touch{tapped: tapped, layer: layer, paint: paint, width: width}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped does what the area is for.
func (t *touch) Tapped(*fyne.PointEvent) { t.tapped() }

// Cursor shows that the area can be tapped.
func (t *touch) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows the area's ground and its tooltip.
func (t *touch) MouseIn(*desktop.MouseEvent) {
	t.hovered = true
	if t.tip != nil {
		if text := t.tip(); text != "" {
			t.layer.Tooltip(t, text)
		}
	}
	t.Refresh()
}

// MouseMoved does nothing.
func (t *touch) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the ground away.
func (t *touch) MouseOut() {
	t.hovered = false
	t.layer.HideTooltip()
	t.Refresh()
}

// FocusGained shows the ring.
func (t *touch) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost takes the ring away.
func (t *touch) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune does nothing.
func (t *touch) TypedRune(rune) {}

// TypedKey chooses with Space and Enter.
func (t *touch) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		t.tapped()
	default:
		parts.Bubble(t, e)
	}
}

// CreateRenderer draws by paint.
func (t *touch) CreateRenderer() fyne.WidgetRenderer { return &touchRenderer{t: t} }

type touchRenderer struct {
	t       *touch
	objects []fyne.CanvasObject
}

func (r *touchRenderer) Destroy()                     {}
func (r *touchRenderer) Layout(fyne.Size)             { r.draw() }
func (r *touchRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *touchRenderer) Refresh()                     { r.draw(); canvas.Refresh(r.t) }

func (r *touchRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.t.width(), look.Height(statHeight))
}

func (r *touchRenderer) draw() {
	r.objects = r.t.paint(r.t)
	if r.t.focused {
		ring := canvas.NewRectangle(color.Transparent)
		ring.StrokeColor, ring.StrokeWidth, ring.CornerRadius = look.Now().Accent, 2, 6
		size := r.t.Size()
		ring.Move(fyne.NewPos(3, 1))
		ring.Resize(fyne.NewSize(size.Width-6, size.Height-2))
		r.objects = append(r.objects, ring)
	}
}

// put places an object.
func put(o fyne.CanvasObject, x, y, w, h float32) fyne.CanvasObject {
	o.Move(fyne.NewPos(look.Px(x), look.Px(y)))
	o.Resize(fyne.NewSize(look.Px(w), look.Px(h)))
	return o
}

// line writes a text, centred on a height, and returns it with its width.
func line(text string, x, middle, size float32, c color.Color, semibold bool) (fyne.CanvasObject, float32) {
	t := canvas.NewText(text, c)
	t.TextSize = look.Size(size)
	t.TextStyle.Bold = semibold
	m := t.MinSize()
	return put(t, x, middle-m.Height/2, m.Width, m.Height), m.Width
}

// ground is a filled rectangle with round corners.
func ground(c color.Color, radius, x, y, w, h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(c)
	r.CornerRadius = radius
	return put(r, x, y, w, h)
}

// icon is a line icon of a size, centred on a height.
func icon(name string, c color.NRGBA, x, middle, size float32) fyne.CanvasObject {
	i := canvas.NewImageFromResource(look.Icon(name, c))
	i.FillMode = canvas.ImageFillContain
	return put(i, x, middle-size/2, size, size)
}
