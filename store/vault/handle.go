package vault

import (
	"sync"
	"sync/atomic"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"kebu/crypto/page"
)

// A file object in SQLite's memory: the pointer to our methods, the number of
// our handle, and at realAt the driver's own file object.
const (
	numberAt = 8
	realAt   = 16
)

// frameSize is the largest thing written at once, in bytes.
const frameSize = page.FrameHeader + page.Size

// handle is one open file. SQLite uses it from one thread at a time.
type handle struct {
	real    realFile
	keys    *atomic.Pointer[page.Keys] // the book's, which Attach changes
	frozen  *atomic.Bool               // the book's
	from    *page.Keys                 // what last is of
	last    *page.Sealer
	content content
	main    bool
	scratch []byte // frameSize bytes in SQLite's memory, for the driver to read and write
	plain   []byte // page.Size bytes, where a page is opened to give out a part
}

// content is what differs between the book, its log and its journal. Buffers
// are SQLite's memory. Both return a code of SQLite's.
type content interface {
	read(tls *libc.TLS, out []byte, offset int64) int32
	write(tls *libc.TLS, in []byte, offset int64) int32
}

var (
	handles    sync.Map // uintptr -> *handle
	lastHandle atomic.Uintptr
)

// open opens the driver's file and makes file, in SQLite's memory, ours.
func (h *handle) open(tls *libc.TLS, file, name uintptr, flags int32, outFlags uintptr) int32 {
	scratch := libc.Xmalloc(tls, libc.Tsize_t(frameSize))
	if scratch == 0 {
		return lib.SQLITE_NOMEM
	}
	if rc := h.real.open(tls, name, flags, outFlags); rc != lib.SQLITE_OK {
		libc.Xfree(tls, scratch)
		return rc
	}
	h.scratch = bytesAt(scratch, frameSize)
	h.plain = make([]byte, page.Size)
	number := lastHandle.Add(1)
	handles.Store(number, h)
	*at[uintptr](file + numberAt) = number
	*at[uintptr](file) = vfs.methods
	return lib.SQLITE_OK
}

// sealer returns that of the book's keys as they are now.
func (h *handle) sealer() *page.Sealer {
	if k := h.keys.Load(); k != h.from {
		h.from, h.last = k, k.Sealer()
	}
	return h.last
}

func handleOf(file uintptr) *handle {
	h, _ := handles.Load(*at[uintptr](file + numberAt))
	return h.(*handle) //nolint:errcheck,forcetypeassert // handles holds nothing else
}

func xClose(tls *libc.TLS, file uintptr) int32 {
	h := handleOf(file)
	handles.Delete(*at[uintptr](file + numberAt))
	clear(h.plain)
	libc.Xfree(tls, addressOf(h.scratch))
	return h.real.close(tls)
}

func xRead(tls *libc.TLS, file, buffer uintptr, n int32, offset int64) int32 {
	return handleOf(file).content.read(tls, bytesAt(buffer, int(n)), offset)
}

func xWrite(tls *libc.TLS, file, buffer uintptr, n int32, offset int64) int32 {
	h := handleOf(file)
	if h.frozen.Load() {
		return lib.SQLITE_READONLY
	}
	return h.content.write(tls, bytesAt(buffer, int(n)), offset)
}

func xTruncate(tls *libc.TLS, file uintptr, size int64) int32 {
	h := handleOf(file)
	if h.frozen.Load() {
		return lib.SQLITE_READONLY
	}
	if h.main {
		size = sizeOf(size / page.Size)
	}
	return h.real.truncate(tls, size)
}

func xSync(tls *libc.TLS, file uintptr, flags int32) int32 {
	return handleOf(file).real.sync(tls, flags)
}

func xFileSize(tls *libc.TLS, file, size uintptr) int32 {
	h := handleOf(file)
	rc := function[withAddr](h.real.methods().FxFileSize)(tls, h.real.file, size)
	if h.main && rc == lib.SQLITE_OK {
		n := at[int64](size)
		*n = pagesIn(*n) * page.Size
	}
	return rc
}

func xLock(tls *libc.TLS, file uintptr, level int32) int32 {
	r := handleOf(file).real
	return function[withInt](r.methods().FxLock)(tls, r.file, level)
}

func xUnlock(tls *libc.TLS, file uintptr, level int32) int32 {
	r := handleOf(file).real
	return function[withInt](r.methods().FxUnlock)(tls, r.file, level)
}

func xCheckReservedLock(tls *libc.TLS, file, out uintptr) int32 {
	r := handleOf(file).real
	return function[withAddr](r.methods().FxCheckReservedLock)(tls, r.file, out)
}

// xFileControl passes on what is not about sizes, which mean something else to
// the file below, or about mapping it into memory, past us.
func xFileControl(tls *libc.TLS, file uintptr, op int32, arg uintptr) int32 {
	switch op {
	case lib.SQLITE_FCNTL_SIZE_HINT, lib.SQLITE_FCNTL_CHUNK_SIZE, lib.SQLITE_FCNTL_MMAP_SIZE:
		return lib.SQLITE_OK
	}
	r := handleOf(file).real
	return function[func(*libc.TLS, uintptr, int32, uintptr) int32](r.methods().FxFileControl)(tls, r.file, op, arg)
}

func xSectorSize(tls *libc.TLS, file uintptr) int32 {
	r := handleOf(file).real
	return function[func(*libc.TLS, uintptr) int32](r.methods().FxSectorSize)(tls, r.file)
}

// What a disk may promise that still holds when pages are sealed on the way.
const kept = lib.SQLITE_IOCAP_SAFE_APPEND | lib.SQLITE_IOCAP_SEQUENTIAL |
	lib.SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | lib.SQLITE_IOCAP_IMMUTABLE

// xDeviceCharacteristics promises besides that a torn write leaves its neighbours
// alone, without which SQLite pads the log to sectors and splits frames.
func xDeviceCharacteristics(tls *libc.TLS, file uintptr) int32 {
	r := handleOf(file).real
	have := function[func(*libc.TLS, uintptr) int32](r.methods().FxDeviceCharacteristics)(tls, r.file)
	return have&kept | lib.SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

func xShmMap(tls *libc.TLS, file uintptr, region, size, extend int32, out uintptr) int32 {
	r := handleOf(file).real
	rc := function[func(*libc.TLS, uintptr, int32, int32, int32, uintptr) int32](r.methods().FxShmMap)(tls, r.file, region, size, extend, out)
	if rc&0xff == lib.SQLITE_CANTOPEN && noRoomFor(r.called()+"-shm") {
		return lib.SQLITE_FULL
	}
	return rc
}

func xShmLock(tls *libc.TLS, file uintptr, offset, n, flags int32) int32 {
	r := handleOf(file).real
	return function[func(*libc.TLS, uintptr, int32, int32, int32) int32](r.methods().FxShmLock)(tls, r.file, offset, n, flags)
}

func xShmBarrier(tls *libc.TLS, file uintptr) {
	r := handleOf(file).real
	function[func(*libc.TLS, uintptr)](r.methods().FxShmBarrier)(tls, r.file)
}

func xShmUnmap(tls *libc.TLS, file uintptr, remove int32) int32 {
	r := handleOf(file).real
	return function[withInt](r.methods().FxShmUnmap)(tls, r.file, remove)
}

// ioMethods is version 2 of SQLite's interface: shared memory, no mapping of the
// file.
func ioMethods() lib.Tsqlite3_io_methods {
	return lib.Tsqlite3_io_methods{
		FiVersion:               2,
		FxClose:                 functionPointer(xClose),
		FxRead:                  functionPointer(xRead),
		FxWrite:                 functionPointer(xWrite),
		FxTruncate:              functionPointer(xTruncate),
		FxSync:                  functionPointer(xSync),
		FxFileSize:              functionPointer(xFileSize),
		FxLock:                  functionPointer(xLock),
		FxUnlock:                functionPointer(xUnlock),
		FxCheckReservedLock:     functionPointer(xCheckReservedLock),
		FxFileControl:           functionPointer(xFileControl),
		FxSectorSize:            functionPointer(xSectorSize),
		FxDeviceCharacteristics: functionPointer(xDeviceCharacteristics),
		FxShmMap:                functionPointer(xShmMap),
		FxShmLock:               functionPointer(xShmLock),
		FxShmBarrier:            functionPointer(xShmBarrier),
		FxShmUnmap:              functionPointer(xShmUnmap),
	}
}
