package customer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// Sizes of the page.
const (
	marginSide = 20
	marginTop  = 16
	gap        = 12
	leftWidth  = 300
	labelWidth = 68
	cardSide   = 16
	narrowest  = 420 // of what stays beside the panel
	figureRoom = 120 // of each figure; with less they take the whole width
	tabsHeight = 43
	chooser    = 134 // width of the choice of events
)

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(look.Px(x), look.Px(y)))
	o.Resize(fyne.NewSize(look.Px(width), look.Px(height)))
}

// scaled is a width that grows half as much as the text.
func scaled(width float32) float32 { return look.Px(width * (1 + (look.Size(1)-1)/2)) }

// pageLayout puts the profile at the left; the figures and the card with the
// tabs stand beside it.
type pageLayout struct{}

// MinSize lets the page be as small as the window.
func (pageLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(500, 300) }

// Layout places profile, figures and tabs, in this order, or a single object.
func (pageLayout) Layout(list []fyne.CanvasObject, size fyne.Size) {
	if len(list) == 1 {
		put(list[0], 0, 0, size.Width, size.Height)
		return
	}
	if len(list) == 0 {
		return
	}
	left, height := scaled(leftWidth), size.Height-2*marginTop
	put(list[0], marginSide, marginTop, left, height)
	x := marginSide + left + gap
	width := size.Width - x - marginSide
	if !list[1].Visible() { // nothing of it is seen
		put(list[2], x, marginTop, width, height)
		return
	}
	top := list[1].MinSize().Height
	if width/figureCount < look.Size(figureRoom) {
		put(list[1], marginSide, marginTop, size.Width-2*marginSide, top)
		put(list[0], marginSide, marginTop+top+gap, left, height-top-gap)
	} else {
		put(list[1], x, marginTop, width, top)
	}
	put(list[2], x, marginTop+top+gap, width, height-top-gap)
}

// field is an entry of several lines, with room enough that one line in large
// text needs no scrolling.
type field struct{}

// MinSize is that of the entry and a little more in large text.
func (field) MinSize(list []fyne.CanvasObject) fyne.Size {
	return list[0].MinSize().AddWidthHeight(0, look.Px(14*(look.Size(1)-1)))
}

// Layout fills the room.
func (field) Layout(list []fyne.CanvasObject, size fyne.Size) {
	put(list[0], 0, 0, size.Width, size.Height)
}

// tabsLayout places what is in the card with the tabs: the tabs with a line
// below and a choice beside, the field for a note, the tab's content, the panel.
type tabsLayout struct {
	tabs, rule, choice, write, content fyne.CanvasObject
	panel                              *parts.SidePanel
}

// MinSize is small: everything scrolls.
func (l *tabsLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 120) }

// Layout places the objects.
func (l *tabsLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	y := look.Height(tabsHeight)
	put(l.tabs, cardSide, 0, size.Width-2*cardSide, y)
	put(l.rule, 0, y-6, size.Width, 9) // its line is the sixth pixel
	m := l.choice.MinSize()
	put(l.choice, size.Width-cardSide-scaled(chooser), (y-m.Height)/2, scaled(chooser), m.Height)
	width := size.Width
	if l.panel.Visible() {
		panel := min(l.panel.Width(), size.Width)
		if size.Width-panel >= narrowest {
			width -= panel
		}
		put(l.panel, size.Width-panel, y, panel, size.Height-y-1)
	}
	if l.choice.Visible() && !l.write.Visible() {
		y += 8 // of the list below the line of the tabs
	}
	if l.write.Visible() {
		y += gap
		h := l.write.MinSize().Height
		put(l.write, cardSide, y, width-2*cardSide, h)
		y += h + 8
	}
	const corner = 7 // of the card, in which nothing stands
	put(l.content, 0, y, width, max(0, size.Height-y-corner))
}

// row sets objects side by side; the one named grows.
type row struct {
	gap  float32
	grow int // -1 for none
}

// MinSize returns the sum of the widths.
func (r row) MinSize(list []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range list {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if size.Width > 0 {
			size.Width += r.gap
		}
		size = fyne.NewSize(size.Width+look.Px(m.Width+0.49), max(size.Height, m.Height))
	}
	return size
}

// Layout places the objects, each in the middle of the height.
func (r row) Layout(list []fyne.CanvasObject, size fyne.Size) {
	spare, x := size.Width-r.MinSize(list).Width, float32(0)
	for i, o := range list {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		width := look.Px(m.Width + 0.49)
		if i == r.grow {
			width = max(0, width+spare)
		}
		put(o, x, (size.Height-m.Height)/2, width, m.Height)
		x += width + r.gap
	}
}

// beside sets a small object beside the first line of another, whose height
// counts alone.
type beside struct{ gap float32 }

// MinSize is as high as the first object.
func (b beside) MinSize(list []fyne.CanvasObject) fyne.Size {
	size := list[0].MinSize()
	for _, o := range list[1:] {
		size.Width += b.gap + o.MinSize().Width
	}
	return size
}

// Layout places the objects.
func (b beside) Layout(list []fyne.CanvasObject, _ fyne.Size) {
	m := list[0].MinSize()
	put(list[0], 0, 0, m.Width, m.Height)
	x, line := m.Width+b.gap, look.Height(20)
	for _, o := range list[1:] {
		m := o.MinSize()
		put(o, x, (line-m.Height)/2, m.Width, m.Height)
		x += m.Width + b.gap
	}
}

// fact is a line of the profile: its label, and what is known, one below the other.
type fact struct{ label float32 }

const factGap = 5

// MinSize is as high as what is known.
func (f fact) MinSize(list []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for i, o := range list[1:] {
		if i > 0 {
			height += factGap
		}
		height += max(o.MinSize().Height, look.Height(20))
	}
	return fyne.NewSize(f.label+40, height)
}

// Layout places the label beside the first of what is known.
func (f fact) Layout(list []fyne.CanvasObject, size fyne.Size) {
	line := look.Height(20)
	label := list[0].MinSize()
	put(list[0], 0, (line-label.Height)/2, f.label-4, label.Height)
	y := float32(0)
	for _, o := range list[1:] {
		o.Resize(fyne.NewSize(size.Width-f.label, o.MinSize().Height))
		h := o.MinSize().Height
		slot := max(h, line)
		put(o, f.label, y+(slot-h)/2, size.Width-f.label, h)
		y += slot + factGap
	}
}

// padded keeps a distance from the sides.
type padded struct{ side, top, bottom float32 }

// MinSize is that of the object with the distance.
func (p padded) MinSize(list []fyne.CanvasObject) fyne.Size {
	return list[0].MinSize().AddWidthHeight(2*p.side, p.top+p.bottom)
}

// Layout places the object.
func (p padded) Layout(list []fyne.CanvasObject, size fyne.Size) {
	put(list[0], p.side, p.top, size.Width-2*p.side, size.Height-p.top-p.bottom)
}

// in returns an object with a distance from the sides.
func in(o fyne.CanvasObject, side, top, bottom float32) *fyne.Container {
	return container.New(padded{side, top, bottom}, o)
}

// middle puts a line in the middle of a room, a little above.
func middle(o fyne.CanvasObject) *fyne.Container { return container.NewCenter(o) }
