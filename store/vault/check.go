package vault

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
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
	c := checker{sealer: f.book.keys.Load().Sealer()}
	if err := c.walk(ctx, f.raw, progress); err != nil {
		return 0, nil, fmt.Errorf("check pages: %w", err)
	}
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
	// opened, if not nil, is given each page in use that opens, in the order in
	// which they stand in the file.
	opened func(number uint32, plain []byte) error
}

// walk looks at all slots of a file.
func (c *checker) walk(ctx context.Context, file *os.File, progress func(done, all int)) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	c.slots, c.count = max(info.Size()-HeaderSize, 0)/page.Size, pagesIn(info.Size())
	buf := make([]byte, checkStep*page.Size)
	for first := int64(0); first < c.slots; first += checkStep {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(checkStep, c.slots-first)
		part := buf[:n*page.Size]
		if _, err := file.ReadAt(part, HeaderSize+first*page.Size); err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%w: %w", ErrIO, err)
		}
		for i := range n {
			if err := c.check(first+i+1, part[i*page.Size:(i+1)*page.Size]); err != nil {
				return err
			}
		}
		if progress != nil {
			progress(int(first+n), int(c.slots))
		}
	}
	c.missing()
	return nil
}

// countAt is where page 1 says how many pages there are.
const countAt = 28

var unwritten [page.Size]byte

func (c *checker) check(slot int64, sealed []byte) error {
	number := slot
	switch slot {
	case displaced():
		return nil // SQLite locks here, and nothing is stored
	case lockPage():
		number = displaced()
	}
	if number > c.count && bytes.Equal(sealed, unwritten[:]) {
		return nil // the file grew to where displaced stands, or for a write that a crash took back
	}
	if c.sealer.Open(sealed, sealed, page.InMain(uint32(number))) != nil { //nolint:gosec // SQLite has fewer than 2^32 pages
		c.bad = append(c.bad, uint32(number)) //nolint:gosec // as above
		return nil                            //nolint:nilerr // it is told at the end
	}
	if number == 1 {
		c.count = int64(binary.BigEndian.Uint32(sealed[countAt:]))
	}
	if c.opened == nil || number > c.count {
		return nil
	}
	return c.opened(uint32(number), sealed) //nolint:gosec // as above
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
