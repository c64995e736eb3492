package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// ActionBar is the foot of a page that ends in a decision: a sentence at the
// left, and the buttons at the right, the filled one last.
type ActionBar struct {
	drawnOnly
	icon    string
	text    *Text
	buttons []*Button
}

const actionHeight = 54

// NewActionBar returns a bar.
func NewActionBar(icon, text string, buttons ...*Button) *ActionBar {
	b := &ActionBar{icon: icon, text: NewText(text, look.SizeBody, look.Muted).Shrink(), buttons: buttons}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer draws the bar.
func (b *ActionBar) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(b, func(p *pen, width, height float32) {
		p.box(0, 0, width, height, p.Surface, 0)
		p.box(0, 0, width, 1, p.Line, 0)
		right := width - 20
		for i := len(b.buttons) - 1; i >= 0; i-- {
			if button := b.buttons[i]; button.Visible() {
				m := button.MinSize()
				right -= m.Width
				p.child(button, right, (height-m.Height)/2, m.Width, m.Height)
				right -= 8
			}
		}
		m := b.text.MinSize()
		if room := right - 44 - 12; room > 60 {
			p.icon(b.icon, 20, height/2-7, 15, p.Muted)
			p.child(b.text, 44, (height-m.Height)/2, room, m.Height)
		}
	}, func() (float32, float32) { return 400, look.Height(actionHeight) })
}
