package vault

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"modernc.org/sqlite"
)

// One connection moves amounts between accounts while others sum them up, through
// checkpoints: the sum never changes.
func TestReadersSeeWholeTransactions(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	settings := []string{"cache_size(10)", "wal_autocheckpoint(20)", "synchronous(NORMAL)"}
	write := connect(t, f, 1, settings...)
	read := connect(t, f, 4, settings...)
	exec(t, write, `CREATE TABLE account (id INTEGER PRIMARY KEY, v INTEGER, pad BLOB) STRICT;
		WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x < 400) INSERT INTO account SELECT x, 0, zeroblob(300) FROM c`)
	writes, reads := rounds(300), atomic.Int64{}
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				var sum, n int
				err := read.QueryRowContext(t.Context(), `SELECT sum(v), count(*) FROM account`).Scan(&sum, &n)
				if err != nil || sum != 0 || n != 400 {
					t.Errorf("sum %d of %d accounts, %v", sum, n, err)
					return
				}
				reads.Add(1)
			}
		})
	}
	r := random(7)
	for range writes {
		if !move(t, write, 1+r.IntN(400), 1+r.IntN(400)) {
			break
		}
	}
	for reads.Load() < 50 && !t.Failed() {
		must(t, read.PingContext(t.Context()))
	}
	stop()
	wg.Wait()
	wantWhole(t, write)
	must(t, read.Close())
	must(t, write.Close())
	wantPages(t, f)
	must(t, f.Close())
	t.Logf("%d transactions, %d sums", writes, reads.Load())
}

func move(t *testing.T, db *sql.DB, from, to int) bool {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	if err == nil {
		defer func() { _ = tx.Rollback() }()
		_, err = tx.ExecContext(t.Context(), `UPDATE account SET v = v - 1 WHERE id = ?`, from)
	}
	if err == nil {
		_, err = tx.ExecContext(t.Context(), `UPDATE account SET v = v + 1 WHERE id = ?`, to)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		t.Error(err)
	}
	return err == nil
}

// A backup has keys and a file id of its own and is a whole book; neither opens
// under the keys of the other.
func TestBackupUnderOtherKeys(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 2)
	const steps = 8
	must(t, (&workload{steps: steps}).run(t.Context(), db))
	backups := map[string]func(to *File) error{
		"VACUUM INTO": func(to *File) error {
			_, err := db.ExecContext(t.Context(), `VACUUM INTO ?`, to.DSN())
			return err
		},
		"backup API": func(to *File) error { return copyPages(t, db, to) },
	}
	made := 0
	for name, run := range backups {
		t.Run(name, func(t *testing.T) {
			to := bookPath(t)
			other := keysOf([16]byte{'c', 'o', 'p', 'y'}, 9)
			backup, err := Create(to, make([]byte, HeaderSize))
			must(t, err)
			must(t, backup.Attach(other))
			must(t, run(backup))
			if pages := wantPages(t, backup); pages < 5 {
				t.Errorf("a backup of %d pages", pages)
			}
			must(t, backup.Close())
			wantSealed(t, filepath.Dir(to))

			backup, err = OpenFile(to)
			must(t, err)
			if err := backup.Attach(testKeys()); !errors.Is(err, ErrKeys) {
				t.Errorf("under the keys of the book: %v", err)
			}
			must(t, backup.Attach(other))
			copied := connect(t, backup, 1)
			if got := wantState(t, copied); got != steps {
				t.Errorf("got step %d", got)
			}
			must(t, copied.Close())
			must(t, backup.Close())
			made++
		})
	}
	if made != 2 {
		t.Errorf("%d backups", made)
	}
	// A name without a book would be a plain file of SQLite's: the VFS must be the
	// one that is asked.
	if _, err := db.ExecContext(t.Context(), `VACUUM INTO ?`, (&File{path: path + "2"}).DSN()); err == nil {
		t.Error("a backup to no book was made")
	}
	must(t, db.Close())
	must(t, f.Close())
}

// copyPages copies through SQLite's backup interface.
func copyPages(t *testing.T, db *sql.DB, to *File) error {
	t.Helper()
	conn, err := db.Conn(t.Context())
	must(t, err)
	defer func() { must(t, conn.Close()) }()
	return conn.Raw(func(c any) error {
		from, ok := c.(interface {
			NewBackup(uri string) (*sqlite.Backup, error)
		})
		if !ok {
			return errors.New("the driver makes no backups")
		}
		b, err := from.NewBackup(to.DSN())
		if err != nil {
			return err
		}
		for more := true; more; {
			if more, err = b.Step(7); err != nil {
				return errors.Join(err, b.Finish())
			}
		}
		return b.Finish()
	})
}

// Every connection of a pool has every setting: a pragma that one connection was
// given by hand reaches that one alone.
func TestEveryConnectionHasEverySetting(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 3, "cache_size(-8192)")
	want := map[string]string{
		"busy_timeout": "10000", "cache_size": "-8192", "cell_size_check": "1", "foreign_keys": "1",
		"journal_mode": "wal", "journal_size_limit": "67108864", "secure_delete": "1", "synchronous": "2",
		"temp_store": "2", "trusted_schema": "0", "wal_autocheckpoint": "8000", "page_size": "4096",
	}
	if len(want) != len(pragmas)+1 {
		t.Errorf("%d settings are checked, there are %d", len(want)-1, len(pragmas))
	}
	var conns []*sql.Conn
	for range 3 {
		c, err := db.Conn(t.Context())
		must(t, err)
		conns = append(conns, c)
		for name, value := range want {
			var got string
			must(t, c.QueryRowContext(t.Context(), `PRAGMA `+name).Scan(&got))
			if got != value {
				t.Errorf("%s is %s, want %s", name, got, value)
			}
		}
		if _, err := c.ExecContext(t.Context(), `SELECT "not a column"`); err == nil {
			t.Error("a text in double quotes is taken")
		}
	}
	for _, c := range conns {
		must(t, c.Close())
	}
	must(t, db.Close())
	must(t, f.Close())
}

func TestPathsThatAUriWouldMisread(t *testing.T) {
	names := []string{"a b", "50%", "#1", "客簿", "a&b=c", "+"}
	if runtime.GOOS != "windows" { // which forbids these itself
		names = append(names, "what?", "file:x")
	}
	for _, name := range names {
		path := filepath.Join(t.TempDir(), name, name+".kebu")
		place(t, filepath.Dir(path), map[string][]byte{name + ".kebu": make([]byte, HeaderSize)})
		f := reopen(t, path)
		db := connect(t, f, 1)
		exec(t, db, `CREATE TABLE t (a INTEGER) STRICT`)
		must(t, db.Close())
		if pages := wantPages(t, f); pages != 2 {
			t.Errorf("%s: %d pages", name, pages)
		}
		must(t, f.Close())
		if left := files(t, filepath.Dir(path)); len(left) != 1 {
			t.Errorf("%s: %d files", name, len(left))
		}
	}
}

func TestCheckPagesReportsAndStops(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1, "synchronous(OFF)")
	exec(t, db, `CREATE TABLE t (a BLOB) STRICT; INSERT INTO t VALUES (zeroblob(6000000))`)
	must(t, db.Close())
	var seen []int
	pages, bad, err := f.CheckPages(t.Context(), func(done, all int) {
		if all < 1400 {
			t.Errorf("%d pages in all", all)
		}
		seen = append(seen, done)
	})
	if err != nil || len(bad) > 0 || len(seen) != 1+pages/checkStep || seen[len(seen)-1] != pages {
		t.Errorf("%d pages, %d bad, %v; told %v", pages, len(bad), err, seen)
	}
	ctx, stop := context.WithCancel(t.Context())
	steps := 0
	_, _, err = f.CheckPages(ctx, func(int, int) { steps++; stop() })
	if !errors.Is(err, context.Canceled) || steps != 1 {
		t.Errorf("got %v after %d steps", err, steps)
	}
	must(t, f.Close())
}
