package export

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// halves puts the form at the left, the columns at the right.
type halves struct{}

// gutter is half of the room between them.
const gutter = 14

// leastHeight fills the dialog where the window has room.
const leastHeight = 360

// MinSize is that of the higher half.
func (h *halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := max(o[0].MinSize().Height, o[1].MinSize().Height)
	return fyne.NewSize(leftWidth+rightWidth, max(height, leastHeight))
}

// Layout places the halves.
func (h *halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := look.Px(size.Width * leftWidth / (leftWidth + rightWidth + 2*gutter))
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(left, o[0].MinSize().Height))
	right := left + 2*gutter
	o[1].Move(fyne.NewPos(right, 0))
	o[1].Resize(fyne.NewSize(size.Width-right, size.Height))
}

// grid lays out the columns in lines of three: the check, what it shows, and
// whether it is masked.
type grid struct{}

func (g *grid) row() float32 { return look.Height(32) }

const (
	checkRoom = 116
	modeRoom  = 92
)

// MinSize is that of all lines.
func (g *grid) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(checkRoom+modeRoom+80, float32(len(o)/3)*g.row())
}

// Layout places the lines.
func (g *grid) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for i, obj := range o {
		x, width := float32(0), float32(checkRoom)
		switch i % 3 {
		case 1:
			x, width = checkRoom, size.Width-checkRoom-modeRoom-12
		case 2:
			x, width = size.Width-modeRoom-8, modeRoom
		}
		m := obj.MinSize()
		if i%3 == 1 {
			width = min(width, max(m.Width, 40))
			if m.Width < 5 {
				width = size.Width - checkRoom - modeRoom - 12
			}
		}
		y := float32(i/3) * g.row()
		obj.Move(fyne.NewPos(x, look.Px(y+(g.row()-m.Height)/2)))
		obj.Resize(fyne.NewSize(width, m.Height))
	}
}
