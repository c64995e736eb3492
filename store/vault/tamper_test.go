package vault

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kebu/crypto/page"
)

const bookName = "shop.kebu"

// closedBook returns the file of a book with some free pages, and how many pages
// it has.
func closedBook(t *testing.T) (data []byte, pages int) {
	t.Helper()
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1)
	must(t, (&workload{steps: 9}).run(t.Context(), db))
	exec(t, db, `DELETE FROM part WHERE id % 4 < 3`)
	if free := number(t, db, `PRAGMA freelist_count`); free == 0 {
		t.Fatal("no page is free")
	}
	must(t, db.Close())
	pages = wantPages(t, f)
	must(t, f.Close())
	return files(t, filepath.Dir(path))[bookName], pages
}

// badPages returns what CheckPages finds in a file that consists of data.
func badPages(t *testing.T, dir string, data []byte) []uint32 {
	t.Helper()
	place(t, dir, map[string][]byte{bookName: data})
	f := reopen(t, filepath.Join(dir, bookName))
	defer func() { must(t, f.Close()) }()
	_, bad, err := f.CheckPages(t.Context(), nil)
	must(t, err)
	return bad
}

// readAll reads each page of a book through SQLite and returns which it could not
// read, if one, with the error.
func readAll(t *testing.T, dir string) (damaged uint32, err error) {
	t.Helper()
	f := reopen(t, filepath.Join(dir, bookName))
	db := connect(t, f, 1)
	defer func() {
		_ = db.Close()
		must(t, f.Close())
	}()
	var n int
	var s string
	if err := db.QueryRowContext(t.Context(), `SELECT count(data) FROM sqlite_dbpage`).Scan(&n); err != nil {
		return f.Damaged(), Explain(err)
	}
	if err := db.QueryRowContext(t.Context(), `PRAGMA integrity_check`).Scan(&s); err != nil {
		return f.Damaged(), Explain(err)
	}
	if s != "ok" {
		return 0, ErrDamaged
	}
	return f.Damaged(), nil
}

func TestAFlippedBitInAnyPageIsFoundThere(t *testing.T) {
	data, pages := closedBook(t)
	dir := filepath.Join(t.TempDir(), "copy")
	r := random(2)
	flips := 0
	for n := 1; n <= pages; n++ {
		// One bit of the text, and of the tag, the nonce, the epoch and the zeros.
		for _, field := range [][2]int{{0, page.Usable}, {page.Usable, 16}, {page.Usable + 16, 24}, {page.Usable + 40, 4}, {page.Usable + 44, 4}} {
			for range rounds(8) {
				at := HeaderSize + (n-1)*page.Size + field[0] + r.IntN(field[1])
				if bad := badPages(t, dir, flipped(data, at, uint(r.IntN(8)))); !slices.Equal(bad, []uint32{uint32(n)}) {
					t.Fatalf("byte %d of page %d: got %v", at, n, bad)
				}
				flips++
			}
		}
		if damaged, err := readAll(t, dir); !errors.Is(err, ErrDamaged) || damaged != uint32(n) {
			t.Fatalf("page %d: SQLite says %v of page %d", n, err, damaged)
		}
	}
	if pages < 15 || flips < 5*pages {
		t.Errorf("%d flips in %d pages", flips, pages)
	}
	t.Logf("%d flips in %d pages", flips, pages)
}

func TestSwappedZeroedAndMissingPagesAreFound(t *testing.T) {
	data, pages := closedBook(t)
	dir := filepath.Join(t.TempDir(), "copy")
	slot := func(b []byte, n int) []byte { return b[HeaderSize+(n-1)*page.Size:][:page.Size] }
	swaps, zeros, cuts := 0, 0, 0
	for n := 1; n <= pages; n++ {
		for m := n + 1; m <= pages; m++ {
			c := bytes.Clone(data)
			copy(slot(c, n), slot(data, m))
			copy(slot(c, m), slot(data, n))
			if bad := badPages(t, dir, c); !slices.Equal(bad, []uint32{uint32(n), uint32(m)}) {
				t.Fatalf("pages %d and %d swapped: got %v", n, m, bad)
			}
			swaps++
		}
		c := bytes.Clone(data)
		clear(slot(c, n))
		if bad := badPages(t, dir, c); !slices.Equal(bad, []uint32{uint32(n)}) {
			t.Fatalf("page %d zeroed: got %v", n, bad)
		}
		if _, err := readAll(t, dir); !errors.Is(err, ErrDamaged) {
			t.Fatalf("page %d zeroed: SQLite says %v", n, err)
		}
		zeros++
		if n == 1 {
			continue
		}
		for _, rest := range []int{0, 1000} {
			c = data[:HeaderSize+(n-1)*page.Size+rest]
			bad := badPages(t, dir, c)
			if len(bad) != pages-n+1 || bad[0] != uint32(n) {
				t.Fatalf("cut before page %d of %d: got %v", n, pages, bad)
			}
			if _, err := readAll(t, dir); !errors.Is(err, ErrDamaged) {
				t.Fatalf("cut before page %d: SQLite says %v", n, err)
			}
			cuts++
		}
	}
	if swaps < 100 || zeros != pages || cuts != 2*(pages-1) {
		t.Errorf("%d swaps, %d zeroed, %d cuts of %d pages", swaps, zeros, cuts, pages)
	}
}

func TestPagesOfAnotherBookDoNotOpen(t *testing.T) {
	data, pages := closedBook(t)
	path := bookPath(t)
	f, err := Create(path, make([]byte, HeaderSize))
	must(t, err)
	must(t, f.Attach(keysOf([16]byte{'t', 'w', 'i', 'n'}, 1))) // the same book key
	db := connect(t, f, 1)
	must(t, (&workload{steps: 9}).run(t.Context(), db))
	must(t, db.Close())
	must(t, f.Close())
	twin := files(t, filepath.Dir(path))[bookName]
	dir := filepath.Join(t.TempDir(), "copy")
	for n := 1; n <= min(pages, len(twin)/page.Size-HeaderSize/page.Size); n++ {
		c := bytes.Clone(data)
		at := HeaderSize + (n-1)*page.Size
		copy(c[at:at+page.Size], twin[at:])
		if bad := badPages(t, dir, c); !slices.Equal(bad, []uint32{uint32(n)}) {
			t.Fatalf("page %d: got %v", n, bad)
		}
	}
}

// An open connection that meets a damaged frame must fail and not read what was
// there before.
func TestADamagedFrameInUseIsAnError(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1, "cache_size(1)", "wal_autocheckpoint(0)")
	must(t, (&workload{steps: 2}).run(t.Context(), db))
	wal, err := os.OpenFile(path+"-wal", os.O_RDWR, 0)
	must(t, err)
	info, err := wal.Stat()
	must(t, err)
	for at := int64(walHeader + page.FrameHeader + 100); at < info.Size(); at += frameSize {
		b := make([]byte, 1)
		_, err := wal.ReadAt(b, at)
		must(t, err)
		b[0] ^= 4
		_, err = wal.WriteAt(b, at)
		must(t, err)
	}
	err = db.QueryRowContext(t.Context(), `SELECT count(label) FROM part`).Scan(new(int))
	if !errors.Is(Explain(err), ErrDamaged) {
		t.Errorf("got %v, want ErrDamaged", err)
	}
	must(t, wal.Close())
	_ = db.Close() // it cannot checkpoint
	must(t, f.Close())
}
