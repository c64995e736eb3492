package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// What taking a step back took, so that it can be put back (redo.go). Temporary
// triggers, there only while a step is taken back, copy every row that is
// touched into the table that ends in _undone; rows that go by the thousand are
// copied at once (forget).

// States of a row in a table that ends in _undone.
const (
	stateAfter  = 0 // as taking back left it
	stateBefore = 1 // as it was
	stateGone   = 2 // as it was, and is no more
)

// dictionary is a table of what orders share. Its rows go when nothing refers
// to them, and come back with the first that does.
type dictionary struct {
	name string
	key  []string
	refs []string // columns that hold its key, each "table column"
}

// dictionaries lists them so that rows come back before those that refer to them.
var dictionaries = []dictionary{
	{"shops", []string{"id"}, []string{"orders shop", "payments shop"}},
	{"products", []string{"id"}, []string{"lines product"}},
	{"recipients", []string{"num"}, []string{"orders recipient"}},
	{"customers", []string{"num"}, []string{"buyers customer", "notes customer", "tags customer", "fields customer", "refusals customer"}},
	{"buyers", []string{"num"}, []string{"orders buyer"}},
}

func (j journaled) isDictionary() bool {
	return slices.ContainsFunc(dictionaries, func(d dictionary) bool { return d.name == j.name })
}

// undoneTables lists every table with a twin that ends in _undone.
func undoneTables() []string {
	tables := []string{"evidence", "shops", "products", "recipients"}
	for _, j := range journal {
		tables = append(tables, j.name)
	}
	return tables
}

// anyUndone reports whether an undo kept rows of a table.
func (t *Tx) anyUndone(ctx context.Context, table string, undo int64) (bool, error) {
	var found bool
	if err := t.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+table+`_undone WHERE by_undo = ?)`, undo).Scan(&found); err != nil {
		return false, fmt.Errorf("look for undone rows of %s: %w", table, err)
	}
	return found, nil
}

// columnsOf lists the columns of a table.
func (t *Tx) columnsOf(ctx context.Context, table string) ([]string, error) {
	return listOf[string](ctx, t, "list columns", `SELECT name FROM pragma_table_info(?)`, table)
}

// watchRows begins to keep what taking back touches.
func (t *Tx) watchRows(ctx context.Context) error {
	for _, j := range journal {
		columns, err := t.columnsOf(ctx, j.name)
		if err != nil {
			return err
		}
		list := strings.Join(columns, ", ")
		into := `INSERT OR IGNORE INTO ` + j.name + `_undone (by_undo, state, ` + list + `) `
		before := into + fmt.Sprintf(`SELECT %d, %d, %s WHERE NOT EXISTS (SELECT 1 FROM %s_undone AS u WHERE u.by_undo = %d AND u.state = %d AND %s)`,
			t.step, stateBefore, j.columns("OLD", columns), j.name, t.step, stateAfter, j.same("u", "OLD"))
		after := into + fmt.Sprintf(`VALUES (%d, %d, %s)`, t.step, stateAfter, j.columns("NEW", columns))
		for _, w := range []struct{ name, when, body string }{
			{"insert", "AFTER INSERT", after}, {"update", "BEFORE UPDATE", before}, {"delete", "BEFORE DELETE", before},
		} {
			if err := t.exec(ctx, "watch "+j.name, `CREATE TEMP TRIGGER undone_`+j.name+`_`+w.name+` `+w.when+` ON main.`+j.name+` BEGIN `+w.body+`; END`); err != nil {
				return err
			}
		}
	}
	return nil
}

// forget deletes the rows of a table for which where holds, having kept them
// all at once. None may come back while the step is taken back.
func (t *Tx) forget(ctx context.Context, table, where string, args ...any) error {
	if t.watched {
		columns, err := t.columnsOf(ctx, table)
		if err != nil {
			return err
		}
		same := "true"
		if i := slices.IndexFunc(journal, func(j journaled) bool { return j.name == table }); i >= 0 {
			same = fmt.Sprintf(`NOT EXISTS (SELECT 1 FROM %s_undone AS u WHERE u.by_undo = %d AND u.state = %d AND %s)`,
				table, t.step, stateBefore, journal[i].same("u", table))
		}
		list := strings.Join(columns, ", ")
		if err := t.exec(ctx, "keep rows of "+table, fmt.Sprintf(`INSERT OR IGNORE INTO %[1]s_undone (by_undo, state, %[2]s) SELECT %[3]d, %[4]d, %[2]s FROM %[1]s WHERE (%[5]s) AND %[6]s`,
			table, list, t.step, stateGone, where, same), args...); err != nil {
			return err
		}
		if err := t.exec(ctx, "watch no more", `DROP TRIGGER IF EXISTS temp.undone_`+table+`_delete`); err != nil {
			return err
		}
	}
	return t.exec(ctx, "remove rows of "+table, `DELETE FROM `+table+` WHERE `+where, args...)
}

// unwatchRows ends what watchRows began: it keeps how the rows are now, and
// drops those that are as they were but for their step.
func (t *Tx) unwatchRows(ctx context.Context) error {
	for _, j := range journal {
		for _, event := range []string{"insert", "update", "delete"} {
			if err := t.exec(ctx, "watch no more", `DROP TRIGGER IF EXISTS temp.undone_`+j.name+`_`+event); err != nil {
				return err
			}
		}
		if touched, err := t.anyUndone(ctx, j.name, t.step); err != nil {
			return err
		} else if !touched {
			continue
		}
		columns, err := t.columnsOf(ctx, j.name)
		if err != nil {
			return err
		}
		keys, table := j.columns("u", j.key), j.name+"_undone"
		differs := make([]string, 0, len(columns))
		for _, c := range columns {
			if c != "step" && !slices.Contains(j.key, c) {
				differs = append(differs, "b."+c+" IS NOT a."+c)
			}
		}
		if len(differs) == 0 {
			differs = []string{"false"}
		}
		for _, q := range []string{
			`DELETE FROM ` + table + ` AS u WHERE by_undo = ?1 AND state = 0 AND NOT EXISTS (SELECT 1 FROM ` + j.name + ` AS c WHERE ` + j.same("c", "u") + `)`,
			`INSERT OR REPLACE INTO ` + table + ` (by_undo, state, ` + strings.Join(columns, ", ") + `) SELECT ?1, 0, ` + j.columns("c", columns) + `
				FROM (SELECT ` + keys + ` FROM ` + table + ` AS u WHERE by_undo = ?1 AND state < 2) AS u JOIN ` + j.name + ` AS c ON ` + j.same("c", "u") + ` WHERE true`,
			`DELETE FROM ` + table + ` WHERE by_undo = ?1 AND (` + strings.Join(j.key, ", ") + `) IN (SELECT ` + j.columns("b", j.key) + ` FROM ` + table + ` AS b
				JOIN ` + table + ` AS a ON a.by_undo = ?1 AND a.state = 0 AND ` + j.same("a", "b") + ` WHERE b.by_undo = ?1 AND b.state = 1 AND NOT (` + strings.Join(differs, " OR ") + `))`,
		} {
			if err := t.exec(ctx, "keep how "+j.name+" is", q, t.step); err != nil {
				return err
			}
		}
	}
	return t.exec(ctx, "keep what was taken", `UPDATE steps SET redoable = 1 WHERE id = ?`, t.step)
}

// dropUndone ends all redo: a step that changes something else was done.
func (t *Tx) dropUndone(ctx context.Context) error {
	var any bool
	if err := t.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM steps WHERE redoable)`).Scan(&any); err != nil {
		return fmt.Errorf("look for undone steps: %w", err)
	}
	if !any {
		return nil
	}
	for _, table := range undoneTables() {
		// Without a condition, whole pages go at once.
		if err := t.exec(ctx, "forget what was taken", `DELETE FROM `+table+`_undone`); err != nil {
			return err
		}
	}
	return t.exec(ctx, "forget what was taken", `UPDATE steps SET redoable = 0 WHERE redoable`)
}
