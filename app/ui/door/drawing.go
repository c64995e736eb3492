package door

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// Drawing is a widget that paint draws anew whenever its size or the look changes.
type Drawing struct {
	widget.BaseWidget
	paint func(size fyne.Size) []fyne.CanvasObject
	least func() fyne.Size
}

// NewDrawing returns a widget that paint draws.
func NewDrawing(least func() fyne.Size, paint func(fyne.Size) []fyne.CanvasObject) *Drawing {
	d := &Drawing{paint: paint, least: least}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer draws.
func (d *Drawing) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{self: d, paint: d.paint, least: d.least}
}

type renderer struct {
	self    fyne.Widget
	paint   func(fyne.Size) []fyne.CanvasObject
	least   func() fyne.Size
	objects []fyne.CanvasObject
}

func (r *renderer) Destroy()                     {}
func (r *renderer) MinSize() fyne.Size           { return r.least() }
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *renderer) Layout(size fyne.Size)        { r.objects = r.paint(size) }

func (r *renderer) Refresh() {
	r.objects = r.paint(r.self.Size())
	canvas.Refresh(r.self)
}

// line writes a text, centred on a height.
func line(text string, x, middle, size float32, c color.Color, semibold bool) *canvas.Text {
	t := canvas.NewText(text, c)
	t.TextSize, t.TextStyle.Bold = look.Size(size), semibold
	m := t.MinSize()
	t.Move(fyne.NewPos(look.Px(x), look.Px(middle-m.Height/2)))
	t.Resize(m)
	return t
}

// box is a filled rectangle with round corners.
func box(c color.Color, radius, x, y, width, height float32) *canvas.Rectangle {
	r := canvas.NewRectangle(c)
	r.CornerRadius = radius
	r.Move(fyne.NewPos(look.Px(x), look.Px(y)))
	r.Resize(fyne.NewSize(look.Px(width), look.Px(height)))
	return r
}

// icon is a line icon, centred on a height.
func icon(name string, c look.Colour, x, middle, size float32) *canvas.Image {
	i := canvas.NewImageFromResource(look.Icon(name, c))
	i.FillMode = canvas.ImageFillContain
	i.Move(fyne.NewPos(look.Px(x), look.Px(middle-size/2)))
	i.Resize(fyne.NewSize(size, size))
	return i
}

// newBrand returns what stands at the left of a form: the name, the claim, the
// points.
func newBrand(d *desk.Desk) *Drawing {
	return NewDrawing(func() fyne.Size { return fyne.NewSize(0, 0) }, func(size fyne.Size) []fyne.CanvasObject {
		k := look.Now()
		const left = 56
		top := look.Px(min(64, size.Height/12))
		o := []fyne.CanvasObject{
			box(k.Brand, 0, 0, 0, size.Width, size.Height),
			box(k.OnBrand, 9, left, top, 40, 40),
			icon("book", k.Brand, left+9, top+20, 22),
		}
		name := line(d.Text("door_name"), left+54, top+20, 22, k.OnBrand, true)
		o = append(o, name, line(d.Text("door_name_second"), left+64+name.MinSize().Width, top+22, 16, k.OnBrandSoft, false))
		y := look.Px(max(top+110, size.Height*0.327))
		for part := range strings.SplitSeq(d.Text("door_claim"), "\n") {
			o = append(o, line(part, left, y, 28, k.OnBrand, true))
			y += look.Height(42)
		}
		y += look.Height(22)
		for _, point := range [][2]string{{"lock", "door_point_sealed"}, {"home", "door_point_here"}, {"undo", "door_point_undo"}} {
			o = append(o, icon(point[0], k.OnBrandSoft, left, y, 16))
			text := look.Shorten(d.Text(point[1]), 14, false, size.Width-left-28-16)
			o = append(o, line(text, left+28, y, 14, k.OnBrandSoft, false))
			y += look.Height(34)
		}
		return o
	})
}

// Choice is a card that is chosen with a click, Space or Enter: an icon, a
// title and a sentence, and what it costs to choose it: a way on.
type Choice struct {
	widget.BaseWidget
	icon, title, text string
	tapped            func()
	hovered, focused  bool
	off               bool
}

// NewChoice returns a card.
func NewChoice(icon, title, text string, tapped func()) *Choice {
	c := &Choice{icon: icon, title: title, text: text, tapped: tapped}
	c.ExtendBaseWidget(c)
	return c
}

// SetEnabled lets the card be chosen, or greys it.
func (c *Choice) SetEnabled(on bool) { c.off = !on; c.Refresh() }

// Tapped chooses the card.
func (c *Choice) Tapped(*fyne.PointEvent) {
	if !c.off {
		c.tapped()
	}
}

// Cursor is a hand.
func (c *Choice) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows that the card can be chosen.
func (c *Choice) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved is of no interest.
func (c *Choice) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends it.
func (c *Choice) MouseOut() { c.hovered = false; c.Refresh() }

// FocusGained shows the ring.
func (c *Choice) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost hides the ring.
func (c *Choice) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune takes no letters.
func (c *Choice) TypedRune(rune) {}

// TypedKey chooses with Space and Enter.
func (c *Choice) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.Tapped(nil)
	default:
		parts.Bubble(c, e)
	}
}

// TypedShortcut hands on what the card has no use for.
func (c *Choice) TypedShortcut(s fyne.Shortcut) { parts.BubbleShortcut(c, s) }

// CreateRenderer draws the card.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{self: c, paint: c.draw, least: func() fyne.Size { return fyne.NewSize(280, look.Height(78)) }}
}

func (c *Choice) draw(size fyne.Size) []fyne.CanvasObject {
	k := look.Now()
	ground, edge, title := k.Surface, k.Line, k.Text
	if c.hovered && !c.off {
		ground, edge = k.Hover, k.Border
	}
	if c.off {
		title = k.Faint
	}
	card := box(ground, 8, 0, 0, size.Width, size.Height)
	card.StrokeColor, card.StrokeWidth = edge, 1
	if c.focused {
		card.StrokeColor, card.StrokeWidth = k.Accent, 2
	}
	middle := look.Px(size.Height / 2)
	room := size.Width - 72 - 40
	return []fyne.CanvasObject{
		card,
		box(k.AccentSoft, 8, 16, middle-20, 40, 40),
		icon(c.icon, k.Accent, 26, middle, 20),
		line(look.Shorten(c.title, 15, true, room), 72, middle-look.Height(11), 15, title, true),
		line(look.Shorten(c.text, look.SizeBody, false, room), 72, middle+look.Height(12), look.SizeBody, k.Muted, false),
		icon("right", k.Muted, size.Width-32, middle, 16),
	}
}

// Rule returns a thin line across.
func Rule() fyne.CanvasObject {
	return NewDrawing(func() fyne.Size { return fyne.NewSize(20, 1) }, func(size fyne.Size) []fyne.CanvasObject {
		return []fyne.CanvasObject{box(look.Now().Line, 0, 0, 0, size.Width, 1)}
	})
}

// Sign is a card that names a book: its icon, its name, where it lies.
type Sign struct {
	widget.BaseWidget
	icon, name, text string
	room             float32 // at the right, for a link
}

// NewSign returns an empty card.
func NewSign(icon string) *Sign {
	s := &Sign{icon: icon}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the two lines; room is left free at the right.
func (s *Sign) Set(name, text string, room float32) {
	s.name, s.text, s.room = name, text, room
	s.Refresh()
}

// CreateRenderer draws the card.
func (s *Sign) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{self: s, paint: s.draw, least: func() fyne.Size { return fyne.NewSize(240, look.Height(58)) }}
}

func (s *Sign) draw(size fyne.Size) []fyne.CanvasObject {
	k := look.Now()
	card := box(k.Surface, 8, 0, 0, size.Width, size.Height)
	card.StrokeColor, card.StrokeWidth = k.Line, 1
	middle, room := look.Px(size.Height/2), size.Width-60-12-s.room
	return []fyne.CanvasObject{
		card,
		box(k.AccentSoft, 6, 12, middle-18, 36, 36),
		icon(s.icon, k.Accent, 21, middle, 18),
		line(look.Shorten(s.name, look.SizeCard, true, room), 60, middle-look.Height(9), look.SizeCard, k.Text, true),
		line(look.ShortenStart(s.text, look.SizeSmall, false, room), 60, middle+look.Height(10), look.SizeSmall, k.Muted, false),
	}
}
