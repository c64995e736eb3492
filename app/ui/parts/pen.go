package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/look"
)

// drawn is what a widget that draws itself embeds: whether the keyboard or the
// pointer is on it. A widget with a TypedKey of its own can be focused.
type drawn struct {
	widget.BaseWidget
	focused, hovered bool
	clicked          bool // the focus came by a click: see ringed
}

// FocusGained shows the ring.
func (d *drawn) FocusGained() { d.focused = true; d.Refresh() }

// FocusLost hides the ring.
func (d *drawn) FocusLost() { d.focused, d.clicked = false, false; d.Refresh() }

// TypedRune takes no letters.
func (d *drawn) TypedRune(rune) {}

// hover remembers whether the pointer is on the widget.
func (d *drawn) hover(on bool) {
	if d.hovered != on {
		d.hovered = on
		d.Refresh()
	}
}

// pen draws a widget in whole pixels, in the current look. It keeps its shapes
// from one drawing to the next.
type pen struct {
	look.Look
	rects   pool[*canvas.Rectangle]
	texts   pool[*canvas.Text]
	icons   pool[*canvas.Image]
	objects []fyne.CanvasObject
}

type pool[T any] struct {
	all  []T
	used int
}

func (p *pool[T]) next(make func() T) T {
	if p.used == len(p.all) {
		p.all = append(p.all, make())
	}
	p.used++
	return p.all[p.used-1]
}

func (p *pen) begin() {
	p.Look = look.Now()
	p.rects.used, p.texts.used, p.icons.used = 0, 0, 0
	p.objects = p.objects[:0]
}

// end forgets what texts no longer shown said: one may have been a clear value.
func (p *pen) end() {
	for _, t := range p.texts.all[p.texts.used:] {
		t.Text = ""
	}
}

// child draws another widget.
func (p *pen) child(obj fyne.CanvasObject, x, y, width, height float32) {
	obj.Move(fyne.NewPos(look.Px(x), look.Px(y)))
	obj.Resize(fyne.NewSize(look.Px(width), look.Px(height)))
	p.objects = append(p.objects, obj)
}

// box draws a filled rectangle. The caller may still change its corners.
func (p *pen) box(x, y, width, height float32, fill color.Color, radius float32) *canvas.Rectangle {
	r := p.rects.next(func() *canvas.Rectangle { return &canvas.Rectangle{} })
	r.FillColor, r.StrokeColor, r.StrokeWidth = fill, nil, 0
	r.CornerRadius = radius
	r.TopLeftCornerRadius, r.TopRightCornerRadius, r.BottomLeftCornerRadius = 0, 0, 0
	r.Move(fyne.NewPos(look.Px(x), look.Px(y)))
	r.Resize(fyne.NewSize(look.Px(width), look.Px(height)))
	p.objects = append(p.objects, r)
	return r
}

// frame draws a rectangle with an edge of one pixel.
func (p *pen) frame(x, y, width, height float32, fill, edge color.Color, radius float32) *canvas.Rectangle {
	r := p.box(x, y, width, height, fill, radius)
	r.StrokeColor, r.StrokeWidth = edge, 1
	return r
}

// ring draws the mark of the focus, two pixels outside of what it surrounds.
func (p *pen) ring(x, y, width, height, radius float32) {
	r := p.box(x-2, y-2, width+4, height+4, color.Transparent, radius+2)
	r.StrokeColor, r.StrokeWidth = p.Accent, 2
}

// innerRing draws the mark of the focus inside of what it surrounds, where that may
// be cut off: Fyne's painter in memory moves a cut stroke, and cuts a box right.
func (p *pen) innerRing(x, y, width, height float32) {
	const thick = 2
	p.box(x, y, width, thick, p.Accent, 0)
	p.box(x, y+height-thick, width, thick, p.Accent, 0)
	p.box(x, y+thick, thick, height-2*thick, p.Accent, 0)
	p.box(x+width-thick, y+thick, thick, height-2*thick, p.Accent, 0)
}

// text draws a line centred at height middle and returns its width. Sizes are
// those of the standard scale.
func (p *pen) text(x, middle float32, text string, size float32, c color.Color, semibold bool) float32 {
	t := p.texts.next(func() *canvas.Text { return &canvas.Text{} })
	t.Text, t.Color, t.TextSize, t.TextStyle = text, c, look.Size(size), fyne.TextStyle{Bold: semibold}
	m := fyne.NewSize(look.Width(text, size, semibold), look.LineHeight(size, semibold))
	t.Move(fyne.NewPos(look.Px(x), look.Px(middle-m.Height/2)))
	t.Resize(m)
	p.objects = append(p.objects, t)
	return m.Width
}

func (p *pen) textRight(right, middle float32, text string, size float32, c color.Color, semibold bool) float32 {
	width := look.Width(text, size, semibold)
	p.text(right-width, middle, text, size, c, semibold)
	return width
}

func (p *pen) textCentre(centre, middle float32, text string, size float32, c color.Color, semibold bool) {
	p.text(centre-look.Width(text, size, semibold)/2, middle, text, size, c, semibold)
}

// icon draws a line icon.
func (p *pen) icon(name string, x, y, size float32, c look.Colour) {
	p.stroke(name, x, y, size, c, 1.6)
}

// stroke draws an icon with lines of another width.
func (p *pen) stroke(name string, x, y, size float32, c look.Colour, width float32) {
	i := p.icons.next(func() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillContain} })
	if r := look.Stroke(name, c, width); i.Resource != r {
		i.Resource = r
		i.Refresh()
	}
	i.Move(fyne.NewPos(look.Px(x), look.Px(y)))
	i.Resize(fyne.NewSquareSize(look.Px(size)))
	p.objects = append(p.objects, i)
}

// drawing renders a widget by its draw function.
type drawing struct {
	widget fyne.Widget
	pen    pen
	draw   func(p *pen, width, height float32)
	min    func() (width, height float32)
}

// drawnBy returns the renderer of a widget; min is its least size.
func drawnBy(w fyne.Widget, draw func(p *pen, width, height float32), min func() (width, height float32)) fyne.WidgetRenderer {
	return &drawing{widget: w, draw: draw, min: min}
}

// Layout draws anew at a size.
func (d *drawing) Layout(size fyne.Size) {
	d.pen.begin()
	d.draw(&d.pen, look.Px(size.Width), look.Px(size.Height))
	d.pen.end()
}

// MinSize returns the least size in whole pixels.
func (d *drawing) MinSize() fyne.Size {
	width, height := d.min()
	return fyne.NewSize(look.Px(width+0.49), look.Px(height+0.49))
}

// Refresh draws anew.
func (d *drawing) Refresh() {
	d.Layout(d.widget.Size())
	canvas.Refresh(d.widget)
}

// Objects returns what was drawn.
func (d *drawing) Objects() []fyne.CanvasObject { return d.pen.objects }

// Destroy has nothing to free.
func (d *drawing) Destroy() {}

// fitted is look.Shorten, which most of what is drawn goes through.
func fitted(text string, size float32, semibold bool, room float32) string {
	return look.Shorten(text, size, semibold, room)
}

// hand is the cursor over what can be clicked.
func hand(clickable bool) desktop.Cursor {
	if clickable {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// isTap says whether a key does what a click does.
func isTap(e *fyne.KeyEvent) bool {
	return e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace
}

// plain says that no modifier is held: Alt+← goes back a page and is no arrow.
func plain() bool { return modifiers() == 0 }
