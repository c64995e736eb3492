package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// EmptyState fills a page that has nothing to show: an icon, what belongs here,
// and one button that begins it.
type EmptyState struct {
	drawnOnly
	icon, title, hint string
	text              *Para
	action, other     *Button
	tone              look.Tone
}

const (
	emptyIcon    = 64
	emptyMeasure = 480
	emptyGap     = 12
)

// NewEmptyState returns an empty state; action may be nil, hint may be "".
func NewEmptyState(icon, title, text string, action *Button, hint string) *EmptyState {
	e := &EmptyState{icon: icon, title: title, hint: hint, action: action, tone: look.Accent}
	e.text = NewPara(text, emptyMeasure).SetTone(look.Muted).SetAlign(fyne.TextAlignCenter)
	e.ExtendBaseWidget(e)
	return e
}

// SetOther adds a second button beside the first, such as a link to another way.
func (e *EmptyState) SetOther(b *Button) *EmptyState {
	e.other = b
	return e
}

// NewProblem returns an empty state for a page that could not be read.
func NewProblem(title, text string, action *Button) *EmptyState {
	e := NewEmptyState("warn", title, text, action, "")
	e.tone = look.Bad
	return e
}

// height is that of the content.
func (e *EmptyState) height() float32 {
	height := emptyIcon + 18 + look.Height(26)
	if e.text.Text() != "" {
		height += 6 + e.text.MinSize().Height
	}
	if e.action != nil {
		height += 16 + e.action.MinSize().Height
	}
	if e.hint != "" {
		height += 16 + look.Height(20)
	}
	return height
}

// CreateRenderer draws the content in the middle, a little above it.
func (e *EmptyState) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(e, e.draw, func() (float32, float32) { return 320, e.height() + 24 })
}

func (e *EmptyState) draw(p *pen, width, height float32) {
	centre := look.Px(width / 2)
	y := look.Px(max(12, (height-e.height())*0.4))
	front, ground := p.Of(e.tone)
	p.box(centre-emptyIcon/2, y, emptyIcon, emptyIcon, ground, 14)
	p.stroke(e.icon, centre-16, y+16, 32, front, 1.4)
	y += emptyIcon + 18
	line := look.Height(26)
	p.textCentre(centre, y+line/2, fitted(e.title, look.SizeTitle, true, width-40), look.SizeTitle, p.Text, true)
	y += line
	if e.text.Text() != "" {
		wide := min(emptyMeasure, width-40)
		y += 6
		m := e.text.MinSize()
		p.child(e.text, centre-wide/2, y, wide, m.Height)
		y += m.Height
	}
	if e.action != nil {
		m := e.action.MinSize()
		x := centre - m.Width/2
		y += 16
		if e.other != nil {
			o := e.other.MinSize()
			x -= (emptyGap + o.Width) / 2
			p.child(e.other, x+m.Width+emptyGap, y, o.Width, m.Height)
		}
		p.child(e.action, x, y, m.Width, m.Height)
		y += m.Height
	}
	if e.hint != "" {
		y += 16
		p.textCentre(centre, y+look.Height(20)/2, fitted(e.hint, look.SizeBody, false, width-40), look.SizeBody, p.Muted, false)
	}
}
