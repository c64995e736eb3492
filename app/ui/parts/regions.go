package parts

import (
	"fyne.io/fyne/v2"
)

// Regions are the parts of a window between which F6 goes. Each remembers what
// had the focus in it. One that lies in another is added after it.
type Regions struct {
	all []*region
}

type region struct {
	name string
	obj  fyne.CanvasObject
	last fyne.Focusable
}

// Add adds a region after those before, or gives one that exists its object.
func (r *Regions) Add(name string, obj fyne.CanvasObject) {
	for _, old := range r.all {
		if old.name == name {
			if old.obj != obj {
				old.obj, old.last = obj, nil
			}
			return
		}
	}
	r.all = append(r.all, &region{name: name, obj: obj})
}

// Remember notes which control of its region has the focus.
func (r *Regions) Remember() { r.current() }

// Next goes to the next region that can have the focus.
func (r *Regions) Next() { r.step(1) }

// Previous goes to the one before.
func (r *Regions) Previous() { r.step(-1) }

// Focus goes to a region. It reports whether something in it took the focus.
func (r *Regions) Focus(name string) bool {
	r.current()
	for _, g := range r.all {
		if g.name == name {
			return g.focus()
		}
	}
	return false
}

// Leave takes the focus from a region that is to show something else: what is
// out of sight takes no keys.
func (r *Regions) Leave(name string) {
	for _, g := range r.all {
		if g.name != name {
			continue
		}
		g.last = nil
		if c := canvasOf(g.obj); c != nil && g.holds(c, c.Focused()) {
			c.Unfocus()
		}
	}
}

func (r *Regions) step(by int) {
	n := len(r.all)
	at := r.current()
	if at < 0 && by < 0 {
		at = 0
	}
	for i := 1; i <= n; i++ {
		if r.all[((at+by*i)%n+n)%n].focus() {
			return
		}
	}
}

// current is the innermost region that has the focus, -1 if none has.
func (r *Regions) current() int {
	for i := len(r.all) - 1; i >= 0; i-- {
		g := r.all[i]
		if c := canvasOf(g.obj); c != nil && c.Focused() != nil && g.holds(c, c.Focused()) {
			g.last = c.Focused()
			return i
		}
	}
	return -1
}

// holds tells by place whether something is in the region: Fyne does not let
// one walk through the widgets of others.
func (g *region) holds(c fyne.Canvas, f fyne.Focusable) bool {
	obj, ok := f.(fyne.CanvasObject)
	if !ok || !g.obj.Visible() || !obj.Visible() {
		return false
	}
	inner, outer := spotOf(c, obj), spotOf(c, g.obj)
	x, y := inner.at.X+inner.size.Width/2, inner.at.Y+inner.size.Height/2
	return x >= outer.at.X && y >= outer.at.Y && x < outer.at.X+outer.size.Width && y < outer.at.Y+outer.size.Height
}

func (g *region) focus() bool {
	c := canvasOf(g.obj)
	if c == nil || !g.obj.Visible() || g.obj.Size().IsZero() {
		return false
	}
	if g.last != nil && g.holds(c, g.last) {
		c.Focus(g.last)
		return c.Focused() == g.last
	}
	first := firstIn(c, g.obj)
	if first == nil {
		return false
	}
	c.Focus(first)
	return c.Focused() == first
}

// firstIn returns the first control in an object that can have the focus. Only
// Fyne can walk through all widgets, and it does so for overlays: the object is
// made one for a moment.
func firstIn(c fyne.Canvas, obj fyne.CanvasObject) fyne.Focusable {
	if f, ok := obj.(fyne.Focusable); ok {
		return f
	}
	c.Overlays().Add(obj)
	c.FocusNext()
	first := c.Focused()
	c.Overlays().Remove(obj)
	return first
}
