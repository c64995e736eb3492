package vault

import (
	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"kebu/crypto/page"
)

// journalSector is what SQLite rounds the headers of a journal up to, in bytes,
// on the disks that xDeviceCharacteristics describes.
const journalSector = 512

// journalFile is the rollback journal: headers in the clear at multiples of
// journalSector, and records of a page number (4 bytes), the page as it was and
// a checksum (4 bytes), 4,104 in all. So pages and checksums stand at 4 modulo 8,
// numbers and headers at 0.
type journalFile struct {
	*handle
	numberAt int64 // where the last number was written, -1 once its page was
	number   [4]byte
	sumAt    int64           // where the checksum of the last page is, -1 once it was used
	sealed   [page.Size]byte // that page
}

func (f *journalFile) read(tls *libc.TLS, out []byte, offset int64) int32 {
	if len(out) == page.Size && offset%8 == 4 {
		return f.readPage(tls, out, offset)
	}
	rc := f.real.read(tls, out, offset)
	if rc == lib.SQLITE_OK && len(out) == 4 && offset == f.sumAt {
		f.sealer.MaskChecksum(out, f.sealed[:])
	}
	f.sumAt = -1
	return rc
}

// readPage is stricter than SQLite, which ends a rollback in silence at a record
// with a wrong checksum: records are synced before SQLite counts them, so that
// one which does not open was changed on disk, and half a rollback is worse than
// none.
func (f *journalFile) readPage(tls *libc.TLS, out []byte, offset int64) int32 {
	f.sumAt = -1
	record := f.scratch[:4+page.Size]
	if rc := f.real.read(tls, record, offset-4); rc != lib.SQLITE_OK {
		clear(out)
		return rc
	}
	body := record[4:]
	if f.sealer.Open(out, body, page.InJournal(offset, record[:4])) != nil {
		return lib.SQLITE_IOERR_DATA
	}
	copy(f.sealed[:], body)
	f.sumAt = offset + page.Size
	return lib.SQLITE_OK
}

func (f *journalFile) write(tls *libc.TLS, in []byte, offset int64) int32 {
	switch {
	case len(in) == page.Size && offset%8 == 4:
		return f.writePage(tls, in, offset)
	case len(in) == 4 && offset%8 == 4:
		return f.writeSum(tls, in, offset)
	case len(in) == 4:
		f.numberAt, f.number = offset, [4]byte(in)
	case len(in) > journalSector:
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
	if f.sealer.Seal(out, in, page.InJournal(offset, f.number[:])) != nil {
		return lib.SQLITE_IOERR_WRITE
	}
	copy(f.sealed[:], out)
	f.sumAt = offset + page.Size
	return f.real.write(tls, out, offset)
}

func (f *journalFile) writeSum(tls *libc.TLS, in []byte, offset int64) int32 {
	if offset != f.sumAt {
		return lib.SQLITE_IOERR_WRITE
	}
	f.sumAt = -1
	out := f.scratch[:4]
	copy(out, in)
	f.sealer.MaskChecksum(out, f.sealed[:])
	return f.real.write(tls, out, offset)
}
