package vault

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	lib "modernc.org/sqlite/lib"
)

// observe makes w see what is done to files until the test ends or the returned
// function is called.
func observe(t *testing.T, w func(operation) verdict) (stop func()) {
	t.Helper()
	watcher.Store(&w)
	stop = func() { watcher.Store(nil) }
	t.Cleanup(stop)
	return stop
}

// A failure is one way in which a disk can fail.
type failure struct {
	name  string
	kinds []opKind
	lasts bool // from then on, not once
	keep  int  // bytes of a write that are done all the same
	code  func(opKind) int32
}

func codeOf(k opKind) int32 {
	return map[opKind]int32{
		opOpen: lib.SQLITE_CANTOPEN, opRead: lib.SQLITE_IOERR_READ, opWrite: lib.SQLITE_IOERR_WRITE,
		opSync: lib.SQLITE_IOERR_FSYNC, opTruncate: lib.SQLITE_IOERR_TRUNCATE, opDelete: lib.SQLITE_IOERR_DELETE,
	}[k]
}

func full(opKind) int32 { return lib.SQLITE_FULL }

var failures = []failure{
	{name: "error", kinds: []opKind{opOpen, opRead, opWrite, opSync, opTruncate, opDelete}, code: codeOf},
	{name: "broken from then on", kinds: []opKind{opWrite, opSync, opTruncate, opDelete}, lasts: true, code: codeOf},
	{name: "disk full", kinds: []opKind{opWrite}, lasts: true, code: full},
	{name: "short write", kinds: []opKind{opWrite}, keep: 1000, code: full},
}

func (f failure) hits(k opKind) bool {
	for _, have := range f.kinds {
		if have == k {
			return true
		}
	}
	return false
}

// Every operation on the disk fails once, in turn, until a run meets no failure.
// What was acknowledged is there afterwards, and what was not is there as a whole
// or not at all.
func TestNoFailureOfTheDiskLosesACommit(t *testing.T) {
	for _, mode := range []string{"WAL", "DELETE"} {
		for _, how := range failures {
			t.Run(mode+"/"+how.name, func(t *testing.T) {
				runs, shown := 0, 0
				path := filepath.Join(t.TempDir(), "book", bookName)
				stride := 1
				if testing.Short() {
					stride = 8
				}
				for n := 1; ; n += stride {
					hit, err := failAt(t, path, mode, how, n)
					if err != nil {
						shown++
					}
					if !hit {
						break
					}
					runs++
				}
				if runs < 150/stride || shown < runs/2 {
					t.Errorf("%d failures, %d shown", runs, shown)
				}
				t.Logf("%d failures, %d shown", runs, shown)
			})
		}
	}
}

// failAt runs a workload on a new book while operation n fails, and checks the
// book afterwards. It returns whether there was such an operation, and what the
// workload met.
func failAt(t *testing.T, path, mode string, how failure, n int) (hit bool, met error) {
	t.Helper()
	place(t, filepath.Dir(path), map[string][]byte{bookName: make([]byte, HeaderSize)})
	f := reopen(t, path)
	seen := 0
	stop := observe(t, func(op operation) verdict {
		if how.hits(op.kind) {
			seen++
			if seen == n || seen > n && how.lasts {
				hit = true
				return verdict{code: how.code(op.kind), keep: how.keep}
			}
		}
		return verdict{done: op.kind == opSync} // the power stays on here
	})
	db := connect(t, f, 1, strained(mode)...)
	w := workload{steps: 5}
	met = w.run(t.Context(), db)
	_ = db.Close() // under a broken disk it cannot tidy up
	stop()
	wantExplained(t, met)
	must(t, f.Close())

	f = reopen(t, path)
	db = connect(t, f, 1, "journal_mode("+mode+")", "synchronous(OFF)")
	if got := wantState(t, db); got < w.acked || got > w.acked+1 || met == nil && got != w.steps {
		t.Fatalf("operation %d failed: %d steps acknowledged, the book is at %d", n, w.acked, got)
	}
	must(t, db.Close())
	wantPages(t, f)
	must(t, f.Close())
	return hit, met
}

// wantExplained fails if err is one of SQLite's that says nothing to a person.
func wantExplained(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	err = Explain(err)
	if !errors.Is(err, ErrIO) && !errors.Is(err, ErrDiskFull) {
		t.Fatalf("not explained: %v", err)
	}
}

func TestSQLiteErrorsAreExplained(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1)
	exec(t, db, schema)
	for _, c := range []struct {
		code int32
		want error
	}{
		{lib.SQLITE_IOERR_DATA, ErrDamaged},
		{lib.SQLITE_CORRUPT, ErrDamaged},
		{lib.SQLITE_NOTADB, ErrDamaged},
		{lib.SQLITE_FULL, ErrDiskFull},
		{lib.SQLITE_IOERR_SHMSIZE, ErrDiskFull},
		{lib.SQLITE_READONLY, ErrReadOnly},
		{lib.SQLITE_IOERR_FSYNC, ErrIO},
		{lib.SQLITE_CANTOPEN, ErrIO},
	} {
		stop := observe(t, func(operation) verdict { return verdict{code: c.code} })
		_, err := db.ExecContext(t.Context(), `INSERT INTO step VALUES (1)`)
		stop()
		if err = Explain(err); !errors.Is(err, c.want) {
			t.Errorf("code %d: got %v, want %v", c.code, err, c.want)
		}
		if again := Explain(err); again.Error() != err.Error() {
			t.Errorf("code %d: explained twice", c.code)
		}
	}
	for _, err := range []error{nil, context.Canceled, sql.ErrNoRows} {
		if got := Explain(err); got != err { //nolint:errorlint // the very same
			t.Errorf("%v became %v", err, got)
		}
	}
	_, err := db.ExecContext(t.Context(), `INSERT INTO nothing VALUES (1)`)
	if got := Explain(err); got != err { //nolint:errorlint // the very same
		t.Errorf("%v became %v", err, got)
	}
	must(t, db.Close())
	must(t, f.Close())
}
