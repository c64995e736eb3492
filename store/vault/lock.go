package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/gofrs/flock"
)

// lockTries bounds how often a lock file is met that its owner removes just then.
const lockTries = 16

// claim takes the lock of the book at path, which the operating system drops
// when the process ends, however it ends: a lock file left behind locks nothing.
// The lock is on a file beside the book, for on the book itself it would meet
// SQLite's own on some systems.
func claim(path string) (*flock.Flock, error) {
	for range lockTries {
		lock := flock.New(path + ".lock")
		ok, err := lock.TryLock()
		if err != nil {
			return nil, fmt.Errorf("lock book: %w", explainOS(err))
		}
		if !ok {
			return nil, ErrInUse
		}
		same, err := stillThere(lock)
		if err == nil && same {
			return lock, nil
		}
		if err = errors.Join(err, lock.Unlock()); err != nil {
			return nil, fmt.Errorf("lock book: %w", err)
		}
	}
	return nil, ErrInUse
}

// stillThere says whether the locked file is the one that others would find: its
// last owner may have removed it between our opening and locking it.
func stillThere(lock *flock.Flock) (bool, error) {
	held, err := lock.Stat()
	if err != nil {
		return false, err
	}
	found, err := os.Lstat(lock.Path())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(held, found), err
}

// release removes the lock file and unlocks it, in the order in which nobody
// else can come to hold a removed file unawares.
func release(lock *flock.Flock) error {
	if removesOpenFiles {
		return errors.Join(os.Remove(lock.Path()), lock.Unlock())
	}
	if err := lock.Unlock(); err != nil {
		return err
	}
	_ = os.Remove(lock.Path()) // another program may hold it by now, and rightly so
	return nil
}
