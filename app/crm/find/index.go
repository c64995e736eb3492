package find

import (
	"context"
	"slices"
	"sync"
)

// Index holds the values of all customers. Its methods may be called from any
// goroutine.
type Index struct {
	mu      sync.RWMutex
	base    []*block // ordered by rank and id throughout
	extra   []*block // replaced and new customers, as they came
	labels  *labelTable
	whole   whole
	often   [256]int // how often each byte was seen in a sample of the texts
	live    int
	version uint64 // counts the changes
}

// Len is the number of customers.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.live
}

// Size is the memory in bytes that the index keeps, without what the garbage
// collector adds.
func (x *Index) Size() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	size := 0
	for _, b := range slices.Concat(x.base, x.extra) {
		size += cap(b.text) + 4*cap(b.end) + 8*cap(b.ids) + 4*cap(b.ranks) + 4*cap(b.lead) + 4*cap(b.labels) + 8*cap(b.gone)
	}
	for _, set := range x.labels.sets {
		const header = 16 + 24 // of the string in the list and, with the number, in the map
		size += len(set) + header
	}
	return size
}

// Replace takes in a customer in place of the one that had the id, if any. It
// looks the id up by reading all ids, half a millisecond in a million; after an
// import that changed some thousands of customers, Build is cheaper.
func (x *Index) Replace(id int64, rank int32, f Fields) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
	if len(x.extra) == 0 || x.extra[len(x.extra)-1].full() {
		x.extra = append(x.extra, &block{})
	}
	labels, _ := x.labels.add(f, nil)
	x.extra[len(x.extra)-1].add(id, rank, f, labels)
	x.live++
	x.version++
}

// Remove takes a customer out and reports whether there was one. Its values are
// found no more, but leave memory only with the index.
func (x *Index) Remove(id int64) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.version++
	return x.remove(id)
}

func (x *Index) remove(id int64) bool {
	for _, blocks := range [][]*block{x.extra, x.base} {
		for _, b := range blocks {
			for i := 0; i < len(b.ids); i++ {
				n := slices.Index(b.ids[i:], id)
				if n < 0 {
					break
				}
				i += n
				if !b.isGone(i) {
					b.remove(i)
					x.live--
					return true
				}
			}
		}
	}
	return false
}

// Search finds the customers in whom every word of the query is found: as a
// part of any value, as a part of a phone's digits, or, in letters, as the
// beginning of the reading of a name, city or tag: first letters, whole
// syllables or both mixed. The empty query finds all. The result holds at most
// limit hits, all the same counted; some hundred thousand hits take longer to
// list, 0.2 µs each, than to find. The only error is that of ctx, heeded
// within a few milliseconds.
func (x *Index) Search(ctx context.Context, query string, limit int) (Result, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.newSearch(parse(query), limit)
	out, err := s.run(ctx, x.blocks())
	if err != nil {
		return Result{}, err
	}
	return x.result(s, out), nil
}

func (x *Index) newSearch(q *query, limit int) *search {
	s := newSearch(q, &x.often, x.labels)
	s.limit = limit
	return s
}

func (x *Index) blocks() []*block { return slices.Concat(x.base, x.extra) }

// result puts together what was found in the blocks of the index.
func (x *Index) result(s *search, out []found) Result {
	var r Result
	for _, f := range out {
		r.Total += f.total
	}
	if s.limit <= 0 {
		return r
	}
	r.Hits = make([]Hit, 0, min(s.limit, r.Total))
	for g := range notFound {
		r.Hits = x.appendGrade(r.Hits, s, out, g)
		if len(r.Hits) == s.limit {
			break
		}
	}
	return r
}

// appendGrade appends the hits of one grade up to the limit: those of the base,
// which are in order, and among them the few others, which are sorted first.
func (x *Index) appendGrade(hits []Hit, s *search, out []found, g grade) []Hit {
	blocks := x.blocks()
	var others []place
	for i, f := range out[len(x.base):] {
		b := x.extra[i]
		for _, row := range f.rows[g] {
			others = append(others, place{id: b.ids[row], rank: b.ranks[row], block: uint32(len(x.base) + i), row: row}) //nolint:gosec // G115: a count of blocks
		}
	}
	slices.SortFunc(others, comparePlaces)
	add := func(b *block, row int) {
		_, in := s.query.examine(b.record(row), x.labels.sets[b.labels[row]])
		hits = append(hits, Hit{ID: b.ids[row], In: in})
	}
	for i, f := range out[:len(x.base)] {
		b := blocks[i]
		for _, row := range f.rows[g] {
			now := place{id: b.ids[row], rank: b.ranks[row]}
			for len(others) > 0 && len(hits) < s.limit && comparePlaces(others[0], now) < 0 {
				add(blocks[others[0].block], int(others[0].row))
				others = others[1:]
			}
			if len(hits) == s.limit {
				return hits
			}
			add(b, int(row))
		}
	}
	for _, o := range others {
		if len(hits) == s.limit {
			break
		}
		add(blocks[o.block], int(o.row))
	}
	return hits
}
