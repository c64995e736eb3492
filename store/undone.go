package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// What taking a step back took, so that Redo can put it back. While a step is
// taken back, temporary triggers copy every row that is touched into a twin of
// its table, which ends in _undone; rows that go by the thousand are copied at
// once (forget). Images are kept beside today's rows in the same twin: redo is
// to leave them as they were, too.

// States of a row in a twin.
const (
	stateAfter  = 0 // as taking back left it
	stateBefore = 1 // as it was
	stateGone   = 2 // as it was, and is no more
)

// twinned is a table with a twin: one under the journal, one of images, or one
// that the journal leaves to sweep.
type twinned struct {
	name    string
	undone  string // the twin
	key     []string
	columns []string
	today   bool // in the twin, by_step is 0 for rows of this table
	images  bool // by_step is a column of this table
}

// twins lists the tables so that rows come back before those that refer to them.
func (t *Tx) twins(ctx context.Context) ([]twinned, error) {
	list := []twinned{
		{name: "shops", key: []string{"id"}},
		{name: "products", key: []string{"id"}},
		{name: "recipients", key: []string{"num"}},
	}
	for _, j := range journal {
		list = append(list, twinned{name: j.name, key: j.key, today: true},
			twinned{name: j.name + "_was", undone: j.name + "_undone", key: slices.Concat([]string{"by_step"}, j.key), images: true})
	}
	list = append(list, twinned{name: "evidence", key: []string{"kind", "token", "buyer"}})
	columns := make(map[string][]string)
	if err := t.eachColumn(ctx, columns); err != nil {
		return nil, err
	}
	for i := range list {
		w := &list[i]
		w.columns = columns[w.name]
		if w.undone == "" {
			w.undone = w.name + "_undone"
		}
	}
	return list, nil
}

// eachColumn lists the columns of every table.
func (t *Tx) eachColumn(ctx context.Context, columns map[string][]string) error {
	pairs, err := listOf[string](ctx, t, "list columns", `SELECT s.name || ' ' || c.name FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS c
		WHERE s.type = 'table' ORDER BY s.name, c.cid`)
	for _, p := range pairs {
		table, column, _ := strings.Cut(p, " ")
		columns[table] = append(columns[table], column)
	}
	return err
}

// into names the twin's columns for an insert.
func (w *twinned) into() string {
	columns := strings.Join(w.columns, ", ")
	if w.today {
		columns = "by_step, " + columns
	}
	return w.undone + ` (by_undo, state, ` + columns + `)`
}

// values renders row r of the table for into.
func (w *twinned) values(r string) string {
	values := w.of(r, w.columns)
	if w.today {
		values = "0, " + values
	}
	return values
}

func (w *twinned) of(r string, columns []string) string {
	return journaled{}.columns(r, columns)
}

// same compares the keys of two rows, of the table or of its twin.
func (w *twinned) same(a, b string) string { return same(w.key, a, b) }

// is is a condition for row r of the twin: that it is one of this table, kept
// by the undo ?1, in a state such as "= 1".
func (w *twinned) is(r, state string) string {
	condition := r + `.by_undo = ?1 AND ` + r + `.state ` + state
	switch {
	case w.today:
		condition += ` AND ` + r + `.by_step = 0`
	case w.images:
		condition += ` AND ` + r + `.by_step > 0`
	}
	return condition
}

// watchRows begins to keep what taking back touches.
func (t *Tx) watchRows(ctx context.Context) error {
	list, err := t.twins(ctx)
	if err != nil {
		return err
	}
	t.watched = make(map[string]twinned, len(list))
	for _, w := range list {
		t.watched[w.name] = w
		if !w.today && !w.images {
			continue // only forget takes its rows
		}
		if w.images { // none come while a step is taken back
			var any bool
			if err := t.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+w.name+`)`).Scan(&any); err != nil {
				return fmt.Errorf("look for images: %w", err)
			}
			if !any {
				continue
			}
		}
		if err := t.watch(ctx, &w); err != nil {
			return err
		}
	}
	return nil
}

// watch has triggers keep the rows of a table.
func (t *Tx) watch(ctx context.Context, w *twinned) error {
	this := func(condition string) string { return strings.ReplaceAll(condition, "?1", fmt.Sprint(t.step)) }
	before := fmt.Sprintf(`INSERT OR IGNORE INTO %s SELECT %d, %d, %s WHERE NOT EXISTS (SELECT 1 FROM %s AS u WHERE %s AND %s)`,
		w.into(), t.step, stateBefore, w.values("OLD"), w.undone, this(w.is("u", "= 0")), w.same("u", "OLD"))
	after := fmt.Sprintf(`INSERT OR IGNORE INTO %s VALUES (%d, %d, %s)`, w.into(), t.step, stateAfter, w.values("NEW"))
	for _, e := range []struct{ event, when, body string }{
		{"insert", "AFTER INSERT", after}, {"update", "BEFORE UPDATE", before}, {"move", "AFTER UPDATE", after}, {"delete", "BEFORE DELETE", before},
	} {
		switch {
		case e.event == "move" && !w.images: // the others keep their keys
			continue
		case e.event == "move":
			e.when += " OF by_step"
		}
		if err := t.exec(ctx, "watch "+w.name, `CREATE TEMP TRIGGER undone_`+w.name+`_`+e.event+` `+e.when+` ON main.`+w.name+` BEGIN `+e.body+`; END`); err != nil {
			return err
		}
	}
	return nil
}

// forget deletes the rows of a table for which where holds, having kept them
// all at once. None may come back while the step is taken back.
func (t *Tx) forget(ctx context.Context, table, where string, args ...any) error {
	if w, ok := t.watched[table]; ok {
		fresh := `true`
		if w.today {
			fresh = fmt.Sprintf(`NOT EXISTS (SELECT 1 FROM %s AS u WHERE u.by_undo = %d AND u.state IN (%d, %d) AND u.by_step = 0 AND %s)`,
				w.undone, t.step, stateAfter, stateBefore, w.same("u", table))
		}
		if err := t.exec(ctx, "keep rows of "+table, fmt.Sprintf(`INSERT OR IGNORE INTO %s SELECT %d, %d, %s FROM %s WHERE (%s) AND %s`,
			w.into(), t.step, stateGone, w.values(table), table, where, fresh), args...); err != nil {
			return err
		}
		if err := t.unwatch(ctx, table, "delete"); err != nil {
			return err
		}
	}
	return t.unguarded(ctx, table, func() error {
		return t.exec(ctx, "remove rows of "+table, `DELETE FROM `+table+` WHERE `+where, args...)
	})
}

// unguarded deletes rows without the journal, which keeps nothing while a step is
// taken back: to ask it for each row takes as long as to delete it.
func (t *Tx) unguarded(ctx context.Context, table string, remove func() error) error {
	var trigger string
	name := table + "_delete"
	if err := t.tx.QueryRowContext(ctx, `SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?`, name).Scan(&trigger); errors.Is(err, sql.ErrNoRows) {
		return remove()
	} else if err != nil {
		return fmt.Errorf("find trigger %s: %w", name, err)
	}
	if err := t.exec(ctx, "drop trigger", `DROP TRIGGER `+name); err != nil {
		return err
	}
	if err := remove(); err != nil {
		return err
	}
	return t.exec(ctx, "make trigger", trigger)
}

func (t *Tx) unwatch(ctx context.Context, table string, events ...string) error {
	for _, e := range events {
		if err := t.exec(ctx, "watch no more", `DROP TRIGGER IF EXISTS temp.undone_`+table+`_`+e); err != nil {
			return err
		}
	}
	return nil
}

// unwatchRows ends what watchRows began: it keeps how the touched rows are now,
// and drops those that are as they were.
func (t *Tx) unwatchRows(ctx context.Context) error {
	for _, w := range t.watched {
		if err := t.unwatch(ctx, w.name, "insert", "update", "move", "delete"); err != nil {
			return err
		}
		touched, err := t.anyUndone(ctx, &w, t.step)
		if err != nil {
			return err
		}
		if !touched {
			continue
		}
		differs := make([]string, len(w.columns))
		for i, c := range w.columns {
			differs[i] = "b." + c + " IS NOT a." + c
		}
		for _, q := range []string{
			`DELETE FROM ` + w.undone + ` AS u WHERE ` + w.is("u", "= 0") + ` AND NOT EXISTS (SELECT 1 FROM ` + w.name + ` AS c WHERE ` + w.same("c", "u") + `)`,
			`INSERT OR REPLACE INTO ` + w.into() + ` SELECT ?1, 0, ` + w.values("c") + ` FROM (SELECT ` + w.of("u", w.key) + ` FROM ` + w.undone + ` AS u
				WHERE ` + w.is("u", "< 2") + `) AS u JOIN ` + w.name + ` AS c ON ` + w.same("c", "u"),
			`DELETE FROM ` + w.undone + ` AS u WHERE ` + w.is("u", "< 2") + ` AND (` + strings.Join(w.key, ", ") + `) IN (SELECT ` + w.of("b", w.key) + ` FROM ` + w.undone + ` AS b
				JOIN ` + w.undone + ` AS a ON ` + w.is("a", "= 0") + ` AND ` + w.same("a", "b") + ` WHERE ` + w.is("b", "= 1") + ` AND NOT (` + strings.Join(differs, " OR ") + `))`,
		} {
			if err := t.exec(ctx, "keep how "+w.name+" is", q, t.step); err != nil {
				return err
			}
		}
	}
	t.watched = nil
	return t.exec(ctx, "keep what was taken", `UPDATE steps SET redoable = 1 WHERE id = ?`, t.step)
}

// anyUndone reports whether an undo kept rows of a table.
func (t *Tx) anyUndone(ctx context.Context, w *twinned, undo int64) (bool, error) {
	var found bool
	if err := t.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+w.undone+` AS u WHERE `+w.is("u", ">= 0")+`)`, undo).Scan(&found); err != nil {
		return false, fmt.Errorf("look for undone rows of %s: %w", w.name, err)
	}
	return found, nil
}

const anyUndone = `SELECT EXISTS (SELECT 1 FROM steps WHERE redoable)`

// dropUndone ends all redo, for a step was done that changes something else.
func (t *Tx) dropUndone(ctx context.Context) error {
	var undone bool
	if err := t.rowOften(ctx, []any{&undone}, anyUndone); err != nil {
		return fmt.Errorf("look for undone steps: %w", err)
	}
	if !undone {
		return nil
	}
	list, err := t.twins(ctx)
	if err != nil {
		return err
	}
	for _, w := range list {
		if w.images {
			continue // in the twin of their table
		}
		// Without a condition, whole pages go at once.
		if err := t.exec(ctx, "forget what was taken", `DELETE FROM `+w.undone); err != nil {
			return err
		}
	}
	return t.exec(ctx, "forget what was taken", `UPDATE steps SET redoable = 0 WHERE redoable`)
}
