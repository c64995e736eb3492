// Package screen reads what a person can read in a window: its texts and where they stand,
// what has the focus, how much lies on top; and it presses the mouse there. The walk
// through the real window looks through it, and so do the pictures of make shots.
//
// It does not see what is only drawn, nor that something else in the page covers a text. A
// button with nothing but an icon it knows by its tooltip.
package screen

import (
	"fmt"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/parts"
)

// Screen is a window at one moment. Places are in units of its canvas.
type Screen struct {
	Title string
	Size  fyne.Size
	// Scale is the pixels in a unit.
	Scale float32
	// Focus is what has the keyboard, nil for nothing.
	Focus *Text
	// Control tells what has the keyboard from all others, also from those that read the same.
	Control string
	// Overlays counts dialogs, menus and popups on top of the page; the last has the mouse.
	Overlays int
	// Texts are in the order in which they are drawn.
	Texts []Text
}

// Text is a line that can be seen, at least in part.
type Text struct {
	Text string
	// Kind is the widget that shows it, such as *parts.Button, for messages.
	Kind string
	// Pos and Size are of the part that is not cut off.
	Pos  fyne.Position
	Size fyne.Size
	// Layer is 0 for the page, then 1 and up for the overlays.
	Layer int
	// Icon is set where an icon stands, and the text is its tooltip.
	Icon bool
}

// Middle returns the point to click.
func (t Text) Middle() fyne.Position {
	return t.Pos.AddXY(t.Size.Width/2, t.Size.Height/2)
}

// Read reads a canvas. It belongs on the window's goroutine.
func Read(c fyne.Canvas) Screen {
	s := Screen{Size: c.Size(), Scale: c.Scale()}
	var layers []fyne.CanvasObject
	if content := c.Content(); content != nil {
		layers = append(layers, content)
	}
	layers = append(layers, c.Overlays().List()...)
	s.Overlays = len(layers) - 1
	focused := c.Focused()
	for i, top := range layers {
		r := reader{screen: &s, layer: i, focused: focused}
		r.read(top, "", fyne.Position{}, area{size: c.Size()})
	}
	return s
}

// area is a rectangle of the canvas.
type area struct {
	pos  fyne.Position
	size fyne.Size
}

// cut returns what two areas share; without width or height if nothing.
func (a area) cut(b area) area {
	left, top := max(a.pos.X, b.pos.X), max(a.pos.Y, b.pos.Y)
	right := min(a.pos.X+a.size.Width, b.pos.X+b.size.Width)
	bottom := min(a.pos.Y+a.size.Height, b.pos.Y+b.size.Height)
	return area{fyne.NewPos(left, top), fyne.NewSize(max(0, right-left), max(0, bottom-top))}
}

func (a area) empty() bool { return a.size.Width < 1 || a.size.Height < 1 }

type reader struct {
	screen  *Screen
	layer   int
	focused fyne.Focusable
}

// read walks the visible tree below an object; kind is the widget around it.
func (r reader) read(o fyne.CanvasObject, kind string, offset fyne.Position, clip area) {
	if o == nil || !o.Visible() {
		return
	}
	at := area{o.Position().Add(offset), o.Size()}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		r.add(o, kind, at, clip)
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		if _, part := o.(*widget.RichText); !part || kind == "" { // which buttons and labels are made of
			kind = fmt.Sprintf("%T", o)
		}
		renderer := test.WidgetRenderer(o)
		children = renderer.Objects()
		if clips(o, renderer) {
			clip = clip.cut(at)
		}
	}
	first := len(r.screen.Texts)
	for _, child := range children {
		r.read(child, kind, at.pos, clip)
	}
	if b, ok := o.(*parts.Button); ok && b.Tip != "" && len(r.screen.Texts) == first {
		r.show(Text{Text: b.Tip, Kind: kind, Layer: r.layer, Icon: true}, at.cut(clip))
	}
	if focused, ok := o.(fyne.Focusable); ok && focused == r.focused {
		shown := at.cut(clip)
		r.screen.Control = fmt.Sprintf("%p", o)
		r.screen.Focus = &Text{
			Text: join(r.screen.Texts[first:]), Kind: kind, Pos: shown.pos, Size: shown.size, Layer: r.layer,
		}
	}
}

func (r reader) add(text *canvas.Text, kind string, at, clip area) {
	// A line may be given the whole width; what is read is only as wide as its letters.
	letters := text.MinSize()
	switch spare := at.size.Width - letters.Width; {
	case spare <= 0:
	case text.Alignment == fyne.TextAlignCenter:
		at.pos.X += spare / 2
		at.size.Width = letters.Width
	case text.Alignment == fyne.TextAlignTrailing:
		at.pos.X += spare
		at.size.Width = letters.Width
	default:
		at.size.Width = letters.Width
	}
	at.size = at.size.Max(letters) // drawn beyond its size all the same
	r.show(Text{Text: text.Text, Kind: kind, Layer: r.layer}, at.cut(clip))
}

func (r reader) show(t Text, where area) {
	if strings.TrimSpace(t.Text) == "" || where.empty() {
		return
	}
	t.Pos, t.Size = where.pos, where.size
	r.screen.Texts = append(r.screen.Texts, t)
}

// Has reports whether a text can be read anywhere, also over the ends of lines.
func (s Screen) Has(text string) bool {
	var read []Text
	for _, t := range s.Texts {
		if !t.Icon {
			read = append(read, t)
		}
	}
	return strings.Contains(tight(join(read)), tight(text))
}

// Find returns the places of a text or an icon that the mouse can reach: those that read
// exactly so, or, if there are none, those that contain it.
func (s Screen) Find(text string) []Text {
	var exact, inside []Text
	for _, t := range s.Texts {
		switch {
		case t.Layer != s.Overlays:
		case t.Text == text:
			exact = append(exact, t)
		case strings.Contains(t.Text, text):
			inside = append(inside, t)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return inside
}

// String lists what can be read, a line each, for messages of tests.
func (s Screen) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q, %g x %g, %d on top", s.Title, s.Size.Width, s.Size.Height, s.Overlays)
	if s.Focus != nil {
		fmt.Fprintf(&b, ", focus on %q %s", s.Focus.Text, s.Focus.Kind)
	}
	for _, t := range s.Texts {
		fmt.Fprintf(&b, "\n  %d %4.0f,%-4.0f %q %s", t.Layer, t.Pos.X, t.Pos.Y, t.Text, t.Kind)
	}
	return b.String()
}

func join(texts []Text) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(t.Text)
	}
	return b.String()
}

// tight leaves out spaces, which the end of a line may have eaten.
func tight(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
