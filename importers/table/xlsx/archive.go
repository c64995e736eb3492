package xlsx

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/flate"

	"kebu/importers/table/grid"
	"kebu/importers/table/stream"
)

// archive is the directory of a zip file (APPNOTE.TXT 6.3). archive/zip would build
// the whole directory of a hostile file before one could count it, and offers the
// stated sizes; here entries are counted as they come and sizes as they inflate.
type archive struct {
	src    io.ReaderAt
	size   int64
	limits grid.Limits
	parts  map[string]part // by name in lower case: OPC part names ignore case
	opened int64           // bytes inflated by parts that Open reads
}

// part is one file of the archive.
type part struct {
	name      string
	method    uint16
	encrypted bool
	checksum  uint32
	packed    int64
	offset    int64 // of the local header
}

var errDirectory = errors.New("broken zip directory")

const (
	endRecord   = 22 // bytes, without the comment
	endRecord64 = 56
	locator64   = 20
	central     = 46
	local       = 30
)

// openArchive reads the directory.
func openArchive(ctx context.Context, r io.ReaderAt, size int64, limits grid.Limits) (*archive, error) {
	a := &archive{src: r, size: size, limits: limits, parts: map[string]part{}}
	start, entries, err := a.end()
	if err != nil {
		return nil, a.damage(err)
	}
	if entries > uint64(limits.Entries) { //nolint:gosec // a limit is not negative
		return nil, &grid.LimitError{What: "files in the workbook", Limit: limits.Entries}
	}
	dir := bufio.NewReader(stream.Source(ctx, io.NewSectionReader(r, start, size-start)))
	for range entries {
		p, err := readEntry(dir)
		if err != nil {
			return nil, a.damage(err)
		}
		key := partKey(p.name)
		if _, double := a.parts[key]; double {
			return nil, a.damage(errors.New("two files of one name"))
		}
		a.parts[key] = p
	}
	if a.overlap() {
		return nil, a.damage(errors.New("files that overlap"))
	}
	return a, nil
}

// overlap reports whether two files share packed bytes: what is stored once could so
// be unpacked ten thousand times.
func (a *archive) overlap() bool {
	list := slices.SortedFunc(maps.Values(a.parts), func(p, q part) int { return cmp.Compare(p.offset, q.offset) })
	end := int64(0)
	for _, p := range list {
		if p.offset < end {
			return true
		}
		end = p.offset + local + p.packed
	}
	return false
}

// damage makes err the error of the archive as a whole.
func (a *archive) damage(err error) error { return grid.Damaged("", 0, err) }

func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// end finds where the directory starts and how many entries it states.
func (a *archive) end() (start int64, entries uint64, err error) {
	tail := make([]byte, min(a.size, endRecord+1<<16))
	base := a.size - int64(len(tail))
	if _, err := a.src.ReadAt(tail, base); err != nil && !errors.Is(err, io.EOF) {
		return 0, 0, &stream.SourceError{Err: err}
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || at+endRecord > len(tail) {
		return 0, 0, errDirectory
	}
	le := binary.LittleEndian
	count, offset := uint64(le.Uint16(tail[at+10:])), uint64(le.Uint32(tail[at+16:]))
	if count == 0xFFFF || offset == 0xFFFFFFFF {
		if at < locator64 || string(tail[at-locator64:at-locator64+4]) != "PK\x06\x07" {
			return 0, 0, errDirectory
		}
		record := make([]byte, endRecord64)
		where := le.Uint64(tail[at-locator64+8:])
		if where > uint64(a.size) { //nolint:gosec // a size is not negative
			return 0, 0, errDirectory
		}
		_, err := a.src.ReadAt(record, int64(where)) //nolint:gosec // checked above
		if err != nil || string(record[:4]) != "PK\x06\x06" {
			return 0, 0, errDirectory
		}
		count, offset = le.Uint64(record[32:]), le.Uint64(record[48:])
	}
	if offset > uint64(a.size) { //nolint:gosec // a size is not negative
		return 0, 0, errDirectory
	}
	return int64(offset), count, nil //nolint:gosec // checked above
}

// readEntry reads one entry of the directory.
func readEntry(dir io.Reader) (part, error) {
	var h [central]byte
	if _, err := io.ReadFull(dir, h[:]); err != nil {
		return part{}, err
	}
	le := binary.LittleEndian
	if string(h[:4]) != "PK\x01\x02" {
		return part{}, errDirectory
	}
	names, extras := int(le.Uint16(h[28:])), int(le.Uint16(h[30:]))
	rest := make([]byte, names+extras+int(le.Uint16(h[32:])))
	if _, err := io.ReadFull(dir, rest); err != nil {
		return part{}, err
	}
	packed, offset := uint64(le.Uint32(h[20:])), uint64(le.Uint32(h[42:]))
	// ZIP64: the fields that are full stand in the extra field, in this order.
	full := []*uint64{nil, nil, nil}
	if le.Uint32(h[24:]) == 0xFFFFFFFF {
		full[0] = new(uint64)
	}
	if packed == 0xFFFFFFFF {
		full[1] = &packed
	}
	if offset == 0xFFFFFFFF {
		full[2] = &offset
	}
	for extra := rest[names : names+extras]; len(extra) >= 4; {
		n := int(le.Uint16(extra[2:]))
		if n+4 > len(extra) {
			break
		}
		body := extra[4 : 4+n]
		if le.Uint16(extra) == 1 {
			for _, field := range full {
				if field != nil && len(body) >= 8 {
					*field, body = le.Uint64(body), body[8:]
				}
			}
		}
		extra = extra[4+n:]
	}
	if packed > 1<<60 || offset > 1<<60 {
		return part{}, errDirectory
	}
	return part{
		name:      string(rest[:names]),
		encrypted: le.Uint16(h[8:])&1 != 0,
		method:    le.Uint16(h[10:]),
		checksum:  le.Uint32(h[16:]),
		packed:    int64(packed),
		offset:    int64(offset),
	}, nil
}

// open inflates a part, at most budget bytes of it, and checks it against its
// checksum at the end. If done is not nil it tells how many packed bytes were read,
// beginning at base.
func (a *archive) open(ctx context.Context, p part, budget, base int64, done *atomic.Int64) (io.Reader, error) {
	if p.encrypted {
		return nil, &grid.UnsupportedError{Kind: grid.KindEncrypted}
	}
	var h [local]byte
	if _, err := a.src.ReadAt(h[:], p.offset); err != nil || string(h[:4]) != "PK\x03\x04" {
		return nil, grid.Damaged(p.name, 0, errDirectory)
	}
	start := p.offset + local + int64(binary.LittleEndian.Uint16(h[26:])) + int64(binary.LittleEndian.Uint16(h[28:]))
	src := stream.Source(ctx, io.NewSectionReader(a.src, start, p.packed))
	if done != nil {
		src = stream.Metered(src, base, done)
	}
	in := &inflater{part: p, limits: a.limits, budget: budget, sum: crc32.NewIEEE()}
	switch p.method {
	case 0:
		in.src = src
	case 8:
		in.src = flate.NewReader(bufio.NewReaderSize(src, stream.WindowBytes))
	default:
		return nil, grid.Damaged(p.name, 0, fmt.Errorf("zip method %d", p.method))
	}
	return stream.Stopping(ctx, in), nil // a packed byte may be a thousand inflated ones
}

// inflater counts and sums up what really comes out of a part.
type inflater struct {
	src    io.Reader
	part   part
	limits grid.Limits
	budget int64
	n      int64
	sum    hash.Hash32
}

func (in *inflater) Read(p []byte) (int, error) {
	n, err := in.src.Read(p)
	in.n += int64(n)
	if in.n > in.budget {
		return 0, &grid.LimitError{What: "bytes unpacked", Limit: in.limits.UnzippedBytes}
	}
	if in.n > ratioFree && in.n/in.limits.Ratio > in.part.packed {
		return 0, &grid.LimitError{What: "bytes unpacked from each packed one", Limit: in.limits.Ratio}
	}
	in.sum.Write(p[:n])
	if errors.Is(err, io.EOF) && in.sum.Sum32() != in.part.checksum {
		return n, errors.New("wrong checksum")
	}
	return n, err
}

// ratioFree is how many bytes of a part may be inflated at any ratio: what small
// parts cost is bounded anyway.
const ratioFree = 64 << 20
