package parts

import (
	"image/color"
	"iter"
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
	Copied   string // in place of Text, where that is shortened
	Tip      string // told while the pointer rests on the cell: the name behind a letter
	Number   bool   // at the right
	Masked   bool   // the text is a mask; it is shown as text all the same
	// Runs of letters of Text and of Second that are semibold: what a search found.
	Marks, SecondMarks [][2]int
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
	left += p.marked(left, middle, text, c.Marks, look.SizeBody, front)
	if c.Second != "" {
		left += secondGap
		text := fitted(c.Second, look.SizeSmall, false, right-left)
		p.marked(left, middle, text, c.SecondMarks, look.SizeSmall, p.Muted)
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
		width := markedWidth(c.Text, c.Marks, look.SizeSmall) + 2*chipPad
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
			width = markedWidth(text, c.Marks, look.SizeSmall) + 2*chipPad
		}
		front, ground := p.Of(c.Tone)
		if selected && ground == p.Button {
			ground = p.Surface
		}
		p.box(left, middle-height/2, width, height, ground, 4)
		p.marked(left+chipPad, middle, text, c.Marks, look.SizeSmall, front)
		left += width + 4
	}
	return full
}

// marked draws a text with runs of semibold letters and returns its width.
func (p *pen) marked(x, middle float32, text string, marks [][2]int, size float32, c color.Color) float32 {
	start := x
	for part, semibold := range runs(text, marks) {
		x += p.text(x, middle, part, size, c, semibold)
	}
	return x - start
}

func markedWidth(text string, marks [][2]int, size float32) (width float32) {
	for part, semibold := range runs(text, marks) {
		width += look.Width(part, size, semibold)
	}
	return width
}

// runs parts a text where it becomes semibold and where it ends to be.
func runs(text string, marks [][2]int) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		letters, at := []rune(text), 0
		for _, m := range marks {
			from, to := max(at, min(m[0], len(letters))), max(at, min(m[1], len(letters)))
			if from > at && !yield(string(letters[at:from]), false) {
				return
			}
			if to > from && !yield(string(letters[from:to]), true) {
				return
			}
			at = to
		}
		if at < len(letters) {
			yield(string(letters[at:]), false)
		}
	}
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
