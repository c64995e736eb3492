package vault

import (
	"encoding/binary"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"kebu/crypto/page"
)

// journalSector is what SQLite rounds the headers of a journal up to, in bytes,
// on the disks that xDeviceCharacteristics describes.
const journalSector = 512

// seedAt is where in a header the number stands that its checksums begin with.
const seedAt = 12

// journalFile is the rollback journal: headers in the clear at multiples of
// journalSector, and records of a page number (4 bytes), the page as it was and
// a checksum (4 bytes), 4,104 in all. So pages and checksums stand at 4 modulo 8,
// numbers and headers at 0.
//
// A checksum would tell about the page and does nothing that its tag does not do
// better. It is stored as zero, and SQLite is given the one it expects.
type journalFile struct {
	*handle
	numberAt int64 // where the last number was written, -1 once its page was
	number   [4]byte
	sumAt    int64 // where the checksum of the page just read is, else -1
	sum      uint32
	seed     uint32 // of the last header
}

func (f *journalFile) read(tls *libc.TLS, out []byte, offset int64) int32 {
	isSum := offset == f.sumAt && len(out) == 4
	f.sumAt = -1
	if len(out) == page.Size && offset%8 == 4 {
		return f.readPage(tls, out, offset)
	}
	rc := f.real.read(tls, out, offset)
	switch {
	case rc != lib.SQLITE_OK || len(out) != 4:
	case isSum:
		binary.BigEndian.PutUint32(out, f.seed+f.sum)
	case offset%journalSector == seedAt:
		f.seed = binary.BigEndian.Uint32(out)
	}
	return rc
}

// readPage is stricter than SQLite, which ends a rollback in silence at a record
// with a wrong checksum: records are synced before SQLite counts them, so that
// one which does not open was changed on disk, and half a rollback is worse than
// none.
func (f *journalFile) readPage(tls *libc.TLS, out []byte, offset int64) int32 {
	record := f.scratch[:4+page.Size]
	if rc := f.real.read(tls, record, offset-4); rc != lib.SQLITE_OK {
		clear(out)
		return rc
	}
	if f.sealer().Open(out, record[4:], page.InJournal(offset, record[:4])) != nil {
		return lib.SQLITE_IOERR_DATA
	}
	f.sumAt, f.sum = offset+page.Size, journalSum(out)
	return lib.SQLITE_OK
}

// journalSum is SQLite's checksum of a page but for the seed: every 200th byte.
func journalSum(p []byte) uint32 {
	var sum uint32
	for i := len(p) - 200; i > 0; i -= 200 {
		sum += uint32(p[i])
	}
	return sum
}

func (f *journalFile) write(tls *libc.TLS, in []byte, offset int64) int32 {
	switch {
	case len(in) == page.Size && offset%8 == 4:
		return f.writePage(tls, in, offset)
	case len(in) == 4 && offset%8 == 4:
		out := f.scratch[:4]
		clear(out)
		return f.real.write(tls, out, offset)
	case len(in) == 4:
		f.numberAt, f.number = offset, [4]byte(in)
	case len(in) == journalSector && offset%journalSector == 0:
		f.seed = binary.BigEndian.Uint32(in[seedAt:])
	case len(in) >= journalSector:
		return lib.SQLITE_IOERR_WRITE
	}
	return f.real.write(tls, in, offset)
}

func (f *journalFile) writePage(tls *libc.TLS, in []byte, offset int64) int32 {
	if f.numberAt != offset-4 || !reserveIsFree(in) {
		return lib.SQLITE_IOERR_WRITE
	}
	f.numberAt = -1
	out := f.scratch[:page.Size]
	if f.sealer().Seal(out, in, page.InJournal(offset, f.number[:])) != nil {
		return lib.SQLITE_IOERR_WRITE
	}
	return f.real.write(tls, out, offset)
}
