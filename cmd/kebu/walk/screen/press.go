package screen

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Press presses the main button of the mouse at a place and lets it go. The driver of tests
// only taps, which a row of a table does not hear and a field does not take the focus for. It
// belongs on the window's goroutine.
func Press(c fyne.Canvas, at fyne.Position) {
	top := c.Content()
	if over := c.Overlays().Top(); over != nil {
		top = over
	}
	object, pos := under(top, at, fyne.Position{})
	if pressed, ok := object.(desktop.Mouseable); ok {
		e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at, Position: at.Subtract(pos)}, Button: desktop.MouseButtonPrimary}
		pressed.MouseDown(e)
		pressed.MouseUp(e)
		if _, taps := object.(fyne.Tappable); !taps {
			return // nor does what lies below
		}
	}
	test.TapCanvas(c, at)
}

// under returns what a press at a place reaches in an object, and where that stands; nil for
// nothing.
func under(o fyne.CanvasObject, at, offset fyne.Position) (fyne.CanvasObject, fyne.Position) {
	if o == nil || !o.Visible() {
		return nil, offset
	}
	whole := area{o.Position().Add(offset), o.Size()}
	inside := !whole.cut(area{at, fyne.NewSize(1, 1)}).empty()
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		renderer := test.WidgetRenderer(o)
		if clips(o, renderer) && !inside {
			return nil, offset
		}
		children = renderer.Objects()
	}
	for _, child := range slices.Backward(children) { // the last lies on top
		if found, pos := under(child, at, whole.pos); found != nil {
			return found, pos
		}
	}
	switch o.(type) {
	case desktop.Mouseable, fyne.Tappable:
		if inside {
			return o, whole.pos
		}
	}
	return nil, offset
}

// clips reports whether a widget shows nothing outside of it.
func clips(o fyne.Widget, renderer fyne.WidgetRenderer) bool {
	_, scrolls := o.(fyne.Scrollable)
	_, clip := renderer.(interface{ IsClip() })
	return scrolls || clip
}
