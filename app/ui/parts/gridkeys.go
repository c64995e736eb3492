package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// changed draws rows anew and tells that the selection or the cursor changed.
func (g *grid) changed(rows ...int) {
	g.content.redraw(rows...)
	g.head.Refresh()
	if g.OnSelect != nil {
		g.OnSelect()
	}
}

// selectOnly selects one row.
func (g *grid) selectOnly(row int) {
	g.chosen.Only(row)
	g.cursor, g.anchor = row, row
	g.changed()
}

// toggle selects a row or takes it from the selection.
func (g *grid) toggle(row int) {
	before := g.cursor
	g.chosen.Toggle(row)
	g.cursor, g.anchor = row, row
	g.changed(before, row)
}

// extend selects from the anchor to a row, besides the others if keep.
func (g *grid) extend(row int, keep bool) {
	if g.anchor < 0 {
		g.anchor = row
	}
	if !keep {
		g.chosen.None()
	}
	g.chosen.Range(g.anchor, row)
	g.cursor = row
	g.changed()
}

func (g *grid) moveCursor(row int) {
	before := g.cursor
	g.cursor = row
	g.changed(before, row)
}

// allOrNone is what the check of the head does.
func (g *grid) allOrNone() {
	if g.chosen.Len(g.count()) == g.count() {
		g.chosen.None()
	} else {
		g.chosen.All()
	}
	g.changed()
}

// menuAt shows the menu of the selected rows at a place of the canvas.
func (g *grid) menuAt(row int, at fyne.Position) {
	if g.OnMenu == nil || row < 0 {
		return
	}
	if items := g.OnMenu(row); len(items) > 0 {
		ShowMenuAt(canvasOf(g.self), at, items)
	}
}

// clickFocus takes the focus for a click, which draws no ring.
func (g *grid) clickFocus() {
	c := canvasOf(g.self)
	if c == nil {
		return
	}
	g.clicked = true
	if self, ok := g.self.(fyne.Focusable); ok && c.Focused() != self {
		c.Focus(self)
	}
}

// FocusGained shows where the keyboard is.
func (g *grid) FocusGained() {
	g.focused = true
	g.content.redraw(g.marked())
}

// FocusLost hides it.
func (g *grid) FocusLost() {
	g.focused, g.clicked = false, false
	g.content.redraw(g.marked())
}

// marked is the row that shows the focus: ↓ goes from none to the first.
func (g *grid) marked() int { return max(0, g.cursor) }

// TypedRune is for the search.
func (g *grid) TypedRune(r rune) {
	if g.OnType != nil && r != ' ' {
		g.OnType(r)
	}
}

// TypedKey moves, selects and opens.
func (g *grid) TypedKey(e *fyne.KeyEvent) {
	g.clicked = false
	mod := modifiers()
	if !g.press(Press{e.Name, mod}) {
		Bubble(g.self, e)
	}
}

// TypedShortcut is TypedKey for combinations with Ctrl.
func (g *grid) TypedShortcut(s fyne.Shortcut) {
	g.clicked = false
	k, ok := s.(fyne.KeyboardShortcut)
	if ok && g.press(Press{k.Key(), k.Mod()}) {
		return
	}
	BubbleShortcut(g.self, s)
}

const withCtrl = fyne.KeyModifierShortcutDefault

// press does what a key does in a table, and reports whether it does anything.
func (g *grid) press(p Press) bool {
	page := max(1, int(g.scroll.Size().Height/look.RowHeight())-1)
	last := g.count() - 1
	switch p.Key {
	case fyne.KeyUp:
		return g.step(g.cursor-1, p.Mod)
	case fyne.KeyDown:
		return g.step(g.cursor+1, p.Mod)
	case fyne.KeyPageUp:
		return g.step(g.cursor-page, p.Mod)
	case fyne.KeyPageDown:
		return g.step(g.cursor+page, p.Mod)
	case fyne.KeyHome:
		return g.step(0, p.Mod&^withCtrl) // Ctrl+Home too selects the first row
	case fyne.KeyEnd:
		return g.step(last, p.Mod&^withCtrl)
	case fyne.KeyLeft, fyne.KeyRight:
		return g.sideways(p)
	case fyne.KeySpace:
		return g.space(p.Mod)
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.Mod != 0 || g.cursor < 0 || g.OnOpen == nil {
			return false
		}
		g.OnOpen(g.cursor)
	case fyne.KeyEscape:
		if p.Mod != 0 || g.chosen.Len(g.count()) == 0 {
			return false
		}
		g.chosen.None()
		g.changed()
	case fyne.KeyA:
		if p.Mod != withCtrl {
			return false
		}
		g.chosen.All()
		g.changed()
	case fyne.KeyC:
		if p.Mod != withCtrl || g.chosen.Len(g.count()) == 0 {
			return false
		}
		g.Copy()
	case fyne.KeyF10:
		if p.Mod != fyne.KeyModifierShift {
			return false
		}
		g.menuKey()
	case desktop.KeyMenu:
		g.menuKey()
	default:
		return false
	}
	return true
}

// step moves to a row and selects it; with Shift it extends the selection, with
// Ctrl it leaves it as it is.
func (g *grid) step(row int, mod fyne.KeyModifier) bool {
	if g.count() == 0 {
		return false
	}
	row = max(0, min(row, g.count()-1))
	switch mod {
	case 0:
		g.selectOnly(row)
	case fyne.KeyModifierShift:
		g.extend(row, false)
	case withCtrl:
		g.moveCursor(row)
	default:
		return false
	}
	g.ScrollTo(row)
	return true
}

func (g *grid) sideways(p Press) bool {
	if p.Mod != 0 {
		return false
	}
	const by = 60
	offset := g.scroll.Offset
	if p.Key == fyne.KeyLeft {
		offset.X = max(0, offset.X-by)
	} else {
		offset.X = min(offset.X+by, max(0, g.content.width-g.scroll.Size().Width))
	}
	g.ScrollToOffset(offset)
	return true
}

// space selects the row at the cursor or takes it from the selection; without
// Ctrl it is the only one.
func (g *grid) space(mod fyne.KeyModifier) bool {
	switch {
	case g.cursor < 0 || mod != 0 && mod != withCtrl:
		return false
	case mod == withCtrl:
		g.toggle(g.cursor)
	case g.chosen.Has(g.cursor):
		g.chosen.None()
		g.changed()
	default:
		g.selectOnly(g.cursor)
	}
	return true
}

func (g *grid) menuKey() {
	if g.cursor < 0 {
		return
	}
	g.ScrollTo(g.cursor)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g.scroll)
	y := float32(g.cursor+1)*look.RowHeight() - g.scroll.Offset.Y
	g.menuAt(g.cursor, at.AddXY(g.checks()+60, y))
}
