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

// checker goes through the slots of a file.
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
	start := func(slots, size int64) { c.slots, c.count = slots, pagesIn(size) }
	if err := eachSlot(ctx, file, start, func(slot int64, sealed []byte) error {
		if progress != nil && (slot%checkStep == 0 || slot == c.slots) {
			progress(int(slot), int(c.slots))
		}
		return c.check(slot, sealed)
	}); err != nil {
		return err
	}
	c.missing()
	return nil
}

// eachSlot gives fn the slots of a file, from 1, each of page.Size bytes that fn may
// overwrite. Start is told before how many there are, and the file's size.
func eachSlot(ctx context.Context, file *os.File, start func(slots, size int64), fn func(slot int64, sealed []byte) error) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	slots := max(info.Size()-HeaderSize, 0) / page.Size
	start(slots, info.Size())
	buf := make([]byte, checkStep*page.Size)
	for first := int64(0); first < slots; first += checkStep {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(checkStep, slots-first)
		part := buf[:n*page.Size]
		if _, err := file.ReadAt(part, HeaderSize+first*page.Size); err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%w: %w", ErrIO, err)
		}
		for i := range n {
			if err := fn(first+i+1, part[i*page.Size:(i+1)*page.Size]); err != nil {
				return err
			}
		}
	}
	return nil
}

// pageIn returns which page stands in a slot, if one does: but around lockByte,
// slot n holds page n.
func pageIn(slot int64) (number int64, ok bool) {
	switch slot {
	case displaced():
		return 0, false // SQLite locks here, and nothing is stored
	case lockPage():
		return displaced(), true
	}
	return slot, true
}

// Behind returns the pages, in rising order, that are sealed under an epoch of the
// book key before the given one. Like CheckPages it reads the file itself.
func (f *File) Behind(ctx context.Context, epoch uint32) ([]uint32, error) {
	var behind []uint32
	if err := eachSlot(ctx, f.raw, func(_, _ int64) {}, func(slot int64, sealed []byte) error {
		if number, ok := pageIn(slot); ok && page.Epoch(sealed) < epoch && !bytes.Equal(sealed, unwritten[:]) {
			behind = append(behind, uint32(number)) //nolint:gosec // SQLite has fewer than 2^32 pages
		}
		return nil
	}); err != nil {
		return nil, fmt.Errorf("find pages under an old key: %w", err)
	}
	slices.Sort(behind)
	return behind, nil
}

// countAt is where page 1 says how many pages there are.
const countAt = 28

var unwritten [page.Size]byte

func (c *checker) check(slot int64, sealed []byte) error {
	number, ok := pageIn(slot)
	if !ok {
		return nil
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
