package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// MarkLine is a wrapped text behind an icon.
type MarkLine struct {
	drawnOnly
	icon string
	tone look.Tone
	text *Para
}

// NewMarkLine returns a line; the tone is that of the icon.
func NewMarkLine(icon string, tone look.Tone, text string) *MarkLine {
	l := &MarkLine{icon: icon, tone: tone, text: NewPara(text, 0)}
	l.ExtendBaseWidget(l)
	return l
}

const markIndent = 24

// Resize wraps the text anew.
func (l *MarkLine) Resize(size fyne.Size) {
	l.text.Resize(fyne.NewSize(size.Width-markIndent, l.text.Size().Height))
	l.drawnOnly.Resize(size)
}

// CreateRenderer draws the line.
func (l *MarkLine) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, func(p *pen, width, _ float32) {
		front, _ := p.Of(l.tone)
		p.icon(l.icon, 0, look.Px((l.text.line()-15)/2), 15, front)
		p.child(l.text, markIndent, 0, width-markIndent, l.text.MinSize().Height)
	}, func() (float32, float32) { return 120, l.text.MinSize().Height })
}
