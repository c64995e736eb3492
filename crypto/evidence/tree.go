package evidence

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Hashes returns the hashes that are kept with entry n: those of the leaf and of
// the subtrees that it completes, 32 bytes each, two on average. It reads those of
// up to log₂ n entries before.
func Hashes(n int64, text []byte, r tlog.HashReader) ([]byte, error) {
	list, err := tlog.StoredHashes(n, text, r)
	if err != nil {
		return nil, fmt.Errorf("hash entry: %w", err)
	}
	b := make([]byte, 0, len(list)*tlog.HashSize)
	for _, h := range list {
		b = append(b, h[:]...)
	}
	return b, nil
}

// KeptWith tells with which entry a stored hash is kept, and at which of its hashes.
func KeptWith(index int64) (n int64, level int) {
	level, n = tlog.SplitStoredHashIndex(index)
	return (n+1)<<level - 1, level
}

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
