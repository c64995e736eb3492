package vault

import (
	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"kebu/crypto/page"
)

// walHeader is the size of the header of the log: sizes and salts, in the clear.
const walHeader = 32

// walFile is the write-ahead log: a header, then frames, each a header and a
// page.
type walFile struct {
	*handle
	// The last frame header written, whose page comes next, and where.
	headerAt int64
	header   [8]byte
}

func (f *walFile) read(tls *libc.TLS, out []byte, offset int64) int32 {
	if offset < walHeader {
		return f.real.read(tls, out, offset)
	}
	within := int((offset - walHeader) % frameSize)
	frameAt := offset - int64(within)
	if within+len(out) > frameSize {
		return lib.SQLITE_IOERR_READ
	}
	frame := f.scratch[:frameSize]
	if rc := f.real.read(tls, frame, frameAt); rc != lib.SQLITE_OK {
		clear(out)
		return rc
	}
	head, body := frame[:page.FrameHeader], frame[page.FrameHeader:]
	place := page.InWAL(frameAt, head[:8])
	if within >= page.FrameHeader {
		return f.readPage(out, body, within-page.FrameHeader, place)
	}
	// Headers alone are read when SQLite counts its checksums anew, a header with
	// its page when it recovers. A frame that is not authentic is then no error
	// but where the log ends, as after a power loss.
	f.sealer().OpenFrameHeader(head, frameAt, page.Epoch(body))
	if within+len(out) <= page.FrameHeader {
		copy(out, head[within:])
		return lib.SQLITE_OK
	}
	if within != 0 || len(out) != frameSize {
		return lib.SQLITE_IOERR_READ
	}
	if f.sealer().Open(out[page.FrameHeader:], body, place) != nil {
		clear(out)
		return lib.SQLITE_OK
	}
	copy(out, head)
	return lib.SQLITE_OK
}

// readPage gives out a page, or a part of it, of a frame that SQLite knows to be
// whole: if it is not, the disk changed it.
func (f *walFile) readPage(out, body []byte, within int, place page.Place) int32 {
	plain := f.plain
	if len(out) == page.Size {
		plain = out
	}
	if f.sealer().Open(plain, body, place) != nil {
		return lib.SQLITE_IOERR_DATA
	}
	if len(out) != page.Size {
		copy(out, plain[within:])
	}
	return lib.SQLITE_OK
}

func (f *walFile) write(tls *libc.TLS, in []byte, offset int64) int32 {
	if offset == 0 && len(in) == walHeader {
		return f.real.write(tls, in, offset)
	}
	if offset < walHeader {
		return lib.SQLITE_IOERR_WRITE
	}
	within := (offset - walHeader) % frameSize
	switch {
	case within == 0 && len(in) == page.FrameHeader:
		return f.writeHeader(tls, in, offset)
	case within == page.FrameHeader && len(in) == page.Size:
		return f.writePage(tls, in, offset)
	}
	return lib.SQLITE_IOERR_WRITE
}

func (f *walFile) writeHeader(tls *libc.TLS, in []byte, offset int64) int32 {
	f.headerAt = offset
	f.header = [8]byte(in)
	out := f.scratch[:page.FrameHeader]
	copy(out, in)
	f.sealer().SealFrameHeader(out, offset)
	return f.real.write(tls, out, offset)
}

func (f *walFile) writePage(tls *libc.TLS, in []byte, offset int64) int32 {
	if !reserveIsFree(in) {
		return lib.SQLITE_IOERR_WRITE
	}
	frameAt := offset - page.FrameHeader
	if f.headerAt != frameAt { // a transaction replaces a page that it wrote before
		head := f.scratch[:len(f.header)]
		if f.real.read(tls, head, frameAt) != lib.SQLITE_OK {
			return lib.SQLITE_IOERR_WRITE
		}
		f.headerAt, f.header = frameAt, [8]byte(head)
	}
	out := f.scratch[:page.Size]
	if f.sealer().Seal(out, in, page.InWAL(frameAt, f.header[:])) != nil {
		return lib.SQLITE_IOERR_WRITE
	}
	return f.real.write(tls, out, offset)
}
