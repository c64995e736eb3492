package parts

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
	"kebu/app/ui/task"
)

// Layer lies above the page and lets clicks through: snackbars and tooltips
// float in it. While a dialog, a popover or a menu is open they float above that.
type Layer struct {
	words Words
	timer Timer

	base  *fyne.Container // stands above the page
	float *fyne.Container // stands in base, or in the innermost overlay
	left  float32         // of the body, in the window
	below float32

	bars snackbars
	tip  tip
}

// layers are those that were made, the newest last.
var layers []*Layer

// NewLayer returns an empty layer. The window stacks its Object on top of all else.
func NewLayer(words Words, timer Timer) *Layer {
	l := &Layer{words: words, timer: timer}
	l.float = container.New(&floating{l})
	l.base = container.New(&lowest{l}, l.float)
	layers = append(layers, l)
	return l
}

// LayerOf returns the layer of a canvas, nil if it has none.
func LayerOf(c fyne.Canvas) *Layer {
	for i := len(layers) - 1; i >= 0; i-- {
		if l := layers[i]; c != nil && canvasOf(l.base) == c {
			return l
		}
	}
	return nil
}

// Object is what the window stacks above the page.
func (l *Layer) Object() fyne.CanvasObject { return l.base }

// SetBody says how much of the window at the left and below is not the page's
// body, so that snackbars stand in the middle of it.
func (l *Layer) SetBody(left, below float32) {
	l.left, l.below = left, below
	l.float.Refresh()
}

// move puts what floats into another host: the innermost overlay, or base.
func (l *Layer) move(to *fyne.Container) {
	if to == nil {
		to = l.base
	}
	l.HideTooltip()
	for _, host := range []*fyne.Container{l.base, l.hosted()} {
		if host != nil && host != to {
			host.Remove(l.float)
		}
	}
	l.tip.host = to
	if len(to.Objects) == 0 || to.Objects[len(to.Objects)-1] != fyne.CanvasObject(l.float) {
		to.Add(l.float)
	}
	l.float.Resize(to.Size())
}

func (l *Layer) hosted() *fyne.Container { return l.tip.host }

// lowest lays out what stands above the page. It comes after the page, so that
// popovers can follow what they stand beside.
type lowest struct{ layer *Layer }

// MinSize is nothing: the layer takes no room.
func (*lowest) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout gives all the room to each.
func (w *lowest) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
	if s := stages[canvasOf(w.layer.base)]; s != nil {
		for _, o := range s.overlays {
			o.Refresh()
		}
	}
}

// floating lays out the snackbar and the tooltip.
type floating struct{ layer *Layer }

// MinSize is nothing: the layer takes no room.
func (f *floating) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places the snackbar below and the tooltip beside what it is about.
func (f *floating) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l := f.layer
	if s := l.bars.shown; s != nil {
		room := size.Width - l.left
		least := s.MinSize()
		width := min(max(least.Width, 320), max(room-40, 200))
		s.Resize(fyne.NewSize(look.Px(width), least.Height))
		s.Move(fyne.NewPos(look.Px(l.left+(room-width)/2), look.Px(size.Height-l.below-18-least.Height)))
	}
	if l.tip.box != nil {
		l.tip.place(size)
	}
}

// after runs f later; a layer without a timer never does.
func (l *Layer) after(d time.Duration, f func()) *task.Task {
	if l.timer == nil {
		return nil
	}
	return l.timer.After(d, f)
}
