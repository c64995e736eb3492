package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"syscall"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Explain adds to an error of SQLite what it means for a book: ErrDamaged,
// ErrDiskFull, ErrReadOnly or ErrIO. Other errors it returns as they are. Which
// page is damaged, Damaged says for the last one and CheckPages for all.
func Explain(err error) error {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	kind := meaning(e.Code())
	if kind == nil || errors.Is(err, kind) {
		return err
	}
	return fmt.Errorf("%w: %w", kind, err)
}

func meaning(code int) error {
	switch code {
	case lib.SQLITE_IOERR_DATA, lib.SQLITE_IOERR_CORRUPTFS:
		return ErrDamaged
	case lib.SQLITE_IOERR_SHMSIZE: // the wal index is made when the book is opened
		return ErrDiskFull
	}
	switch code & 0xff {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return ErrDamaged
	case lib.SQLITE_FULL:
		return ErrDiskFull
	case lib.SQLITE_READONLY:
		return ErrReadOnly
	case lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN:
		return ErrIO
	}
	return nil
}

// explainOS does the same for an error of the operating system.
func explainOS(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, errWriteProtected):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case isFull(err):
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	}
	return err
}

// isFull reports whether the system says that there is no room.
func isFull(err error) bool {
	errno, ok := errors.AsType[syscall.Errno](err)
	return ok && (errno == syscall.ENOSPC || slices.Contains(fullErrors, errno))
}
