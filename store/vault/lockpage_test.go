package vault

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"kebu/crypto/page"
)

// moveLockByte brings SQLite's lock byte, and ours, down to where a small book
// reaches it.
func moveLockByte(t *testing.T, to int64) {
	t.Helper()
	set := func(v int64) {
		tls := libc.NewTLS()
		defer tls.Close()
		args := libc.NewVaList(uint32(v))
		defer libc.Xfree(tls, args)
		lib.Xsqlite3_test_control(tls, lib.SQLITE_TESTCTRL_PENDING_BYTE, args)
		lockByte = v
	}
	old := lockByte
	t.Cleanup(func() { set(old) })
	set(to)
}

// A book that grows and shrinks across the lock byte keeps its pages, and writes
// nothing where SQLite locks.
func TestPagesAroundTheLockByte(t *testing.T) {
	moveLockByte(t, 1<<18)
	if displaced() != 33 || lockPage() != 65 {
		t.Fatalf("page %d is displaced by page %d", displaced(), lockPage())
	}
	for _, mode := range []string{"WAL", "DELETE"} {
		t.Run(mode, func(t *testing.T) {
			path := bookPath(t)
			f := create(t, path)
			db := connect(t, f, 1, "journal_mode("+mode+")", "cache_size(5)", "synchronous(OFF)")
			exec(t, db, `CREATE TABLE t (n INTEGER PRIMARY KEY, pad BLOB) STRICT`)
			sizes := make(map[int]bool)
			check := func() {
				exec(t, db, `PRAGMA wal_checkpoint(TRUNCATE)`)
				wantWhole(t, db)
				want := number(t, db, `PRAGMA page_count`)
				if got := wantPages(t, f); got != want {
					t.Fatalf("checked %d pages of %d", got, want)
				}
				sizes[want] = true
				locked := files(t, filepath.Dir(path))[bookName]
				if len(locked) > int(lockByte) && !bytes.Equal(locked[lockByte:lockByte+page.Size], unwritten[:]) {
					t.Fatalf("with %d pages something stands on the lock byte", want)
				}
			}
			for i := range 90 {
				exec(t, db, `INSERT INTO t VALUES (?, randomblob(3500))`, i)
				check()
			}
			for i := 85; i >= 20; i -= 5 {
				exec(t, db, fmt.Sprintf(`DELETE FROM t WHERE n > %d`, i))
				exec(t, db, `VACUUM`)
				check()
			}
			exec(t, db, `INSERT INTO t SELECT n + 1000, randomblob(3500) FROM t; INSERT INTO t SELECT n + 2000, randomblob(3500) FROM t`)
			check()
			must(t, db.Close())
			must(t, f.Close())
			f = reopen(t, path)
			db = connect(t, f, 1, "journal_mode("+mode+")")
			check()
			must(t, db.Close())
			must(t, f.Close())
			if !sizes[32] || !sizes[33] || !sizes[34] || !sizes[64] || !sizes[66] || len(sizes) < 60 {
				t.Errorf("sizes that were checked: %v", sizes)
			}
			wantDamageFound(t, path)
		})
	}
}

// wantDamageFound damages and cuts off the displaced page, and its neighbours.
func wantDamageFound(t *testing.T, path string) {
	t.Helper()
	data := files(t, filepath.Dir(path))[bookName]
	dir := filepath.Join(t.TempDir(), "copy")
	for _, n := range []int64{32, 33, 34, 64, 66} {
		if bad := badPages(t, dir, flipped(data, int(offsetOf(n))+7, 3)); !slices.Equal(bad, []uint32{uint32(n)}) {
			t.Errorf("page %d damaged: got %v", n, bad)
		}
	}
	pages := pagesIn(int64(len(data)))
	bad := badPages(t, dir, data[:offsetOf(60)])
	if len(bad) != int(pages-60+1) || bad[0] != 33 || slices.Contains(bad, 65) {
		t.Errorf("cut before page 60 of %d: got %v", pages, bad)
	}
}

func TestLayoutOfABigBook(t *testing.T) {
	used := make(map[int64]int64)
	for n := displaced() - 3; n <= lockPage()+3; n++ {
		if n == lockPage() {
			continue
		}
		at := offsetOf(n)
		if at <= lockByte && lockByte < at+page.Size {
			t.Errorf("page %d lies on the lock byte", n)
		}
		if other, ok := used[at]; ok {
			t.Errorf("pages %d and %d share a place", n, other)
		}
		used[at] = n
		if size := sizeOf(n); size < at+page.Size || pagesIn(size) < n {
			t.Errorf("a file of %d pages has size %d, which holds %d", n, size, pagesIn(size))
		}
	}
	for size, want := range map[int64]int64{0: 0, HeaderSize - 1: 0, HeaderSize: 0, HeaderSize + page.Size - 1: 0, HeaderSize + page.Size: 1} {
		if got := pagesIn(size); got != want {
			t.Errorf("a file of %d bytes has %d pages, want %d", size, got, want)
		}
	}
}
