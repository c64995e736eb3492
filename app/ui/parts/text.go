package parts

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/look"
)

// drawnOnly is what a widget embeds that draws itself and takes no input.
type drawnOnly struct{ widget.BaseWidget }

// Text is one line. Where it is wider than its room it ends in an ellipsis and
// tells the rest in a tooltip.
type Text struct {
	drawnOnly

	// Align is where the line stands in its room.
	Align fyne.TextAlign
	// Semibold draws the heavier weight.
	Semibold bool

	text string
	size float32
	tone look.Tone
	max  float32
	tips *tipArea
}

// NewText returns a line in a size of the standard scale, such as look.SizeBody.
func NewText(text string, size float32, tone look.Tone) *Text {
	t := &Text{text: text, size: size, tone: tone, tips: newTipArea()}
	t.ExtendBaseWidget(t)
	return t
}

// NewTitle returns a semibold line.
func NewTitle(text string, size float32) *Text {
	t := NewText(text, size, look.Plain)
	t.Semibold = true
	return t
}

// SetText changes the text.
func (t *Text) SetText(text string) {
	if t.text != text {
		t.text = text
		t.Refresh()
	}
}

// Text returns the whole text.
func (t *Text) Text() string { return t.text }

// SetTone changes the colour.
func (t *Text) SetTone(tone look.Tone) {
	if t.tone != tone {
		t.tone = tone
		t.Refresh()
	}
}

// SetMax limits the width that the line asks for; 0 asks for all of it.
func (t *Text) SetMax(width float32) {
	t.max = width
	t.Refresh()
}

// Shrink lets the line be as narrow as its room is.
func (t *Text) Shrink() *Text {
	t.max = 1
	t.Refresh()
	return t
}

// CreateRenderer draws the line.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(t, t.draw, func() (float32, float32) {
		m := fyne.MeasureText(t.text, look.Size(t.size), fyne.TextStyle{Bold: t.Semibold})
		if t.max > 0 {
			m.Width = min(m.Width, t.max)
		}
		return m.Width, m.Height
	})
}

func (t *Text) draw(p *pen, width, height float32) {
	front, _ := p.Of(t.tone)
	text := t.text
	if look.Width(text, t.size, t.Semibold) > width+0.5 {
		text = fitted(text, t.size, t.Semibold, width)
		t.tips.text = t.text
		p.child(t.tips, 0, 0, width, height)
	}
	switch t.Align {
	case fyne.TextAlignTrailing:
		p.textRight(width, height/2, text, t.size, front, t.Semibold)
	case fyne.TextAlignCenter:
		p.textCentre(width/2, height/2, text, t.size, front, t.Semibold)
	default:
		p.text(0, height/2, text, t.size, front, t.Semibold)
	}
}

// tipArea shows a tooltip while the pointer is on it. A widget draws it only
// where there is something to tell, or it would take the pointer from what it
// stands on.
type tipArea struct {
	drawnOnly
	text string
}

func newTipArea() *tipArea {
	a := &tipArea{}
	a.ExtendBaseWidget(a)
	return a
}

// MouseIn shows the tooltip after a while.
func (a *tipArea) MouseIn(*desktop.MouseEvent) { showTip(a, a.text) }

// MouseMoved is of no interest.
func (a *tipArea) MouseMoved(*desktop.MouseEvent) {}

// MouseOut hides the tooltip.
func (a *tipArea) MouseOut() { hideTip(a) }

// CreateRenderer draws nothing.
func (a *tipArea) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(a, func(*pen, float32, float32) {}, func() (float32, float32) { return 0, 0 })
}

// paraLine is the height of a line of a wrapped text.
const paraLine = 20

// Para is a wrapped text.
type Para struct {
	drawnOnly

	text     string
	width    float32
	size     float32
	tone     look.Tone
	semibold bool
	align    fyne.TextAlign
}

// NewPara returns a text wrapped at a width, or with 0 at the width it is given.
func NewPara(text string, width float32) *Para {
	p := &Para{text: text, width: width, size: look.SizeBody}
	p.ExtendBaseWidget(p)
	return p
}

// SetText changes the text.
func (p *Para) SetText(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// Text returns the text.
func (p *Para) Text() string { return p.text }

// SetTone changes the colour.
func (p *Para) SetTone(tone look.Tone) *Para {
	p.tone = tone
	p.Refresh()
	return p
}

// SetSize changes the size, one of the standard scale.
func (p *Para) SetSize(size float32) *Para {
	p.size = size
	p.Refresh()
	return p
}

// SetAlign changes where the lines stand.
func (p *Para) SetAlign(align fyne.TextAlign) *Para {
	p.align = align
	p.Refresh()
	return p
}

// measure is the width at which the text is wrapped now.
func (p *Para) measure() float32 {
	switch {
	case p.Size().Width > 1:
		return p.Size().Width
	case p.width > 0:
		return p.width
	default:
		return 280
	}
}

func (p *Para) line() float32 { return look.Height(paraLine) }

// CreateRenderer draws the text.
func (p *Para) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(p, func(pen *pen, width, _ float32) {
		front, _ := pen.Of(p.tone)
		for i, text := range wrap(p.text, p.size, p.measure()) {
			middle := p.line() * (float32(i) + 0.5)
			if p.align == fyne.TextAlignCenter {
				pen.textCentre(width/2, middle, text, p.size, front, p.semibold)
			} else {
				pen.text(0, middle, text, p.size, front, p.semibold)
			}
		}
	}, func() (float32, float32) {
		lines := wrap(p.text, p.size, p.measure())
		var width float32
		if p.width > 0 {
			for _, text := range lines {
				width = max(width, look.Width(text, p.size, p.semibold))
			}
			width = min(width, p.width)
		}
		return width, p.line() * float32(len(lines))
	})
}

// Resize wraps anew; what holds the text is told when it became higher.
func (p *Para) Resize(size fyne.Size) {
	before := len(wrap(p.text, p.size, p.measure()))
	p.BaseWidget.Resize(size)
	if before != len(wrap(p.text, p.size, p.measure())) {
		p.Refresh()
	}
}

// Characters that may not start a line, and those that may not end one.
const (
	noStart = "，。、；：？！）」』”’》〉】〕…—·～％,.;:?!)]}%"
	noEnd   = "（「『“‘《〈【〔([{¥$#"
)

// wrap breaks a text into lines that fit a width: Western words as a whole,
// Chinese between any two characters but before 。， and after （.
func wrap(text string, size, width float32) []string {
	var lines []string
	for part := range strings.SplitSeq(text, "\n") {
		lines = append(lines, wrapOne(part, size, width)...)
	}
	return lines
}

func wrapOne(text string, size, width float32) []string {
	var lines []string
	line := ""
	for _, piece := range pieces(text) {
		if line != "" && look.Width(line+strings.TrimRight(piece, " "), size, false) > width {
			lines = append(lines, strings.TrimRight(line, " "))
			line = ""
		}
		for line == "" && look.Width(strings.TrimRight(piece, " "), size, false) > width {
			cut := fits(piece, size, width)
			lines = append(lines, piece[:cut])
			piece = piece[cut:]
		}
		line += piece
	}
	return append(lines, strings.TrimRight(line, " "))
}

// fits is how many bytes of a word without a break fit a width, at least one
// letter. A letter goes with the 。 after it.
func fits(word string, size, width float32) int {
	end, before := 0, 0
	for i, r := range word {
		next := i + len(string(r))
		if end > 0 && look.Width(word[:next], size, false) > width {
			if before > 0 && strings.ContainsRune(noStart, r) {
				return before
			}
			break
		}
		before, end = end, next
	}
	return end
}

// pieces are the parts of a text between which a line may break.
func pieces(text string) []string {
	var all []string
	start := 0
	var before rune
	for i, r := range text {
		if i > start && mayBreak(before, r) {
			all = append(all, text[start:i])
			start = i
		}
		before = r
	}
	return append(all, text[start:])
}

func mayBreak(before, after rune) bool {
	switch {
	case after == ' ' || strings.ContainsRune(noStart, after):
		return false
	case before == ' ':
		return true
	case strings.ContainsRune(noEnd, before):
		return false
	case before == '\\' || before == '/' && unicode.IsLetter(after):
		return true
	default:
		return isHan(before) || isHan(after)
	}
}

func isHan(r rune) bool { return r >= 0x2E80 }
