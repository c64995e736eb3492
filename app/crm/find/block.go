package find

import (
	"bytes"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Values lie in a block one after another, each behind the marker of its kind,
// in this order within a customer. No folded text holds a byte so small.
const (
	markName byte = 1 + iota
	markAccount
	markPhone
	markCity
	markTag
	markLast = markTag
)

// blockSize is how many customers a block holds: few enough that its grades
// stay in the processor's cache and that a cancelled search ends within a
// few milliseconds.
const blockSize = 1 << 16

// block holds the values of some customers, in the order of their rank.
type block struct {
	text   []byte
	end    []uint32 // where each customer's values end in text
	ids    []int64
	ranks  []int32
	lead   []uint32 // letters with which a name can begin; saves reading the others
	labels []uint32 // the city and tags, as a set of the index's labels
	gone   bitmap   // customers that were replaced or removed; nil for none
}

// bitmap is a set of the customers of a block.
type bitmap []uint64

func newBitmap(n int) bitmap       { return make(bitmap, (n+63)/64) }
func (m bitmap) set(i int)         { m[i/64] |= 1 << (i % 64) }
func (m bitmap) has(i int) bool    { return m[i/64]>>(i%64)&1 != 0 }
func (b *block) len() int          { return len(b.ids) }
func (b *block) full() bool        { return len(b.ids) >= blockSize || len(b.text) >= 1<<30 }
func (b *block) isGone(i int) bool { return i/64 < len(b.gone) && b.gone.has(i) }

func (m bitmap) count() int {
	n := 0
	for _, w := range m {
		n += bits.OnesCount64(w)
	}
	return n
}

func (b *block) start(i int) int {
	if i == 0 {
		return 0
	}
	return int(b.end[i-1])
}

func (b *block) record(i int) []byte { return b.text[b.start(i):b.end[i]] }

// remove takes customer i out of every later search.
func (b *block) remove(i int) {
	for len(b.gone)*64 <= i {
		b.gone = append(b.gone, 0)
	}
	b.gone.set(i)
}

// add appends one customer. The labels of f are the caller's affair.
func (b *block) add(id int64, rank int32, f Fields, labels uint32) {
	var lead uint32
	for _, s := range f.Names {
		n := len(b.text)
		b.text = appendValue(b.text, markName, s)
		if len(b.text) > n {
			lead |= leadOf(b.text[n+1:])
		}
	}
	for _, s := range f.Accounts {
		b.text = appendValue(b.text, markAccount, s)
	}
	var scratch [32]byte
	for _, s := range f.Phones {
		b.text = appendDigits(b.text, markPhone, appendFolded(scratch[:0], s))
	}
	b.append(id, rank, lead, labels)
}

// append closes the customer whose values were just appended to the text.
func (b *block) append(id int64, rank int32, lead, labels uint32) {
	b.end = append(b.end, uint32(len(b.text))) //nolint:gosec // G115: full stops a block long before
	b.ids = append(b.ids, id)
	b.ranks = append(b.ranks, rank)
	b.lead = append(b.lead, lead)
	b.labels = append(b.labels, labels)
}

// clip gives back the room that the block has beyond its customers.
func (b *block) clip() {
	b.text = bytes.Clone(b.text)
	b.end = slices.Clone(b.end)
	b.ids = slices.Clone(b.ids)
	b.ranks = slices.Clone(b.ranks)
	b.lead = slices.Clone(b.lead)
	b.labels = slices.Clone(b.labels)
}

// appendValue appends one value behind its marker, nothing if it is blank.
func appendValue(dst []byte, marker byte, s string) []byte {
	n := len(dst)
	dst = appendFolded(append(dst, marker), s)
	if len(dst) == n+1 {
		return dst[:n]
	}
	return dst
}

// leadOf gives the letters with which the reading of a folded name can begin.
func leadOf(name []byte) uint32 {
	for i := 0; i < len(name); {
		r, size := utf8.DecodeRune(name[i:])
		switch {
		case 'a' <= r && r <= 'z':
			return letterBit(byte(r))
		case i == 0:
			second, _ := utf8.DecodeRune(name[size:])
			if m := readings().surname(0, r, second).initials; m != 0 {
				return m
			}
		default:
			if m := readings().of(r).initials; m != 0 {
				return m
			}
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return 0
		}
		i += size
	}
	return 0
}

// labelTable holds each set of city and tags once: shops have few of them.
type labelTable struct {
	index map[string]uint32
	sets  [][]byte // marked values; sets[0] is empty
}

func newLabelTable() *labelTable {
	return &labelTable{index: map[string]uint32{"": 0}, sets: [][]byte{nil}}
}

func (t *labelTable) add(f Fields, scratch []byte) (uint32, []byte) {
	scratch = scratch[:0]
	for _, s := range f.Cities {
		scratch = appendValue(scratch, markCity, s)
	}
	for _, s := range f.Tags {
		scratch = appendValue(scratch, markTag, s)
	}
	if n, ok := t.index[string(scratch)]; ok {
		return n, scratch
	}
	return t.intern(string(scratch)), scratch
}

func (t *labelTable) intern(set string) uint32 {
	if n, ok := t.index[set]; ok {
		return n
	}
	n := uint32(len(t.sets)) //nolint:gosec // G115: at most one set per customer
	t.index[set] = n
	t.sets = append(t.sets, []byte(set))
	return n
}
