package usecase

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Keeper remembers on this computer, beside the settings of the user, where the
// backups of each book go and how they went. It is not in the book: a book that is
// restored must not forget it. A nil Keeper remembers nothing.
type Keeper struct {
	path  string
	clock Clock
	seen  *Seen
	lock  sync.Mutex
}

// MaxBackupFolders is to how many folders the backups of a book go: one that is
// always there, and one on another disk.
const MaxBackupFolders = 2

// Failure is why a backup could not be made.
type Failure string

// The failures.
const (
	NoFailure     Failure = ""
	FailedFolder  Failure = "folder" // it is not there: a drive that is not plugged in
	FailedFull    Failure = "full"
	FailedWrite   Failure = "write" // nothing may be written there
	FailedDamaged Failure = "damaged"
	FailedStopped Failure = "stopped" // by a person, or with the program
	FailedOther   Failure = "other"
)

func failureOf(err error) Failure {
	for _, k := range []struct {
		is   error
		what Failure
	}{
		{context.Canceled, FailedStopped},
		{ErrDamaged, FailedDamaged},
		{ErrDiskFull, FailedFull},
		{syscall.ENOSPC, FailedFull},
		{ErrReadOnly, FailedWrite},
		{fs.ErrPermission, FailedWrite},
		{fs.ErrNotExist, FailedFolder},
		{syscall.ENOTDIR, FailedFolder},
	} {
		if errors.Is(err, k.is) {
			return k.what
		}
	}
	if err != nil {
		return FailedOther
	}
	return NoFailure
}

// BackupPlace is a folder and how the backups there went.
type BackupPlace struct {
	Folder   string    `json:"folder"`
	Last     time.Time `json:"last,omitzero"`   // of the last good one
	Step     int64     `json:"step,omitempty"`  // its last step
	Failed   Failure   `json:"failed,omitzero"` // of the last try
	FailedAt time.Time `json:"failed_at,omitzero"`
}

// DrillResult is how the last drill went.
type DrillResult struct {
	At     time.Time `json:"at,omitzero"`
	Of     time.Time `json:"of,omitzero"` // the backup that was restored
	Orders int       `json:"orders,omitempty"`
	Failed Failure   `json:"failed,omitempty"`
}

// BookSafety is what is remembered of a book.
type BookSafety struct {
	Path   string          `json:"path,omitempty"` // where the book was last
	Places []BackupPlace   `json:"places"`
	Drill  DrillResult     `json:"drill,omitzero"`
	Held   map[string]Held `json:"held,omitempty"` // what the newest backups hold, by their names
}

// Held is how much a backup holds.
type Held struct {
	Customers int `json:"customers"`
	Orders    int `json:"orders"`
}

// mostHeld is of how many backups is remembered what they hold: more than two folders
// keep.
const mostHeld = 64

// NewKeeper remembers in a folder, made when it is first needed.
func NewKeeper(folder string, clock Clock) *Keeper {
	return &Keeper{path: filepath.Join(folder, "backups.json"), clock: clock, seen: NewSeen(folder)}
}

// KeeperHere remembers in the user's folder of settings; nil where the system names
// none.
func KeeperHere(clock Clock) *Keeper {
	folder, err := os.UserConfigDir()
	if err != nil {
		return nil
	}
	return NewKeeper(filepath.Join(folder, "kebu"), clock)
}

// BackupsBeside is where the backups of a book go until somebody chooses: a folder
// beside it. It saves from mistakes and from damage, not from the loss of the disk.
func BackupsBeside(book string) string {
	return strings.TrimSuffix(book, filepath.Ext(book)) + "-backups"
}

// of returns what is remembered of the book of that id at path.
func (k *Keeper) of(id [16]byte, path string) BookSafety {
	var b BookSafety
	if k != nil {
		k.lock.Lock()
		defer k.lock.Unlock()
		b = k.read()[hex.EncodeToString(id[:])]
	}
	if len(b.Places) == 0 {
		b.Places = []BackupPlace{{Folder: BackupsBeside(path)}}
	}
	return b
}

// set changes what is remembered of a book.
func (k *Keeper) set(id [16]byte, path string, change func(*BookSafety)) error {
	if k == nil {
		return nil
	}
	k.lock.Lock()
	defer k.lock.Unlock()
	all := k.read()
	key := hex.EncodeToString(id[:])
	b := all[key]
	if len(b.Places) == 0 {
		b.Places = []BackupPlace{{Folder: BackupsBeside(path)}}
	}
	b.Path = path
	change(&b)
	all[key] = b
	if err := os.MkdirAll(filepath.Dir(k.path), 0o700); err != nil {
		return fmt.Errorf("remember backups: %w", err)
	}
	if err := keepJSON(k.path, all); err != nil {
		return fmt.Errorf("remember backups: %w", err)
	}
	return nil
}

func (k *Keeper) read() map[string]BookSafety {
	all := map[string]BookSafety{}
	if data, err := os.ReadFile(k.path); err == nil {
		_ = json.Unmarshal(data, &all) // what cannot be read is remembered anew
	}
	return all
}

// record remembers how a backup to a folder went.
func (b *BookSafety) record(folder string, at time.Time, r BackupReport, failed Failure) {
	i := slices.IndexFunc(b.Places, func(p BackupPlace) bool { return p.Folder == folder })
	if i < 0 {
		return
	}
	p := &b.Places[i]
	if p.Failed = failed; failed != NoFailure {
		p.FailedAt = at
		return
	}
	p.Last, p.Step, p.FailedAt = at, r.facts.Step, time.Time{}
	b.hold(filepath.Base(r.Path), Held{r.Customers, r.Orders})
}

// hold remembers what a backup holds; the names of a book's backups sort by time.
func (b *BookSafety) hold(name string, h Held) {
	if b.Held == nil {
		b.Held = map[string]Held{}
	}
	b.Held[name] = h
	for len(b.Held) > mostHeld {
		delete(b.Held, slices.Min(slices.Collect(maps.Keys(b.Held))))
	}
}
