package find

import (
	"bytes"
	"math/bits"
	"unicode/utf8"
)

// Spans gives the parts of a displayed value of one kind that the query found,
// as pairs of byte offsets in order, so that they can be set off. Of a reading
// these are the characters that were read.
func Spans(query string, kind Field, value string) [][2]int {
	q, t := parse(query), trace(value, kind == Phone)
	stop := 0 // the place in t where the word before stopped reading
	for k := range q.words {
		w := &q.words[k]
		text := w.text
		if kind == Phone {
			text = w.digits
		}
		found := t.mark(text)
		from := stop
		stop = 0
		if !w.reads || kind != Name && kind != City && kind != Tag {
			continue
		}
		start, end := t.read(w.text, from)
		if end == 0 && from > 0 {
			start, end = t.read(w.text, 0)
		}
		if !found {
			t.markPlaces(start, end)
		}
		stop = end
	}
	return t.spans()
}

// traced is a folded value that remembers where each byte comes from.
type traced struct {
	text   []byte
	from   []int // per byte of text where its character begins in the value
	to     []int // and where that ends
	marked []bool
}

// trace folds a value character by character. Where folding joins characters
// the spans can be too short, never wrong in place.
func trace(value string, phone bool) *traced {
	t := &traced{}
	for i := 0; i < len(value); {
		_, size := utf8.DecodeRuneInString(value[i:])
		folded := appendFolded(nil, value[i:i+size])
		if phone {
			folded = phoneBytes(folded)
		} else if len(folded) == 0 {
			folded = []byte{' '}
		}
		for _, c := range folded {
			t.text, t.from, t.to = append(t.text, c), append(t.from, i), append(t.to, i+size)
		}
		i += size
	}
	t.marked = make([]bool, len(t.text))
	return t
}

// phoneBytes gives a digit as it is, nothing for a mark between digits, and for
// anything else a byte that matches none.
func phoneBytes(folded []byte) []byte {
	r, _ := utf8.DecodeRune(folded)
	switch {
	case '0' <= r && r <= '9':
		return folded
	case len(folded) == 0 || isPhoneMark(r):
		return nil
	}
	return []byte{0}
}

// mark marks every place of text and reports whether there is one.
func (t *traced) mark(text []byte) (found bool) {
	if len(text) == 0 {
		return false
	}
	for at := 0; ; {
		i := bytes.Index(t.text[at:], text)
		if i < 0 {
			return found
		}
		found = true
		for j := at + i; j < at+i+len(text); j++ {
			t.marked[j] = true
		}
		at += i + len(text)
	}
}

// read spells the word from a place of the value, counted in runes, and gives
// the places where it begins and first can end; both are 0 if it cannot.
func (t *traced) read(word []byte, place int) (start, end int) {
	var s speller
	s.load(t.text)
	ends := s.read(word, 1<<place, false)
	if ends == 0 {
		return 0, 0
	}
	return place, bits.TrailingZeros64(ends)
}

// markPlaces marks the runes from start to end.
func (t *traced) markPlaces(start, end int) {
	for i, place := 0, 0; i < len(t.text) && place < end; place++ {
		_, size := utf8.DecodeRune(t.text[i:])
		for j := i; j < i+size; j++ {
			t.marked[j] = t.marked[j] || place >= start
		}
		i += size
	}
}

// spans joins what was marked, back in the offsets of the value.
func (t *traced) spans() [][2]int {
	var spans [][2]int
	for i, marked := range t.marked {
		if !marked {
			continue
		}
		if n := len(spans); n > 0 && t.from[i] <= spans[n-1][1] {
			spans[n-1][1] = max(spans[n-1][1], t.to[i])
			continue
		}
		spans = append(spans, [2]int{t.from[i], t.to[i]})
	}
	return spans
}
