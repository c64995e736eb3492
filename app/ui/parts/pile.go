package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// Pile is a layout of one object above the other, at least as wide as Width, with Gap
// between those that are shown. [Stack] is a widget of that kind with a gap of its own.
type Pile struct{ Width, Gap float32 }

// MinSize returns the width and the sum of the heights.
func (p Pile) MinSize(list []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for _, o := range list {
		if !o.Visible() {
			continue
		}
		if height > 0 {
			height += p.Gap
		}
		height += o.MinSize().Height
	}
	return fyne.NewSize(look.Px(p.Width), height)
}

// Layout places the objects.
func (p Pile) Layout(list []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range list {
		if !o.Visible() {
			continue
		}
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height)) // wrapped text knows its height by its width
		o.Move(fyne.NewPos(0, look.Px(y)))
		o.Resize(fyne.NewSize(size.Width, look.Px(o.MinSize().Height)))
		y += o.MinSize().Height + p.Gap
	}
}
