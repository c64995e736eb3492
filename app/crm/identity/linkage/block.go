package linkage

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"
)

// What bounds the search.
const (
	fewPairs     = 80_000    // are all compared
	widestBlock  = 4_000     // records that share one key, or two keys together
	mostCombined = 8         // of a record's too common keys are put together, the rarest
	mostCompared = 6_000_000 // pairs
)

// key is something that a record shares with others that may be its person.
type key struct {
	hash   uint64
	record uint32
}

// block is the records that share a key, in order.
type block struct {
	records []uint32
	next    int     // first that was not yet the left side of a pair
	tells   float64 // bits: how rare it is to share the key
}

// candidates calls compare for the pairs that share enough keys to be one
// person. Where all pairs are few, it does so for all of them.
func (s *set) candidates(ctx context.Context, compare func(a, b int), progress func(float64)) (Result, error) {
	if s.pairs() <= fewPairs {
		for a := range s.lefts() {
			if err := ctx.Err(); err != nil {
				return Result{}, err
			}
			for b := max(a+1, s.second); b < len(s.records); b++ {
				compare(a, b)
			}
		}
		return Result{}, nil
	}
	blocks, skipped, err := s.blocks(ctx)
	if err != nil {
		return Result{}, err
	}
	capped, err := s.meet(ctx, blocks, compare, progress)
	return Result{Skipped: skipped, Capped: capped}, err
}

// lefts is the number of records that can stand at the left of a pair.
func (s *set) lefts() int {
	if s.second > 0 {
		return s.second
	}
	return len(s.records)
}

// meet compares the pairs that enough is told of by the keys that they share.
// Where that would be more than mostCompared, it asks for more as it goes on,
// and returns that it did.
func (s *set) meet(ctx context.Context, blocks []block, compare func(a, b int), progress func(float64)) (capped bool, err error) {
	// A key that only two share tells log2(n) bits. Somewhat less is enough, so
	// that chance brings a few records together, not thousands.
	const slack, step, grace = 2.5, 0.25, 10_000
	least := math.Log2(float64(len(s.records))) - slack
	of := make([][]uint32, len(s.records))
	for i, b := range blocks {
		for _, r := range b.records {
			of[r] = append(of[r], uint32(i))
		}
	}
	told := make([]float32, len(s.records))
	var met []uint32
	compared := 0
	for a := range s.lefts() {
		if a&63 == 0 {
			if err := ctx.Err(); err != nil {
				return false, err
			}
			progress(float64(a) / float64(s.lefts()))
		}
		met = met[:0]
		for _, i := range of[a] {
			for _, other := range blocks[i].after(a) {
				if int(other) < s.second {
					continue
				}
				if told[other] == 0 {
					met = append(met, other)
				}
				told[other] += float32(blocks[i].tells)
			}
		}
		for _, other := range met {
			if told[other] >= float32(least) {
				compared++
				compare(a, int(other))
			}
			told[other] = 0
		}
		if compared > grace+mostCompared/s.lefts()*(a+1) {
			least += step
			capped = true
		}
	}
	return capped, nil
}

// after returns the records of the block behind a, which goes up.
func (b *block) after(a int) []uint32 {
	for b.next < len(b.records) && int(b.records[b.next]) <= a {
		b.next++
	}
	return b.records[b.next:]
}

// blocks returns the records of each key that several share, and how many keys
// were too common even together with others.
func (s *set) blocks(ctx context.Context) (blocks []block, skipped int, err error) {
	var all []key
	for i := range s.records {
		if i&1023 == 0 && ctx.Err() != nil {
			return nil, 0, ctx.Err()
		}
		s.keys(&s.records[i], func(hash uint64) {
			all = append(all, key{hash, uint32(i)}) //nolint:gosec // far fewer records
		})
	}
	common := make([][]key, len(s.records)) // keys too common alone, record being how many share it
	blocks = gather(all, len(s.records), func(sharing []key) {
		for _, k := range sharing {
			common[k.record] = append(common[k.record], key{k.hash, uint32(len(sharing))}) //nolint:gosec // as above
		}
	})
	all = all[:0]
	for i, list := range common {
		slices.SortFunc(list, func(a, b key) int { return cmp.Or(cmp.Compare(a.record, b.record), cmp.Compare(a.hash, b.hash)) })
		list = list[:min(len(list), mostCombined)]
		for x := range list {
			for y := range x {
				a, b := min(list[x].hash, list[y].hash), max(list[x].hash, list[y].hash)
				all = append(all, key{a*3 ^ bits.RotateLeft64(b, 17), uint32(i)})
			}
		}
	}
	blocks = append(blocks, gather(all, len(s.records), func([]key) { skipped++ })...)
	return blocks, skipped, ctx.Err()
}

// gather makes blocks of the keys that several of n records share, and gives
// wide those that too many do.
func gather(all []key, n int, wide func(sharing []key)) []block {
	slices.SortFunc(all, func(a, b key) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.record, b.record)) })
	all = slices.Compact(all)
	var blocks []block
	for len(all) > 0 {
		end := 1
		for end < len(all) && all[end].hash == all[0].hash {
			end++
		}
		switch {
		case end > widestBlock:
			wide(all[:end])
		case end > 1:
			records := make([]uint32, end)
			for i, k := range all[:end] {
				records[i] = k.record
			}
			blocks = append(blocks, block{records: records, tells: math.Log2(float64(n) / float64(end-1))})
		}
		all = all[end:]
	}
	return blocks
}
