package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// Meter shows how good a passphrase is: four bars, a word and a sentence.
type Meter struct {
	drawn
	score        int
	word, detail string
}

// NewMeter returns an empty meter.
func NewMeter() *Meter {
	m := &Meter{}
	m.ExtendBaseWidget(m)
	return m
}

// Set fills as many bars as the score says, 0 to 4, with its word (strong) and
// what that means (about 400 years).
func (m *Meter) Set(score int, word, detail string) {
	m.score, m.word, m.detail = min(max(score, 0), 4), word, detail
	m.Refresh()
}

// Score returns the score that is shown.
func (m *Meter) Score() int { return m.score }

// CreateRenderer draws the meter.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(m, func(p *pen, width, height float32) {
		filled := []look.Colour{p.Faint, p.Danger, p.Warning, p.Positive, p.Positive}[m.score]
		const gap = 6
		slot := (width + gap) / 4
		for i := range 4 {
			c := p.Line
			if i < m.score {
				c = filled
			}
			left, right := look.Px(float32(i)*slot), look.Px(float32(i+1)*slot)
			p.box(left, 0, right-left-gap, 5, c, 2.5)
		}
		middle := look.Px((height + 7) / 2)
		x := float32(0)
		if m.word != "" {
			x = p.text(0, middle, m.word, look.SizeBody, filled, true) + 10
		}
		p.text(x, middle, fitted(m.detail, look.SizeBody, false, width-x), look.SizeBody, p.Muted, false)
	}, func() (float32, float32) { return 160, look.Height(28) })
}
