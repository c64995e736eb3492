package parts

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
	"kebu/app/ui/task"
)

// tipDelay is how long the pointer rests before its tooltip shows.
const tipDelay = 500 * time.Millisecond

// tip is the tooltip of a layer.
type tip struct {
	host *fyne.Container
	of   fyne.CanvasObject
	box  *tipBox
	wait *task.Task
}

// Tooltip shows a text beside an object once the pointer has rested on it. Lines
// are parted by "\n".
func (l *Layer) Tooltip(obj fyne.CanvasObject, text string) {
	l.HideTooltip()
	if text == "" {
		return
	}
	l.tip.of = obj
	l.tip.wait = l.after(tipDelay, func() {
		l.tip.box = newTipBox(text)
		l.float.Add(l.tip.box)
		l.float.Refresh()
	})
}

// HideTooltip hides the tooltip, or the one about to show.
func (l *Layer) HideTooltip() {
	l.tip.wait.Cancel()
	box := l.tip.box
	l.tip.of, l.tip.box = nil, nil
	if box != nil {
		l.float.Remove(box)
		l.float.Refresh()
	}
}

// place puts the tooltip below its object, or above it at the lower edge.
func (t *tip) place(room fyne.Size) {
	size := t.box.MinSize()
	c := canvasOf(t.of)
	if c == nil {
		return
	}
	of := spotOf(c, t.of)
	x := of.at.X + (of.size.Width-size.Width)/2
	y := of.at.Y + of.size.Height + 6
	if y+size.Height > room.Height-4 {
		y = of.at.Y - size.Height - 6
	}
	x = max(4, min(x, room.Width-size.Width-4))
	t.box.Resize(size)
	t.box.Move(fyne.NewPos(look.Px(x), look.Px(y)))
}

// showTip shows a tooltip in the layer of an object's canvas.
func showTip(obj fyne.CanvasObject, text string) {
	if text == "" {
		return
	}
	if l := LayerOf(canvasOf(obj)); l != nil {
		l.Tooltip(obj, text)
	}
}

// hideTip hides the tooltip of an object, which may be gone from its canvas, and
// not that of another.
func hideTip(obj fyne.CanvasObject) {
	for _, l := range layers {
		if l.tip.of == obj {
			l.HideTooltip()
		}
	}
}

// tipBox draws a tooltip.
type tipBox struct {
	drawnOnly
	lines []string
}

func newTipBox(text string) *tipBox {
	b := &tipBox{}
	for line := range strings.SplitSeq(text, "\n") {
		b.lines = append(b.lines, wrap(line, look.SizeSmall, tipWidth)...)
	}
	b.ExtendBaseWidget(b)
	return b
}

const (
	tipWidth = 360
	tipLine  = 18
)

// CreateRenderer draws the tooltip.
func (b *tipBox) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(b, func(p *pen, width, height float32) {
		p.box(0, 0, width, height, p.Tip, 5)
		line := look.Height(tipLine)
		for i, text := range b.lines {
			p.text(9, 5+line*(float32(i)+0.5), text, look.SizeSmall, p.OnTip, false)
		}
	}, func() (float32, float32) {
		var width float32
		for _, text := range b.lines {
			width = max(width, look.Width(text, look.SizeSmall, false))
		}
		return width + 18, look.Height(tipLine)*float32(len(b.lines)) + 10
	})
}
