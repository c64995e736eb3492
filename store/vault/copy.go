package vault

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"kebu/crypto/page"
	"kebu/store/vault/internal/room"
)

// A copy of a book is a file of its own: it has another file id, so that its pages
// are sealed anew, and no log. It is written by a Filler; what it is filled with
// comes through SQLite from a book that is open, or by ReadPages from one that
// nobody has open.

// Filler writes the pages of a book that Create made, before SQLite opens it.
type Filler struct {
	file   *File
	sealer *page.Sealer
	buf    []byte // pages that follow each other in the file
	at     int64  // where they do
	pages  int64  // so far
	count  int64  // as page 1 says
}

// Fill begins to write the pages of f, sealed under keys.
func (f *File) Fill(keys *page.Keys) *Filler {
	return &Filler{file: f, sealer: keys.Sealer(), buf: make([]byte, 0, checkStep*page.Size)}
}

// Add writes page number, from 1, of page.Size bytes. All pages that the book has
// must come, each once; that which SQLite leaves unused is passed over.
func (w *Filler) Add(number uint32, plain []byte) error {
	n := int64(number)
	if n == 1 {
		w.count = int64(binary.BigEndian.Uint32(plain[countAt:]))
	}
	if n == lockPage() {
		return nil
	}
	w.pages++
	offset := offsetOf(n)
	if len(w.buf) == cap(w.buf) || offset != w.at+int64(len(w.buf)) {
		if err := w.flush(); err != nil {
			return err
		}
		w.at = offset
	}
	end := len(w.buf)
	w.buf = w.buf[:end+page.Size]
	if err := w.sealer.Seal(w.buf[end:], plain, page.InMain(number)); err != nil {
		return fmt.Errorf("write copy: %w", err)
	}
	return nil
}

func (w *Filler) flush() error {
	err := error(nil)
	if !room.Take(len(w.buf)) {
		err = ErrDiskFull
	} else {
		_, err = w.file.raw.WriteAt(w.buf, w.at)
	}
	if err != nil {
		return fmt.Errorf("write copy: %w", explainOS(err))
	}
	w.buf = w.buf[:0]
	return nil
}

// Finish returns once all pages last. It fails with ErrDamaged if they are not as
// many as page 1 says.
func (w *Filler) Finish() error {
	want := w.count
	if want >= lockPage() {
		want-- // the unused one
	}
	if want == 0 || w.pages != want {
		return fmt.Errorf("write copy: %d pages of %d: %w", w.pages, want, ErrDamaged)
	}
	if err := w.flush(); err != nil {
		return err
	}
	err := w.file.raw.Truncate(sizeOf(w.count))
	if err == nil {
		err = w.file.raw.Sync()
	}
	if err != nil {
		return fmt.Errorf("write copy: %w", explainOS(err))
	}
	return nil
}

// ReadHeader reads the HeaderSize bytes before the pages of a file, open or not,
// or fails with ErrNotBook for what is shorter or no regular file.
func ReadHeader(path string) ([]byte, error) {
	file, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	header := make([]byte, HeaderSize)
	if _, err := io.ReadFull(file, header); err != nil {
		if ignoreEOF(err) == nil {
			return nil, ErrNotBook
		}
		return nil, fmt.Errorf("read header: %w: %w", ErrIO, err)
	}
	return header, nil
}

// ReadPages gives each every page of a book that nobody has open, plain and in the
// order in which they stand; it is given no page that does not open. It only reads,
// so that a book on a medium that cannot be written is read too. It fails with
// ErrDamaged if a page does not open or is missing, and with ErrInUse if there is
// a log beside the book, for then not all is in the file.
func ReadPages(ctx context.Context, path string, keys *page.Keys, progress func(done, all int), each func(number uint32, plain []byte) error) error {
	for _, suffix := range []string{"-wal", "-journal"} {
		if info, err := os.Stat(path + suffix); err == nil && info.Size() > 0 {
			return fmt.Errorf("read pages: a log is beside: %w", ErrInUse)
		}
	}
	file, err := openRegular(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	c := checker{sealer: keys.Sealer(), opened: each}
	if err := c.walk(ctx, file, progress); err != nil {
		return fmt.Errorf("read pages: %w", err)
	}
	if c.count == 0 {
		return fmt.Errorf("read pages: none: %w", ErrDamaged)
	}
	if len(c.bad) > 0 {
		return fmt.Errorf("read pages: %d do not open, the first is %d: %w", len(c.bad), c.bad[0], ErrDamaged)
	}
	return nil
}

// Whole reports whether a book that nobody has open has as many pages as its first
// one says. That is a look, not a check: the others are not read.
func Whole(path string, keys *page.Keys) (bool, error) {
	file, err := openRegular(path)
	if err != nil {
		return false, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return false, fmt.Errorf("measure book: %w", err)
	}
	first := make([]byte, page.Size)
	if _, err := file.ReadAt(first, HeaderSize); err != nil {
		return false, ignoreEOF(err)
	}
	if keys.Sealer().Open(first, first, page.InMain(1)) != nil {
		return false, nil
	}
	return info.Size() >= sizeOf(int64(binary.BigEndian.Uint32(first[countAt:]))), nil
}

func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open book: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, ErrNotBook
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open book: %w", err)
	}
	return file, nil
}

// Rename gives a book that nobody has open a name in the same folder that no file
// has, so that it lasts. The error is fs.ErrExist if one has.
func Rename(from, to string) error {
	lock, err := claim(from)
	if err != nil {
		return err
	}
	err = rename(from, to)
	if err := errors.Join(err, release(lock)); err != nil {
		return fmt.Errorf("rename book: %w", explainOS(err))
	}
	return nil
}

func rename(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

// Replace puts the book at path with in the place of the one at path, in the same
// folder, and keeps that under a name there that no file has. Nobody may have either
// open. There is no moment without a whole book at path: it is copied, byte by byte
// and with the log that a crash left, and then replaced.
func Replace(ctx context.Context, path, with, kept string) (failed error) {
	path, err := canonical(path)
	if err != nil {
		return fmt.Errorf("replace book: %w", err)
	}
	for _, name := range []string{path, with} {
		lock, err := claim(name)
		if err != nil {
			return err
		}
		defer func() { failed = errors.Join(failed, release(lock)) }()
	}
	if err := keep(ctx, path, kept); err != nil {
		return fmt.Errorf("keep the book: %w", explainOS(err))
	}
	// A log of the one cannot be taken for one of the other: it is sealed under the
	// file id. A journal would stop it from being opened.
	for _, step := range []func() error{
		func() error { return removeIf(path + "-journal") },
		func() error { return os.Rename(with, path) },
		func() error { return syncFolder(filepath.Dir(path)) },
		func() error { return removeIf(path + "-wal") },
		func() error { return removeIf(path + "-shm") },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("replace book: %w", explainOS(err))
		}
	}
	return nil
}

// keep copies a book and its logs; under its name the copy is whole.
func keep(ctx context.Context, path, kept string) error {
	if _, err := os.Lstat(kept); err == nil {
		return fs.ErrExist
	}
	part := kept + UnfinishedSuffix
	for _, c := range []struct{ from, to string }{{path + "-wal", kept + "-wal"}, {path + "-journal", kept + "-journal"}, {path, part}} {
		err := copyFile(ctx, c.from, c.to)
		if err != nil && (c.from == path || !errors.Is(err, fs.ErrNotExist)) {
			return errors.Join(err, removeIf(c.to), removeIf(kept+"-wal"), removeIf(kept+"-journal"))
		}
	}
	return rename(part, kept)
}

// UnfinishedSuffix ends the name of a file that is not yet what it will be.
const UnfinishedSuffix = ".unfinished"

func copyFile(ctx context.Context, from, to string) (failed error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { failed = errors.Join(failed, out.Close()) }()
	buf := make([]byte, checkStep*page.Size)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := in.Read(buf)
		if !room.Take(n) {
			return ErrDiskFull
		}
		if _, err := out.Write(buf[:n]); err != nil {
			return err
		}
		switch {
		case errors.Is(err, io.EOF):
			return out.Sync()
		case err != nil:
			return err
		}
	}
}

func removeIf(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
