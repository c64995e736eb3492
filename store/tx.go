package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"kebu/app/crm"
	"kebu/crypto/keyring"
)

// Tx is one transaction: all that a verb can do to a book. Its reads see one
// state of the book, and its writes become true together or not at all.
type Tx struct {
	tx   *sql.Tx
	book *Book
	keys *Keys
	step int64 // 0 when reading

	writes bool // through the one connection that does
	now    crm.Moment
	dirty  map[int64]bool // customers whose profiles must be remade
	swept  bool           // places that no profile has go, too

	steps []int64        // all that it writes, the last is step
	told  map[int64]told // for the log, by step
	end   *logEnd        // of the log, once it was needed

	members map[int64]TeamChange // for the log, by step

	watched map[string]twinned // tables of which Undo keeps what it takes

	figured func(done, total int) // see OnFigures

	often map[string]*sql.Stmt // see prepared

	ring  *keyring.Ring // what the header will be, nil if it stays
	index uint32        // the epoch of the index key that tags will be of, 0 if it stays
}

// Step is the change that a transaction makes.
type Step struct {
	Verb string
	User string
	At   crm.Moment
}

// View reads the book in one transaction.
func (b *Book) View(ctx context.Context, fn func(*Tx) error) error {
	tx, err := b.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin reading: %w", b.explain(err))
	}
	defer func() { _ = tx.Rollback() }()
	return b.explain(fn(&Tx{tx: tx, book: b, keys: b.keys.Load()}))
}

// ErrDiscard takes the transaction back without an error, when the function
// given to Update returns it.
var ErrDiscard = errors.New("discard the change")

// Update changes the book in one transaction as one step. When fn returns nil,
// the profiles of the customers it touched are remade and all is committed.
func (b *Book) Update(ctx context.Context, s Step, fn func(*Tx) error) error {
	return b.change(ctx, s.At, func(t *Tx) error {
		if err := t.begin(ctx, s); err != nil {
			return err
		}
		if err := fn(t); err != nil {
			return err
		}
		if err := t.refreshProfiles(ctx); err != nil || finalVerbs[s.Verb] {
			return err
		}
		return t.dropUndone(ctx)
	})
}

// Keep changes in one transaction what is no step and stands outside the
// journal, such as the choices of a user.
func (b *Book) Keep(ctx context.Context, fn func(*Tx) error) error {
	return b.change(ctx, 0, fn)
}

// Writing reports whether a change is being made, for which another would wait.
func (b *Book) Writing() bool { return b.write.Stats().InUse > 0 }

func (b *Book) change(ctx context.Context, at crm.Moment, fn func(*Tx) error) error {
	conn, err := b.write.Conn(ctx) // nobody else's until the keys are those of what is committed
	if err != nil {
		return fmt.Errorf("begin writing: %w", b.explain(err))
	}
	defer func() { _ = conn.Close() }()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin writing: %w", b.explain(err))
	}
	defer func() { _ = tx.Rollback() }()
	t := &Tx{tx: tx, book: b, keys: b.keys.Load(), now: at, dirty: map[int64]bool{}, writes: true}
	err = fn(t)
	if errors.Is(err, ErrDiscard) {
		return nil
	}
	if ctx.Err() != nil { // else it may say that the transaction is over, not why
		return errors.Join(ctx.Err(), err)
	}
	if err != nil {
		return b.explain(err)
	}
	if err := t.commit(); err != nil {
		return fmt.Errorf("commit: %w", b.explain(err))
	}
	if t.end != nil {
		b.end.Store(t.end)
	}
	if t.index != 0 {
		return b.useIndex(t.index)
	}
	return nil
}

const (
	insertStep    = `INSERT INTO steps (verb, at, user) VALUES (?, ?, ?)`
	updateWriting = `UPDATE writing SET step = ?, images = 1`
)

// steady are the statements of every change. The writer's connection keeps them:
// preparing them takes longer than all else that a small change does.
var steady = []string{insertStep, updateWriting, anyUndone, selectStep, matterOfStep, selectHeader, selectLastEntry, insertEntry, insertOpening}

// keepSteady prepares the statements of every change.
func (b *Book) keepSteady(ctx context.Context) error {
	b.steady = make(map[string]*sql.Stmt, len(steady))
	for _, query := range steady {
		stmt, err := b.write.PrepareContext(ctx, query) //nolint:sqlclosecheck // it lasts as long as the connection
		if err != nil {
			return fmt.Errorf("prepare: %w", err)
		}
		b.steady[query] = stmt
	}
	return nil
}

// Step returns the id of the step that the transaction writes.
func (t *Tx) Step() int64 { return t.step }

func (t *Tx) begin(ctx context.Context, s Step) error {
	stmt, err := t.prepared(ctx, insertStep) //nolint:sqlclosecheck // it lasts as long as the transaction
	if err != nil {
		return fmt.Errorf("begin step: %w", err)
	}
	r, err := stmt.ExecContext(ctx, s.Verb, int64(s.At), s.User)
	if err != nil {
		return fmt.Errorf("begin step: %w", err)
	}
	if t.step, err = r.LastInsertId(); err != nil {
		return fmt.Errorf("begin step: %w", err)
	}
	t.steps = append(t.steps, t.step)
	return t.execOften(ctx, "begin step", updateWriting, t.step)
}

// exec runs a statement; doing says what for.
func (t *Tx) exec(ctx context.Context, doing, query string, args ...any) error {
	if _, err := t.tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// prepared returns the statement of a query that the transaction runs for each
// of many rows: preparing one, triggers included, takes longer than running it.
func (t *Tx) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt := t.often[query]; stmt != nil {
		return stmt, nil
	}
	var stmt *sql.Stmt
	var err error
	if kept := t.book.steady[query]; kept != nil && t.writes {
		stmt = t.tx.StmtContext(ctx, kept)
	} else if stmt, err = t.tx.PrepareContext(ctx, query); err != nil { // the end of the transaction closes both
		return nil, fmt.Errorf("prepare: %w", err)
	}
	if t.often == nil {
		t.often = make(map[string]*sql.Stmt)
	}
	t.often[query] = stmt
	return stmt, nil
}

// rowOften is tx.QueryRowContext for a prepared statement.
func (t *Tx) rowOften(ctx context.Context, scan []any, query string, args ...any) error {
	stmt, err := t.prepared(ctx, query) //nolint:sqlclosecheck // it lasts as long as the transaction
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(ctx, args...).Scan(scan...)
}

// execOften is exec for a prepared statement of a row. It does not stop when ctx ends:
// the transaction does, and the next one fails.
func (t *Tx) execOften(ctx context.Context, doing, query string, args ...any) error {
	stmt, err := t.prepared(ctx, query) //nolint:sqlclosecheck // it lasts as long as the transaction
	if err == nil {
		// For each statement that can be cancelled, the driver starts a goroutine.
		_, err = stmt.ExecContext(context.WithoutCancel(ctx), args...)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// count runs a statement and returns the number of rows it changed.
func (t *Tx) count(ctx context.Context, doing, query string, args ...any) (int64, error) {
	r, err := t.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", doing, err)
	}
	n, err := r.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", doing, err)
	}
	return n, nil
}

// each calls scan for every row of a query; doing says what for.
func (t *Tx) each(ctx context.Context, doing string, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := t.tx.QueryContext(ctx, query, args...)
	return scanAll(doing, rows, err, scan)
}

// eachOften is each for a prepared statement.
func (t *Tx) eachOften(ctx context.Context, doing string, scan func(*sql.Rows) error, query string, args ...any) error {
	stmt, err := t.prepared(ctx, query) //nolint:sqlclosecheck // it lasts as long as the transaction
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	return scanAll(doing, rows, err, scan)
}

func scanAll(doing string, rows *sql.Rows, err error, scan func(*sql.Rows) error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("%s: %w", doing, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// listOf returns the values of a query with one column.
func listOf[T any](ctx context.Context, t *Tx, doing, query string, args ...any) ([]T, error) {
	var list []T
	err := t.each(ctx, doing, func(r *sql.Rows) error {
		var v T
		if err := r.Scan(&v); err != nil {
			return err
		}
		list = append(list, v)
		return nil
	}, query, args...)
	return list, err
}

// jsonList renders values for IN (SELECT value FROM json_each(?)), which takes
// any number of them as one parameter.
func jsonList[T int64 | string](values []T) (string, error) {
	if values == nil {
		return "[]", nil
	}
	text, err := json.Marshal(values)
	if err != nil {
		return "", fmt.Errorf("list values: %w", err)
	}
	return string(text), nil
}

// eachNum calls fn for every number in the text that group_concat makes, "" for
// none: one row with all of a million takes a third of the time of a row for each.
func eachNum(list string, fn func(int64)) error {
	for text := range strings.SplitSeq(list, ",") {
		if text == "" {
			break // none at all
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return fmt.Errorf("read numbers: %w", err)
		}
		fn(n)
	}
	return nil
}

func nullable(m crm.Amount) sql.NullInt64 {
	return sql.NullInt64{Int64: int64(m.Value), Valid: m.Known}
}

func amount(n sql.NullInt64) crm.Amount {
	return crm.Amount{Value: crm.Money(n.Int64), Known: n.Valid}
}

func nullNum(n int64) sql.NullInt64 { return sql.NullInt64{Int64: n, Valid: n != 0} }
