package parts

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

type pillKind int

const (
	pillChip pillKind = iota // a comparison, with its ×
	pillRest                 // those that found no room
	pillAdd
	pillJoin // how chips join: a word and an arrow
)

const (
	pillHeight = 26
	pillCross  = 24  // the part that the × takes
	pillLimit  = 280 // the widest
)

// pill is a round button of the filter bar. Enter, Space and a click press it,
// Del and its × remove it.
type pill struct {
	drawn
	kind        pillKind
	title, text string
	bad         bool
	tapped      func()
	remove      func()
	tips        *tipArea
}

func newPill(kind pillKind, tapped func()) *pill {
	p := &pill{kind: kind, tapped: tapped, tips: newTipArea()}
	p.ExtendBaseWidget(p)
	return p
}

func (c *pill) set(title, text string, bad bool) {
	if c.title != title || c.text != text || c.bad != bad {
		c.title, c.text, c.bad = title, text, bad
		c.Refresh()
	}
}

// Tapped presses the pill, or removes it by the ×.
func (c *pill) Tapped(e *fyne.PointEvent) {
	if c.remove != nil && e.Position.X >= c.Size().Width-pillCross {
		c.remove()
		return
	}
	c.tapped()
}

// TypedKey presses with Enter and Space, and removes with Del.
func (c *pill) TypedKey(e *fyne.KeyEvent) {
	switch {
	case isTap(e) && plain():
		c.tapped()
	case (e.Name == fyne.KeyDelete || e.Name == fyne.KeyBackspace) && c.remove != nil:
		c.remove()
	default:
		Bubble(c, e)
	}
}

// MouseIn shades the pill and shows a text that was shortened.
func (c *pill) MouseIn(*desktop.MouseEvent) {
	c.hover(true)
	if c.shortened() {
		showTip(c, c.title+" "+c.text)
	}
}

// MouseMoved is of no interest.
func (c *pill) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends what MouseIn began.
func (c *pill) MouseOut() {
	c.hover(false)
	hideTip(c)
}

// Cursor is a hand.
func (c *pill) Cursor() desktop.Cursor { return hand(true) }

func whole(x float32) float32 { return float32(math.Ceil(float64(x))) }

func (c *pill) around() float32 {
	switch c.kind {
	case pillChip:
		width := float32(44)
		if c.bad {
			width += 18
		}
		return width
	case pillAdd:
		return 40
	case pillJoin:
		return 30
	default:
		return 24
	}
}

func (c *pill) natural() float32 {
	return c.around() + whole(look.Width(c.title, look.SizeBody, false)) + whole(look.Width(c.text, look.SizeBody, c.kind == pillChip))
}

func (c *pill) shortened() bool { return c.natural() > pillLimit }

func (c *pill) wide() float32 { return min(c.natural(), pillLimit) }

// CreateRenderer draws the pill.
func (c *pill) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(c, c.draw, func() (float32, float32) { return c.wide(), look.Height(pillHeight) })
}

func (c *pill) draw(p *pen, width, height float32) {
	middle, radius := look.Px(height/2), look.Px(height/2)
	switch c.kind {
	case pillChip:
		c.drawChip(p, width, height)
	case pillRest:
		p.box(0, 0, width, height, p.Button, radius)
		p.textCentre(width/2, middle, c.text, look.SizeBody, p.Muted, false)
	case pillAdd:
		p.frame(0, 0, width, height, p.Surface, p.Border, radius)
		p.icon("plus", 10, middle-7, 14, p.Text)
		p.text(28, middle, c.text, look.SizeBody, p.Text, false)
	case pillJoin:
		p.text(6, middle, c.text, look.SizeBody, p.Muted, false)
		p.icon("down", width-20, middle-6, 12, p.Muted)
	}
	if c.hovered {
		p.box(0, 0, width, height, p.shade(second, 0x0F), radius)
	}
	if c.focused {
		p.ring(0, 0, width, height, radius)
	}
}

func (c *pill) drawChip(p *pen, width, height float32) {
	middle, x := look.Px(height/2), float32(12)
	ground, front := p.AccentSoft, p.Accent
	if c.bad {
		ground, front = p.DangerSoft, p.Danger
	}
	p.box(0, 0, width, height, ground, look.Px(height/2))
	if c.bad {
		p.icon("warn", x-2, middle-8, 15, front)
		x += 18
	}
	if c.title != "" {
		x += whole(p.text(x, middle, c.title, look.SizeBody, p.Muted, false)) + 6
	}
	if room := width - x - pillCross; c.text != "" && room > 0 {
		p.text(x, middle, fitted(c.text, look.SizeBody, true, room), look.SizeBody, front, true)
	}
	cross := p.Muted
	if c.hovered || c.focused {
		cross = p.Text
	}
	p.icon("close", width-20, middle-6, 12, cross)
}

// pillList shows pills one below the other.
type pillList struct {
	drawnOnly
	pills []*pill
}

// CreateRenderer draws the pills.
func (l *pillList) CreateRenderer() fyne.WidgetRenderer {
	step := func() float32 { return look.Height(pillHeight) + pillGap }
	return drawnBy(l, func(p *pen, _, _ float32) {
		for i, pill := range l.pills {
			p.child(pill, 0, float32(i)*step(), pill.wide(), look.Height(pillHeight))
		}
	}, func() (float32, float32) {
		width := float32(0)
		for _, pill := range l.pills {
			width = max(width, pill.wide())
		}
		return width, float32(len(l.pills))*step() - pillGap
	})
}
