package parts

import (
	"strconv"

	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// Steps shows where one is in a work of several steps: those that are done,
// the present one, those to come. It stands in a row or in a list.
type Steps struct {
	drawn
	titles []string
	step   int
	list   bool
}

// NewSteps returns a row of steps at the first one.
func NewSteps(titles ...string) *Steps {
	s := &Steps{titles: titles}
	s.ExtendBaseWidget(s)
	return s
}

// NewStepList returns steps one below the other.
func NewStepList(titles ...string) *Steps {
	s := NewSteps(titles...)
	s.list = true
	return s
}

// SetStep goes to a step, from 0. Past the last one all are done.
func (s *Steps) SetStep(i int) { s.step = i; s.Refresh() }

// Step returns the present step.
func (s *Steps) Step() int { return s.step }

const (
	stepDot  = 20
	stepLine = 38 // from one to the next in a list
	stepGap  = 24 // of the line between two in a row
)

// CreateRenderer draws the steps.
func (s *Steps) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(s, s.draw, func() (float32, float32) {
		width := float32(0)
		for _, t := range s.titles {
			w := stepDot + 10 + look.Px(look.Width(t, look.SizeBody, true))
			if s.list {
				width = max(width, w)
			} else {
				width += w + stepGap + 16
			}
		}
		if s.list {
			return width, stepLine * float32(len(s.titles))
		}
		return max(0, width-stepGap-16), look.FieldHeight()
	})
}

func (s *Steps) draw(p *pen, width, height float32) {
	x, middle := float32(0), look.Px(height/2)
	for i, title := range s.titles {
		if s.list {
			middle = stepLine * (float32(i) + 0.5)
		}
		s.drawDot(p, x, middle, i)
		c := p.Muted
		if i == s.step {
			c = p.Text
		}
		room := width - x - stepDot - 10
		w := p.text(x+stepDot+10, middle+1, fitted(title, look.SizeBody, i == s.step, room), look.SizeBody, c, i == s.step)
		if s.list {
			continue
		}
		x += stepDot + 10 + look.Px(w)
		if i < len(s.titles)-1 {
			p.box(x+8, middle, stepGap, 1, p.Border, 0)
		}
		x += stepGap + 16
	}
}

func (s *Steps) drawDot(p *pen, x, middle float32, i int) {
	top := middle - stepDot/2
	switch {
	case i < s.step:
		p.box(x, top, stepDot, stepDot, p.Positive, stepDot/2)
		p.stroke("check", x+4, top+4, 12, p.OnAccent, 2.4)
	case i == s.step:
		p.box(x, top, stepDot, stepDot, p.Accent, stepDot/2)
		p.textCentre(x+stepDot/2, middle, strconv.Itoa(i+1), look.SizeSmall, p.OnAccent, true)
	default:
		p.frame(x, top, stepDot, stepDot, p.Surface, p.Border, stepDot/2)
		p.textCentre(x+stepDot/2, middle, strconv.Itoa(i+1), look.SizeSmall, p.Muted, false)
	}
}
