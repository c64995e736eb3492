package usecase

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Tries makes whoever guesses passphrases here wait ever longer. It counts beside the
// settings of the user; a book is told when it opens. Who carries the file away meets the
// cost of a guess alone. A nil Tries counts nothing.
type Tries struct {
	path  string
	clock Clock
	lock  sync.Mutex
	// keeper, beside it, knows where a book is backed up before it is updated.
	keeper *Keeper
}

const (
	freeTries  = 5 // wrong ones, before the first wait
	firstWait  = 10 * time.Second
	longest    = time.Hour
	triesAbout = 100 // books
)

// tries are the wrong ones on a book since it was last opened.
type tries struct {
	Wrong int       `json:"wrong"`
	Last  time.Time `json:"last"`
}

// wait is how long after the last try the next may come: ten seconds after five,
// twice as long after each further one, an hour at most.
func (t tries) wait() time.Duration {
	if t.Wrong < freeTries {
		return 0
	}
	return min(firstWait<<min(t.Wrong-freeTries, 20), longest)
}

// NewTries keeps its count in a folder, made when it is first needed. Where that
// cannot be, nothing is counted.
func NewTries(folder string, clock Clock) *Tries {
	return &Tries{path: filepath.Join(folder, "tries.json"), clock: clock, keeper: NewKeeper(folder, clock)}
}

// TriesHere counts in the user's folder of settings; nil where the system names none.
func TriesHere(clock Clock) *Tries {
	folder, err := os.UserConfigDir()
	if err != nil {
		return nil
	}
	return NewTries(filepath.Join(folder, "kebu"), clock)
}

// WaitError says that too many passphrases were wrong, and for how long none is
// tried.
type WaitError struct{ For time.Duration }

func (e *WaitError) Error() string {
	return fmt.Sprintf("too many wrong passphrases: wait %s", e.For.Round(time.Second))
}

// Open is [Open], and fails with a *WaitError while it is too early for a try.
func (t *Tries) Open(ctx context.Context, path, user string, pass []byte, clock Clock) (*Session, error) {
	var keeper *Keeper
	if t != nil {
		keeper = t.keeper
	}
	var s *Session
	return s, t.try(path, func(wrong int) (err error) {
		s, err = open(ctx, path, user, pass, clock, keeper, wrong)
		return err
	})
}

// try has open open a book with a passphrase after so many wrong ones, or fails with a
// *WaitError.
func (t *Tries) try(path string, open func(wrong int) error) error {
	if t == nil {
		return open(0)
	}
	key := bookKey(path)
	wrong, left := t.left(key)
	if left > 0 {
		return &WaitError{left}
	}
	err := open(wrong)
	switch {
	case err == nil:
		t.set(key, func(t *tries) { *t = tries{} })
	case errors.Is(err, ErrPassphrase):
		now := t.clock()
		t.set(key, func(t *tries) { *t = tries{t.Wrong + 1, now} })
	}
	return err
}

// left is how many tries on a book were wrong, and how long the next has to wait. A clock
// that was set back does not make it longer than the wait itself.
func (t *Tries) left(key string) (wrong int, wait time.Duration) {
	t.lock.Lock()
	defer t.lock.Unlock()
	of := t.read()[key]
	return of.Wrong, max(0, of.wait()-max(0, t.clock().Sub(of.Last)))
}

// set changes the count of a book; one of zero is forgotten. It is a brake, not a
// record: what cannot be read or written counts nothing.
func (t *Tries) set(key string, change func(*tries)) {
	t.lock.Lock()
	defer t.lock.Unlock()
	all := t.read()
	of := all[key]
	change(&of)
	if of == (tries{}) {
		if _, known := all[key]; !known {
			return
		}
		delete(all, key)
	} else {
		all[key] = of
	}
	for len(all) > triesAbout {
		oldest := ""
		for k, v := range all {
			if oldest == "" || v.Last.Before(all[oldest].Last) {
				oldest = k
			}
		}
		delete(all, oldest)
	}
	if os.MkdirAll(filepath.Dir(t.path), 0o700) == nil {
		_ = keepJSON(t.path, all)
	}
}

func (t *Tries) read() map[string]tries {
	all := map[string]tries{}
	if data, err := os.ReadFile(t.path); err == nil {
		_ = json.Unmarshal(data, &all)
	}
	return all
}

// bookKey stands for the place of a book, which is nobody's business.
func bookKey(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		path = whole
	}
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:8])
}
