package vault

import (
	"encoding/binary"
	"sync/atomic"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"kebu/crypto/page"
)

// mainFile is the book itself.
type mainFile struct {
	*handle
	damaged *atomic.Uint32 // of the book
}

// probeSize is how much SQLite reads first, to learn how the file is laid out,
// before it looks for a log to recover from.
const probeSize = 100

func (f *mainFile) read(tls *libc.TLS, out []byte, offset int64) int32 {
	number, within := offset/page.Size+1, int(offset%page.Size)
	if within+len(out) > page.Size {
		return lib.SQLITE_IOERR_READ
	}
	whole := len(out) == page.Size
	buf := f.scratch[:page.Size]
	if whole {
		buf = out
	}
	switch rc := f.real.read(tls, buf, offsetOf(number)); {
	case rc == lib.SQLITE_IOERR_SHORT_READ:
		clear(out)
		if offset == 0 && len(out) == probeSize {
			announce(out)
		}
		return rc
	case rc != lib.SQLITE_OK:
		return rc
	}
	plain := out
	if !whole {
		plain = f.plain
	}
	err := f.sealer().Open(plain, buf, page.InMain(uint32(number))) //nolint:gosec // SQLite has fewer than 2^32 pages
	switch {
	case err == nil && !whole:
		copy(out, plain[within:])
	case err != nil && offset == 0 && len(out) == probeSize:
		// Page 1 may be torn and the log or journal about to mend it. The page
		// itself is read again before anything in it is believed.
		announce(out)
	case err != nil:
		f.damaged.Store(uint32(number)) //nolint:gosec // as above
		return lib.SQLITE_IOERR_DATA
	}
	return lib.SQLITE_OK
}

// announce answers the probe of a book without pages: all SQLite takes from it
// is the page size and the reserve. It is how the reserve is set.
func announce(out []byte) {
	clear(out)
	binary.BigEndian.PutUint16(out[16:], page.Size)
	out[20] = page.Reserve
}

func (f *mainFile) write(tls *libc.TLS, in []byte, offset int64) int32 {
	if len(in) != page.Size || offset%page.Size != 0 || !reserveIsFree(in) {
		return lib.SQLITE_IOERR_WRITE
	}
	number := offset/page.Size + 1
	out := f.scratch[:page.Size]
	if f.sealer().Seal(out, in, page.InMain(uint32(number))) != nil { //nolint:gosec // SQLite has fewer than 2^32 pages
		return lib.SQLITE_IOERR_WRITE
	}
	return f.real.write(tls, out, offsetOf(number))
}

// reserveIsFree says whether SQLite left the reserve of a page alone. It comes
// back as zeros, and SQLite's checksums cover it.
func reserveIsFree(p []byte) bool {
	for _, b := range p[page.Usable:] {
		if b != 0 {
			return false
		}
	}
	return true
}
