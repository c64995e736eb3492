package table

import (
	"errors"
	"io"
)

// window is a stretch buf[r:w] of a stream that is read on demand.
type window struct {
	src   io.Reader
	buf   []byte
	r, w  int
	ended bool // src has no more
}

// more reads on behind w, moving or enlarging the buffer if it is full. It reports
// false at the end of the stream. Indices relative to r stay right.
func (b *window) more() (bool, error) {
	if b.ended {
		return false, nil
	}
	if b.w == len(b.buf) {
		if b.r > len(b.buf)/2 {
			b.w = copy(b.buf, b.buf[b.r:b.w])
			b.r = 0
		} else {
			grown := make([]byte, max(2*len(b.buf), windowBytes))
			b.w = copy(grown, b.buf[b.r:b.w])
			b.buf, b.r = grown, 0
		}
	}
	for range 100 {
		n, err := b.src.Read(b.buf[b.w:])
		b.w += n
		switch {
		case errors.Is(err, io.EOF):
			b.ended = true
			return n > 0, nil
		case err != nil:
			return false, err
		case n > 0:
			return true, nil
		}
	}
	return false, io.ErrNoProgress
}

// has makes the byte at r+i available, if there is one.
func (b *window) has(i int) (bool, error) {
	for b.r+i >= b.w {
		if ok, err := b.more(); !ok {
			return false, err
		}
	}
	return true, nil
}

// windowBytes is the usual size of a window: large against a row, small against the
// cache.
const windowBytes = 128 << 10
