package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// bulkArgs bounds the parameters of one statement; SQLite allows 32,766, and
// beyond a thousand a larger statement gains nothing.
const bulkArgs = 1000

// bulk inserts many rows with few statements.
type bulk struct {
	tx      *sql.Tx
	into    string // INSERT INTO t (a, b)
	columns int
	most    int // rows a statement
	full    *sql.Stmt
	args    []any
}

// newBulk prepares inserts of the columns named in into, such as
// "orders (id, step)".
func (t *Tx) newBulk(into string) *bulk {
	n := strings.Count(into, ",") + 1
	return &bulk{tx: t.tx, into: "INSERT INTO " + into + " VALUES ", columns: n, most: bulkArgs / n}
}

// add queues one row.
func (b *bulk) add(ctx context.Context, row ...any) error {
	b.args = append(b.args, row...)
	if len(b.args) < b.most*b.columns {
		return nil
	}
	if b.full == nil {
		stmt, err := b.tx.PrepareContext(ctx, b.into+b.places(b.most))
		if err != nil {
			return fmt.Errorf("prepare insert: %w", err)
		}
		b.full = stmt
	}
	if _, err := b.full.ExecContext(ctx, b.args...); err != nil {
		return fmt.Errorf("insert rows: %w", err)
	}
	b.args = b.args[:0]
	return nil
}

// flush inserts what is queued.
func (b *bulk) flush(ctx context.Context) error {
	if len(b.args) == 0 {
		return nil
	}
	if _, err := b.tx.ExecContext(ctx, b.into+b.places(len(b.args)/b.columns), b.args...); err != nil {
		return fmt.Errorf("insert rows: %w", err)
	}
	b.args = b.args[:0]
	return nil
}

// close releases the statement.
func (b *bulk) close() {
	if b.full != nil {
		_ = b.full.Close()
	}
}

func (b *bulk) places(rows int) string {
	row := "(?" + strings.Repeat(",?", b.columns-1) + ")"
	return row + strings.Repeat(","+row, rows-1)
}
