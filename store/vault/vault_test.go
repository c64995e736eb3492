package vault

import (
	"database/sql"
	"path/filepath"
	"testing"

	"kebu/crypto/page"
)

var fileID = [16]byte{'f', 'i', 'l', 'e'}

func keysOf(t testing.TB, id [16]byte, seed byte) *page.Keys {
	t.Helper()
	k, err := page.NewKeys(id, map[uint32][32]byte{1: {seed, 31: seed}})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestClosedBookIsOneWholeFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	f, err := Create(path, make([]byte, HeaderSize))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Attach(keysOf(t, fileID, 1)); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", f.DSN())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), `CREATE TABLE t (a BLOB); INSERT INTO t VALUES (randomblob(100000))`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	pages, bad, err := f.CheckPages(t.Context(), nil)
	if err != nil || pages < 25 || len(bad) > 0 {
		t.Errorf("got %d pages, bad %v, error %v", pages, bad, err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 1 {
		t.Errorf("got %v, want the book alone", left)
	}
}
