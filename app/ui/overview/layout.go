package overview

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// Margins of the page and the room between its cards.
const (
	marginX = 20
	marginY = 16
	gap     = 12
)

// The heights of the second row, from and to, and of the third, at the least.
const (
	chartLeast = 290
	chartMost  = 332
	thirdLeast = 198
)

// chartPart is how much of the width the chart takes.
const chartPart = 0.6226

// MinSize is the least size at which nothing is cut; below that the page scrolls.
func (p *Page) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(640, 2*marginY+p.tiles[0].MinSize().Height+2*gap+look.Height(chartLeast)+p.third())
}

// third returns the height of the third row: its lines grow with the text.
func (p *Page) third() float32 {
	return max(look.Height(thirdLeast), p.mixCard.MinSize().Height-6)
}

// Layout places the cards in three rows. What the user does not see leaves its room to
// the others of its row, a whole row to the next.
func (p *Page) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	y, height := float32(marginY), p.tiles[0].MinSize().Height
	if line(y, size.Width, height, 0, p.tiles[0], p.tiles[1], p.tiles[2], p.tiles[3]) {
		y += height + gap
	}
	rest := size.Height - y - marginY - gap
	height = min(max(rest-p.third(), look.Height(chartLeast)), look.Height(chartMost))
	if line(y, size.Width, height, chartPart, p.chartCard, p.dueCard) {
		y += height + gap
		rest -= height
	}
	line(y, size.Width, max(p.third(), rest), 0, p.mixCard, p.segCard, p.tCard)
}

// line sets what is visible side by side over the width, the first of all with a part of
// its own unless that is 0, and reports whether anything is.
func line(y, width, height, part float32, all ...fyne.CanvasObject) bool {
	list := slices.DeleteFunc(slices.Clone(all), func(o fyne.CanvasObject) bool { return !o.Visible() })
	if len(list) == 0 {
		return false
	}
	put := func(o fyne.CanvasObject, x, width float32) {
		o.Move(fyne.NewPos(look.Px(x), look.Px(y)))
		o.Resize(fyne.NewSize(look.Px(x+width)-look.Px(x), look.Px(height)))
	}
	width -= 2 * marginX
	if part > 0 && len(list) == len(all) {
		first := look.Px(width * part)
		put(list[0], marginX, first)
		put(list[1], marginX+first+gap, width-first-gap)
		return true
	}
	each := (width - float32(len(list)-1)*gap) / float32(len(list))
	for i, o := range list {
		put(o, marginX+float32(i)*(each+gap), each)
	}
	return true
}

// above puts a line of advice below what it is about.
type above struct{}

func advised(about, advice fyne.CanvasObject) fyne.CanvasObject {
	return container.New(above{}, about, advice)
}

// MinSize is that of both.
func (above) MinSize(list []fyne.CanvasObject) fyne.Size {
	a, b := list[0].MinSize(), list[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+8+b.Height)
}

// Layout gives the advice the height it needs.
func (above) Layout(list []fyne.CanvasObject, size fyne.Size) {
	foot := list[1].MinSize().Height
	list[0].Move(fyne.NewPos(0, 0))
	list[0].Resize(fyne.NewSize(size.Width, size.Height-foot-8))
	list[1].Move(fyne.NewPos(0, size.Height-foot))
	list[1].Resize(fyne.NewSize(size.Width, foot))
}

// leading lets a button be as wide as it needs, at the left.
func leading(b *parts.Button) fyne.CanvasObject { return container.NewHBox(b) }
