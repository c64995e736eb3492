package vault

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"kebu/crypto/page"
)

// checkStep is how many pages are read at once: a few milliseconds of work.
const checkStep = 256

// CheckPages authenticates every page of the book as it is on disk, those not in
// use too, and returns how many there should be and which of them do not open or
// are missing, in rising order. It reads the file itself and not through SQLite's
// cache, so run it after a checkpoint and while nobody writes. Progress, if not
// nil, is told the pages done and in all.
//
// A book cut down to its header has no page to be missed, and looks new.
func (f *File) CheckPages(ctx context.Context, progress func(done, all int)) (pages int, bad []uint32, err error) {
	if f.book == nil {
		return 0, nil, ErrKeys
	}
	info, err := f.raw.Stat()
	if err != nil {
		return 0, nil, fmt.Errorf("check pages: %w", err)
	}
	c := checker{
		sealer: f.book.keys.Load().Sealer(),
		slots:  max(info.Size()-HeaderSize, 0) / page.Size,
		count:  pagesIn(info.Size()),
	}
	buf := make([]byte, checkStep*page.Size)
	for first := int64(0); first < c.slots; first += checkStep {
		if err := ctx.Err(); err != nil {
			return 0, nil, err
		}
		n := min(checkStep, c.slots-first)
		part := buf[:n*page.Size]
		if _, err := f.raw.ReadAt(part, HeaderSize+first*page.Size); err != nil && !errors.Is(err, io.EOF) {
			return 0, nil, fmt.Errorf("check pages: %w: %w", ErrIO, err)
		}
		for i := range n {
			c.check(first+i+1, part[i*page.Size:(i+1)*page.Size])
		}
		if progress != nil {
			progress(int(first+n), int(c.slots))
		}
	}
	c.missing()
	slices.Sort(c.bad)
	return int(c.count), c.bad, nil
}

// checker goes through the slots of a file, each of page.Size bytes. But around
// lockByte, slot n holds page n.
type checker struct {
	sealer *page.Sealer
	slots  int64
	count  int64 // of pages: as page 1 says, or as the file's size says if it is damaged
	bad    []uint32
}

// countAt is where page 1 says how many pages there are.
const countAt = 28

var unwritten [page.Size]byte

func (c *checker) check(slot int64, sealed []byte) {
	number := slot
	switch slot {
	case displaced():
		return // SQLite locks here, and nothing is stored
	case lockPage():
		number = displaced()
	}
	if number > c.count && bytes.Equal(sealed, unwritten[:]) {
		return // the file grew to where displaced stands, or for a write that a crash took back
	}
	if c.sealer.Open(sealed, sealed, page.InMain(uint32(number))) != nil { //nolint:gosec // SQLite has fewer than 2^32 pages
		c.bad = append(c.bad, uint32(number)) //nolint:gosec // as above
		return
	}
	if number == 1 {
		c.count = int64(binary.BigEndian.Uint32(sealed[countAt:]))
	}
}

// missing adds the pages that should stand past the end of the file.
func (c *checker) missing() {
	end := HeaderSize + c.slots*page.Size
	for n := int64(1); n <= c.count; n++ {
		if n != lockPage() && offsetOf(n) >= end {
			c.bad = append(c.bad, uint32(n))
		}
	}
}
