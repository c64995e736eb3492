package look

import "fyne.io/fyne/v2"

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

// LineHeight returns the height of a line in a size of the standard scale.
func LineHeight(standard float32, semibold bool) float32 {
	m, _ := faceOf(standard, semibold)
	return m.height
}
