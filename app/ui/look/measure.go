package look

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

// face is a weight of the font in a size.
type face struct {
	size     float32
	semibold bool
}

// measured is what is known of a face.
type measured struct {
	letters map[rune]float32
	height  float32
}

var faces = map[face]*measured{}

func faceOf(standard float32, semibold bool) (*measured, face) {
	f := face{Size(standard), semibold}
	m, ok := faces[f]
	if !ok {
		m = &measured{map[rune]float32{}, f.measure("M").Height}
		faces[f] = m
	}
	return m, f
}

// measure shapes a text in the program's font, whatever Fyne's theme is now.
func (f face) measure(text string) fyne.Size {
	font := regular
	if f.semibold {
		font = semibold
	}
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, f.size, fyne.TextStyle{Bold: f.semibold}, font)
	return size
}

// Width returns the width of a text in a size of the standard scale. The font
// has neither kerning nor ligatures, so that letters add up; shaping each text
// took four fifths of the time of a page jump in a table.
func Width(text string, standard float32, semibold bool) float32 {
	m, f := faceOf(standard, semibold)
	var width float32
	for _, r := range text {
		w, ok := m.letters[r]
		if !ok {
			w = f.measure(string(r)).Width
			m.letters[r] = w
		}
		width += w
	}
	return width
}

// Shorten returns a text, cut with an ellipsis where it is wider than room.
func Shorten(text string, standard float32, semibold bool, room float32) string {
	return shorten(text, standard, semibold, room, func(letters []rune, n int, mark string) string {
		return strings.TrimRight(string(letters[:n]), " ") + mark
	})
}

// ShortenStart is Shorten for a text whose end tells more, such as a path.
func ShortenStart(text string, standard float32, semibold bool, room float32) string {
	return shorten(text, standard, semibold, room, func(letters []rune, n int, mark string) string {
		return mark + string(letters[len(letters)-n:])
	})
}

// shorten keeps as many letters as fit. The font's ellipsis stands at mid-height,
// which is right for Chinese alone.
func shorten(text string, standard float32, semibold bool, room float32, cut func(letters []rune, n int, mark string) string) string {
	if Width(text, standard, semibold) <= room {
		return text
	}
	mark := "..."
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		mark = "…"
	}
	letters := []rune(text)
	fits, over := 0, len(letters) // so many letters fit, so many do not
	for over-fits > 1 {
		middle := (fits + over) / 2
		if Width(cut(letters, middle, mark), standard, semibold) <= room {
			fits = middle
		} else {
			over = middle
		}
	}
	return cut(letters, fits, mark)
}

// LineHeight returns the height of a line in a size of the standard scale.
func LineHeight(standard float32, semibold bool) float32 {
	m, _ := faceOf(standard, semibold)
	return m.height
}
