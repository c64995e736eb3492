package find

import (
	"bytes"
	"iter"
	"slices"
)

// grade says how well something was found; lower is better.
type grade uint8

const (
	exactName grade = iota
	nameStart
	anAccount
	aPhone
	theRest
	notFound
)

// word is one word of a query.
type word struct {
	text    []byte
	digits  []byte // what is compared with phones; nil if it is not a number
	reads   bool   // consists of letters, so that it can be a reading
	letters uint32 // with which letters a name must begin to be read by it
}

// query is what somebody typed, folded and cut into words.
type query struct {
	phrase []byte // the whole of it, one space between words
	words  []word
}

func parse(s string) *query {
	q := &query{phrase: appendFolded(nil, s)}
	for _, text := range bytes.Fields(q.phrase) {
		w := word{text: text, digits: numberOf(text), reads: isReading(text)}
		if w.reads {
			w.letters = letterBit(text[0])
			if n := len(q.words); n > 0 {
				// It may go on where the word before it stopped, which began
				// with that one's letters.
				w.letters |= q.words[n-1].letters
			}
		}
		q.words = append(q.words, w)
	}
	return q
}

// numberOf gives the digits of a word that is a part of a phone number, nil
// for any other.
func numberOf(text []byte) []byte {
	var digits []byte
	for _, r := range string(text) {
		switch {
		case '0' <= r && r <= '9':
			digits = append(digits, byte(r))
		case !isPhoneMark(r):
			return nil
		}
	}
	return digits
}

// maxReading is how long a word can be and still be held against readings; a
// bit stands for each place in it, and the longest name is shorter.
const maxReading = 63

func isReading(text []byte) bool {
	for _, c := range text {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return len(text) <= maxReading
}

// narrows reports whether every hit of next is sure to be a hit of q: next only
// adds to the last word or adds words. A word that was not a number before and
// is one now ("+", "+8") finds more than it did.
func (q *query) narrows(next *query) bool {
	n := len(q.words)
	if n == 0 {
		return true
	}
	if len(next.words) < n {
		return false
	}
	for i, w := range q.words[:n-1] {
		if !bytes.Equal(w.text, next.words[i].text) {
			return false
		}
	}
	last, now := q.words[n-1], next.words[n-1]
	return bytes.HasPrefix(now.text, last.text) && (last.digits != nil || now.digits == nil)
}

// examine grades one customer against the whole query and says where its words
// were found. It is the definition of a hit, which the scans only hasten.
func (q *query) examine(record, labels []byte) (grade, Field) {
	var room [8]grade
	words := q.clear(room[:0])
	in := q.gradeValues(record, words) | q.gradeValues(labels, words)
	g := q.together(record, words)
	if g == notFound {
		return g, 0
	}
	return g, in
}

// clear gives one grade per word, none of them found yet.
func (q *query) clear(words []grade) []grade {
	for range q.words {
		words = append(words, notFound)
	}
	return words
}

// together makes one grade of those of the words: the best, if all are found.
// A query of several words that is a whole name is an exact one.
func (q *query) together(record []byte, words []grade) grade {
	best := notFound
	for _, g := range words {
		if g == notFound {
			return notFound
		}
		best = min(best, g)
	}
	if q.isPhrase(record, best) {
		return exactName
	}
	return best
}

// isPhrase reports whether a query of several words that is the start of a name
// is all of it.
func (q *query) isPhrase(record []byte, g grade) bool {
	if len(q.words) < 2 || g != nameStart {
		return false
	}
	for marker, value := range values(record) {
		if marker == markName && bytes.Equal(value, q.phrase) {
			return true
		}
	}
	return false
}

// gradeValues improves the grades of the words by the values of a record and
// says in which kinds of them a word was found.
func (q *query) gradeValues(record []byte, words []grade) (in Field) {
	for marker, value := range values(record) {
		found := false
		for k := range q.words {
			if g := q.words[k].gradeText(marker, value); g != notFound {
				words[k], found = min(words[k], g), true
			}
		}
		if canBeRead(marker) && q.readValue(marker, value, words) {
			found = true
		}
		if found {
			in |= Field(1) << (marker - 1)
		}
	}
	return in
}

func canBeRead(marker byte) bool { return marker == markName || marker >= markCity }

// gradeText looks for the word itself in a value.
func (w *word) gradeText(marker byte, value []byte) grade {
	if marker == markPhone {
		if len(w.digits) > 0 && bytes.Contains(value, w.digits) {
			return aPhone
		}
		return notFound
	}
	at := bytes.Index(value, w.text)
	if at < 0 {
		return notFound
	}
	return gradeAt(marker, at == 0, len(value) == len(w.text))
}

// gradeAt grades a text found in a value, at its start or not, all of it or not.
func gradeAt(marker byte, start, whole bool) grade {
	switch {
	case marker == markAccount:
		return anAccount
	case marker == markPhone:
		return aPhone
	case marker != markName || !start:
		return theRest
	case whole:
		return exactName
	}
	return nameStart
}

// readValue holds the words that can be readings against the reading of a value
// and improves their grades. A word reads on from the start of the value or from
// where the word before it stopped, so that both "zhangwei" and "zhang wei"
// find 张伟.
func (q *query) readValue(marker byte, value []byte, words []grade) (found bool) {
	var s speller
	var all, usual uint64 // where the word before stopped, in any reading and in usual ones
	for k := range q.words {
		w := &q.words[k]
		if !w.reads {
			all, usual = 0, 0
			continue
		}
		if s.length == 0 {
			s.load(value)
		}
		if all = s.read(w.text, all|1, false); all == 0 {
			usual = 0
			continue
		}
		found = true
		if marker != markName {
			words[k] = min(words[k], theRest)
			continue
		}
		if usual = s.read(w.text, usual|1, true); usual != 0 {
			words[k] = min(words[k], nameStart)
		} else {
			words[k] = min(words[k], theRest)
		}
	}
	return found
}

// values walks over the marked values of a record.
func values(record []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		for i := 0; i < len(record); {
			end := i + 1
			for end < len(record) && record[end] > markLast {
				end++
			}
			if !yield(record[i], record[i+1:end]) {
				return
			}
			i = end
		}
	}
}

// order gives the places of the words, the longest first, which are likely to
// leave the fewest candidates.
func (q *query) order() []int {
	places := make([]int, len(q.words))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return len(q.words[b].text) - len(q.words[a].text) })
	return places
}
