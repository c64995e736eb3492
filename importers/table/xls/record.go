package xls

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"

	"kebu/importers/table/stream"
)

// records reads records one behind the other ([MS-XLS] 2.1.4).
type records struct {
	r    *bufio.Reader
	at   int64 // behind the record
	kind uint16
	data []byte // of the record, what was not taken yet
	buf  []byte
}

const headerBytes = 4

func newRecords(ctx context.Context, src io.ReaderAt, from, to int64) *records {
	part := stream.Source(ctx, io.NewSectionReader(src, from, max(0, to-from)))
	return &records{r: bufio.NewReaderSize(part, 64<<10), at: from, buf: make([]byte, 1<<16)}
}

// next reads a record.
func (r *records) next() error {
	var head [headerBytes]byte
	if _, err := io.ReadFull(r.r, head[:]); err != nil {
		return err
	}
	le := binary.LittleEndian
	r.kind = le.Uint16(head[:])
	r.data = r.buf[:le.Uint16(head[2:])]
	_, err := io.ReadFull(r.r, r.data)
	r.at += headerBytes + int64(len(r.data))
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// more goes on with the record that continues this one, which must come.
func (r *records) more() error {
	head, err := r.r.Peek(headerBytes)
	if err != nil {
		return err
	}
	if binary.LittleEndian.Uint16(head) != recordContinue {
		return errShort
	}
	kind := r.kind
	err = r.next()
	r.kind = kind
	return err
}

// take returns the next n bytes, which may be at most those of one record.
func (r *records) take(n int) ([]byte, error) {
	if n <= len(r.data) {
		b := r.data[:n]
		r.data = r.data[n:]
		return b, nil
	}
	b := append([]byte(nil), r.data...)
	for len(b) < n {
		if err := r.more(); err != nil {
			return nil, err
		}
		k := min(n-len(b), len(r.data))
		b = append(b, r.data[:k]...)
		r.data = r.data[k:]
	}
	return b, nil
}

// pass steps over n bytes, over records that continue this one too.
func (r *records) pass(n int64) error {
	for n > int64(len(r.data)) {
		n -= int64(len(r.data))
		if err := r.more(); err != nil {
			return err
		}
	}
	r.data = r.data[n:]
	return nil
}

func (r *records) uint8() (byte, error) {
	b, err := r.take(1)
	if err != nil {
		return 0, err
	}
	return b[0], nil
}

func (r *records) uint16() (uint16, error) {
	b, err := r.take(2)
	if err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint16(b), nil
}

func (r *records) uint32() (uint32, error) {
	b, err := r.take(4)
	if err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint32(b), nil
}
