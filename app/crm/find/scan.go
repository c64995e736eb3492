package find

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// sparse is how few of a block's customers are examined one by one: an eighth.
// Above it the scans of the whole block cost less.
const sparse = 8

// search is one query under way. Its workers share it without writing to it.
type search struct {
	query  *query
	needle []needle  // per word
	number []needle  // per word; of no length where the digits are the word itself
	labels [][]grade // per set of labels the grade of each word; nil where no word is in it
	some   []bool    // per word whether any set has it
	order  []int
	limit  int
	within []bitmap // per block the only candidates; nil for all
	keep   bool     // give the hits as bitmaps too
}

// found is what a search found in one block.
type found struct {
	total int
	rows  [notFound][]uint32 // per grade the first ones, at most as many as the limit
	all   bitmap
}

// needle is a text to look for by its rarest byte.
type needle struct {
	text []byte
	rare int
}

func newNeedle(text []byte, often *[256]int) needle {
	n := needle{text: text}
	for i, c := range text {
		if often[c] < often[text[n.rare]] {
			n.rare = i
		}
	}
	return n
}

// index gives the first place of the needle in text, -1 if it is not there.
func (n *needle) index(text []byte) int {
	c := n.text[n.rare]
	for at := n.rare; ; at++ {
		i := bytes.IndexByte(text[min(at, len(text)):], c)
		if i < 0 {
			return -1
		}
		at += i
		start := at - n.rare
		if len(text)-start < len(n.text) {
			return -1
		}
		if bytes.Equal(text[start:start+len(n.text)], n.text) {
			return start
		}
	}
}

func newSearch(q *query, often *[256]int, labels *labelTable) *search {
	s := &search{query: q, order: q.order(), labels: make([][]grade, len(labels.sets)), some: make([]bool, len(q.words))}
	var words []grade
	for i, set := range labels.sets {
		words = q.clear(words[:0])
		if q.gradeValues(set, words) == 0 {
			continue
		}
		s.labels[i] = slices.Clone(words)
		for k, g := range words {
			s.some[k] = s.some[k] || g != notFound
		}
	}
	for k := range q.words {
		w := &q.words[k]
		s.needle = append(s.needle, newNeedle(w.text, often))
		number := needle{}
		if len(w.digits) > 0 && !bytes.Equal(w.digits, w.text) {
			number = newNeedle(w.digits, often)
		}
		s.number = append(s.number, number)
	}
	return s
}

// examine grades customer i of the block as query.examine does.
func (s *search) examine(b *block, i int) grade {
	var room [8]grade
	words := room[:0]
	if labels := s.labels[b.labels[i]]; labels != nil {
		words = append(words, labels...)
	} else {
		words = s.query.clear(words)
	}
	record := b.record(i)
	s.query.gradeValues(record, words)
	return s.query.together(record, words)
}

// run searches the blocks with two workers, the caller being one of them, and
// returns when both have ended.
func (s *search) run(ctx context.Context, blocks []*block) ([]found, error) {
	out := make([]found, len(blocks))
	var next atomic.Int64
	work := func() {
		var sc scratch
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= len(blocks) {
				return
			}
			var within bitmap
			if s.within != nil {
				within = s.within[i]
			}
			out[i] = s.block(blocks[i], within, &sc)
		}
	}
	var wg sync.WaitGroup
	if len(blocks) > 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
	return out, ctx.Err()
}

// scratch is the memory of one worker.
type scratch struct{ grades, word []grade }

func (s *search) block(b *block, within bitmap, sc *scratch) found {
	n := b.len()
	if cap(sc.grades) < n {
		sc.grades, sc.word = make([]grade, n), make([]grade, n)
	}
	grades := sc.grades[:n]
	switch {
	case len(s.query.words) == 0:
		clear(grades)
	case within != nil && within.count() <= n/sparse:
		fill(grades)
		for i := range n {
			if within.has(i) {
				grades[i] = s.examine(b, i)
			}
		}
	default:
		s.scan(b, grades, sc.word[:n])
	}
	return s.collect(b, grades)
}

// scan grades the whole block, word by word, until so few customers are left
// that examining them costs less.
func (s *search) scan(b *block, grades, word []grade) {
	for step, k := range s.order {
		if step == 0 {
			s.scanWord(b, k, grades)
			continue
		}
		left := 0
		for _, g := range grades {
			if g != notFound {
				left++
			}
		}
		if left <= len(grades)/sparse {
			for i, g := range grades {
				if g != notFound {
					grades[i] = s.examine(b, i)
				}
			}
			return
		}
		s.scanWord(b, k, word)
		for i, g := range word {
			if grades[i] == notFound || g == notFound {
				grades[i] = notFound
			} else {
				grades[i] = min(grades[i], g)
			}
		}
	}
	if len(s.query.words) < 2 {
		return
	}
	for i, g := range grades {
		if s.query.isPhrase(b.record(i), g) {
			grades[i] = exactName
		}
	}
}

// scanWord grades the block for word k alone.
func (s *search) scanWord(b *block, k int, grades []grade) {
	fill(grades)
	s.scanText(b, &s.needle[k], markLast, grades)
	if len(s.number[k].text) > 0 {
		s.scanText(b, &s.number[k], markPhone, grades)
	}
	if s.some[k] {
		for i, set := range b.labels {
			if labels := s.labels[set]; labels != nil {
				grades[i] = min(grades[i], labels[k])
			}
		}
	}
	w := &s.query.words[k]
	if !w.reads {
		return
	}
	var room [8]grade
	for i, lead := range b.lead {
		if lead&w.letters == 0 || grades[i] <= nameStart {
			continue
		}
		words := s.query.clear(room[:0])
		for at, end := b.start(i), int(b.end[i]); at < end && b.text[at] == markName; {
			stop := at + 1
			for stop < end && b.text[stop] > markLast {
				stop++
			}
			s.query.readValue(markName, b.text[at+1:stop], words)
			at = stop
		}
		grades[i] = min(grades[i], words[k])
	}
}

// scanText grades every place of the needle in the block: in the values of one
// kind, or of all kinds if that is markLast.
func (s *search) scanText(b *block, n *needle, only byte, grades []grade) {
	row := 0
	for at := 0; ; {
		i := n.index(b.text[at:])
		if i < 0 {
			return
		}
		at += i
		for int(b.end[row]) <= at {
			row++
		}
		from := at - 1
		for b.text[from] > markLast {
			from--
		}
		marker := b.text[from]
		if only != markLast && marker != only {
			at++
			continue
		}
		end := at + len(n.text)
		g := gradeAt(marker, at == from+1, at == from+1 && (end == len(b.text) || b.text[end] <= markLast))
		grades[row] = min(grades[row], g)
		switch g {
		case exactName, anAccount, aPhone:
			// Names stand before accounts and these before phones, so nothing
			// better follows.
			at = int(b.end[row])
		case nameStart, theRest, notFound:
			at++
		}
	}
}

// collect lists the customers with a grade, the best known first.
func (s *search) collect(b *block, grades []grade) found {
	var f found
	if s.keep {
		f.all = newBitmap(len(grades))
	}
	for i, g := range grades {
		if g == notFound || b.isGone(i) {
			continue
		}
		f.total++
		if len(f.rows[g]) < s.limit {
			f.rows[g] = append(f.rows[g], uint32(i))
		}
		if s.keep {
			f.all.set(i)
		}
	}
	return f
}

func fill(grades []grade) {
	for i := range grades {
		grades[i] = notFound
	}
}
