package parts

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// Chips are tags in rows. Those past the limit fold into +n, which unfolds
// them. Where tags can be opened or taken away each can be focused: Enter
// opens it, Del removes it.
type Chips struct {
	drawnOnly
	max     int
	width   float32
	addText string
	chips   []Chip
	shown   bool // those past the limit too
	pieces  []*chipPiece

	add    func(at fyne.CanvasObject)
	remove func(i int)
	open   func(i int)
}

// NewChips returns a row without chips; it will show at most a number of them,
// or with 0 all.
func NewChips(most int) *Chips {
	c := &Chips{max: most}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows chips.
func (c *Chips) Set(chips []Chip) {
	c.chips, c.shown = chips, false
	c.arrange()
}

// SetWidth gives the width at which chips go on in the next row; 0 is one row.
func (c *Chips) SetWidth(width float32) {
	c.width = width
	c.Refresh()
}

// OnAdd shows a plus, with a word or alone, which adds a chip by what it opens
// beside the object it is given.
func (c *Chips) OnAdd(word string, add func(at fyne.CanvasObject)) {
	c.addText, c.add = word, add
	c.arrange()
}

// OnRemove lets chip i be taken away, by its × or by Del.
func (c *Chips) OnRemove(remove func(i int)) {
	c.remove = remove
	c.arrange()
}

// OnTapped opens chip i.
func (c *Chips) OnTapped(open func(i int)) {
	c.open = open
	c.arrange()
}

// arrange makes the pieces anew and leaves the focus at its place among them.
func (c *Chips) arrange() {
	focus := -1
	for i, p := range c.pieces {
		if p.focused {
			focus = i
		}
	}
	c.pieces = nil
	for i, chip := range c.chips {
		if c.max > 0 && i == c.max && !c.shown {
			break
		}
		c.pieces = append(c.pieces, newChipPiece(c, chipTag, i, chip))
	}
	if rest := len(c.chips) - len(c.pieces); rest > 0 {
		c.pieces = append(c.pieces, newChipPiece(c, chipRest, 0, Chip{Text: "+" + strconv.Itoa(rest), Tone: look.Muted}))
	}
	if c.add != nil {
		c.pieces = append(c.pieces, newChipPiece(c, chipAdd, 0, Chip{Text: c.addText, Tone: look.Accent}))
	}
	c.Refresh()
	if canvas := canvasOf(c); canvas != nil && focus >= 0 && len(c.pieces) > 0 {
		if p := c.pieces[min(focus, len(c.pieces)-1)]; p.active() {
			canvas.Focus(p)
		}
	}
}

const (
	chipHeight = 20
	chipGap    = 5
	chipRow    = 26 // from one row to the next
)

// walk visits the pieces with their places and returns the width and height of all.
func (c *Chips) walk(visit func(p *chipPiece, x, y, width float32)) (width, height float32) {
	row, x, y := look.Height(chipRow), float32(0), float32(0)
	for _, p := range c.pieces {
		w := p.wide()
		if c.width > 0 {
			w = min(w, c.width)
			if x > 0 && x+w > c.width {
				x, y = 0, y+row
			}
		}
		visit(p, x, y, w)
		width = max(width, x+w)
		x += w + chipGap
	}
	return width, y + look.Height(chipHeight)
}

// CreateRenderer draws the chips.
func (c *Chips) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(c, func(p *pen, _, _ float32) {
		c.walk(func(piece *chipPiece, x, y, width float32) {
			if piece.active() {
				p.child(piece, x, y, width, look.Height(chipHeight))
			} else {
				drawChip(p, piece.chip, x, y, width)
			}
		})
	}, func() (float32, float32) {
		return c.walk(func(*chipPiece, float32, float32, float32) {})
	})
}

// chipWidth is how wide a chip is with its text.
func chipWidth(c Chip) float32 {
	return float32(math.Ceil(float64(look.Width(c.Text, look.SizeSmall, false)))) + 14
}

// drawChip draws a chip. Its ground is that of its tone.
func drawChip(p *pen, c Chip, x, y, width float32) {
	front, ground := p.Of(c.Tone)
	if c.Tone == look.Plain {
		front = p.Muted
	}
	height := look.Height(chipHeight)
	p.box(x, y, width, height, ground, 4)
	p.text(x+7, y+height/2, fitted(c.Text, look.SizeSmall, false, width-14), look.SizeSmall, front, false)
}

type chipKind int

const (
	chipTag chipKind = iota
	chipRest
	chipAdd
)

// chipPiece is a chip, the +n or the plus.
type chipPiece struct {
	drawn
	of   *Chips
	kind chipKind
	i    int
	chip Chip
}

func newChipPiece(of *Chips, kind chipKind, i int, chip Chip) *chipPiece {
	p := &chipPiece{of: of, kind: kind, i: i, chip: chip}
	p.ExtendBaseWidget(p)
	return p
}

// active says whether the piece does something.
func (c *chipPiece) active() bool {
	return c.kind != chipTag || c.of.remove != nil || c.of.open != nil
}

func (c *chipPiece) wide() float32 {
	if c.kind == chipAdd {
		if c.chip.Text == "" {
			return 22
		}
		return chipWidth(c.chip) + 12
	}
	width := chipWidth(c.chip)
	if c.kind == chipTag && c.of.remove != nil {
		width += crossWidth - 4
	}
	return width
}

// Tapped adds, unfolds, removes by the ×, or opens.
func (c *chipPiece) Tapped(e *fyne.PointEvent) {
	switch {
	case c.kind == chipAdd:
		c.of.add(c)
	case c.kind == chipRest:
		c.of.shown = true
		c.of.arrange()
	case c.of.remove != nil && e.Position.X >= c.Size().Width-crossWidth:
		c.of.remove(c.i)
	case c.of.open != nil:
		c.of.open(c.i)
	}
}

// TypedKey opens with Enter or Space, and removes with Del.
func (c *chipPiece) TypedKey(e *fyne.KeyEvent) {
	switch {
	case (e.Name == fyne.KeyDelete || e.Name == fyne.KeyBackspace) && c.kind == chipTag && c.of.remove != nil:
		c.of.remove(c.i)
	case isTap(e) && plain() && (c.kind != chipTag || c.of.open != nil):
		c.Tapped(&fyne.PointEvent{})
	default:
		Bubble(c, e)
	}
}

// crossWidth is the part of a chip that its × takes.
const crossWidth = 18

// MouseIn darkens the ×.
func (c *chipPiece) MouseIn(*desktop.MouseEvent) { c.hover(true) }

// MouseMoved is of no interest.
func (c *chipPiece) MouseMoved(*desktop.MouseEvent) {}

// MouseOut lightens the ×.
func (c *chipPiece) MouseOut() { c.hover(false) }

// Cursor is a hand.
func (c *chipPiece) Cursor() desktop.Cursor { return hand(true) }

// CreateRenderer draws the piece.
func (c *chipPiece) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(c, c.draw, func() (float32, float32) { return c.wide(), look.Height(chipHeight) })
}

func (c *chipPiece) draw(p *pen, width, height float32) {
	switch c.kind {
	case chipTag:
		drawChip(p, c.chip, 0, 0, width)
		if c.of.remove != nil {
			cross := p.Faint
			if c.hovered || c.focused {
				cross = p.Text
			}
			p.icon("close", width-crossWidth+1, look.Px(height/2)-6, 12, cross)
		}
	case chipRest:
		p.textCentre(width/2, height/2, c.chip.Text, look.SizeSmall, p.Muted, false)
	case chipAdd:
		p.icon("plus", 4, look.Px(height/2)-7, 14, p.Accent)
		p.text(22, height/2, c.chip.Text, look.SizeSmall, p.Accent, false)
	}
	if c.hovered && c.kind != chipTag {
		p.box(0, 0, width, height, p.shade(second, 0x0D), 4)
	}
	if c.focused {
		p.ring(0, 0, width, height, 4)
	}
}
