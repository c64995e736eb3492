package vault

import (
	"os"
	"sync/atomic"
	"syscall"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"kebu/store/vault/internal/room"
)

// realFile is a file of the driver's own VFS: a sqlite3_file in SQLite's memory.
type realFile struct {
	file uintptr
	name string
}

type (
	readWrite = func(*libc.TLS, uintptr, uintptr, int32, int64) int32
	withInt   = func(*libc.TLS, uintptr, int32) int32
	withAddr  = func(*libc.TLS, uintptr, uintptr) int32
)

func (r realFile) methods() *lib.Tsqlite3_io_methods {
	return at[lib.Tsqlite3_io_methods](at[lib.Tsqlite3_file](r.file).FpMethods)
}

func (r realFile) open(tls *libc.TLS, name uintptr, flags int32, outFlags uintptr) int32 {
	if v := watch(operation{kind: opOpen, name: r.called}); v.final() {
		return v.code
	}
	xOpen := function[func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32](at[lib.Tsqlite3_vfs](vfs.real).FxOpen)
	at[lib.Tsqlite3_file](r.file).FpMethods = 0
	rc := xOpen(tls, vfs.real, name, r.file, flags, outFlags)
	if rc != lib.SQLITE_OK && at[lib.Tsqlite3_file](r.file).FpMethods != 0 {
		r.close(tls) // a file that set its methods is closed even if it did not open
	}
	if rc&0xff == lib.SQLITE_CANTOPEN && flags&lib.SQLITE_OPEN_CREATE != 0 && noRoomFor(r.called()) {
		return lib.SQLITE_FULL
	}
	return rc
}

func (r realFile) close(tls *libc.TLS) int32 {
	return function[func(*libc.TLS, uintptr) int32](r.methods().FxClose)(tls, r.file)
}

// read fills b, which is SQLite's memory, or what there is of it and zeros.
func (r realFile) read(tls *libc.TLS, b []byte, offset int64) int32 {
	if v := watch(operation{kind: opRead, name: r.called, at: offset}); v.final() {
		return v.code
	}
	return function[readWrite](r.methods().FxRead)(tls, r.file, addressOf(b), int32(len(b)), offset) //nolint:gosec // at most a frame
}

// write writes b, which is SQLite's memory.
func (r realFile) write(tls *libc.TLS, b []byte, offset int64) int32 {
	xWrite := function[readWrite](r.methods().FxWrite)
	if v := watch(operation{kind: opWrite, name: r.called, at: offset, data: b}); v.final() {
		if v.keep > 0 {
			xWrite(tls, r.file, addressOf(b), int32(min(v.keep, len(b))), offset) //nolint:gosec // at most a frame
		}
		return v.code
	}
	if !room.Take(len(b)) {
		return lib.SQLITE_FULL
	}
	return told(tls, xWrite(tls, r.file, addressOf(b), int32(len(b)), offset)) //nolint:gosec // at most a frame
}

func (r realFile) truncate(tls *libc.TLS, size int64) int32 {
	if v := watch(operation{kind: opTruncate, name: r.called, at: size}); v.final() {
		return v.code
	}
	return told(tls, function[func(*libc.TLS, uintptr, int64) int32](r.methods().FxTruncate)(tls, r.file, size))
}

func (r realFile) sync(tls *libc.TLS, flags int32) int32 {
	if v := watch(operation{kind: opSync, name: r.called}); v.final() {
		return v.code
	}
	return told(tls, function[withInt](r.methods().FxSync)(tls, r.file, flags))
}

// noRoomFor reports whether a file cannot be made because the disk, or its table
// of files, is full. SQLite does not say: it then tries to open the file for
// reading, which fails because there is none.
func noRoomFor(name string) bool {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return isFull(err)
	}
	_ = f.Close()
	_ = os.Remove(name)
	return false
}

// told returns what a write is to be told as: SQLite knows one way in which a
// disk is full, and takes the others for a fault.
func told(tls *libc.TLS, code int32) int32 {
	if code&0xff != lib.SQLITE_IOERR {
		return code
	}
	last := function[func(*libc.TLS, uintptr, int32, uintptr) int32](at[lib.Tsqlite3_vfs](vfs.real).FxGetLastError)
	if isFull(syscall.Errno(last(tls, vfs.real, 0, 0))) { //nolint:gosec // an error number
		return lib.SQLITE_FULL
	}
	return code
}

func (r realFile) called() string { return r.name }

// An operation is something about to be done to a file.
type operation struct {
	kind opKind
	name func() string
	at   int64  // offset, or size to truncate to
	data []byte // of a write; valid during the call
}

type opKind uint8

const (
	opOpen opKind = iota
	opRead
	opWrite
	opSync
	opTruncate
	opDelete
)

// A verdict with a code makes an operation fail; a write may leave the first keep
// bytes. With done, the operation counts as done but is not.
type verdict struct {
	code int32
	keep int
	done bool
}

func (v verdict) final() bool { return v.done || v.code != lib.SQLITE_OK }

// watcher sees each operation before it is done, in tests: it records what
// reaches the disk, or stands in for a disk that fails. There is none in the
// program, where asking costs one load.
var watcher atomic.Pointer[func(operation) verdict]

func watch(op operation) verdict {
	if w := watcher.Load(); w != nil {
		return (*w)(op)
	}
	return verdict{}
}
