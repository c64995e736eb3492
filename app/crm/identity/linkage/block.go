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
	widestBlock  = 2_500     // records that share one key, or two keys together
	mostCombined = 8         // of a record's too common keys are put together, the rarest
	mostCompared = 6_000_000 // pairs
)

// key is something that a record shares with others that may be its person.
type key struct {
	hash   uint64
	record uint32
	group  group
}

// group is what keys are of. Keys of one group follow from each other: of those
// that two records share, only the rarest tells.
type group uint8

const (
	groupGiven group = iota
	groupSurname
	groupPlace
	groupCombined
	groupKinds // and a kind
)

func groupOf(k Kind) group {
	if isPlace(k) {
		return groupPlace
	}
	return groupKinds + group(k)
}

// block is the records that share a key, in order.
type block struct {
	records []uint32
	group   group
	next    int     // first that was not yet the left side of a pair
	tells   float32 // bits: how rare it is to share the key
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
	least, capped, err := newMeeting(s, blocks).least(ctx)
	if err != nil {
		return Result{}, err
	}
	m := newMeeting(s, blocks)
	for a := range s.lefts() {
		if a&63 == 0 {
			if err := ctx.Err(); err != nil {
				return Result{}, err
			}
			progress(float64(a) / float64(s.lefts()))
		}
		m.with(a, func(other uint32, bits float32) {
			if bits >= least {
				compare(a, int(other))
			}
		})
	}
	return Result{Skipped: skipped, Capped: capped}, nil
}

// lefts is the number of records that can stand at the left of a pair.
func (s *set) lefts() int {
	if s.second > 0 {
		return s.second
	}
	return len(s.records)
}

// meeting finds whom records share keys with.
type meeting struct {
	set    *set
	blocks []block
	of     [][]uint32 // blocks of each record, of one group the rarest first
	told   []float32  // by other record
	last   []group    // that told, and one more
	met    []uint32
}

func newMeeting(s *set, blocks []block) *meeting {
	m := &meeting{set: s, blocks: blocks, of: make([][]uint32, len(s.records)), told: make([]float32, len(s.records)), last: make([]group, len(s.records))}
	for i := range blocks {
		blocks[i].next = 0
		for _, r := range blocks[i].records {
			m.of[r] = append(m.of[r], uint32(i))
		}
	}
	for _, list := range m.of {
		slices.SortFunc(list, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(blocks[a].group, blocks[b].group), cmp.Compare(len(blocks[a].records), len(blocks[b].records)), cmp.Compare(a, b))
		})
	}
	return m
}

// with yields the records behind a that share keys with it, and how much these
// tell. It is asked for ascending records.
func (m *meeting) with(a int, yield func(other uint32, bits float32)) {
	m.met = m.met[:0]
	for _, i := range m.of[a] {
		b := &m.blocks[i]
		for _, other := range b.after(a) {
			if int(other) < m.set.second {
				continue
			}
			if m.told[other] == 0 {
				m.met = append(m.met, other)
				m.last[other] = 0
			}
			if m.last[other] != b.group+1 {
				m.last[other] = b.group + 1
				m.told[other] += b.tells
			}
		}
	}
	for _, other := range m.met {
		yield(other, m.told[other])
		m.told[other] = 0
	}
}

// least returns how much shared keys must tell. A key that only two share tells
// log2(n) bits; somewhat less is enough, so that chance brings a few records
// together, not thousands. Where a sample shows that these would be too many,
// it is more.
func (m *meeting) least(ctx context.Context) (bits float32, capped bool, err error) {
	const slack, sample, steps = 2.5, 400, 4 // of a bit
	least := math.Log2(float64(len(m.set.records))) - slack
	var seen [64 * steps]int
	stride := max(1, m.set.lefts()/sample)
	for a := 0; a < m.set.lefts(); a += stride {
		if err := ctx.Err(); err != nil {
			return 0, false, err
		}
		m.with(a, func(_ uint32, bits float32) { seen[min(int(bits*steps), len(seen)-1)]++ })
	}
	total, i := 0, len(seen)-1
	for ; i > int(least*steps); i-- {
		if total += seen[i] * stride; total > mostCompared {
			return float32(i+1) / steps, true, nil
		}
	}
	return float32(least), false, nil
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
		s.keys(&s.records[i], func(g group, hash uint64) {
			all = append(all, key{hash, uint32(i), g}) //nolint:gosec // far fewer records
		})
	}
	common := make([][]key, len(s.records)) // keys too common alone, record being how many share it
	blocks = gather(all, len(s.records), func(sharing []key) {
		for _, k := range sharing {
			common[k.record] = append(common[k.record], key{k.hash, uint32(len(sharing)), k.group}) //nolint:gosec // as above
		}
	})
	all = all[:0]
	for i, list := range common {
		slices.SortFunc(list, func(a, b key) int { return cmp.Or(cmp.Compare(a.record, b.record), cmp.Compare(a.hash, b.hash)) })
		list = list[:min(len(list), mostCombined)]
		for x := range list {
			for y := range x {
				if list[x].group != list[y].group {
					a, b := min(list[x].hash, list[y].hash), max(list[x].hash, list[y].hash)
					all = append(all, key{a*3 ^ bits.RotateLeft64(b, 17), uint32(i), groupCombined})
				}
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
	all = slices.CompactFunc(all, func(a, b key) bool { return a.hash == b.hash && a.record == b.record })
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
			blocks = append(blocks, block{records: records, group: all[0].group, tells: float32(math.Log2(float64(n) / float64(end-1)))})
		}
		all = all[end:]
	}
	return blocks
}
