package find

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"sync/atomic"
)

// Builder takes in customers one by one. It is for one goroutine; two builders,
// each with a part of the customers, let two cores fold and append at once.
type Builder struct {
	blocks  []*block
	labels  *labelTable
	whole   whole
	scratch []byte
	n       int
}

// NewBuilder returns an empty builder.
func NewBuilder() *Builder { return &Builder{labels: newLabelTable()} }

// Add takes in one customer. An id is added once, over all builders of an
// index. Of equally good hits the one with the lower rank comes first, so the
// caller ranks by how recent a customer's last order is. Build is fastest when
// the customers come in the order of their rank.
func (b *Builder) Add(id int64, rank int32, f Fields) {
	if len(b.blocks) == 0 || b.blocks[len(b.blocks)-1].full() {
		next := &block{}
		if len(b.blocks) > 0 {
			last := b.blocks[len(b.blocks)-1]
			room := len(last.text) + len(last.text)/16
			last.clip()
			next = newBlock(blockSize, room)
		}
		b.blocks = append(b.blocks, next)
	}
	var labels uint32
	labels, b.scratch = b.labels.add(f, b.scratch)
	b.blocks[len(b.blocks)-1].add(id, rank, f, labels)
	b.n++
}

func newBlock(n, text int) *block {
	return &block{
		text: make([]byte, 0, text), end: make([]uint32, 0, n), ids: make([]int64, 0, n),
		ranks: make([]int32, 0, n), lead: make([]uint32, 0, n), labels: make([]uint32, 0, n),
	}
}

// Build makes the index of all customers that the builders hold and empties the
// builders. While it sorts, the values are in memory twice.
func Build(builders ...*Builder) *Index {
	x := &Index{labels: newLabelTable()}
	var blocks []*block
	for _, b := range builders {
		if n := len(b.blocks); n > 0 {
			b.blocks[n-1].clip()
		}
		x.adopt(b)
		blocks = append(blocks, b.blocks...)
		x.live += b.n
		x.learn(b.whole)
		*b = *NewBuilder()
	}
	x.base = sortBlocks(blocks)
	for _, b := range x.base {
		for _, c := range b.text[:min(len(b.text), sampleSize)] {
			x.often[c]++
		}
	}
	return x
}

// sampleSize is how much of each block is counted to tell rare bytes from
// common ones.
const sampleSize = 1 << 14

// adopt gives the builder's blocks the index's numbers of their label sets.
func (x *Index) adopt(b *Builder) {
	number := make([]uint32, len(b.labels.sets))
	for i, set := range b.labels.sets {
		number[i] = x.labels.intern(string(set))
	}
	for _, block := range b.blocks {
		for i, set := range block.labels {
			block.labels[i] = number[set]
		}
	}
}

// learn takes in what a builder has customers found by whole.
func (x *Index) learn(w whole) {
	if x.whole == nil {
		x.whole = w
		return
	}
	for key, ids := range w {
		x.whole[key] = append(x.whole[key], ids...)
	}
}

// place is where a customer stands and what it is sorted by.
type place struct {
	id         int64
	rank       int32
	block, row uint32
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.id, b.id))
}

// sortBlocks returns blocks with the same customers ordered by rank and id
// throughout: the given ones if they are.
func sortBlocks(blocks []*block) []*block {
	if inOrder(blocks) {
		return blocks
	}
	var places []place
	for i, b := range blocks {
		for row, id := range b.ids {
			places = append(places, place{id: id, rank: b.ranks[row], block: uint32(i), row: uint32(row)})
		}
	}
	slices.SortFunc(places, comparePlaces)

	sorted := make([]*block, (len(places)+blockSize-1)/blockSize)
	var next atomic.Int64
	work := func() {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(sorted) {
				return
			}
			sorted[i] = gather(blocks, places[i*blockSize:min((i+1)*blockSize, len(places))])
		}
	}
	var wg sync.WaitGroup
	wg.Go(work)
	work()
	wg.Wait()
	return sorted
}

func inOrder(blocks []*block) bool {
	last := place{id: math.MinInt64, rank: math.MinInt32}
	for _, b := range blocks {
		for row, id := range b.ids {
			now := place{id: id, rank: b.ranks[row]}
			if comparePlaces(last, now) > 0 {
				return false
			}
			last = now
		}
	}
	return true
}

// gather copies the customers at the places into a block of their own.
func gather(blocks []*block, places []place) *block {
	size := 0
	for _, p := range places {
		size += len(blocks[p.block].record(int(p.row)))
	}
	out := newBlock(len(places), size)
	for _, p := range places {
		from, row := blocks[p.block], int(p.row)
		out.text = append(out.text, from.record(row)...)
		out.append(p.id, p.rank, from.lead[row], from.labels[row])
	}
	return out
}
