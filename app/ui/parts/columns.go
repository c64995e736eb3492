package parts

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
)

// columnSheet is the list in which columns are chosen and moved.
type columnSheet struct {
	g      *grid
	list   *fyne.Container
	checks []*Check
	over   *Popover
}

// showColumns opens the list beside an object. Alt with ↑ or ↓ moves the column
// that has the focus; the buttons beside it do the same.
func showColumns(g *grid, at fyne.CanvasObject) {
	s := &columnSheet{g: g, list: container.NewVBox()}
	restore := Link(g.words.Text("part_columns_restore"), "", func() {
		g.restore()
		g.rearranged()
		s.fill(0)
	})
	scroll := container.NewVScroll(s.list)
	scroll.SetMinSize(fyne.NewSize(250, min(360, float32(len(g.order))*look.Height(30))))
	title := NewTitle(g.words.Text("part_columns"), look.SizeCard)
	s.fill(-1)
	s.over = ShowPopover(at, container.NewBorder(title, container.NewHBox(restore), nil, nil, scroll), nil)
	s.over.OnKey = s.key
	s.focus(0)
}

// fill lists the columns as they stand and gives one the focus.
func (s *columnSheet) fill(focus int) {
	g := s.g
	s.list.Objects, s.checks = nil, nil
	for i, c := range g.order {
		check := NewCheck(c.title, func(on bool) {
			c.off = !on
			g.rearranged()
			s.bound()
		})
		check.SetChecked(!c.off)
		s.checks = append(s.checks, check)
		up := IconButton("up", g.words.Text("part_columns_up"), func() { s.move(i, i-1) })
		down := IconButton("down", g.words.Text("part_columns_down"), func() { s.move(i, i+1) })
		up.SetEnabled(i > 0)
		down.SetEnabled(i < len(g.order)-1)
		s.list.Add(container.NewBorder(nil, nil, check, container.NewHBox(up, down)))
	}
	s.bound()
	s.list.Refresh()
	if focus >= 0 {
		s.focus(focus)
	}
}

// bound keeps the last column from being taken away.
func (s *columnSheet) bound() {
	shown := len(s.g.visible())
	for i, c := range s.checks {
		c.SetEnabled(s.g.order[i].off || shown > 1)
	}
}

func (s *columnSheet) focus(i int) {
	if c := canvasOf(s.list); c != nil && i < len(s.checks) {
		c.Focus(s.checks[i])
	}
}

func (s *columnSheet) move(from, to int) {
	g := s.g
	if to < 0 || to >= len(g.order) {
		return
	}
	c := g.order[from]
	g.order = slices.Insert(slices.Delete(slices.Clone(g.order), from, from+1), to, c)
	g.rearranged()
	s.fill(to)
}

func (s *columnSheet) key(p Press) bool {
	by := 0
	switch p {
	case Press{fyne.KeyUp, fyne.KeyModifierAlt}:
		by = -1
	case Press{fyne.KeyDown, fyne.KeyModifierAlt}:
		by = 1
	default:
		return false
	}
	for i, c := range s.checks {
		if c.focused {
			s.move(i, i+by)
			return true
		}
	}
	return false
}
