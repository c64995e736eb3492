package linkage

import (
	"strings"
)

// What keys are of, so that equal texts of different parts stay apart.
const (
	ofName uint64 = 100 + iota
	ofNameStart
	ofHead
	ofTail
	ofMonth
	ofDay
	ofYearDay
	ofTailShown
	ofLocal
	ofWord
)

// keys adds what a record shares with another of its person, also where any
// one value has a slip of the pen: whole values and halves of them.
func (s *set) keys(e *entry, to func(g group, hash uint64)) {
	for i := range e.names {
		for k, g := range []group{groupGiven, groupSurname} {
			if v, ok := e.names[i].part(Kind(k)); ok && !v.masked {
				to(g, fnv(ofName, v.text)) // the same for both, which are often swapped
				to(g, fnv(ofNameStart, start(v.text, 3)))
			}
		}
	}
	for c, k := range s.kinds {
		add := func(hash uint64) { to(groupOf(k), hash) }
		for i := range e.values[c] {
			v := &e.values[c][i]
			if v.masked {
				if _, tail := ends(v.text); len(tail) >= 4 {
					add(fnv(ofTailShown+uint64(k)<<8, tail[len(tail)-4:]))
				}
				continue
			}
			add(fnv(uint64(k), v.text))
			valueKeys(k, v, add)
		}
	}
}

// valueKeys adds the keys of parts of a value.
func valueKeys(k Kind, v *value, add func(hash uint64)) {
	text := v.text
	salt := func(part uint64) uint64 { return part + uint64(k)<<8 }
	switch k {
	case Birth:
		const whole = 8 // digits of yyyymmdd
		if len(text) == whole {
			add(fnv(ofMonth, text[:6]))
			add(fnv(ofDay, text[4:]))
			add(fnv(ofYearDay, text[:4]+text[6:]))
		}
	case Email:
		local, _, _ := strings.Cut(text, "@")
		add(fnv(ofLocal, local))
		add(fnv(salt(ofHead), start(local, 5)))
	case Street:
		streetKeys(text, add)
	case Number:
		for n := range strings.FieldsSeq(text) {
			add(fnv(ofWord, n))
		}
	case City, District:
		add(fnv(salt(ofHead), start(text, 3)))
	default:
		const shortest = 6 // characters of a code whose halves tell something
		if k == Province || len(text) < shortest {
			return
		}
		half := len(text) / 2
		add(fnv(salt(ofHead), text[:half]))
		add(fnv(salt(ofTail), text[half:]))
		if k == Phone {
			add(fnv(salt(ofTailShown), text[len(text)-4:]))
		}
	}
}

// streetKeys adds the words of a street, and pairs of Chinese characters.
func streetKeys(text string, add func(hash uint64)) {
	for w := range strings.FieldsSeq(text) {
		letters := []rune(w)
		if !isHan(letters[0]) {
			if len(letters) > 2 {
				add(fnv(ofWord, start(w, 5)))
			}
			continue
		}
		for i := range len(letters) - 2 {
			add(fnv(ofWord, string(letters[i:i+3])))
		}
	}
}

// start returns the first n characters of s.
func start(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
