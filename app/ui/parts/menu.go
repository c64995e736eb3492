package parts

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// MenuItem is a line of a menu. Separator is a line with nothing else.
type MenuItem struct {
	Text, Icon, Shortcut         string
	Separator, Disabled, Checked bool
	Do                           func()
}

// ShowMenu shows a menu below or above an object.
func ShowMenu(at fyne.CanvasObject, items []MenuItem) { showMenu(at, items, 0, -1, nil) }

// ShowMenuAt shows a menu at a position of a canvas: where the pointer is.
func ShowMenuAt(c fyne.Canvas, pos fyne.Position, items []MenuItem) {
	m := newMenu(c, items, 0, -1)
	m.over.place = func(room fyne.Size) (fyne.Position, fyne.Size) {
		size := fit(m.over.panel.MinSize(), room)
		return beside(spot{at: pos}, size, room, 0), size
	}
	m.over.show(m)
}

// showMenu shows a menu at least as wide as width, with an item chosen.
func showMenu(at fyne.CanvasObject, items []MenuItem, width float32, chosen int, closed func()) {
	c := canvasOf(at)
	m := newMenu(c, items, width, chosen)
	m.over.at, m.over.closed = at, closed
	m.over.place = func(room fyne.Size) (fyne.Position, fyne.Size) {
		size := fit(m.over.panel.MinSize(), room)
		return beside(spotOf(c, at), size, room, 2), size
	}
	m.over.show(m)
	m.reveal()
}

const (
	menuRow    = 28
	menuGap    = 9 // a separator
	menuAround = 6
	menuLeast  = 160
)

// menu draws the items and takes the keys.
type menu struct {
	drawn
	items  []MenuItem
	over   *overlay
	scroll *container.Scroll
	at     int // the item under the pointer or the keyboard; -1 is none
	width  float32
}

func newMenu(c fyne.Canvas, items []MenuItem, width float32, chosen int) *menu {
	m := &menu{items: items, at: chosen, width: width}
	m.ExtendBaseWidget(m)
	m.scroll = container.NewVScroll(m)
	m.scroll.SetMinSize(m.MinSize())
	m.over = &overlay{canvas: c, panel: newPanel(m.scroll, 1, menuAround, 8)}
	m.over.key = m.press
	return m
}

// press takes every key: a menu is left by Esc or a click outside.
func (m *menu) press(p Press) bool {
	if p.Key == fyne.KeyEscape {
		m.over.close()
	}
	return true
}

// TypedKey moves along the items and chooses one.
func (m *menu) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		m.step(m.at, 1)
	case fyne.KeyUp:
		if m.at < 0 {
			m.at = len(m.items)
		}
		m.step(m.at, -1)
	case fyne.KeyHome:
		m.step(-1, 1)
	case fyne.KeyEnd:
		m.step(len(m.items), -1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		m.choose(m.at)
	default:
		Bubble(m, e)
	}
}

// step goes to the next item that can be chosen, round the end.
func (m *menu) step(from, by int) {
	n := len(m.items)
	for i := 1; i <= n; i++ {
		if k := ((from+by*i)%n + n) % n; m.can(k) {
			m.at = k
			m.reveal()
			m.Refresh()
			return
		}
	}
}

// TypedRune goes to the next item that starts with a letter.
func (m *menu) TypedRune(r rune) {
	n := len(m.items)
	for i := 1; i <= n; i++ {
		k := ((max(m.at, -1)+i)%n + n) % n
		if m.can(k) && startsWith(m.items[k].Text, r) {
			m.at = k
			m.reveal()
			m.Refresh()
			return
		}
	}
}

func startsWith(text string, r rune) bool {
	for _, first := range text {
		return unicode.ToLower(first) == unicode.ToLower(r)
	}
	return false
}

// TypedShortcut is taken and does nothing.
func (m *menu) TypedShortcut(fyne.Shortcut) {}

// AcceptsTab keeps the focus in the menu.
func (m *menu) AcceptsTab() bool { return true }

func (m *menu) can(i int) bool {
	return i >= 0 && i < len(m.items) && !m.items[i].Separator && !m.items[i].Disabled
}

// choose closes the menu, then does what the item says.
func (m *menu) choose(i int) {
	if !m.can(i) {
		return
	}
	m.over.close()
	if do := m.items[i].Do; do != nil {
		do()
	}
}

// Tapped chooses the item under the pointer.
func (m *menu) Tapped(e *fyne.PointEvent) { m.choose(m.itemAt(e.Position.Y)) }

// MouseIn marks the item under the pointer.
func (m *menu) MouseIn(e *desktop.MouseEvent) { m.MouseMoved(e) }

// MouseMoved marks the item under the pointer.
func (m *menu) MouseMoved(e *desktop.MouseEvent) {
	i := m.itemAt(e.Position.Y)
	if !m.can(i) {
		i = -1
	}
	if m.at != i {
		m.at = i
		m.Refresh()
	}
}

// MouseOut leaves the mark where it is.
func (m *menu) MouseOut() {}

func (m *menu) rowHeight(i int) float32 {
	if m.items[i].Separator {
		return menuGap
	}
	return look.Height(menuRow)
}

func (m *menu) itemAt(y float32) int {
	for i := range m.items {
		if y -= m.rowHeight(i); y < 0 {
			return i
		}
	}
	return -1
}

// reveal scrolls the marked item into view.
func (m *menu) reveal() {
	if !m.can(m.at) {
		return
	}
	var top float32
	for i := range m.at {
		top += m.rowHeight(i)
	}
	bottom, view := top+m.rowHeight(m.at), m.scroll.Size().Height
	switch offset := m.scroll.Offset; {
	case top < offset.Y:
		m.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case view > 0 && bottom > offset.Y+view:
		m.scroll.ScrollToOffset(fyne.NewPos(0, bottom-view))
	}
}

// left is where the texts start: behind the icons, if there are any.
func (m *menu) left() float32 {
	for _, i := range m.items {
		if i.Icon != "" || i.Checked {
			return 38
		}
	}
	return 16
}

// CreateRenderer draws the items.
func (m *menu) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(m, m.draw, func() (float32, float32) {
		var width, keys, height float32
		for i, item := range m.items {
			width = max(width, look.Width(item.Text, look.SizeBody, false))
			if item.Shortcut != "" {
				keys = max(keys, 36+look.Width(item.Shortcut, look.SizeSmall, false))
			}
			height += m.rowHeight(i)
		}
		return max(m.left()+width+keys+18, menuLeast, m.width-2), height
	})
}

func (m *menu) draw(p *pen, width, _ float32) {
	var y float32
	left := m.left()
	for i, item := range m.items {
		height := m.rowHeight(i)
		if item.Separator {
			p.box(0, y+4, width, 1, p.Line, 0)
			y += height
			continue
		}
		text, icon := p.Text, p.Muted
		if item.Disabled {
			text, icon = p.Faint, p.Faint
		}
		if i == m.at && m.can(i) {
			ground := p.box(5, y, width-10, height, p.Hover, 5)
			if p.Dark {
				ground.FillColor = p.Button
			}
		}
		middle := y + height/2
		switch {
		case item.Checked:
			p.stroke("check", 14, middle-7, 14, p.Accent, 2)
		case item.Icon != "":
			p.icon(item.Icon, 13, middle-8, 16, icon)
		}
		room := width - left - 16
		if item.Shortcut != "" {
			room -= 12 + p.textRight(width-16, middle, item.Shortcut, look.SizeSmall, p.Muted, false)
		}
		p.text(left, middle, fitted(item.Text, look.SizeBody, false, room), look.SizeBody, text, false)
		y += height
	}
}
