package parts

import (
	"strings"

	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// Excerpt shows the part of a typed text that is wrong, underlined, with what
// stands around it.
type Excerpt struct {
	drawnOnly
	text     string
	from, to int
}

// NewExcerpt returns an excerpt that is hidden until it is given a text.
func NewExcerpt() *Excerpt {
	e := &Excerpt{}
	e.ExtendBaseWidget(e)
	e.Hide()
	return e
}

// Set shows a text of which the letters from and before to are wrong; blank
// hides the excerpt.
func (e *Excerpt) Set(text string, from, to int) {
	e.text, e.from, e.to = text, from, to
	if text == "" {
		e.Hide()
		return
	}
	e.Show()
	e.Refresh()
}

// CreateRenderer draws the excerpt.
func (e *Excerpt) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(e, func(p *pen, width, height float32) { p.excerpt(e.text, e.from, e.to, width, height/2) },
		func() (float32, float32) { return 120, look.Height(paraLine) })
}

// excerpt draws a part of a text underlined. Spaces that lead are not counted.
func (p *pen) excerpt(text string, from, to int, width, middle float32) {
	letters := []rune(strings.ReplaceAll(text, "\n", " "))
	lead := len(letters) - len([]rune(strings.TrimLeft(string(letters), " ")))
	from = min(max(lead+from, 0), len(letters))
	to = min(max(lead+to, from), len(letters))
	before, wrong, after := string(letters[:from]), string(letters[from:to]), string(letters[to:])
	measure := func(s string) float32 { return look.Width(s, look.SizeSmall, false) }
	wrong = fitted(wrong, look.SizeSmall, false, width*2/3)
	room := max(width/3, width-measure(wrong)-40) - 12
	for start := []rune(before); measure(before) > room && len(start) > 0; {
		start = start[1:]
		before = "..." + string(start)
	}
	x := p.text(0, middle, before, look.SizeSmall, p.Muted, false)
	under := max(measure(wrong), 8)
	p.text(x, middle, wrong, look.SizeSmall, p.Danger, false)
	p.box(x, middle+look.Px(look.Size(8)), under, 2, p.Danger, 0)
	if rest := width - x - under; rest > 24 && after != "" {
		p.text(x+under, middle, fitted(after, look.SizeSmall, false, rest), look.SizeSmall, p.Muted, false)
	}
}
