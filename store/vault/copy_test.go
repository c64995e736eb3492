package vault

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kebu/crypto/page"
)

// copyKeys are those of a copy: the same book keys under another file id.
func copyKeys() *page.Keys { return keysOf([16]byte{'c', 'o', 'p', 'y'}, 1) }

// fill makes a book at path of what each gives.
func fill(t *testing.T, path string, keys *page.Keys, each func(add func(uint32, []byte) error) error) (*File, error) {
	t.Helper()
	f, err := Create(path, bytes.Repeat([]byte{0x5A}, HeaderSize))
	must(t, err)
	w := f.Fill(keys)
	if err := each(w.Add); err != nil {
		return f, err
	}
	if err := w.Finish(); err != nil {
		return f, err
	}
	return f, f.Attach(keys)
}

// A copy of every size around the lock byte has the pages of the book, each sealed
// anew, and the size of a book.
func TestACopyHasThePagesOfTheBook(t *testing.T) {
	moveLockByte(t, 1<<18)
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1, "cache_size(5)", "synchronous(OFF)")
	exec(t, db, `CREATE TABLE t (n INTEGER PRIMARY KEY, pad BLOB) STRICT`)
	sizes := make(map[int]bool)
	for i := range 70 {
		exec(t, db, `INSERT INTO t VALUES (?, randomblob(3500))`, i)
		if pages := number(t, db, `PRAGMA page_count`); sizes[pages] {
			continue
		}
		exec(t, db, `PRAGMA wal_checkpoint(TRUNCATE)`)
		pages := wantPages(t, f)
		sizes[pages] = true
		to := filepath.Join(t.TempDir(), "copy.kebu")
		plain := make(map[uint32][]byte)
		g, err := fill(t, to, copyKeys(), func(add func(uint32, []byte) error) error {
			return ReadPages(t.Context(), path, testKeys(), nil, func(n uint32, p []byte) error {
				plain[n] = bytes.Clone(p)
				return add(n, p)
			})
		})
		must(t, err)
		if got := wantPages(t, g); got != pages {
			t.Fatalf("%d pages, want %d", got, pages)
		}
		must(t, g.Close())
		must(t, ReadPages(t.Context(), to, copyKeys(), nil, func(n uint32, p []byte) error {
			if !bytes.Equal(p, plain[n]) {
				t.Errorf("of %d pages: page %d differs", pages, n)
			}
			delete(plain, n)
			return nil
		}))
		if len(plain) > 0 {
			t.Errorf("%d of %d pages are missing", len(plain), pages)
		}
		if err := ReadPages(t.Context(), to, testKeys(), nil, func(uint32, []byte) error { return nil }); !errors.Is(err, ErrDamaged) {
			t.Errorf("under the keys of the book: %v", err)
		}
		if whole, err := Whole(to, copyKeys()); err != nil || !whole {
			t.Errorf("of %d pages: not whole, %v", pages, err)
		}
	}
	must(t, db.Close())
	must(t, f.Close())
	if !sizes[32] || !sizes[33] || !sizes[34] || !sizes[64] || !sizes[66] {
		t.Errorf("sizes: %v", slices.Sorted(maps.Keys(sizes)))
	}
}

func TestADamagedBookIsNotCopied(t *testing.T) {
	data, pages := closedBook(t)
	dir := t.TempDir()
	path := filepath.Join(dir, bookName)
	read := func(data []byte) (given int, err error) {
		place(t, dir, map[string][]byte{bookName: data})
		return given, ReadPages(t.Context(), path, testKeys(), nil, func(uint32, []byte) error {
			given++
			return nil
		})
	}
	if given, err := read(data); err != nil || given != pages {
		t.Fatalf("%d pages of %d: %v", given, pages, err)
	}
	for n := range pages {
		at := HeaderSize + n*page.Size
		if given, err := read(flipped(data, at+99, 2)); !errors.Is(err, ErrDamaged) || given >= pages {
			t.Errorf("page %d damaged: %d given, %v", n+1, given, err)
		}
		for _, cut := range []int{at, at + page.Size/2} {
			if _, err := read(data[:cut]); !errors.Is(err, ErrDamaged) {
				t.Errorf("cut in page %d: %v", n+1, err)
			}
			if whole, err := Whole(path, testKeys()); err != nil || whole {
				t.Errorf("cut in page %d: whole, %v", n+1, err)
			}
		}
	}
	for _, cut := range []int{0, 100, HeaderSize - 1} {
		place(t, dir, map[string][]byte{bookName: data[:cut]})
		if _, err := ReadHeader(path); !errors.Is(err, ErrNotBook) {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
	place(t, dir, map[string][]byte{bookName: data, bookName + "-wal": {1}})
	if err := ReadPages(t.Context(), path, testKeys(), nil, nil); !errors.Is(err, ErrInUse) {
		t.Errorf("with a log beside: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	must(t, os.Remove(path+"-wal"))
	if err := ReadPages(ctx, path, testKeys(), nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestACopyMustBeComplete(t *testing.T) {
	data, pages := closedBook(t)
	path := filepath.Join(t.TempDir(), bookName)
	must(t, os.WriteFile(path, data, 0o600))
	for without := range pages {
		f, err := fill(t, filepath.Join(t.TempDir(), "copy.kebu"), copyKeys(), func(add func(uint32, []byte) error) error {
			return ReadPages(t.Context(), path, testKeys(), nil, func(n uint32, p []byte) error {
				if int(n) == without+1 {
					return nil
				}
				return add(n, p)
			})
		})
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("without page %d of %d: %v", without+1, pages, err)
		}
		must(t, f.Close())
	}
}

func TestABookIsReplacedAndKept(t *testing.T) {
	data, _ := closedBook(t)
	dir := t.TempDir()
	path, with, kept := filepath.Join(dir, bookName), filepath.Join(dir, "with"), filepath.Join(dir, "kept")
	before := map[string][]byte{
		bookName: data, bookName + "-wal": []byte("log"), bookName + "-journal": []byte("journal"), "with": []byte("another book"),
	}
	place(t, dir, before)
	must(t, Replace(t.Context(), path, with, kept))
	want := map[string][]byte{bookName: []byte("another book"), "kept": data, "kept-wal": []byte("log"), "kept-journal": []byte("journal")}
	if got := files(t, dir); !maps.EqualFunc(got, want, bytes.Equal) {
		t.Errorf("left: %q", slices.Sorted(maps.Keys(got)))
	}
	unchanged := func(what string, err, is error) {
		t.Helper()
		if got := files(t, dir); !errors.Is(err, is) || !maps.EqualFunc(got, before, bytes.Equal) {
			t.Errorf("%s: %v, left %q", what, err, slices.Sorted(maps.Keys(got)))
		}
	}
	before["kept"] = []byte("in the way")
	place(t, dir, before)
	unchanged("a name that is taken", Replace(t.Context(), path, with, kept), fs.ErrExist)
	unchanged("a name that is taken", Rename(with, kept), fs.ErrExist)
	delete(before, "kept")
	place(t, dir, before)
	f, err := OpenFile(path)
	must(t, err)
	err = Replace(t.Context(), path, with, kept)
	must(t, f.Close())
	unchanged("a book that is open", err, ErrInUse)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	unchanged("cancelled", Replace(ctx, path, with, kept), context.Canceled)
}
