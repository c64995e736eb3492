package vault

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// marked is text that must not be found on disk. SQLite's own words are there too:
// a schema in the clear would tell as much.
var marked = []string{"PLAIN-NAME", "PLAIN-BLOB", "SQLite format 3", "CREATE TABLE", "person"}

// wantSealed fails if a file of the folder holds marked text; it returns the
// suffixes of the files it searched.
func wantSealed(t *testing.T, dir string) []string {
	t.Helper()
	var seen []string
	found, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range found {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		must(t, err)
		for _, m := range marked {
			if bytes.Contains(data, []byte(m)) {
				t.Fatalf("%s holds %q", e.Name(), m)
			}
		}
		if len(data) > 0 {
			seen = append(seen, strings.TrimPrefix(e.Name(), "shop.kebu"))
		}
	}
	return seen
}

// Every journal mode, locking mode and cache size works, and none leaves plain
// text in any file, open or closed.
func TestNothingPlainInAnyFileOfAnyMode(t *testing.T) {
	beside := make(map[string]int)
	runs := 0
	for _, mode := range []string{"WAL", "DELETE", "TRUNCATE", "PERSIST"} {
		for _, locking := range []string{"NORMAL", "EXCLUSIVE"} {
			for _, cache := range []string{"1", "10", "-65536"} {
				runs++
				t.Run(fmt.Sprint(mode, locking, cache), func(t *testing.T) {
					path := bookPath(t)
					settings := []string{"journal_mode(" + mode + ")", "locking_mode(" + locking + ")", "cache_size(" + cache + ")"}
					exercise(t, path, settings, beside)
					f := reopen(t, path)
					db := connect(t, f, 1, settings...)
					wantWhole(t, db)
					if got := number(t, db, `SELECT count(*) FROM person`); got != 160 {
						t.Errorf("got %d rows", got)
					}
					must(t, db.Close())
					wantPages(t, f)
					must(t, f.Close())
				})
			}
		}
	}
	if runs != 24 || beside["-wal"] < 6 || beside["-shm"] < 3 || beside["-journal"] < 6 || beside[""] < 24 {
		t.Errorf("%d modes, searched %v", runs, beside)
	}
}

func exercise(t *testing.T, path string, settings []string, beside map[string]int) {
	t.Helper()
	search := func() {
		for _, suffix := range wantSealed(t, filepath.Dir(path)) {
			beside[suffix]++
		}
	}
	f := create(t, path)
	db := connect(t, f, 1, settings...)
	exec(t, db, `CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, b BLOB) STRICT; CREATE INDEX person_name ON person (name)`)
	tx, err := db.BeginTx(t.Context(), nil)
	must(t, err)
	for i := range 240 {
		_, err := tx.ExecContext(t.Context(), `INSERT INTO person (name, b) VALUES (?, ?)`,
			fmt.Sprintf("PLAIN-NAME-%d", i*7919%240), bytes.Repeat([]byte("PLAIN-BLOB"), i%300))
		must(t, err)
	}
	must(t, tx.Commit())
	search()
	tx, err = db.BeginTx(t.Context(), nil)
	must(t, err)
	_, err = tx.ExecContext(t.Context(), `UPDATE person SET name = name || 'x', b = randomblob(700)`)
	must(t, err)
	search() // the journal of a transaction that spilled
	must(t, tx.Rollback())
	exec(t, db, `DELETE FROM person WHERE id % 3 = 0;
		SAVEPOINT s; UPDATE person SET name = 'z' || name, b = NULL; ROLLBACK TO s; RELEASE s`)
	wantWhole(t, db)
	if got := number(t, db, `SELECT count(*) FROM person WHERE name LIKE 'PLAIN%' AND b IS NOT NULL`); got != 160 {
		t.Errorf("after rolling back: got %d rows", got)
	}
	exec(t, db, `VACUUM`)
	search()
	must(t, db.Close())
	search()
	must(t, f.Close())
}

// Sorting, big statements and temporary tables want files; with our settings they
// stay in memory, and without them the VFS refuses.
func TestTemporaryFilesAreRefused(t *testing.T) {
	const sort = `SELECT count(*) FROM (SELECT pad, row_number() OVER (ORDER BY pad) FROM big ORDER BY pad DESC)`
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1, "cache_size(10)")
	exec(t, db, `CREATE TABLE big (n INTEGER UNIQUE, pad TEXT) STRICT;
		WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x < 30000) INSERT INTO big SELECT x, hex(randomblob(50)) FROM c`)
	if got := number(t, db, sort); got != 30000 {
		t.Errorf("got %d rows", got)
	}
	exec(t, db, `CREATE TEMP TABLE z AS SELECT * FROM big; CREATE INDEX zz ON z (pad); UPDATE big SET n = n + 1000000`)
	must(t, db.Close())

	db = connect(t, f, 1, "cache_size(10)", "temp_store(FILE)")
	if err := db.QueryRowContext(t.Context(), sort).Scan(new(int)); err == nil {
		t.Error("a temporary file was opened")
	}
	must(t, db.Close())
	must(t, f.Close())
}
