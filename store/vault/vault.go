// Package vault keeps a book in one encrypted file: the file itself, its lock,
// and a SQLite VFS, over the driver's own, that seals every page on its way to
// disk and authenticates it on its way back. It takes raw keys and knows neither
// users nor passphrases.
//
// After HeaderSize bytes of header, which the VFS never touches, follow SQLite's
// pages. The write-ahead log and the rollback journal are sealed page by page;
// temporary files are refused, so that nothing plain is ever on disk. The wal
// index (-shm) holds page numbers and checksums only.
//
// What is promised: what was committed survives the end of the process or of
// the power, and no byte of the main file, changed, moved or lost, is read as
// data. What is not: an older copy of a page at its own place, or of the whole
// file, cannot be told from the newer one; and a log whose tail was damaged or
// cut ends there, as after a power loss, so that a reader who must know keeps a
// count of commits elsewhere.
//
// Keys stay in Go's memory until the process ends.
package vault

import (
	"errors"

	"kebu/crypto/page"
)

// Sizes of the header, in bytes.
const (
	CopySize   = 64 << 10
	HeaderSize = 2 * CopySize
)

// What can be wrong with a book; Explain tells which it is.
var (
	ErrInUse    = errors.New("the book is open in another program")
	ErrReadOnly = errors.New("the book or its folder is read-only")
	ErrNotBook  = errors.New("not a book")
	ErrKeys     = errors.New("the keys do not open the pages of this book")
	ErrDamaged  = errors.New("the book is damaged")
	ErrDiskFull = errors.New("the disk is full")
	ErrIO       = errors.New("the disk does not read or write")
)

// lockByte is where SQLite locks the file, which on Windows forbids to read or
// write there. It is a variable only for tests, which cannot fill a gigabyte.
var lockByte int64 = 1 << 30

// lockPage is the page that SQLite leaves unused because, in a file without our
// header, it would lie on lockByte.
func lockPage() int64 { return lockByte/page.Size + 1 }

// displaced is the page that the header pushes onto lockByte. It stands in the
// slot of lockPage instead.
func displaced() int64 { return lockPage() - HeaderSize/page.Size }

// offsetOf returns where page number, from 1, stands in the file.
func offsetOf(number int64) int64 {
	if number == displaced() {
		number = lockPage()
	}
	return HeaderSize + (number-1)*page.Size
}

// sizeOf returns the size of a file of so many pages.
func sizeOf(pages int64) int64 {
	if pages >= displaced() {
		pages = max(pages, lockPage())
	}
	return HeaderSize + pages*page.Size
}

// pagesIn returns how many pages a file of that size holds; a torn last one does
// not count. From displaced to lockPage the size is the same for each number, and
// the highest is returned: SQLite takes its own count from page 1 and asks only
// that the file is not shorter.
func pagesIn(size int64) int64 {
	pages := max(size-HeaderSize, 0) / page.Size
	if pages == lockPage() {
		return pages - 1
	}
	return pages
}
