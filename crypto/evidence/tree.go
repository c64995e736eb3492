package evidence

import (
	"fmt"
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// KeptWith tells with which entry a stored hash is kept, and at which of its hashes.
func KeptWith(index int64) (n int64, level int) {
	level, n = tlog.SplitStoredHashIndex(index)
	return (n+1)<<level - 1, level
}

// Edge is the right edge of a log's tree, all that the next entry needs: the roots of
// the largest whole subtrees from left to right, one for each binary digit 1 of the
// number of entries. The zero value is of the empty log.
type Edge struct {
	size  int64
	roots []tlog.Hash
}

// EdgeAt reads the edge of a log's first n entries.
func EdgeAt(n int64, r tlog.HashReader) (*Edge, error) {
	var at []int64
	for level := bits.Len64(uint64(n)) - 1; level >= 0; level-- { //nolint:gosec // a size is never negative
		if trees := n >> level; trees&1 == 1 {
			at = append(at, tlog.StoredHashIndex(level, trees-1))
		}
	}
	roots, err := r.ReadHashes(at)
	if err != nil {
		return nil, fmt.Errorf("read edge of log: %w", err)
	}
	return &Edge{n, roots}, nil
}

// Add adds the next entry and returns the hashes that are kept with it: those of the
// leaf and of the subtrees that it completes, 32 bytes each, two on average.
func (e *Edge) Add(text []byte) []byte {
	h := tlog.RecordHash(text)
	kept := slices.Clone(h[:])
	for n := e.size; n&1 == 1; n >>= 1 {
		last := len(e.roots) - 1
		h = tlog.NodeHash(e.roots[last], h)
		e.roots = e.roots[:last]
		kept = append(kept, h[:]...)
	}
	e.roots = append(e.roots, h)
	e.size++
	return kept
}

// Size is the number of entries.
func (e *Edge) Size() int64 { return e.size }

// Clone returns an edge that goes its own way.
func (e *Edge) Clone() *Edge { return &Edge{e.size, slices.Clone(e.roots)} }

// Tree is a log in memory: the hashes of entries that are added one by one. The
// zero value is empty.
type Tree struct {
	size   int64
	hashes []tlog.Hash
}

// Add adds the next entry.
func (t *Tree) Add(text []byte) {
	list, err := tlog.StoredHashes(t.size, text, t)
	if err != nil {
		panic("evidence: " + err.Error()) // Tree has every hash that it is asked for
	}
	t.hashes = append(t.hashes, list...)
	t.size++
}

// Size is the number of entries.
func (t *Tree) Size() int64 { return t.size }

// Root returns the root of the first n entries, or ErrTree if there are fewer.
func (t *Tree) Root(n int64) (tlog.Hash, error) {
	if n < 0 || n > t.size {
		return tlog.Hash{}, fmt.Errorf("%d of %d entries: %w", n, t.size, ErrTree)
	}
	return tlog.TreeHash(n, t)
}

// ReadHashes makes a Tree a tlog.HashReader.
func (t *Tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at < 0 || at >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("hash %d: %w", at, ErrTree)
		}
		list[i] = t.hashes[at]
	}
	return list, nil
}
