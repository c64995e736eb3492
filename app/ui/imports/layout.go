package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// The page's spaces.
const (
	margin     = 20
	marginTop  = 16
	gap        = 12
	stepsAbove = 46
	leftWidth  = 332
)

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(look.Px(x), look.Px(y)))
	o.Resize(fyne.NewSize(look.Px(width), look.Px(max(0, height))))
}

// sheet is what the steps of an import have in common: the steps above, a card
// at the left with the queue above it, what it is about at the right, and a bar
// with the buttons below.
type sheet struct {
	steps *parts.Steps
	queue fyne.CanvasObject // hidden while there is one file
	left  fyne.CanvasObject // nil leaves the width to the right
	top   fyne.CanvasObject // above right, or nil
	right fyne.CanvasObject
	bar   fyne.CanvasObject
}

func (s *sheet) objects() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{s.steps, s.queue, s.left, s.top, s.right, s.bar} {
		if o != nil {
			list = append(list, o)
		}
	}
	return list
}

// MinSize lets the page be as small as the window.
func (s *sheet) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(500, 300) }

// Layout places the parts.
func (s *sheet) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	above := look.Height(stepsAbove)
	put(s.steps, margin, marginTop/2, size.Width-2*margin, above-marginTop/2)
	bar := s.bar.MinSize().Height
	put(s.bar, 0, size.Height-bar, size.Width, bar)
	top, foot := above+8, size.Height-bar-gap
	x, left := float32(margin), float32(0)
	if s.left != nil {
		left = min(look.Px(leftWidth*(1+float32(look.Now().Scale))/2), size.Width*0.3)
		y := top
		if s.queue != nil && s.queue.Visible() {
			h := min(s.queue.MinSize().Height, (foot-top)*0.4)
			put(s.queue, x, y, left, h)
			y += h + gap
		}
		put(s.left, x, y, left, foot-y)
		x += left + gap
	}
	width := size.Width - margin - x
	if s.top != nil {
		h := s.top.MinSize().Height
		put(s.top, x, top, width, h)
		top += h + gap
	}
	put(s.right, x, top, width, foot-top)
}

// stepsOf shows the steps of an import at one of them.
func (p *Page) stepsOf(at int) *parts.Steps {
	d := p.desk
	s := parts.NewSteps(d.Text("imports_step_file"), d.Text("imports_step_format"), d.Text("imports_step_dry"), d.Text("imports_step_import"), d.Text("imports_step_report"))
	s.SetStep(at)
	return s
}

// The steps.
const (
	stepFormat = 1 + iota
	stepDry
	stepImport
	stepReport
	stepsDone
)

// footed puts a footer below a table.
type footed struct{}

// MinSize lets both be as small as the card.
func (footed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 120) }

// Layout places the table and the footer.
func (footed) Layout(list []fyne.CanvasObject, size fyne.Size) {
	foot := list[1].MinSize().Height
	put(list[0], 0, 0, size.Width, size.Height-foot)
	put(list[1], 0, size.Height-foot, size.Width, foot)
}

// tabbed puts tabs above what they choose.
type tabbed struct{}

// MinSize lets both be as small as the card.
func (tabbed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 120) }

// Layout places the tabs within the card's padding, and the rest to its edges.
func (tabbed) Layout(list []fyne.CanvasObject, size fyne.Size) {
	top := list[0].MinSize().Height
	put(list[0], padding, 0, size.Width-2*padding, top)
	put(list[1], 0, top, size.Width, size.Height-top)
}

// newLeft lets an object be as narrow as it is, at the left.
func newLeft(o fyne.CanvasObject) fyne.CanvasObject { return container.New(atLeft{}, o) }

type atLeft struct{}

// MinSize is that of the object.
func (atLeft) MinSize(list []fyne.CanvasObject) fyne.Size { return list[0].MinSize() }

// Layout moves a link so that its word, not its hover, stands at the edge.
func (atLeft) Layout(list []fyne.CanvasObject, size fyne.Size) {
	const hover = 8
	m := list[0].MinSize()
	put(list[0], -hover, 0, m.Width, size.Height)
}

// inScroll puts lines on a card, with its padding inside of the scroll, so that
// the bar stands at the card's edge.
func inScroll(lines ...fyne.CanvasObject) (*parts.Card, *container.Scroll) {
	scroll := container.NewVScroll(padded(lines...))
	return parts.NewCard("", nil, scroll).Flush(), scroll
}

func padded(lines ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(inset{}, parts.NewStack(lines...))
}

// inset leaves a card's padding around an object.
type inset struct{}

const padding = 16

// MinSize is that of the object with what is around it.
func (inset) MinSize(list []fyne.CanvasObject) fyne.Size {
	return list[0].MinSize().AddWidthHeight(2*padding, 2*padding)
}

// Layout places the object.
func (inset) Layout(list []fyne.CanvasObject, size fyne.Size) {
	put(list[0], padding, padding, size.Width-2*padding, size.Height-2*padding)
}

// sides leaves a card's padding at both sides of an object.
type sides struct{}

// MinSize is that of the object with what is beside it.
func (sides) MinSize(list []fyne.CanvasObject) fyne.Size {
	return list[0].MinSize().AddWidthHeight(2*padding, 0)
}

// Layout places the object.
func (sides) Layout(list []fyne.CanvasObject, size fyne.Size) {
	put(list[0], padding, 0, size.Width-2*padding, size.Height)
}

// fit returns the width of a column in a narrow window, or in a wider one.
func (p *Page) fit(narrow, wide float32) float32 {
	const wideFrom = 1280
	if p.desk.Window.Canvas().Size().Width < wideFrom {
		return narrow
	}
	return wide
}

// halves are two objects side by side; one alone takes its half.
type halves struct{}

// MinSize lets them be as narrow as the card.
func (halves) MinSize(list []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range list {
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return size
}

// Layout places them.
func (halves) Layout(list []fyne.CanvasObject, size fyne.Size) {
	half := (size.Width - gap) / 2
	for i, o := range list {
		o.Resize(fyne.NewSize(look.Px(half), size.Height)) // wrapped text knows its height by its width
		put(o, float32(i)*(half+gap), 0, half, o.MinSize().Height)
	}
}

// atMost gives one object the width that there is, up to its own.
type atMost float32

// MinSize is that of the object.
func (w atMost) MinSize(list []fyne.CanvasObject) fyne.Size { return list[0].MinSize() }

// Layout places the object at the left.
func (w atMost) Layout(list []fyne.CanvasObject, size fyne.Size) {
	put(list[0], 0, 0, min(size.Width, look.Px(float32(w)*float32(look.Now().Scale))), size.Height)
}
