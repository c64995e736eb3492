package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// Card is a sheet on the ground of a page, with a title row.
type Card struct {
	drawnOnly
	title, note string
	action      fyne.CanvasObject
	body        fyne.CanvasObject
	flush       bool
}

const (
	cardTitle = 44
	cardPad   = 16
)

// NewCard returns a card. Without a title and an action, which may be nil, it
// has no title row.
func NewCard(title string, action, body fyne.CanvasObject) *Card {
	c := &Card{title: title, action: action, body: body}
	c.ExtendBaseWidget(c)
	return c
}

// SetTitle changes the title.
func (c *Card) SetTitle(title string) {
	c.title = title
	c.Refresh()
}

// SetNote shows a muted phrase beside the title.
func (c *Card) SetNote(note string) {
	c.note = note
	c.Refresh()
}

// SetBody changes the body.
func (c *Card) SetBody(body fyne.CanvasObject) {
	c.body = body
	c.Refresh()
}

// Flush lets the body reach the edges of the card: a table.
func (c *Card) Flush() *Card {
	c.flush = true
	c.Refresh()
	return c
}

func (c *Card) head() float32 {
	if c.title == "" && c.action == nil {
		return 0
	}
	return look.Height(cardTitle)
}

func (c *Card) padding() inset {
	switch {
	case c.flush:
		return inset{1, 1, 1, 1}
	case c.head() > 0:
		return inset{cardPad, 0, cardPad, cardPad}
	default:
		return inset{cardPad, cardPad, cardPad, cardPad}
	}
}

// CreateRenderer draws the card.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(c, c.draw, func() (float32, float32) {
		m, pad := c.body.MinSize(), c.padding()
		return m.Width + pad.left + pad.right, m.Height + pad.top + pad.bottom + c.head()
	})
}

func (c *Card) draw(p *pen, width, height float32) {
	p.frame(0, 0, width, height, p.Surface, p.Line, 8)
	head, pad := c.head(), c.padding()
	if head > 0 {
		middle, room := look.Px(head/2)+1, width-2*cardPad
		if c.action != nil {
			m := c.action.MinSize()
			w := min(m.Width, room)
			right := width - cardPad
			if b, ok := c.action.(*Button); ok && b.rank == link {
				right += b.inset() // the word stands at the edge, not its hover
			}
			p.child(c.action, right-w, middle-m.Height/2, w, m.Height)
			room -= w + 12
		}
		title := fitted(c.title, look.SizeCard, true, room)
		wide := p.text(cardPad, middle, title, look.SizeCard, p.Text, true)
		if left := room - wide - 10; c.note != "" && left > 30 {
			p.text(cardPad+wide+10, middle+1, fitted(c.note, look.SizeSmall, false, left), look.SizeSmall, p.Muted, false)
		}
	}
	p.child(c.body, pad.left, head+pad.top, width-pad.left-pad.right, height-head-pad.top-pad.bottom)
}
