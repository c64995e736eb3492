package parts

import (
	"strings"

	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// Stack stacks objects, each as wide as the column, as a profile does.
type Stack struct {
	drawnOnly
	list []fyne.CanvasObject
}

const stackGap = 7

// NewStack returns a column; hidden objects take no room.
func NewStack(list ...fyne.CanvasObject) *Stack {
	c := &Stack{list: list}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer draws the column.
func (c *Stack) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(c, func(p *pen, width, _ float32) {
		y := float32(0)
		for _, o := range c.list {
			if !o.Visible() {
				continue
			}
			o.Resize(fyne.NewSize(width, o.MinSize().Height)) // wrapped text knows its height by its width
			height := o.MinSize().Height
			p.child(o, 0, y, width, height)
			y += height + stackGap
		}
	}, func() (float32, float32) {
		var width, height float32
		for _, o := range c.list {
			if o.Visible() {
				m := o.MinSize()
				width, height = max(width, m.Width), height+m.Height+stackGap
			}
		}
		return width, max(0, height-stackGap)
	})
}

// Rule is a thin line with room above and below.
type Rule struct{ drawnOnly }

// NewRule returns a line.
func NewRule() *Rule {
	r := &Rule{}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer draws the line.
func (r *Rule) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(r, func(p *pen, width, height float32) { p.box(0, height/2, width, 1, p.Line, 0) },
		func() (float32, float32) { return 10, 9 })
}

// Head is the title of a part of a profile, with an object at its right.
type Head struct {
	drawnOnly
	title string
	right fyne.CanvasObject
}

// NewHead returns a title; right may be nil.
func NewHead(title string, right fyne.CanvasObject) *Head {
	h := &Head{title: title, right: right}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer draws the title.
func (h *Head) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(h, func(p *pen, width, height float32) {
		room := width
		if h.right != nil {
			m, edge := h.right.MinSize(), width
			if b, ok := h.right.(*Button); ok && b.rank == link {
				edge += b.inset() // the word stands at the edge, not its hover
			}
			p.child(h.right, edge-m.Width, (height-m.Height)/2, m.Width, m.Height)
			room -= m.Width + 8
		}
		p.text(0, height/2, fitted(h.title, look.SizeBody, true, room), look.SizeBody, p.Text, true)
	}, func() (float32, float32) { return 80, look.Height(24) })
}

// LetterLine is an account: the letter of its marketplace in a square, and its name.
type LetterLine struct {
	drawnOnly
	letter, text string
	tips         *tipArea
}

// NewLetterLine returns a line; tip names the marketplace in full.
func NewLetterLine(letter, text, tip string) *LetterLine {
	l := &LetterLine{letter: letter, text: text, tips: newTipArea()}
	l.tips.text = tip
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the line.
func (l *LetterLine) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, func(p *pen, width, height float32) {
		p.box(0, height/2-8, 16, 16, p.Button, 4)
		p.textCentre(8, height/2, l.letter, 11, p.Muted, false)
		p.text(22, height/2, fitted(l.text, look.SizeBody, false, width-22), look.SizeBody, p.Text, false)
		p.child(l.tips, 0, 0, 16, height)
	}, func() (float32, float32) { return 80, look.Height(20) })
}

// MaskLine is a masked value behind an icon, with a link at its right.
type MaskLine struct {
	drawnOnly
	icon  string
	mask  *MaskedText
	right *Button
}

// NewMaskLine returns a line; right may be nil.
func NewMaskLine(icon, mask string, right *Button) *MaskLine {
	l := &MaskLine{icon: icon, mask: NewMaskedText(mask), right: right}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the line.
func (l *MaskLine) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, func(p *pen, width, height float32) {
		p.icon(l.icon, 0, height/2-8, 15, p.Muted)
		room := width - 22
		if l.right != nil {
			m := l.right.MinSize()
			p.child(l.right, width-m.Width, (height-m.Height)/2, m.Width, m.Height)
			room -= m.Width + 6
		}
		l.mask.SetWidth(room)
		m := l.mask.MinSize()
		p.child(l.mask, 22, (height-m.Height)/2, min(m.Width, room), m.Height)
	}, func() (float32, float32) { return 120, look.Height(26) })
}

// OrderLine is an order at a glance: its day, what was bought, the amount.
type OrderLine struct {
	drawnOnly
	day, goods, amount string
	tone               look.Tone
}

// NewOrderLine returns a line; the tone is that of the amount.
func NewOrderLine(day, goods, amount string, tone look.Tone) *OrderLine {
	l := &OrderLine{day: day, goods: goods, amount: amount, tone: tone}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the line.
func (l *OrderLine) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, func(p *pen, width, height float32) {
		day := max(50, whole(look.Width(l.day, look.SizeBody, false))+14)
		front, _ := p.Of(l.tone)
		p.text(0, height/2, l.day, look.SizeBody, p.Muted, false)
		amount := p.textRight(width, height/2, l.amount, look.SizeBody, front, false)
		p.text(day, height/2, fitted(l.goods, look.SizeBody, false, width-day-amount-10), look.SizeBody, p.Text, false)
	}, func() (float32, float32) { return 160, look.Height(18) })
}

// CountLine is a line of a sum: what is counted, a link that lists it, and the
// number.
type CountLine struct {
	drawnOnly
	text, number string
	total        bool
	link         *Button
}

// NewCountLine returns a line; a total stands below a rule. The link, which is
// left out where its text is blank, opens a list beside the object it is given.
func NewCountLine(text, link, number string, total bool, open func(at fyne.CanvasObject)) *CountLine {
	l := &CountLine{text: text, number: number, total: total}
	if link != "" {
		l.link = Link(link, "", func() { open(l.link) })
	}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the line.
func (l *CountLine) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, func(p *pen, width, height float32) {
		tone, middle := p.Muted, height/2
		if l.total {
			p.box(0, 0, width, 1, p.Line, 0)
			tone, middle = p.Text, height/2+2
		}
		right := width - p.textRight(width, middle, l.number, look.SizeBody, tone, l.total) - 12
		if l.link != nil {
			m := l.link.MinSize()
			right -= m.Width
			p.child(l.link, right, middle-m.Height/2, m.Width, m.Height)
		}
		p.text(0, middle, fitted(l.text, look.SizeBody, l.total, right-8), look.SizeBody, tone, l.total)
	}, func() (float32, float32) {
		if l.total {
			return 160, look.Height(28)
		}
		return 160, look.Height(18)
	})
}

// Box is a quiet box around an object.
type Box struct {
	drawnOnly
	inside fyne.CanvasObject
}

const boxPadding = 12

// NewBox returns a box.
func NewBox(inside fyne.CanvasObject) *Box {
	b := &Box{inside: inside}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer draws the box.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(b, func(p *pen, width, height float32) {
		p.frame(0, 0, width, height, p.Header, p.Line, 6)
		p.child(b.inside, boxPadding, boxPadding, width-2*boxPadding, height-2*boxPadding)
	}, func() (float32, float32) {
		m := b.inside.MinSize()
		return m.Width + 2*boxPadding, m.Height + 2*boxPadding
	})
}

// PairLine is a name and a value, at both ends of a line.
type PairLine struct {
	drawnOnly
	name, value string
	tone        look.Tone
	tips        *tipArea
}

// NewPairLine returns a line; the tone is that of the value.
func NewPairLine(name, value string, tone look.Tone) *PairLine {
	l := &PairLine{name: name, value: value, tone: tone, tips: newTipArea()}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the line.
func (l *PairLine) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, func(p *pen, width, height float32) {
		const between = 12
		front, _ := p.Of(l.tone)
		// The name leaves the value its room, up to half of the line.
		name := fitted(l.name, look.SizeBody, false, max(width/2, width-between-look.Width(l.value, look.SizeBody, false)))
		value := fitted(l.value, look.SizeBody, false, width-between-p.text(0, height/2, name, look.SizeBody, p.Muted, false))
		p.textRight(width, height/2, value, look.SizeBody, front, false)
		var full []string
		if name != l.name {
			full = append(full, l.name)
		}
		if value != l.value {
			full = append(full, l.value)
		}
		if len(full) > 0 {
			l.tips.text = strings.Join(full, "\n")
			p.child(l.tips, 0, 0, width, height)
		}
	}, func() (float32, float32) { return 160, look.Height(18) })
}

// GoodsLine is what was bought, in two lines, and its amount.
type GoodsLine struct {
	drawnOnly
	title, second, amount string
	tips                  *tipArea
}

// NewGoodsLine returns the lines.
func NewGoodsLine(title, second, amount string) *GoodsLine {
	l := &GoodsLine{title: title, second: second, amount: amount, tips: newTipArea()}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the lines.
func (l *GoodsLine) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, func(p *pen, width, height float32) {
		amount := p.textRight(width, height/4, l.amount, look.SizeBody, p.Text, false)
		room := width - amount - 12
		title, second := fitted(l.title, look.SizeBody, false, room), fitted(l.second, look.SizeSmall, false, width)
		p.text(0, height/4, title, look.SizeBody, p.Text, false)
		p.text(0, height*3/4, second, look.SizeSmall, p.Muted, false)
		if title != l.title || second != l.second {
			l.tips.text = l.title + "\n" + l.second
			p.child(l.tips, 0, 0, width, height)
		}
	}, func() (float32, float32) { return 160, look.Height(40) })
}

// Pair is a label with its value at the right, such as a part of a sum.
type Pair struct {
	drawnOnly
	label, value string
	tone         look.Tone
	sum          bool
}

// NewPair returns a line; a sum is semibold, with a line above.
func NewPair(label, value string, tone look.Tone, sum bool) *Pair {
	l := &Pair{label: label, value: value, tone: tone, sum: sum}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the line.
func (l *Pair) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, func(p *pen, width, height float32) {
		front, _ := p.Of(l.tone)
		middle := height / 2
		if l.sum {
			p.box(0, 0, width, 1, p.Line, 0)
			middle += 2
		}
		value := p.textRight(width, middle, l.value, look.SizeBody, front, l.sum)
		p.text(0, middle, fitted(l.label, look.SizeBody, l.sum, width-value-12), look.SizeBody, front, l.sum)
	}, func() (float32, float32) {
		height := look.Height(18)
		if l.sum {
			height += 5
		}
		return 160, height
	})
}

// EmptyLine says in the middle of a card that it has nothing to show.
type EmptyLine struct {
	drawnOnly
	icon, text string
}

// NewEmptyLine returns a line with an icon.
func NewEmptyLine(icon, text string) *EmptyLine {
	l := &EmptyLine{icon: icon, text: text}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the line.
func (l *EmptyLine) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, func(p *pen, width, height float32) {
		text := fitted(l.text, look.SizeBody, false, width-40)
		wide := look.Width(text, look.SizeBody, false) + 24
		x, middle := (width-wide)/2, height*0.45
		p.icon(l.icon, x, middle-8, 16, p.Positive)
		p.text(x+24, middle, text, look.SizeBody, p.Muted, false)
	}, func() (float32, float32) { return 120, look.Height(48) })
}
