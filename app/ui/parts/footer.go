package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// Footer is the row below a table: what it adds up to, or what can be done with
// the selected rows.
type Footer struct {
	drawnOnly
	text    string
	note    string
	strong  bool
	actions []*Button
	right   *Button
	total   string
}

// FooterHeight is that of a footer at the standard text size.
const FooterHeight = 38

// NewFooter returns an empty footer.
func NewFooter() *Footer {
	f := &Footer{}
	f.ExtendBaseWidget(f)
	return f
}

// SetText shows a text and no actions.
func (f *Footer) SetText(text string) { f.set(text, false, nil, nil) }

// SetActions shows how many rows are selected and what can be done with them;
// right, which may be nil, stands at the right.
func (f *Footer) SetActions(text string, actions []*Button, right *Button) {
	f.set(text, true, actions, right)
}

// SetNote shows a muted text after the text, until that is another: what the
// selected rows add up to.
func (f *Footer) SetNote(note string) {
	f.note = note
	f.Refresh()
}

// SetTotal shows a semibold text at the right, until there is another text: what
// the rows add up to.
func (f *Footer) SetTotal(total string) {
	f.total = total
	f.Refresh()
}

func (f *Footer) set(text string, strong bool, actions []*Button, right *Button) {
	f.text, f.note, f.total, f.strong, f.actions, f.right = text, "", "", strong, actions, right
	f.Refresh()
}

// CreateRenderer draws the footer.
func (f *Footer) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(f, f.draw, func() (float32, float32) { return 200, look.Height(FooterHeight) })
}

func (f *Footer) draw(p *pen, width, height float32) {
	p.box(0, 0, width, height, p.Header, 0)
	p.box(0, 0, width, 1, p.Line, 0)
	right := width - 14
	if f.right != nil {
		m := f.right.MinSize()
		right -= m.Width
		p.child(f.right, right, (height-m.Height)/2, m.Width, m.Height)
	}
	if f.total != "" {
		right -= p.textRight(right, height/2, f.total, look.SizeBody, p.Text, true) + 12
	}
	x, tone := float32(14), p.Muted
	if f.strong {
		tone = p.Text
	}
	var buttons float32
	for _, b := range f.actions {
		buttons += b.MinSize().Width + 4
	}
	x += p.text(x, height/2, fitted(f.text, look.SizeBody, f.strong, right-x-buttons-12), look.SizeBody, tone, f.strong) + 12
	const least = 40 // of a note that still says something
	if room := right - x - buttons - 12; f.note != "" && room > least {
		x += p.text(x, height/2, fitted(f.note, look.SizeBody, false, room), look.SizeBody, p.Muted, false) + 12
	}
	for _, b := range f.actions {
		m := b.MinSize()
		p.child(b, x, (height-m.Height)/2, m.Width, m.Height)
		x += m.Width + 4
	}
}
