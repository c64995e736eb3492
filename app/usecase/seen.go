package usecase

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"kebu/store"
)

// Seen is what this computer knows of the books that were open here, beside the
// settings of the user and never in a book: how long the log of each was and its root,
// by which an older copy, put in the place of a newer one, is known; and who was erased
// from it, by nothing that tells who that was. A nil Seen knows nothing.
type Seen struct {
	path string
	lock sync.Mutex
}

// seen is a log when it was last seen.
type seen struct {
	Size int64  `json:"size"`
	Root string `json:"root"` // base64
}

// NewSeen keeps what it knows in a folder, made when it is first needed. Where that
// cannot be, nothing is known.
func NewSeen(folder string) *Seen { return &Seen{path: filepath.Join(folder, "seen.json")} }

// SeenHere knows what is kept in the user's folder of settings; nil where the system
// names none.
func SeenHere() *Seen {
	folder, err := os.UserConfigDir()
	if err != nil {
		return nil
	}
	return NewSeen(filepath.Join(folder, "kebu"))
}

// OlderBook says that a book's log is not the one, or its continuation, that this
// computer saw last.
type OlderBook struct {
	Seen int64 // entries that it had then
	Has  int64 // entries that it had when it was opened now
	// Other says that there are as many entries and they are others: an older copy
	// was gone on with.
	Other bool
}

func (o *OlderBook) Error() string {
	if o.Other {
		return fmt.Sprintf("rolled back: of the %d entries that were seen some are others", o.Seen)
	}
	return fmt.Sprintf("rolled back: entries %d to %d are missing", o.Has+1, o.Seen)
}

// Compare compares a book that was just opened with what this computer saw of it
// last: nil if it is that, or goes on from there, or was never seen here. A log that
// cannot be read is compared with nothing: Check tells what is wrong with it.
func (n *Seen) Compare(ctx context.Context, s *Session) *OlderBook {
	if n == nil {
		return nil
	}
	last, known := n.read()[s.gate.Origin()]
	if !known {
		return nil
	}
	o := &OlderBook{Seen: last.Size, Has: s.gate.Began()}
	if o.Has < last.Size {
		return o
	}
	_, root, err := s.gate.Head(ctx, last.Size)
	if o.Other = err == nil && base64.StdEncoding.EncodeToString(root[:]) != last.Root; o.Other {
		return o
	}
	return nil
}

// Keep remembers the book as it is now. What cannot be written is not remembered.
func (n *Seen) Keep(ctx context.Context, s *Session) error {
	if n == nil {
		return nil
	}
	size, root, err := s.gate.Head(ctx, -1)
	if err != nil {
		return err
	}
	n.change(func(all map[string]seen) {
		all[s.gate.Origin()] = seen{size, base64.StdEncoding.EncodeToString(root[:])}
	})
	list, err := s.gate.Erasures(ctx)
	n.keepErased(s.gate.BookID(), list)
	return err
}

// keepErased remembers who was erased from a book.
func (n *Seen) keepErased(book [16]byte, list []store.SignedErasure) {
	if n == nil || len(list) == 0 {
		return
	}
	n.lock.Lock()
	defer n.lock.Unlock()
	if os.MkdirAll(filepath.Dir(n.path), 0o700) == nil {
		_ = keepErased(filepath.Dir(n.path), book, list)
	}
}

// erased returns who is known here to have been erased from a book.
func (n *Seen) erased(book [16]byte) []store.SignedErasure {
	if n == nil {
		return nil
	}
	return readErased(filepath.Dir(n.path), book)
}

// Forget has the next opening of the book of that log compared with nothing, as
// after a restore.
func (n *Seen) Forget(origin string) {
	n.change(func(all map[string]seen) { delete(all, origin) })
}

// change rewrites what is known. What cannot be written is not remembered.
func (n *Seen) change(fn func(map[string]seen)) {
	n.lock.Lock()
	defer n.lock.Unlock()
	all := n.read()
	fn(all)
	if os.MkdirAll(filepath.Dir(n.path), 0o700) == nil {
		_ = keepJSON(n.path, all)
	}
}

func (n *Seen) read() map[string]seen {
	all := map[string]seen{}
	if data, err := os.ReadFile(n.path); err == nil {
		_ = json.Unmarshal(data, &all)
	}
	return all
}
