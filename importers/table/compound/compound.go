// Package compound reads the streams of compound files ([MS-CFB]), in which old and
// locked Office documents are kept. It bounds what the reader of the format that it
// stands on would take from a hostile file: steps, memory and depth.
package compound

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/richardlehane/mscfb"

	"kebu/importers/table/stream"
)

// Bounds of opening: a workbook has some dozens of directory entries, 4 or 32 to a
// sector, and its small streams take some hundred sectors.
const (
	mostSectors = 2_000
	mostLinks   = 200_000
)

var errTooMuch = errors.New("compound file: directory too large")

// File is an opened compound file. Its streams may be used from several goroutines.
type File struct {
	source  *source
	entries map[string]*mscfb.File // streams of the root by name in upper case
	mu      sync.Mutex             // of source and the places in all streams
}

// Open reads the directory of the size bytes of r. The error is a
// [*stream.SourceError] if it is that of r.
func Open(r io.ReaderAt, size int64) (*File, error) {
	f := &File{source: &source{r: r, size: size, opening: true}, entries: map[string]*mscfb.File{}}
	c, err := mscfb.New(f.source)
	if err != nil {
		return nil, f.source.cause(err)
	}
	f.source.opening = false
	for _, e := range c.File {
		if len(e.Path) == 0 && !e.FileInfo().IsDir() && e.Size <= size {
			f.entries[strings.ToUpper(e.Name)] = e
		}
	}
	return f, nil
}

// Stream returns the stream of a name, without regard to case, nil if there is none.
func (f *File) Stream(name string) *Stream {
	e, ok := f.entries[strings.ToUpper(name)]
	if !ok {
		return nil
	}
	return &Stream{f, e}
}

// Stream is one stream of a file.
type Stream struct {
	file  *File
	entry *mscfb.File
}

// Size is in bytes.
func (s *Stream) Size() int64 { return s.entry.Size }

// ReadAt reads from the stream. Reading forwards is fast, a jump backwards costs a
// walk from the start.
func (s *Stream) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("compound file: negative offset")
	}
	s.file.mu.Lock()
	defer s.file.mu.Unlock()
	n := 0
	for n < len(p) {
		at := off + int64(n)
		if at >= s.entry.Size {
			return n, io.EOF
		}
		if _, err := s.entry.Seek(at, io.SeekStart); err != nil {
			return n, s.file.source.cause(err)
		}
		const piece = 64 << 10 // the reader's work grows with the square of it
		got, err := s.entry.Read(p[n:min(len(p), n+piece)])
		n += got
		if err != nil && !errors.Is(err, io.EOF) {
			return n, s.file.source.cause(err)
		}
		if got == 0 {
			return n, io.ErrUnexpectedEOF
		}
	}
	return n, nil
}

// source is the file as the reader of the format sees it: few bytes at a time come
// from pages that are kept, and while it opens the reads are counted.
type source struct {
	r       io.ReaderAt
	size    int64
	opening bool
	sectors int
	links   int
	failed  error // of r
	pages   [256]page
}

// page is a stretch of the file, of the links between sectors for the most part.
type page struct {
	number int64 // from 1; 0 is none
	data   []byte
}

const pageBytes = 4096

func (s *source) ReadAt(p []byte, off int64) (int, error) {
	const link = 4
	if s.opening {
		if len(p) > link {
			s.sectors++
		} else {
			s.links++
		}
		if s.sectors > mostSectors || s.links > mostLinks {
			return 0, errTooMuch
		}
	}
	if off < 0 || off >= s.size {
		return 0, io.EOF
	}
	if len(p) > link || off%pageBytes > pageBytes-link {
		return s.read(p, off)
	}
	kept := &s.pages[off/pageBytes%int64(len(s.pages))]
	if number := off/pageBytes + 1; kept.number != number {
		if kept.data == nil {
			kept.data = make([]byte, pageBytes)
		}
		kept.number = 0
		start := off / pageBytes * pageBytes
		n, err := s.read(kept.data[:min(pageBytes, s.size-start)], start)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		clear(kept.data[n:])
		kept.number = number
	}
	n := copy(p, kept.data[off%pageBytes:])
	if off+int64(n) > s.size {
		return int(s.size - off), io.ErrUnexpectedEOF
	}
	return n, nil
}

func (s *source) read(p []byte, off int64) (int, error) {
	n, err := s.r.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

// cause is why the reader of the format failed with err.
func (s *source) cause(err error) error {
	if s.failed != nil {
		return &stream.SourceError{Err: s.failed}
	}
	return fmt.Errorf("compound file: %w", err)
}
