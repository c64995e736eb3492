package vault

import (
	"context"
	"database/sql"
	"strconv"
	"testing"
)

// workload is a series of transactions that insert, change, delete and shrink.
// After step n the book holds what state n says.
type workload struct {
	steps int
	acked int
	// onAck, if not nil, is told each step once its commit has returned.
	onAck func(step int)
}

const schema = `CREATE TABLE IF NOT EXISTS step (n INTEGER PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS part (id INTEGER PRIMARY KEY, step INTEGER, label TEXT, pad BLOB) STRICT;
CREATE INDEX IF NOT EXISTS part_label ON part (label);`

const rowsPerStep = 12

func (w *workload) run(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return err
	}
	for n := w.acked + 1; n <= w.steps; n++ {
		if err := runStep(ctx, db, n); err != nil {
			return err
		}
		w.acked = n
		if w.onAck != nil {
			w.onAck(n)
		}
		if n%5 == 4 {
			if _, err := db.ExecContext(ctx, `VACUUM`); err != nil {
				return err
			}
		}
	}
	return nil
}

func runStep(ctx context.Context, db *sql.DB, n int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, `INSERT INTO step VALUES (?)`, n); err != nil {
		return err
	}
	for i := range rowsPerStep {
		if _, err := tx.ExecContext(ctx, `INSERT INTO part (step, label, pad) VALUES (?, ?, zeroblob(900))`,
			n, label(n, i)); err != nil {
			return err
		}
	}
	// Every third step goes back over all rows, so that pages spilled to the log
	// are written again, and deletes what is four steps old.
	if n%3 == 0 {
		if _, err := tx.ExecContext(ctx, `UPDATE part SET label = label || '+'`); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM part WHERE step <= ?`, n-4); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func label(step, i int) string { return "label-" + strconv.Itoa(step*7919%101) + "-" + strconv.Itoa(i) }

// state counts the rows and the plus signs that there are after step n.
func state(n int) (rows, plus int) {
	type row struct{ step, plus int }
	var all []row
	for s := 1; s <= n; s++ {
		for range rowsPerStep {
			all = append(all, row{step: s})
		}
		if s%3 == 0 {
			kept := all[:0]
			for _, r := range all {
				if r.plus++; r.step > s-4 {
					kept = append(kept, r)
				}
			}
			all = kept
		}
	}
	for _, r := range all {
		plus += r.plus
	}
	return len(all), plus
}

// wantState fails unless the book behind db is whole and as it was after the step
// it names, which it returns: 0 for a book without tables.
func wantState(t testing.TB, db *sql.DB) int {
	t.Helper()
	wantWhole(t, db)
	if number(t, db, `SELECT count(*) FROM sqlite_schema WHERE name = 'part_label'`) == 0 {
		return 0
	}
	n := number(t, db, `SELECT coalesce(max(n), 0) FROM step`)
	rows, plus := state(n)
	gotRows := number(t, db, `SELECT count(*) FROM part`)
	gotPlus := number(t, db, `SELECT coalesce(sum(length(label) - length(rtrim(label, '+'))), 0) FROM part`)
	if gotRows != rows || gotPlus != plus {
		t.Fatalf("after step %d: got %d rows and %d changes, want %d and %d", n, gotRows, gotPlus, rows, plus)
	}
	return n
}
