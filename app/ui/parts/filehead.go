package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// FileHead is a file at a glance: an icon, its name, what it is.
type FileHead struct {
	drawnOnly
	name, facts string
	tips        *tipArea
}

// NewFileHead returns the lines.
func NewFileHead(name, facts string) *FileHead {
	h := &FileHead{name: name, facts: facts, tips: newTipArea()}
	h.ExtendBaseWidget(h)
	return h
}

const (
	fileSquare = 36
	fileText   = 48 // where the text starts
)

// CreateRenderer draws the lines.
func (h *FileHead) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(h, func(p *pen, width, height float32) {
		p.box(0, look.Px((height-fileSquare)/2), fileSquare, fileSquare, p.AccentSoft, 6)
		p.icon("file", 9, look.Px((height-18)/2), 18, p.Accent)
		name := fitted(h.name, look.SizeBody, true, width-fileText)
		facts := fitted(h.facts, look.SizeSmall, false, width-fileText)
		p.text(fileText, height*0.27, name, look.SizeBody, p.Text, true)
		p.text(fileText, height*0.75, facts, look.SizeSmall, p.Muted, false)
		if name != h.name || facts != h.facts {
			h.tips.text = h.name + "\n" + h.facts
			p.child(h.tips, 0, 0, width, height)
		}
	}, func() (float32, float32) { return 160, look.Height(38) })
}
