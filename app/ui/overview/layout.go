package overview

import (
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

// Layout places the cards in three rows.
func (p *Page) Layout(list []fyne.CanvasObject, size fyne.Size) {
	put := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(look.Px(x), look.Px(y)))
		o.Resize(fyne.NewSize(look.Px(x+width)-look.Px(x), look.Px(height)))
	}
	width := size.Width - 2*marginX
	y, height := float32(marginY), p.tiles[0].MinSize().Height
	tile := (width - 3*gap) / 4
	for i := range p.tiles {
		put(list[i], marginX+float32(i)*(tile+gap), y, tile, height)
	}
	y += height + gap
	rest := size.Height - y - marginY - gap
	height = min(max(rest-p.third(), look.Height(chartLeast)), look.Height(chartMost))
	chart := look.Px(width * chartPart)
	put(p.chartCard, marginX, y, chart, height)
	put(p.dueCard, marginX+chart+gap, y, width-chart-gap, height)
	y += height + gap
	height = max(p.third(), rest-height)
	card := (width - 2*gap) / 3
	for i, c := range []fyne.CanvasObject{p.mixCard, p.segCard, p.tCard} {
		put(c, marginX+float32(i)*(card+gap), y, card, height)
	}
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
