package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// Tabs are a row of titles, one of them chosen. What each shows is its owner's.
type Tabs struct {
	drawn
	titles  []string
	chosen  int
	under   int
	changed func(i int)
}

// NewTabs returns tabs with the first chosen.
func NewTabs(titles []string, changed func(i int)) *Tabs {
	t := &Tabs{titles: titles, changed: changed, under: -1}
	t.ExtendBaseWidget(t)
	return t
}

// SetTitles changes the titles: their counts. The same one stays chosen.
func (t *Tabs) SetTitles(titles []string) {
	t.titles = titles
	t.chosen = max(0, min(t.chosen, len(titles)-1))
	t.Refresh()
}

// Set chooses a tab without calling changed.
func (t *Tabs) Set(i int) {
	if t.chosen != i {
		t.chosen = i
		t.Refresh()
	}
}

// Selected returns the chosen tab.
func (t *Tabs) Selected() int { return t.chosen }

func (t *Tabs) choose(i int) {
	if i < 0 || i >= len(t.titles) || i == t.chosen {
		return
	}
	t.Set(i)
	if t.changed != nil {
		t.changed(i)
	}
}

const (
	tabsHeight = 43
	tabGap     = 26
	tabSize    = look.SizeCard
)

// left is where a title starts. All are measured semibold, so that none moves
// when another is chosen.
func (t *Tabs) left(i int) float32 {
	var x float32
	for _, title := range t.titles[:i] {
		x += look.Px(look.Width(title, tabSize, true)) + tabGap
	}
	return x
}

func (t *Tabs) tabAt(x float32) int {
	for i := range t.titles {
		if from, to := t.left(i), t.left(i+1)-tabGap; x >= from-tabGap/2 && x < to+tabGap/2 {
			return i
		}
	}
	return -1
}

// Tapped chooses the tab under the pointer.
func (t *Tabs) Tapped(e *fyne.PointEvent) {
	t.clickFocus(t)
	t.choose(t.tabAt(e.Position.X))
}

// TypedKey goes along the tabs.
func (t *Tabs) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		t.choose(t.chosen - 1)
	case fyne.KeyRight:
		t.choose(t.chosen + 1)
	case fyne.KeyHome:
		t.choose(0)
	case fyne.KeyEnd:
		t.choose(len(t.titles) - 1)
	default:
		Bubble(t, e)
	}
}

// TypedShortcut hands on what the tabs have no use for.
func (t *Tabs) TypedShortcut(s fyne.Shortcut) { BubbleShortcut(t, s) }

// MouseIn darkens the title under the pointer.
func (t *Tabs) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved does so too.
func (t *Tabs) MouseMoved(e *desktop.MouseEvent) {
	if i := t.tabAt(e.Position.X); i != t.under {
		t.under = i
		t.Refresh()
	}
}

// MouseOut ends it.
func (t *Tabs) MouseOut() {
	t.under = -1
	t.Refresh()
}

// Cursor is a hand.
func (t *Tabs) Cursor() desktop.Cursor { return hand(true) }

// CreateRenderer draws the tabs.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(t, func(p *pen, width, height float32) {
		p.box(0, height-1, width, 1, p.Line, 0)
		middle := look.Px(height/2) + 1
		for i, title := range t.titles {
			x, wide := t.left(i), look.Px(look.Width(title, tabSize, true))
			switch i {
			case t.chosen:
				p.text(x, middle, title, tabSize, p.Accent, true)
				p.box(x, height-2, wide, 2, p.Accent, 1)
				if t.ringed() {
					p.ring(x-4, middle-12, wide+8, 24, 5)
				}
			case t.under:
				p.text(x, middle, title, tabSize, p.Text, false)
			default:
				p.text(x, middle, title, tabSize, p.Muted, false)
			}
		}
	}, func() (float32, float32) {
		return max(0, t.left(len(t.titles))-tabGap), look.Height(tabsHeight)
	})
}
