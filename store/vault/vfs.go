package vault

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"kebu/crypto/page"
)

const (
	vfsName   = "kebu"
	bookParam = "book" // of a file name in URI form: which attached book it is
)

// book is what the VFS knows of a File. SQLite's names for the book, its log and
// its journal all carry the id as a URI parameter, so that no two spellings of a
// path are ever compared.
type book struct {
	id   uint64
	info os.FileInfo
	keys atomic.Pointer[page.Keys]
	// damaged is the last page of the file that did not open, 0 for none.
	damaged atomic.Uint32
	frozen  atomic.Bool // see Frozen
}

var (
	books  sync.Map // uint64 -> *book
	lastID atomic.Uint64
)

// admit enters a new book. Its keys are stored before a DSN is given out.
func admit(info os.FileInfo) *book {
	b := &book{id: lastID.Add(1), info: info}
	books.Store(b.id, b)
	return b
}

// dismiss lets no more connections be opened.
func (b *book) dismiss() { books.Delete(b.id) }

// The VFS and what it is made of, outside of Go's heap for the life of the
// process, as SQLite wants it.
var vfs struct {
	real    uintptr // sqlite3_vfs of the driver
	methods uintptr // sqlite3_io_methods of our files
	param   uintptr // bookParam as a C string
}

// register makes the VFS known to SQLite, once.
var register = sync.OnceValue(func() error {
	tls := libc.NewTLS()
	defer tls.Close()
	real := lib.Xsqlite3_vfs_find(tls, 0)
	if real == 0 {
		return errors.New("register VFS: the driver has none")
	}
	ours := libc.Xcalloc(tls, 1, libc.Tsize_t(sizeOfType[lib.Tsqlite3_vfs]()))
	methods := libc.Xcalloc(tls, 1, libc.Tsize_t(sizeOfType[lib.Tsqlite3_io_methods]()))
	name, err := libc.CString(vfsName)
	if err != nil || ours == 0 || methods == 0 {
		return errors.Join(errors.New("register VFS: out of memory"), err)
	}
	if vfs.param, err = libc.CString(bookParam); err != nil {
		return fmt.Errorf("register VFS: %w", err)
	}
	vfs.real, vfs.methods = real, methods
	*at[lib.Tsqlite3_io_methods](methods) = ioMethods()

	// All that is not said here is inherited, pAppData for the real xOpen too.
	v := at[lib.Tsqlite3_vfs](ours)
	*v = *at[lib.Tsqlite3_vfs](real)
	v.FpNext = 0
	v.FszOsFile += realAt
	v.FzName = name
	v.FxOpen = functionPointer(xOpen)
	v.FxDelete = functionPointer(xDelete)
	if rc := lib.Xsqlite3_vfs_register(tls, ours, 0); rc != lib.SQLITE_OK {
		return fmt.Errorf("register VFS: SQLite says %d", rc)
	}
	return nil
})

// Files that SQLite opens for one statement. DSN keeps them in memory; one that
// is asked for all the same would hold plain rows.
const temporary = lib.SQLITE_OPEN_TEMP_DB | lib.SQLITE_OPEN_TEMP_JOURNAL |
	lib.SQLITE_OPEN_TRANSIENT_DB | lib.SQLITE_OPEN_SUBJOURNAL

// xOpen opens the book, its log or its journal, and nothing else: no temporary
// file, no super-journal of several attached books, and no book that Create did
// not make.
func xOpen(tls *libc.TLS, _, name, file uintptr, flags int32, outFlags uintptr) int32 {
	*at[uintptr](file) = 0 // xClose is not called
	if name == 0 || flags&temporary != 0 {
		return lib.SQLITE_CANTOPEN
	}
	b := bookNamed(tls, name)
	if b == nil {
		return lib.SQLITE_CANTOPEN
	}
	h := &handle{keys: &b.keys, frozen: &b.frozen, real: realFile{file: file + realAt, name: libc.GoString(name)}}
	switch {
	case flags&lib.SQLITE_OPEN_MAIN_DB != 0:
		info, err := os.Stat(h.real.name)
		if err != nil || !os.SameFile(info, b.info) {
			return lib.SQLITE_CANTOPEN
		}
		flags &^= lib.SQLITE_OPEN_CREATE
		h.main = true
		h.content = &mainFile{handle: h, damaged: &b.damaged}
	case flags&lib.SQLITE_OPEN_WAL != 0:
		h.content = &walFile{handle: h, headerAt: -1}
	case flags&lib.SQLITE_OPEN_MAIN_JOURNAL != 0:
		h.content = &journalFile{handle: h, numberAt: -1, sumAt: -1}
	default:
		return lib.SQLITE_CANTOPEN
	}
	return h.open(tls, file, name, flags, outFlags)
}

// bookNamed returns the book that a name of SQLite's belongs to, nil for none.
func bookNamed(tls *libc.TLS, name uintptr) *book {
	value := lib.Xsqlite3_uri_parameter(tls, name, vfs.param)
	if value == 0 {
		return nil
	}
	id, err := strconv.ParseUint(libc.GoString(value), 10, 64)
	if err != nil {
		return nil
	}
	b, ok := books.Load(id)
	if !ok {
		return nil
	}
	return b.(*book) //nolint:errcheck,forcetypeassert // books holds nothing else
}

func xDelete(tls *libc.TLS, _, name uintptr, syncDir int32) int32 {
	if v := watch(operation{kind: opDelete, name: func() string { return libc.GoString(name) }, at: int64(syncDir)}); v.final() {
		return v.code
	}
	if b := bookNamed(tls, name); b != nil && b.frozen.Load() {
		return lib.SQLITE_READONLY
	}
	f := function[func(*libc.TLS, uintptr, uintptr, int32) int32](at[lib.Tsqlite3_vfs](vfs.real).FxDelete)
	return f(tls, vfs.real, name, syncDir)
}
