// Package stream reads files piece by piece: until a context ends, with a count of
// what was read, and through a window that can be looked at.
package stream

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
)

// Func is a function that is an io.Reader.
type Func func([]byte) (int, error)

// Read calls f.
func (f Func) Read(p []byte) (int, error) { return f(p) }

// SourceError is an error of the file itself or of the context, as opposed to one of
// what the file holds.
type SourceError struct{ Err error }

func (e *SourceError) Error() string { return e.Err.Error() }
func (e *SourceError) Unwrap() error { return e.Err }

// Source reads from the file r until ctx is done. Its errors are SourceErrors.
func Source(ctx context.Context, r io.Reader) io.Reader {
	return Stopping(ctx, Func(func(p []byte) (int, error) {
		n, err := r.Read(p)
		if err != nil && !errors.Is(err, io.EOF) {
			err = &SourceError{err}
		}
		return n, err
	}))
}

// Stopping reads from r until ctx is done, in pieces that take less than a millisecond.
func Stopping(ctx context.Context, r io.Reader) io.Reader {
	return Func(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, &SourceError{err}
		}
		return r.Read(p[:min(len(p), WindowBytes)])
	})
}

// Metered adds what is read from r to done, which starts at base.
func Metered(r io.Reader, base int64, done *atomic.Int64) io.Reader {
	read := base
	done.Store(base)
	return Func(func(p []byte) (int, error) {
		n, err := r.Read(p)
		read += int64(n)
		done.Store(read)
		return n, err
	})
}

// Counted counts the bytes N that are read from Src.
type Counted struct {
	Src io.Reader
	N   int64
}

func (c *Counted) Read(p []byte) (int, error) {
	n, err := c.Src.Read(p)
	c.N += int64(n)
	return n, err
}
