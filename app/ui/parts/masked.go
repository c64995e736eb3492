package parts

import (
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// MaskedText shows a masked value on its own ground, and for a while the clear
// one without. It has no clock: who reveals calls Tick, for several values at
// once. A clear value is held no longer than it is shown.
type MaskedText struct {
	drawn
	mask, clear string
	from, until time.Time
	left        float32 // share of the time that is left
	width       float32
}

// NewMaskedText returns a masked value.
func NewMaskedText(mask string) *MaskedText {
	m := &MaskedText{mask: mask}
	m.ExtendBaseWidget(m)
	return m
}

// SetMask shows another masked value and ends a revelation.
func (m *MaskedText) SetMask(mask string) {
	m.mask = mask
	m.Conceal()
}

// SetWidth gives the width at which a clear value goes on in the next line; 0
// is none. It must be given before the value is laid out.
func (m *MaskedText) SetWidth(width float32) { m.width = width; m.Refresh() }

// Reveal shows the clear value from now until a time.
func (m *MaskedText) Reveal(clear string, now, until time.Time) {
	m.clear, m.from, m.until = clear, now, until
	m.Tick(now)
}

// Tick draws the time that is left and reports whether the value is clear
// still. Once the time is over it masks the value.
func (m *MaskedText) Tick(now time.Time) bool {
	if !m.Clear() {
		return false
	}
	if !now.Before(m.until) || now.Before(m.from) { // a clock set back ends it too
		m.Conceal()
		return false
	}
	m.left = float32(m.until.Sub(now)) / float32(m.until.Sub(m.from))
	m.Refresh()
	return true
}

// Clear says whether the clear value is shown.
func (m *MaskedText) Clear() bool { return m.clear != "" }

// Conceal masks the value.
func (m *MaskedText) Conceal() {
	m.clear, m.left = "", 0
	m.Refresh()
}

// Hide masks the value and hides the widget.
func (m *MaskedText) Hide() {
	m.Conceal()
	m.BaseWidget.Hide()
}

const maskedLine = 20

func (m *MaskedText) lines() []string {
	if m.Clear() && m.width > 0 {
		return wrap(m.clear, look.SizeBody, m.width-10)
	}
	if m.Clear() {
		return []string{m.clear}
	}
	return []string{m.mask}
}

// CreateRenderer draws the value.
func (m *MaskedText) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(m, m.draw, func() (float32, float32) {
		width, lines := float32(0), m.lines()
		for _, l := range lines {
			width = max(width, look.Width(l, look.SizeBody, false))
		}
		if m.width > 0 {
			width = min(width, m.width-10)
		}
		return width + 10, look.Height(maskedLine) * float32(len(lines))
	})
}

func (m *MaskedText) draw(p *pen, width, _ float32) {
	line := look.Height(maskedLine)
	if !m.Clear() {
		text := fitted(m.mask, look.SizeBody, false, width-10)
		w := min(width, look.Px(look.Width(text, look.SizeBody, false))+10)
		p.box(0, 0, w, line, p.MaskSoft, 4)
		p.text(5, line/2, text, look.SizeBody, p.Mask, false)
		return
	}
	widest := float32(0)
	lines := m.lines()
	for i, l := range lines {
		widest = max(widest, p.text(5, line*(float32(i)+0.5), l, look.SizeBody, p.Text, false))
	}
	foot := line*float32(len(lines)) - 1
	p.box(5, foot, look.Px(widest), 1, p.Line, 0)
	p.box(5, foot, look.Px(widest*m.left), 1, p.Mask, 0)
}
