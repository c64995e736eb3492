package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
)

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// sourceError is an error of the file itself or of the context, as opposed to one of
// what the file holds.
type sourceError struct{ err error }

func (e *sourceError) Error() string { return e.err.Error() }
func (e *sourceError) Unwrap() error { return e.err }

// source reads from the file r until ctx is done.
func source(ctx context.Context, r io.Reader) io.Reader {
	return stopping(ctx, readFunc(func(p []byte) (int, error) {
		n, err := r.Read(p)
		if err != nil && !errors.Is(err, io.EOF) {
			err = &sourceError{err}
		}
		return n, err
	}))
}

// stopping reads from r until ctx is done, in pieces that take less than a millisecond.
func stopping(ctx context.Context, r io.Reader) io.Reader {
	return readFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, &sourceError{err}
		}
		return r.Read(p[:min(len(p), windowBytes)])
	})
}

// metered adds what is read from r to done, which starts at base.
func metered(r io.Reader, base int64, done *atomic.Int64) io.Reader {
	read := base
	done.Store(base)
	return readFunc(func(p []byte) (int, error) {
		n, err := r.Read(p)
		read += int64(n)
		done.Store(read)
		return n, err
	})
}

// damaged makes err a DamageError unless it has another cause than the content.
func damaged(part string, row int, err error) error {
	var (
		of    *sourceError
		limit *LimitError
		kind  *UnsupportedError
		known *DamageError
	)
	switch {
	case errors.As(err, &of):
		return fmt.Errorf("read workbook: %w", of.err)
	case errors.As(err, &limit), errors.As(err, &kind), errors.As(err, &known):
		return err
	case errors.Is(err, io.EOF):
		err = io.ErrUnexpectedEOF
	}
	return &DamageError{Part: part, Row: row, Err: err}
}

// counted counts what is read.
type counted struct {
	src io.Reader
	n   int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.n += int64(n)
	return n, err
}
