package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// CountCard is one of CountCards.
type CountCard struct {
	Title, Count, Note string
	Tone               look.Tone // of the mark before the title
}

// CountCards are counts on cards side by side, one of them chosen: tabs of
// which each says how much there is behind it.
type CountCards struct {
	drawn
	cards   []CountCard
	chosen  int // -1 is none
	under   int
	full    []string // notes that were shortened, by card
	over    *canvas.Rectangle
	changed func(i int)
}

const (
	countHeight = 86
	countGap    = 10
)

// NewCountCards returns cards with the first chosen; without changed they only
// tell, and none is chosen.
func NewCountCards(cards []CountCard, changed func(i int)) *CountCards {
	c := &CountCards{cards: cards, under: -1, over: &canvas.Rectangle{}, changed: changed}
	if changed == nil {
		c.chosen = -1
	}
	c.ExtendBaseWidget(c)
	return c
}

// SetCards changes what the cards say; the same one stays chosen.
func (c *CountCards) SetCards(cards []CountCard) {
	c.cards = cards
	c.Refresh()
}

// Set chooses a card without calling changed.
func (c *CountCards) Set(i int) {
	if c.chosen != i {
		c.chosen = i
		c.Refresh()
	}
}

// Selected returns the chosen card.
func (c *CountCards) Selected() int { return c.chosen }

// Step chooses the card a number of places further on.
func (c *CountCards) Step(by int) { c.choose(c.chosen + by) }

func (c *CountCards) choose(i int) {
	if i < 0 || i >= len(c.cards) || i == c.chosen || c.changed == nil {
		return
	}
	c.Set(i)
	c.changed(i)
}

// place is where a card stands in the row.
func (c *CountCards) place(i int, width float32) (x, wide float32) {
	n := float32(len(c.cards))
	each := (width - countGap*(n-1)) / n
	x = look.Px(float32(i) * (each + countGap))
	return x, look.Px(float32(i)*(each+countGap)+each) - x
}

func (c *CountCards) cardAt(x float32) int {
	for i := range c.cards {
		if from, wide := c.place(i, c.Size().Width); x >= from && x < from+wide {
			return i
		}
	}
	return -1
}

// Tapped chooses the card under the pointer.
func (c *CountCards) Tapped(e *fyne.PointEvent) {
	c.clickFocus(c)
	c.choose(c.cardAt(e.Position.X))
}

// TypedKey goes along the cards with ← and →.
func (c *CountCards) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyLeft && plain():
		c.Step(-1)
	case e.Name == fyne.KeyRight && plain():
		c.Step(1)
	default:
		Bubble(c, e)
	}
}

// TypedShortcut hands on what the cards have no use for.
func (c *CountCards) TypedShortcut(s fyne.Shortcut) { BubbleShortcut(c, s) }

// MouseIn marks the card under the pointer.
func (c *CountCards) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved does so too, and shows the full text of a shortened note.
func (c *CountCards) MouseMoved(e *desktop.MouseEvent) {
	i := c.cardAt(e.Position.X)
	if i == c.under {
		return
	}
	c.under = i
	c.Refresh()
	hideTip(c.over)
	if i < 0 || c.full[i] == "" {
		return
	}
	x, wide := c.place(i, c.Size().Width)
	c.over.Move(fyne.NewPos(x, 0))
	c.over.Resize(fyne.NewSize(wide, c.Size().Height))
	showTip(c.over, c.full[i])
}

// MouseOut ends it.
func (c *CountCards) MouseOut() {
	c.under = -1
	hideTip(c.over)
	c.Refresh()
}

// Cursor is a hand.
func (c *CountCards) Cursor() desktop.Cursor { return hand(c.changed != nil && c.under >= 0) }

// CreateRenderer draws the cards.
func (c *CountCards) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(c, c.draw, func() (float32, float32) {
		return 96 * float32(len(c.cards)), look.Height(countHeight)
	})
}

func (c *CountCards) draw(p *pen, width, height float32) {
	const left = 14
	c.full = make([]string, len(c.cards))
	for i, card := range c.cards {
		x, wide := c.place(i, width)
		ground, edge := p.Surface, p.Line
		switch {
		case i == c.chosen:
			ground, edge = p.AccentSoft, p.Accent
		case i == c.under && c.changed != nil:
			ground = p.Hover
		}
		p.frame(x, 0, wide, height, ground, edge, 8)
		if i == c.chosen && c.ringed() {
			p.ring(x, 0, wide, height, 8)
		}
		top, room := look.Px(height*0.25), wide-2*left
		mark, _ := p.Of(card.Tone)
		p.box(x+left, top-6, 3, 12, mark, 1.5)
		p.text(x+left+10, top, fitted(card.Title, look.SizeBody, false, room-10), look.SizeBody, p.Muted, false)
		p.text(x+left, look.Px(height*0.52), fitted(card.Count, look.SizeTitle, true, room), look.SizeTitle, p.Text, true)
		note := fitted(card.Note, look.SizeSmall, false, room)
		if note != card.Note {
			c.full[i] = card.Note
		}
		p.text(x+left, look.Px(height*0.79), note, look.SizeSmall, p.Muted, false)
	}
	p.objects = append(p.objects, c.over)
}
