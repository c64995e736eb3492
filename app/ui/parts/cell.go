package parts

import (
	"image/color"
	"strconv"

	"kebu/app/ui/look"
)

// Cell is what stands in one cell of a table: a value, no widget.
type Cell struct {
	Letter   string // of a marketplace, in a square before the text
	Icon     string // before the text; of a number, before the figure
	IconTone look.Tone
	Text     string
	Second   string // muted, after the text
	Chips    []Chip // as many as fit, then +n
	Tone     look.Tone
	Copied   string   // in place of Text, where that is shortened
	Tip      string   // told while the pointer rests on the cell: the name behind a letter
	Number   bool     // at the right
	Masked   bool     // the text is a mask; it is shown as text all the same
	Marks    [][2]int // runs of letters of Text that are semibold: what a search found
}

const (
	cellLeft  = 8
	cellRight = 10
	chipPad   = 7
	secondGap = 6
)

// drawCell draws a cell in a box of the row and returns the full text if it had
// to be shortened.
func (p *pen) drawCell(c Cell, x, width, height float32, selected bool) (full string) {
	middle := (height - 1) / 2
	front, _ := p.Of(c.Tone)
	if c.Number {
		return p.drawNumber(c, x, width, middle)
	}
	left, right := x+cellLeft, x+width-4
	if c.Letter != "" {
		p.box(left, middle-8, 16, 16, p.Button, 4)
		p.textCentre(left+8, middle, c.Letter, 11, p.Muted, false)
		left += 22
	}
	if c.Icon != "" {
		tone, _ := p.Of(c.IconTone)
		p.icon(c.Icon, left, middle-7, 13, tone)
		left += 18
	}
	if len(c.Chips) > 0 {
		return p.drawChips(c.Chips, left, right, middle, selected)
	}
	room := right - left
	if c.Second != "" { // keeps a third, and gets what the text leaves
		room -= min(look.Width(c.Second, look.SizeSmall, false)+secondGap, room/3)
	}
	text := fitted(c.Text, look.SizeBody, false, room)
	if text != c.Text {
		full = c.Text
	}
	left += p.marked(left, middle, text, c.Marks, front)
	if c.Second != "" {
		left += secondGap
		text := fitted(c.Second, look.SizeSmall, false, right-left)
		p.text(left, middle, text, look.SizeSmall, p.Muted, false)
		if text != c.Second {
			full = c.Text + "  " + c.Second
		}
	}
	return full
}

func (p *pen) drawNumber(c Cell, x, width, middle float32) (full string) {
	front, _ := p.Of(c.Tone)
	room := width - cellRight - 4
	if c.Icon != "" {
		room -= 18
	}
	text := fitted(c.Text, look.SizeBody, false, room)
	wide := p.textRight(x+width-cellRight, middle, text, look.SizeBody, front, false)
	if c.Icon != "" && c.Text != "" {
		p.icon(c.Icon, x+width-cellRight-wide-18, middle-7, 13, front)
	}
	if text != c.Text {
		return c.Text
	}
	return ""
}

// drawChips draws as many chips as fit, then how many more there are.
func (p *pen) drawChips(chips []Chip, left, right, middle float32, selected bool) (full string) {
	height := look.Height(20)
	for i, c := range chips {
		width := look.Width(c.Text, look.SizeSmall, false) + 2*chipPad
		rest := float32(0)
		if i < len(chips)-1 {
			rest = 26 // of the +n
		}
		if left+width+rest > right && i > 0 {
			p.text(left, middle, "+"+strconv.Itoa(len(chips)-i), look.SizeSmall, p.Muted, false)
			return join(chips)
		}
		text := fitted(c.Text, look.SizeSmall, false, right-left-2*chipPad-rest)
		if text != c.Text {
			full = join(chips)
			width = look.Width(text, look.SizeSmall, false) + 2*chipPad
		}
		front, ground := p.Of(c.Tone)
		if selected && ground == p.Button {
			ground = p.Surface
		}
		p.box(left, middle-height/2, width, height, ground, 4)
		p.text(left+chipPad, middle, text, look.SizeSmall, front, false)
		left += width + 4
	}
	return full
}

// marked draws a text with runs of semibold letters and returns its width.
func (p *pen) marked(x, middle float32, text string, marks [][2]int, c color.Color) float32 {
	if len(marks) == 0 {
		return p.text(x, middle, text, look.SizeBody, c, false)
	}
	letters := []rune(text)
	start, at := x, 0
	for _, m := range marks {
		from, to := max(at, min(m[0], len(letters))), max(at, min(m[1], len(letters)))
		if from > at {
			x += p.text(x, middle, string(letters[at:from]), look.SizeBody, c, false)
		}
		if to > from {
			x += p.text(x, middle, string(letters[from:to]), look.SizeBody, c, true)
		}
		at = to
	}
	if at < len(letters) {
		x += p.text(x, middle, string(letters[at:]), look.SizeBody, c, false)
	}
	return x - start
}

// text returns a cell as it is copied.
func (c Cell) text() string {
	switch {
	case len(c.Chips) > 0:
		return join(c.Chips)
	case c.Copied != "":
		return c.Copied
	case c.Second != "":
		return c.Text + " " + c.Second
	default:
		return c.Text
	}
}

func join(chips []Chip) string {
	text := ""
	for i, c := range chips {
		if i > 0 {
			text += " "
		}
		text += c.Text
	}
	return text
}

// tipOf is what is told of a cell that had to be shortened, or has something to
// tell anyway.
func tipOf(c Cell, full string) string {
	if c.Tip == "" || full == "" {
		return c.Tip + full
	}
	return c.Tip + "\n" + full
}
