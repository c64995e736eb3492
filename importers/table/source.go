package table

import (
	"context"
	"io"
	"sync/atomic"
)

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// bufferedFrom reads r from its start, in pieces small enough that a cancelled ctx
// ends the work within milliseconds.
func bufferedFrom(ctx context.Context, r io.ReaderAt, size int64) io.Reader {
	return stopping(ctx, io.NewSectionReader(r, 0, size))
}

// stopping reads from r until ctx is done.
func stopping(ctx context.Context, r io.Reader) io.Reader {
	return readFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return r.Read(p[:min(len(p), 256<<10)])
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
