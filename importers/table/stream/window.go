package stream

import (
	"errors"
	"io"
)

// Window is a stretch Buf[R:W] of a stream that is read on demand.
type Window struct {
	Src   io.Reader
	Buf   []byte
	R, W  int
	Ended bool // Src has no more
}

// More reads on behind W, moving or enlarging the buffer if it is full. It reports
// false at the end of the stream. Indices relative to R stay right.
func (b *Window) More() (bool, error) {
	if b.Ended {
		return false, nil
	}
	if b.W == len(b.Buf) {
		if b.R > len(b.Buf)/2 {
			b.W = copy(b.Buf, b.Buf[b.R:b.W])
			b.R = 0
		} else {
			grown := make([]byte, max(2*len(b.Buf), WindowBytes))
			b.W = copy(grown, b.Buf[b.R:b.W])
			b.Buf, b.R = grown, 0
		}
	}
	for range 100 {
		n, err := b.Src.Read(b.Buf[b.W:])
		b.W += n
		switch {
		case errors.Is(err, io.EOF):
			b.Ended = true
			return n > 0, nil
		case err != nil:
			return false, err
		case n > 0:
			return true, nil
		}
	}
	return false, io.ErrNoProgress
}

// Has makes the byte at R+i available, if there is one.
func (b *Window) Has(i int) (bool, error) {
	for b.R+i >= b.W {
		if ok, err := b.More(); !ok {
			return false, err
		}
	}
	return true, nil
}

// WindowBytes is the usual size of a window: large against a row, small against the
// cache.
const WindowBytes = 128 << 10
