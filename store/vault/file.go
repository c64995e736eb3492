package vault

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"kebu/crypto/page"
)

// File is a book that this process alone has open. Its methods are safe for
// concurrent use with SQLite's connections to it, not with each other.
type File struct {
	path string
	lock *flock.Flock
	// raw is the one descriptor on the book beside SQLite's, held for life:
	// closing any other would drop the POSIX locks that SQLite holds.
	raw  *os.File
	book *book // nil until Attach
}

// Create makes a new book with that header, HeaderSize bytes, readable by its
// owner alone. It never writes over anything: the error is fs.ErrExist then.
func Create(path string, header []byte) (*File, error) {
	if len(header) != HeaderSize {
		return nil, fmt.Errorf("create book: header of %d bytes", len(header))
	}
	path, err := canonical(path)
	if err != nil {
		return nil, fmt.Errorf("create book: %w", err)
	}
	if _, err := os.Lstat(path); err == nil {
		return nil, fmt.Errorf("create book: %w", fs.ErrExist)
	}
	lock, err := claim(path)
	if err != nil {
		return nil, err
	}
	raw, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("create book: %w", explainOS(err)), release(lock))
	}
	if err := writeNew(raw, header); err != nil {
		return nil, errors.Join(fmt.Errorf("create book: %w", explainOS(err)), raw.Close(), os.Remove(path), release(lock))
	}
	return &File{path: path, lock: lock, raw: raw}, nil
}

func writeNew(raw *os.File, header []byte) error {
	if _, err := raw.Write(header); err != nil {
		return err
	}
	if err := raw.Sync(); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(raw.Name()))
}

// syncFolder makes the name of a new file last.
func syncFolder(path string) error {
	if !syncsFolders {
		return nil
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// OpenFile opens a book and locks out other programs, which get ErrInUse. It
// fails with ErrReadOnly where the book or its folder cannot be written, with
// ErrNotBook for what is no regular file or shorter than a header, and else with
// the system's error. What the header says is not read yet.
func OpenFile(path string) (*File, error) {
	path, err := canonical(path)
	if err != nil {
		return nil, fmt.Errorf("open book: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open book: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() < HeaderSize {
		return nil, ErrNotBook
	}
	lock, err := claim(path)
	if err != nil {
		return nil, err
	}
	raw, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open book: %w", explainOS(err)), release(lock))
	}
	return &File{path: path, lock: lock, raw: raw}, nil
}

// canonical returns the absolute path without symbolic links in its folders, nor
// as the file itself if that exists.
func canonical(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	whole, err := filepath.EvalSymlinks(path)
	if err == nil {
		return whole, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, filepath.Base(path)), nil
}

// Path returns where the book is, without symbolic links.
func (f *File) Path() string { return f.path }

// Header reads the HeaderSize bytes before the pages.
func (f *File) Header() ([]byte, error) {
	header := make([]byte, HeaderSize)
	if _, err := f.raw.ReadAt(header, 0); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, ErrNotBook
		}
		return nil, fmt.Errorf("read header: %w", err)
	}
	return header, nil
}

// WriteHeaderCopy writes one of the two copies of the header, 0 or 1, CopySize
// bytes, and returns once it lasts. A crash meanwhile spoils that copy alone.
func (f *File) WriteHeaderCopy(place int, data []byte) error {
	if place < 0 || place > 1 || len(data) != CopySize {
		return fmt.Errorf("write header: copy %d of %d bytes", place, len(data))
	}
	if _, err := f.raw.WriteAt(data, int64(place)*CopySize); err != nil {
		return fmt.Errorf("write header: %w", explainOS(err))
	}
	if err := f.raw.Sync(); err != nil {
		return fmt.Errorf("write header: %w", explainOS(err))
	}
	return nil
}

// Attach gives the VFS the keys of the book, whose connections DSN opens. It
// fails with ErrKeys if nothing in the file opens under them: SQLite would take
// a log that it cannot read for an empty one, and remove it. Attached again,
// other keys serve all connections from then on; they must open what the former
// ones sealed.
func (f *File) Attach(keys *page.Keys) error {
	if err := register(); err != nil {
		return err
	}
	ok, err := f.opensUnder(keys)
	if err != nil {
		return fmt.Errorf("attach keys: %w", err)
	}
	if !ok {
		return ErrKeys
	}
	if f.book == nil {
		info, err := f.raw.Stat()
		if err != nil {
			return fmt.Errorf("attach keys: %w", err)
		}
		f.book = admit(info)
	}
	f.book.keys.Store(keys)
	return nil
}

// Frozen calls look, which opens and closes connections that change no byte of the book
// or its log: not even what a crash left in the log goes into the book, or the log away.
func (f *File) Frozen(look func() error) error {
	f.book.frozen.Store(true)
	defer f.book.frozen.Store(false)
	return look()
}

// Damaged returns the page of the file, from 1, that last failed to open for
// SQLite, whose errors do not say which: 0 if all did.
func (f *File) Damaged() uint32 {
	if f.book == nil {
		return 0
	}
	return f.book.damaged.Load()
}

// Close forgets the keys, closes the file and unlocks it. All connections must
// be closed before: the last of them leaves the book in its one file.
func (f *File) Close() error {
	if f.book != nil {
		f.book.dismiss()
	}
	if err := errors.Join(f.raw.Close(), release(f.lock)); err != nil {
		return fmt.Errorf("close book: %w", err)
	}
	return nil
}

// Remove deletes a book that nobody has open, with what SQLite left beside it.
func Remove(path string) error {
	path, err := canonical(path)
	if err != nil {
		return fmt.Errorf("remove book: %w", err)
	}
	lock, err := claim(path)
	if err != nil {
		return err
	}
	err = os.Remove(path)
	for _, suffix := range []string{"-wal", "-shm", "-journal"} {
		if e := os.Remove(path + suffix); !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	if err := errors.Join(err, release(lock)); err != nil {
		return fmt.Errorf("remove book: %w", err)
	}
	return nil
}
