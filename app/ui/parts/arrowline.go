package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// ArrowLine says what becomes of something: a column of a file, and what it is
// kept as.
type ArrowLine struct {
	drawnOnly
	from, to   string
	icon, note string
	tips       *tipArea
}

// NewArrowLine returns a line. A note stands after it behind an icon, in the
// tone of masked values.
func NewArrowLine(from, to, icon, note string) *ArrowLine {
	l := &ArrowLine{from: from, to: to, icon: icon, note: note, tips: newTipArea()}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the line.
func (l *ArrowLine) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, func(p *pen, width, height float32) {
		middle, arrow := height/2, look.Px(width*0.46)
		from := fitted(l.from, look.SizeBody, false, arrow-8)
		p.text(0, middle, from, look.SizeBody, p.Text, false)
		p.icon("right", arrow, middle-6, 12, p.Muted)
		x := arrow + 18
		to := fitted(l.to, look.SizeBody, false, width-x)
		x += p.text(x, middle, to, look.SizeBody, p.Text, false) + 10
		if note := fitted(l.note, look.SizeSmall, false, width-x-18); l.note != "" && width-x > 40 {
			p.icon(l.icon, x, middle-7, 13, p.Mask)
			p.text(x+17, middle, note, look.SizeSmall, p.Mask, false)
		}
		if from != l.from || to != l.to {
			l.tips.text = l.from + " › " + l.to
			p.child(l.tips, 0, 0, width, height)
		}
	}, func() (float32, float32) { return 200, look.Height(16) })
}
