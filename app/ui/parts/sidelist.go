package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// SideList is a column of titles, one of them chosen: the sections of a page.
// What each shows is its owner's.
type SideList struct {
	drawn
	titles  []string
	chosen  int
	under   int
	changed func(i int)
}

// NewSideList returns a list with the first title chosen.
func NewSideList(titles []string, changed func(i int)) *SideList {
	l := &SideList{titles: titles, changed: changed, under: -1}
	l.ExtendBaseWidget(l)
	return l
}

// Selected returns the chosen title.
func (l *SideList) Selected() int { return l.chosen }

// Select chooses a title and tells nobody.
func (l *SideList) Select(i int) {
	l.chosen = i
	l.Refresh()
}

func (l *SideList) choose(i int) {
	if i < 0 || i >= len(l.titles) || i == l.chosen {
		return
	}
	l.chosen = i
	l.Refresh()
	l.changed(i)
}

func (l *SideList) row() float32 { return look.Height(34) }

// Tapped chooses the title under the pointer.
func (l *SideList) Tapped(e *fyne.PointEvent) { l.choose(int(e.Position.Y / (l.row() + 2))) }

// Cursor shows that a title can be chosen.
func (l *SideList) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn marks the title under the pointer.
func (l *SideList) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved marks the title under the pointer.
func (l *SideList) MouseMoved(e *desktop.MouseEvent) {
	if i := int(e.Position.Y / (l.row() + 2)); i != l.under {
		l.under = i
		l.Refresh()
	}
}

// MouseOut marks none.
func (l *SideList) MouseOut() {
	l.under = -1
	l.Refresh()
}

// TypedKey chooses by the arrows.
func (l *SideList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		l.choose(l.chosen - 1)
	case fyne.KeyDown:
		l.choose(l.chosen + 1)
	default:
		Bubble(l, e)
	}
}

// CreateRenderer draws the list.
func (l *SideList) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, l.draw, func() (float32, float32) { return 120, float32(len(l.titles)) * (l.row() + 2) })
}

func (l *SideList) draw(p *pen, width, _ float32) {
	height := l.row()
	for i, title := range l.titles {
		y := float32(i) * (height + 2)
		text := p.Text
		switch i {
		case l.chosen:
			p.box(0, y, width, height, p.AccentSoft, 6)
			text = p.Accent
		case l.under:
			p.box(0, y, width, height, p.Hover, 6)
		}
		p.text(12, y+height/2, fitted(title, look.SizeBody, i == l.chosen, width-20), look.SizeBody, text, i == l.chosen)
	}
	if l.focused {
		p.ring(2, float32(l.chosen)*(height+2)+2, width-4, height-4, 5)
	}
}
