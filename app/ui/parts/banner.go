package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// Banner is a quiet box that says something of the page.
type Banner struct {
	drawnOnly
	tone    look.Tone
	title   string
	text    *Para
	actions []*Button
	strip   bool
}

// NewBanner returns a box; its ground is the soft one of the tone.
func NewBanner(tone look.Tone, text string, actions ...*Button) *Banner {
	b := &Banner{tone: tone, text: NewPara(text, 0), actions: actions}
	b.ExtendBaseWidget(b)
	return b
}

// NewStrip returns a banner of one line, 28 high, across the whole width.
func NewStrip(tone look.Tone, text string, actions ...*Button) *Banner {
	b := NewBanner(tone, text, actions...)
	b.strip = true
	return b
}

// SetTitle shows a semibold line before the text.
func (b *Banner) SetTitle(title string) *Banner {
	b.title = title
	b.Refresh()
	return b
}

// SetText changes the text.
func (b *Banner) SetText(text string) {
	b.text.SetText(text)
	b.Refresh()
}

func (b *Banner) icon() string {
	switch b.tone {
	case look.Late, look.Bad:
		return "warn"
	case look.Good:
		return "check"
	default:
		return "info"
	}
}

const (
	bannerPad  = 12
	bannerText = 38 // where the text starts, after the icon
)

// CreateRenderer draws the banner.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(b, b.draw, func() (float32, float32) {
		if b.strip {
			return 200, look.Height(28)
		}
		height := float32(2 * bannerPad)
		if b.text.Text() != "" {
			height += b.text.MinSize().Height
		}
		if b.title != "" {
			height += b.text.line() + 2
		}
		if len(b.actions) > 0 {
			height = max(height, 2*bannerPad+20)
		}
		return 200, height
	})
}

func (b *Banner) draw(p *pen, width, height float32) {
	front, ground := p.Of(b.tone)
	if b.tone == look.Plain || b.tone == look.Muted {
		front, ground = p.Muted, p.Header
	}
	if b.strip {
		b.drawStrip(p, width, height, front, ground)
		return
	}
	box := p.box(0, 0, width, height, ground, 6)
	if ground == p.Header {
		box.StrokeColor, box.StrokeWidth = p.Line, 1
	}
	line := b.text.line()
	y := float32(bannerPad)
	p.icon(b.icon(), 14, y+look.Px((line-15)/2), 15, front)
	if b.title != "" { // the buttons are beside the text, below it
		p.text(bannerText, y+line/2, fitted(b.title, look.SizeBody, true, width-bannerPad-bannerText), look.SizeBody, p.Text, true)
		y += line + 2
	}
	right := b.drawActions(p, width-bannerPad, look.Px((y+height-bannerPad)/2))
	if b.text.Text() != "" {
		p.child(b.text, bannerText, y, right-bannerText, height-y-bannerPad)
	}
}

func (b *Banner) drawStrip(p *pen, width, height float32, front, ground look.Colour) {
	p.box(0, 0, width, height, ground, 0)
	x := float32(20)
	p.icon(b.icon(), x, look.Px(height/2)-7, 14, front)
	x += 22
	room := width - x - 20
	for _, a := range b.actions {
		room -= a.MinSize().Width + 10
	}
	wide := p.text(x, height/2, fitted(b.text.Text(), look.SizeSmall, false, room), look.SizeSmall, p.Text, false)
	x += wide + 10
	for _, a := range b.actions {
		m := a.MinSize()
		p.child(a, x, look.Px((height-m.Height)/2), m.Width, m.Height)
		x += m.Width + 8
	}
}

// drawActions draws the buttons up to the right edge and returns where they start.
func (b *Banner) drawActions(p *pen, right, middle float32) float32 {
	for i := len(b.actions) - 1; i >= 0; i-- {
		m := b.actions[i].MinSize()
		right -= m.Width
		p.child(b.actions[i], right, middle-m.Height/2, m.Width, m.Height)
		right -= 8
	}
	return right
}
