// The suites here run in part on every push, in about 35 CPU seconds.
// KEBU_VAULT_ROUNDS=n makes those that draw at random (power loss, kill -9, flips,
// concurrency) n times as long; 25 is for a release. With -short, as under the race
// detector, they are a quarter as long.
package vault

import (
	"bytes"
	"database/sql"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"kebu/crypto/page"
)

// childEnv names the book of a process that kill_test.go starts.
const childEnv = "KEBU_VAULT_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		os.Exit(writeUntilKilled(path))
	}
	os.Exit(m.Run())
}

// rounds is how many times n a random suite runs.
func rounds(n int) int {
	if k, err := strconv.Atoi(os.Getenv("KEBU_VAULT_ROUNDS")); err == nil && k > 0 {
		return n * k
	}
	if testing.Short() {
		return max(1, n/4)
	}
	return n
}

// random is a source that a failing test can be repeated with.
func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// testKeys are the page keys of every book here but for those that say otherwise.
func testKeys() *page.Keys { return keysOf([16]byte{'f', 'i', 'l', 'e'}, 1) }

func keysOf(fileID [16]byte, books ...byte) *page.Keys {
	byEpoch := make(map[uint32][32]byte)
	for i, b := range books {
		byEpoch[uint32(i+1)] = [32]byte{b, 31: b}
	}
	k, err := page.NewKeys(fileID, byEpoch)
	if err != nil {
		panic(err)
	}
	return k
}

func bookPath(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "shop.kebu")
}

func create(t testing.TB, path string) *File {
	t.Helper()
	f, err := Create(path, bytes.Repeat([]byte{0xA5}, HeaderSize))
	must(t, err)
	must(t, f.Attach(testKeys()))
	return f
}

func reopen(t testing.TB, path string) *File {
	t.Helper()
	f, err := OpenFile(path)
	must(t, err)
	must(t, f.Attach(testKeys()))
	return f
}

// connect opens at most n connections to f.
func connect(t testing.TB, f *File, n int, override ...string) *sql.DB {
	t.Helper()
	db := open(t, f.DSN(override...))
	db.SetMaxOpenConns(n)
	return db
}

func open(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", dsn)
	must(t, err)
	return db
}

func exec(t testing.TB, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%.60s: %v", query, err)
	}
}

func number(t testing.TB, db *sql.DB, query string) (n int) {
	t.Helper()
	must(t, db.QueryRowContext(t.Context(), query).Scan(&n))
	return n
}

func wantWhole(t testing.TB, db *sql.DB) {
	t.Helper()
	var got string
	must(t, db.QueryRowContext(t.Context(), `PRAGMA integrity_check`).Scan(&got))
	if got != "ok" {
		t.Fatalf("integrity check: %s", got)
	}
}

// wantPages fails unless all pages of f open; it returns how many there are.
func wantPages(t testing.TB, f *File) int {
	t.Helper()
	n, bad, err := f.CheckPages(t.Context(), nil)
	must(t, err)
	if len(bad) > 0 {
		t.Fatalf("%d of %d pages do not open: %v", len(bad), n, bad)
	}
	return n
}

// files returns the contents of a folder, without the lock and the wal index,
// which a crash leaves behind but which say nothing.
func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	found, err := os.ReadDir(dir)
	must(t, err)
	all := make(map[string][]byte)
	for _, e := range found {
		if strings.HasSuffix(e.Name(), ".lock") || strings.HasSuffix(e.Name(), "-shm") {
			continue
		}
		all[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name()))
		must(t, err)
	}
	return all
}

// place writes files to a folder of which nothing else stays.
func place(t testing.TB, dir string, all map[string][]byte) {
	t.Helper()
	must(t, os.RemoveAll(dir))
	must(t, os.MkdirAll(dir, 0o700))
	for name, data := range all {
		must(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
}

// with returns a copy of all in which one file is another.
func with(all map[string][]byte, name string, data []byte) map[string][]byte {
	c := maps.Clone(all)
	c[name] = data
	return c
}

// flipped returns a copy of data with one bit changed.
func flipped(data []byte, at int, bit uint) []byte {
	c := bytes.Clone(data)
	c[at] ^= 1 << (bit % 8)
	return c
}
