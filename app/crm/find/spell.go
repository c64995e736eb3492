package find

import (
	"unicode"
	"unicode/utf8"

	"kebu/app/crm/han"
)

// speller reads a folded value aloud. A bit stands for each place between its
// runes, so that all readings are followed at once.
type speller struct {
	runes  [maxReading]rune
	length int
}

// load takes in a value, of a long one as much as a word can read.
func (s *speller) load(value []byte) {
	for i := 0; i < len(value) && s.length < maxReading; s.length++ {
		r, size := utf8.DecodeRune(value[i:])
		s.runes[s.length] = r
		i += size
	}
}

// read spells the word from any of the places in from and gives the places
// where it can end. Of a character the word has the whole reading, its first
// letter, or its zh, ch or sh, and of the last one any beginning. Punctuation
// is passed over, a Latin letter reads as itself.
func (s *speller) read(text []byte, from uint64, usualOnly bool) (ends uint64) {
	var at uint64 // places of the word that can be reached before rune j
	for j, r := range s.runes[:s.length] {
		if from>>j&1 != 0 {
			at |= 1
		}
		if at == 0 {
			if from>>j == 0 {
				break
			}
			continue
		}
		var next uint64
		switch {
		case 'a' <= r && r <= 'z':
			next = spellOne(text, at, byte(r))
		case han.Is(r) || r == '〇':
			next = s.spellHan(text, at, j, usualOnly)
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			next = at
		}
		if next>>len(text)&1 != 0 {
			ends |= 1 << (j + 1)
			next &^= 1 << len(text)
		}
		at = next
	}
	return ends
}

// spellOne goes on over one letter.
func spellOne(text []byte, at uint64, c byte) (next uint64) {
	for p := range text {
		if at>>p&1 != 0 && text[p] == c {
			next |= 1 << (p + 1)
		}
	}
	return next
}

// spellHan goes on over the character at place j.
func (s *speller) spellHan(text []byte, at uint64, j int, usualOnly bool) (next uint64) {
	reading := s.readingAt(j)
	syllables := reading.syllables
	if usualOnly {
		syllables = syllables[:reading.usual]
	}
	for _, y := range syllables {
		for p := range text {
			if at>>p&1 == 0 || text[p] != y[0] {
				continue
			}
			next |= 1 << (p + 1)
			n := 1
			for n < len(y) && p+n < len(text) && text[p+n] == y[n] {
				n++
			}
			if n == len(y) || p+n == len(text) {
				next |= 1 << (p + n)
			}
			if n > 1 && y[1] == 'h' {
				next |= 1 << (p + 2)
			}
		}
	}
	return next
}

// readingAt gives the reading at place j, of the first ones as in a surname, which
// no other value minds: it only adds readings and says which is the usual one.
func (s *speller) readingAt(j int) *reading {
	if j < 2 {
		return readings().surname(j, s.runes[0], s.runes[1])
	}
	return readings().of(s.runes[j])
}
