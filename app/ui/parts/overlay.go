package parts

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/look"
)

// overlay is what lies above the page and takes all clicks and keys until it is
// closed: a dialog, a popover, a menu.
type overlay struct {
	widget.BaseWidget

	canvas fyne.Canvas
	modal  bool // a click outside does not close it, and the page behind is dimmed
	panel  fyne.CanvasObject
	place  func(room fyne.Size) (fyne.Position, fyne.Size)
	key    func(Press) bool
	closed func()
	at     fyne.CanvasObject // what opened it gets the focus back

	float *fyne.Container // where the layer's snackbar and tooltip stand meanwhile
	pop   func()
	open  bool
}

// show opens the overlay and gives the focus to first or, if that is nil, to the
// first that can take it.
func (o *overlay) show(first fyne.Focusable) {
	if o.canvas == nil || o.open {
		return
	}
	o.float = container.NewStack()
	o.open = true
	o.ExtendBaseWidget(o)
	s := stageOf(o.canvas)
	s.overlays = append(s.overlays, o)
	o.pop = s.keys.Push(o.key)
	o.canvas.Overlays().Add(o)
	o.Resize(o.canvas.Size())
	s.rehost(o.canvas)
	if first != nil {
		o.canvas.Focus(first)
	} else {
		o.canvas.FocusNext()
	}
}

// close closes the overlay and all above it.
func (o *overlay) close() {
	if !o.open {
		return
	}
	s := stageOf(o.canvas)
	for i := len(s.overlays) - 1; i >= 0 && s.overlays[i] != o; i-- {
		s.overlays[i].close()
	}
	o.open = false
	s.overlays = slices.DeleteFunc(s.overlays, func(other *overlay) bool { return other == o })
	o.pop()
	o.canvas.Overlays().Remove(o)
	s.rehost(o.canvas)
	if at, ok := o.at.(fyne.Focusable); ok && o.canvas.Focused() == nil {
		o.canvas.Focus(at)
	}
	if o.closed != nil {
		o.closed()
	}
}

// rehost lets snackbar and tooltip float above the innermost overlay.
func (s *stage) rehost(c fyne.Canvas) {
	l := LayerOf(c)
	if l == nil {
		return
	}
	if n := len(s.overlays); n > 0 {
		l.move(s.overlays[n-1].float)
	} else {
		l.move(nil)
	}
}

// CloseOverlays closes every dialog, popover and menu of a canvas.
func CloseOverlays(c fyne.Canvas) {
	s := stageOf(c)
	for len(s.overlays) > 0 {
		s.overlays[0].close()
	}
}

// Tapped closes the overlay when the click was outside.
func (o *overlay) Tapped(e *fyne.PointEvent) {
	if !o.modal && !within(e.Position, o.panel) {
		o.close()
	}
}

// TappedSecondary is Tapped.
func (o *overlay) TappedSecondary(e *fyne.PointEvent) { o.Tapped(e) }

func within(p fyne.Position, obj fyne.CanvasObject) bool {
	at, size := obj.Position(), obj.Size()
	return p.X >= at.X && p.Y >= at.Y && p.X < at.X+size.Width && p.Y < at.Y+size.Height
}

// CreateRenderer draws the ground, the panel and what floats above it.
func (o *overlay) CreateRenderer() fyne.WidgetRenderer {
	scrim := canvas.NewRectangle(look.Now().Scrim)
	scrim.Hidden = !o.modal
	return &overlayRenderer{o: o, scrim: scrim}
}

type overlayRenderer struct {
	o     *overlay
	scrim *canvas.Rectangle
}

// Layout places the panel.
func (r *overlayRenderer) Layout(size fyne.Size) {
	r.scrim.Resize(size)
	at, panel := r.o.place(size)
	r.o.panel.Resize(fyne.NewSize(look.Px(panel.Width), look.Px(panel.Height)))
	r.o.panel.Move(fyne.NewPos(look.Px(at.X), look.Px(at.Y)))
	r.o.float.Resize(size)
}

// MinSize is nothing: an overlay never makes the window larger.
func (r *overlayRenderer) MinSize() fyne.Size { return fyne.Size{} }

// Refresh recolours and places anew.
func (r *overlayRenderer) Refresh() {
	r.scrim.FillColor = look.Now().Scrim
	r.scrim.Refresh()
	r.Layout(r.o.Size())
	r.o.panel.Refresh()
}

// Objects returns the ground, the panel and what floats.
func (r *overlayRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.scrim, r.o.panel, r.o.float}
}

// Destroy has nothing to free.
func (r *overlayRenderer) Destroy() {}

// panel is the ground of a popover, a menu or a dialog, with its shadow.
type panel struct {
	drawnOnly
	content       fyne.CanvasObject
	across, along float32 // padding
	radius        float32
}

func newPanel(content fyne.CanvasObject, across, along, radius float32) *panel {
	p := &panel{content: content, across: across, along: along, radius: radius}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer draws the panel.
func (p *panel) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(p, func(pen *pen, width, height float32) {
		pen.shadow(0, 0, width, height, p.radius)
		pen.frame(0, 0, width, height, pen.Surface, pen.Line, p.radius)
		pen.child(p.content, p.across, p.along, width-2*p.across, height-2*p.along)
	}, func() (float32, float32) {
		m := p.content.MinSize()
		return m.Width + 2*p.across, m.Height + 2*p.along
	})
}

// spot is where something is in the canvas.
type spot struct {
	at   fyne.Position
	size fyne.Size
}

func spotOf(c fyne.Canvas, obj fyne.CanvasObject) spot {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(obj)
	inset, _ := c.InteractiveArea()
	return spot{at.Add(inset), obj.Size()}
}

// edge is what stays free around an overlay.
const edge = 8

// beside places a panel below a spot, above where there is more room, its left
// edge with that of the spot, its right edge where it would leave the canvas.
func beside(s spot, size, room fyne.Size, gap float32) fyne.Position {
	x, y := s.at.X, s.at.Y+s.size.Height+gap
	if x+size.Width > room.Width-edge {
		x = s.at.X + s.size.Width - size.Width
	}
	if above := s.at.Y - gap - size.Height; y+size.Height > room.Height-edge && (above >= edge || s.at.Y > room.Height-y) {
		y = above
	}
	x = max(edge, min(x, room.Width-edge-size.Width))
	y = max(edge, min(y, room.Height-edge-size.Height))
	return fyne.NewPos(x, y)
}
