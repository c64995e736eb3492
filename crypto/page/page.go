// Package page seals the pages of a book: those of the file itself, and the
// copies of them in SQLite's write-ahead log and rollback journal.
//
// A page is sealed with XAES-256-GCM (C2SP) under a random nonce. Which file it
// belongs to, which log, and where in it, is authenticated, so that a page moved
// or taken from another file does not open. crypto/FORMAT.md has every byte.
//
// It is not noticed that an older copy of the same page was put back in its
// place, nor that a whole file was: that needs a witness outside of the file.
package page

import (
	"encoding/binary"
	"errors"
)

// Sizes of a page, in bytes. SQLite uses the first Usable and leaves Reserve free.
const (
	Size    = 4096
	Reserve = 48
	Usable  = Size - Reserve
)

const (
	nonceAt = Usable + tagSize
	epochAt = nonceAt + nonceSize
	spareAt = epochAt + 4
)

// ErrDamaged means that bytes are not what was sealed at their place: changed,
// moved, torn, never written, or sealed under a key that is not held.
var ErrDamaged = errors.New("page is damaged")

// Kind says in which of SQLite's three files a page stands.
type Kind uint8

// The kinds of files, as they are authenticated.
const (
	Main Kind = iota + 1
	WAL
	Journal
)

// Place is where a page stands. A page opens nowhere else.
type Place struct {
	kind  Kind
	at    uint64
	clear [8]byte
}

// InMain is the place of page number, from 1, in the file itself.
func InMain(number uint32) Place {
	return Place{kind: Main, at: uint64(number)}
}

// InWAL is the place of the page whose frame begins at offset; header is what
// stands there in the clear: page number and commit size, 8 bytes. The salts are
// left out: SQLite fills them in later when it rewrites a frame.
func InWAL(offset int64, header []byte) Place {
	return Place{kind: WAL, at: uint64(offset), clear: [8]byte(header)} //nolint:gosec // a file offset is not negative
}

// InJournal is the place of the record page at offset; number is the page
// number before it, 4 bytes.
func InJournal(offset int64, number []byte) Place {
	p := Place{kind: Journal, at: uint64(offset)} //nolint:gosec // a file offset is not negative
	copy(p.clear[:4], number)
	return p
}

// Epoch returns the epoch of the book key that sealed is under, as it claims.
// It is believed only once the page opens.
func Epoch(sealed []byte) uint32 {
	return binary.BigEndian.Uint32(sealed[epochAt:])
}
