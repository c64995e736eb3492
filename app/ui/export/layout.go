package export

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
	"kebu/app/ui/parts"
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

// sheet is the right half: the title with its note and a link, the list, and
// below it what it means.
type sheet struct{}

const (
	headRoom  = 26 // the height of a label and what is below it, as in the left half
	leastList = 150
	listGap   = 12
)

// MinSize leaves the list some lines.
func (s *sheet) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := look.Height(headRoom) + leastList
	if warning := o[4].MinSize().Height; warning > 0 {
		height += listGap + warning
	}
	return fyne.NewSize(rightWidth, height)
}

// Layout places the parts.
func (s *sheet) Layout(o []fyne.CanvasObject, size fyne.Size) {
	head := look.Height(headRoom)
	x := float32(0)
	for _, text := range o[:2] {
		m := text.MinSize()
		text.Move(fyne.NewPos(x, look.Px((head-4-m.Height)/2)))
		text.Resize(m)
		x += m.Width + 10
	}
	m := o[2].MinSize()
	o[2].Move(fyne.NewPos(size.Width-m.Width, look.Px((head-4-m.Height)/2)))
	o[2].Resize(m)
	bottom := size.Height
	o[4].Resize(fyne.NewSize(size.Width, o[4].MinSize().Height)) // wrapped text knows its height by its width
	if warning := o[4].MinSize().Height; warning > 0 {
		bottom -= warning
		o[4].Move(fyne.NewPos(0, bottom))
		o[4].Resize(fyne.NewSize(size.Width, warning))
		bottom -= listGap
	}
	o[3].Move(fyne.NewPos(0, head))
	o[3].Resize(fyne.NewSize(size.Width, max(0, bottom-head)))
}

// grid lays out the columns in lines of four objects: the check, what it shows,
// whether it is masked, and the rule below.
type grid struct{}

func (g *grid) row() float32 { return look.Height(31) }

const (
	inLine    = 4
	lineStart = 12
	checkRoom = 110
	modeRoom  = 74
)

// MinSize is that of all lines.
func (g *grid) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(checkRoom+modeRoom+80, float32(len(o)/inLine)*g.row())
}

// Layout places the lines.
func (g *grid) Layout(o []fyne.CanvasObject, size fyne.Size) {
	scale := float32(look.Now().Scale)
	checks, modes := look.Px(checkRoom*scale), look.Px(modeRoom*scale)
	for i := 0; i+inLine <= len(o); i += inLine {
		y := float32(i/inLine) * g.row()
		put := func(obj fyne.CanvasObject, x, width float32) {
			m := obj.MinSize()
			obj.Move(fyne.NewPos(x, look.Px(y+(g.row()-m.Height)/2)))
			obj.Resize(fyne.NewSize(width, m.Height))
		}
		room := size.Width - lineStart - checks - modes - 24
		put(o[i], lineStart, checks-8)
		if _, mask := o[i+1].(*parts.MaskedText); mask {
			put(o[i+1], lineStart+checks, min(room, o[i+1].MinSize().Width))
		} else {
			put(o[i+1], lineStart+checks, room)
		}
		mode := max(modes, o[i+2].MinSize().Width)
		put(o[i+2], size.Width-mode-12, mode)
		o[i+3].Move(fyne.NewPos(0, y+g.row()-1))
		o[i+3].Resize(fyne.NewSize(size.Width, 1))
	}
}
