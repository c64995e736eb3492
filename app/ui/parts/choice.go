package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// State is that of a check.
type State int

// The states: some is for a check that stands for many.
const (
	Off State = iota
	On
	Some
)

// Check is a box with a text.
type Check struct {
	drawn
	text    string
	state   State
	off     bool
	changed func(bool)
}

// NewCheck returns a check that is off; changed, if not nil, is called when the
// user changes it.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{text: text, changed: changed}
	c.ExtendBaseWidget(c)
	return c
}

// SetState changes the state without calling changed.
func (c *Check) SetState(s State) {
	if c.state != s {
		c.state = s
		c.Refresh()
	}
}

// SetChecked is SetState of On or Off.
func (c *Check) SetChecked(on bool) {
	if on {
		c.SetState(On)
	} else {
		c.SetState(Off)
	}
}

// State returns the state.
func (c *Check) State() State { return c.state }

// Checked reports whether the check is on.
func (c *Check) Checked() bool { return c.state == On }

// SetText changes the text.
func (c *Check) SetText(text string) {
	c.text = text
	c.Refresh()
}

// SetEnabled lets the user change the check, or not.
func (c *Check) SetEnabled(on bool) {
	c.off = !on
	c.Refresh()
}

// Enable lets the user change the check.
func (c *Check) Enable() { c.SetEnabled(true) }

// Disable greys the check.
func (c *Check) Disable() { c.SetEnabled(false) }

// Disabled reports whether the check is grey.
func (c *Check) Disabled() bool { return c.off }

// Tapped changes the state: some becomes on.
func (c *Check) Tapped(*fyne.PointEvent) {
	if c.off {
		return
	}
	c.clickFocus(c)
	c.SetChecked(c.state != On)
	if c.changed != nil {
		c.changed(c.state == On)
	}
}

// TypedKey changes the state with Space.
func (c *Check) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		c.Tapped(nil)
		return
	}
	Bubble(c, e)
}

// TypedShortcut hands on what the check has no use for.
func (c *Check) TypedShortcut(s fyne.Shortcut) { BubbleShortcut(c, s) }

// MouseIn darkens the border.
func (c *Check) MouseIn(*desktop.MouseEvent) { c.hover(true) }

// MouseMoved is of no interest.
func (c *Check) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends it.
func (c *Check) MouseOut() { c.hover(false) }

// Cursor is a hand.
func (c *Check) Cursor() desktop.Cursor { return hand(!c.off) }

// CreateRenderer draws the check.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(c, func(p *pen, width, height float32) {
		top := look.Px((height - checkSize) / 2)
		p.check(0, top, c.state, c.hovered && !c.off, c.off)
		if c.ringed() {
			p.ring(0, top, checkSize, checkSize, 4)
		}
		front := p.Text
		if c.off {
			front = p.Faint
		}
		p.text(checkSize+8, height/2, fitted(c.text, look.SizeBody, false, width-checkSize-8), look.SizeBody, front, false)
	}, func() (float32, float32) {
		if c.text == "" {
			return checkSize, checkSize
		}
		return checkSize + 8 + look.Width(c.text, look.SizeBody, false), look.Height(24)
	})
}

const checkSize = 16

// check draws the box of a check.
func (p *pen) check(x, y float32, s State, hovered, off bool) {
	if s == On {
		ground, front := p.Accent, p.OnAccent
		if off {
			ground, front = p.Button, p.Faint
		}
		p.box(x, y, checkSize, checkSize, ground, 4)
		p.stroke("check", x+2, y+2, 12, front, 2.4)
		return
	}
	edge := p.Border
	switch {
	case off:
		edge = p.Line
	case s == Some:
		edge = p.Accent
	case hovered:
		edge = p.Text
	}
	p.frame(x, y, checkSize, checkSize, p.Surface, edge, 4)
	if s == Some {
		p.box(x+4, y+7, 8, 2, p.Accent, 1)
	}
}

// Radio is one choice of several, each on a line.
type Radio struct {
	drawn

	// Horizontal sets the options side by side.
	Horizontal bool

	options []string
	chosen  int
	under   int // the pointer; -1 is nowhere
	changed func(i int)
}

// NewRadio returns a choice with the first option chosen; changed, if not nil,
// is called when the user chooses another.
func NewRadio(options []string, changed func(i int)) *Radio {
	r := &Radio{options: options, changed: changed, under: -1}
	r.ExtendBaseWidget(r)
	return r
}

// Set chooses without calling changed; -1 is none.
func (r *Radio) Set(i int) {
	if r.chosen != i {
		r.chosen = i
		r.Refresh()
	}
}

// Selected returns the chosen option.
func (r *Radio) Selected() int { return r.chosen }

// SetOptions changes the options and chooses one.
func (r *Radio) SetOptions(options []string, chosen int) {
	r.options, r.chosen = options, chosen
	r.Refresh()
}

func (r *Radio) choose(i int) {
	if i < 0 || i >= len(r.options) || i == r.chosen {
		return
	}
	r.Set(i)
	if r.changed != nil {
		r.changed(i)
	}
}

// radioRow is the height of an option.
const radioRow = 34

// left is where an option starts, of those side by side.
func (r *Radio) left(i int) float32 {
	var x float32
	for _, text := range r.options[:i] {
		x += checkSize + 8 + look.Px(look.Width(text, look.SizeBody, false)) + 24
	}
	return x
}

func (r *Radio) optionAt(pos fyne.Position) int {
	if !r.Horizontal {
		return int(pos.Y / look.Height(radioRow))
	}
	for i := len(r.options) - 1; i > 0; i-- {
		if pos.X >= r.left(i)-12 {
			return i
		}
	}
	return 0
}

// Tapped chooses the option under the pointer.
func (r *Radio) Tapped(e *fyne.PointEvent) {
	r.clickFocus(r)
	r.choose(r.optionAt(e.Position))
}

// TypedKey goes along the options.
func (r *Radio) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown, fyne.KeyRight:
		r.choose(r.chosen + 1)
	case fyne.KeyUp, fyne.KeyLeft:
		r.choose(r.chosen - 1)
	case fyne.KeyHome:
		r.choose(0)
	case fyne.KeyEnd:
		r.choose(len(r.options) - 1)
	case fyne.KeySpace:
		r.choose(max(r.chosen, 0))
	default:
		Bubble(r, e)
	}
}

// TypedShortcut hands on what the choice has no use for.
func (r *Radio) TypedShortcut(s fyne.Shortcut) { BubbleShortcut(r, s) }

// MouseIn darkens the border of the option under the pointer.
func (r *Radio) MouseIn(e *desktop.MouseEvent) { r.MouseMoved(e) }

// MouseMoved does so too.
func (r *Radio) MouseMoved(e *desktop.MouseEvent) {
	if i := r.optionAt(e.Position); i != r.under {
		r.under = i
		r.Refresh()
	}
}

// MouseOut ends it.
func (r *Radio) MouseOut() {
	r.under = -1
	r.Refresh()
}

// Cursor is a hand.
func (r *Radio) Cursor() desktop.Cursor { return hand(true) }

// CreateRenderer draws the options.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(r, r.draw, func() (float32, float32) {
		if r.Horizontal {
			return max(0, r.left(len(r.options))-24), look.Height(28)
		}
		var width float32
		for _, text := range r.options {
			width = max(width, look.Width(text, look.SizeBody, false))
		}
		return checkSize + 8 + width, look.Height(radioRow) * float32(len(r.options))
	})
}

func (r *Radio) draw(p *pen, width, height float32) {
	for i, text := range r.options {
		x, middle := float32(0), look.Height(radioRow)*(float32(i)+0.5)
		if r.Horizontal {
			x, middle = r.left(i), height/2
		}
		top := look.Px(middle) - checkSize/2
		dot := p.frame(x, top, checkSize, checkSize, p.Surface, p.Border, checkSize/2)
		switch i {
		case r.chosen:
			dot.StrokeColor, dot.StrokeWidth = p.Accent, 1.5
			p.box(x+4, top+4, 8, 8, p.Accent, 4)
		case r.under:
			dot.StrokeColor = p.Text
		}
		if r.ringed() && i == max(r.chosen, 0) {
			p.ring(x-1, top-1, checkSize+2, checkSize+2, checkSize/2+1)
		}
		p.text(x+checkSize+8, middle, text, look.SizeBody, p.Text, false)
	}
	_ = width
}

// Select is one choice of many, in a menu that drops down.
type Select struct {
	drawn

	// Placeholder is shown while nothing is chosen.
	Placeholder string
	// OnFocus, if not nil, is called when the choice gains the focus: the time to
	// scroll to it.
	OnFocus func()

	options []string
	chosen  int
	off     bool
	open    bool
	height  float32
	soft    bool
	tone    look.Tone // of a soft one
	changed func(i int)
}

// NewSelect returns a choice with the first option chosen; changed, if not nil,
// is called when the user chooses another.
func NewSelect(options []string, changed func(i int)) *Select {
	s := &Select{options: options, changed: changed}
	s.ExtendBaseWidget(s)
	return s
}

// Set chooses without calling changed; -1 is none.
func (s *Select) Set(i int) {
	if s.chosen != i {
		s.chosen = i
		s.Refresh()
	}
}

// Selected returns the chosen option, -1 if none is.
func (s *Select) Selected() int { return s.chosen }

// SetOptions changes the options and chooses one.
func (s *Select) SetOptions(options []string, chosen int) {
	s.options, s.chosen = options, chosen
	s.Refresh()
}

// SetHeight sets the height, at the standard text size.
func (s *Select) SetHeight(height float32) *Select {
	s.height = height
	s.Refresh()
	return s
}

// SetTone draws the choice small and without a border, on the soft ground of a
// tone: one in each line of a list.
func (s *Select) SetTone(tone look.Tone) *Select {
	s.soft, s.tone = true, tone
	s.Refresh()
	return s
}

// SetEnabled lets the user choose, or not.
func (s *Select) SetEnabled(on bool) {
	s.off = !on
	s.Refresh()
}

// Enable lets the user choose.
func (s *Select) Enable() { s.SetEnabled(true) }

// Disable greys the choice.
func (s *Select) Disable() { s.SetEnabled(false) }

// Disabled reports whether the choice is grey.
func (s *Select) Disabled() bool { return s.off }

func (s *Select) choose(i int) {
	if i < 0 || i >= len(s.options) || i == s.chosen {
		return
	}
	s.Set(i)
	if s.changed != nil {
		s.changed(i)
	}
}

// FocusGained shows the ring.
func (s *Select) FocusGained() {
	s.drawn.FocusGained()
	if s.OnFocus != nil {
		s.OnFocus()
	}
}

// Tapped drops the menu down.
func (s *Select) Tapped(*fyne.PointEvent) {
	if s.off || s.open {
		return
	}
	s.clickFocus(s)
	items := make([]MenuItem, len(s.options))
	for i, text := range s.options {
		items[i] = MenuItem{Text: text, Checked: i == s.chosen, Do: func() { s.choose(i) }}
	}
	s.open = true
	s.Refresh()
	showMenu(s, items, s.Size().Width, s.chosen, func() { s.open = false; s.Refresh() })
}

// TypedKey drops the menu down, or goes along the options.
func (s *Select) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace:
		s.Tapped(nil)
	case fyne.KeyDown:
		if modifiers()&fyne.KeyModifierAlt != 0 {
			s.Tapped(nil)
		} else {
			s.choose(s.chosen + 1)
		}
	case fyne.KeyUp:
		s.choose(s.chosen - 1)
	default:
		Bubble(s, e)
	}
}

// TypedShortcut drops the menu down with Alt+↓.
func (s *Select) TypedShortcut(c fyne.Shortcut) {
	if k, ok := c.(*desktop.CustomShortcut); ok && k.KeyName == fyne.KeyDown && k.Modifier == fyne.KeyModifierAlt {
		s.Tapped(nil)
		return
	}
	BubbleShortcut(s, c)
}

// MouseIn darkens the border.
func (s *Select) MouseIn(*desktop.MouseEvent) { s.hover(true) }

// MouseMoved is of no interest.
func (s *Select) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends it.
func (s *Select) MouseOut() { s.hover(false) }

// Cursor is a hand.
func (s *Select) Cursor() desktop.Cursor { return hand(!s.off) }

// CreateRenderer draws the choice.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(s, s.draw, func() (float32, float32) {
		width := look.Width(s.Placeholder, look.SizeBody, false)
		for _, text := range s.options {
			width = max(width, look.Width(text, look.SizeBody, false))
		}
		if s.soft {
			return min(width, 320) + 30, look.Height(softHeight)
		}
		height := look.FieldHeight()
		if s.height > 0 {
			height = look.Height(s.height)
		}
		return min(width, 320) + 44, height
	})
}

const softHeight = 22

func (s *Select) drawSoft(p *pen, width, height float32) {
	front, ground := p.Of(s.tone)
	p.box(0, 0, width, height, ground, 4)
	if s.focused || s.open {
		p.ring(0, 0, width, height, 4)
	}
	if s.chosen >= 0 && s.chosen < len(s.options) {
		p.text(8, height/2, fitted(s.options[s.chosen], look.SizeSmall, false, width-28), look.SizeSmall, front, false)
	}
	p.icon("down", width-19, look.Px(height/2)-6, 12, front)
}

func (s *Select) draw(p *pen, width, height float32) {
	if s.soft {
		s.drawSoft(p, width, height)
		return
	}
	box := p.frame(0, 0, width, height, p.Surface, p.Border, 5)
	front, icon := p.Text, p.Muted
	switch {
	case s.off:
		box.StrokeColor, front, icon = p.Line, p.Faint, p.Faint
	case s.focused || s.open:
		box.StrokeColor, box.StrokeWidth = p.Accent, 1.5
	case s.hovered:
		box.StrokeColor = p.Muted
	}
	text := s.Placeholder
	if s.chosen >= 0 && s.chosen < len(s.options) {
		text = s.options[s.chosen]
	} else {
		front = p.Faint
	}
	p.text(10, height/2, fitted(text, look.SizeBody, false, width-42), look.SizeBody, front, false)
	p.icon("down", width-24, look.Px(height/2)-7, 14, icon)
}
