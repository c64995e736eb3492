package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kebu/app/crm"
)

// ErrNoRedo means that there is nothing to do again, because nothing was taken
// back since the last change.
var ErrNoRedo = errors.New("nothing to do again")

// Redo does a step again that was taken back: rows that taking it back removed
// return under their keys, rows that it brought go, fields have the values that
// they had. What is otherwise than taking back left it stays and is named.
// With step 0 it is the step that was taken back last. It returns the step, by
// its first id. The transaction's step is one like any other, with images, so
// that it can be taken back in turn.
func (t *Tx) Redo(ctx context.Context, step int64) (origin int64, kept []Kept, err error) {
	undo, origin, err := t.markRedone(ctx, step)
	if err != nil {
		return 0, nil, err
	}
	was, err := t.Settings(ctx)
	if err != nil {
		return 0, nil, err
	}
	if err := t.exec(ctx, "defer checks", `PRAGMA defer_foreign_keys = ON`); err != nil {
		return 0, nil, err
	}
	if err := t.bringShared(ctx, undo); err != nil {
		return 0, nil, err
	}
	var touched []journaled
	for _, j := range journal {
		found, err := t.anyUndone(ctx, j.name, undo)
		if err != nil {
			return 0, nil, err
		}
		if found {
			touched = append(touched, j)
		}
	}
	for _, j := range slices.Backward(touched) {
		if j.isDictionary() {
			continue // these go when nothing refers to them
		}
		k, err := t.takeAgain(ctx, j, undo)
		if err != nil {
			return 0, nil, err
		}
		kept = append(kept, k...)
	}
	for _, j := range touched {
		k, err := t.bringAgain(ctx, j, undo)
		if err != nil {
			return 0, nil, err
		}
		kept = append(kept, k...)
	}
	if err := t.settleRedo(ctx, undo, was); err != nil {
		return 0, nil, err
	}
	for _, table := range undoneTables() {
		if err := t.exec(ctx, "forget what was taken", `DELETE FROM `+table+`_undone WHERE by_undo = ?`, undo); err != nil {
			return 0, nil, err
		}
	}
	return origin, kept, nil
}

// markRedone finds the undo that took a step back, 0 for the last, and marks
// that the transaction does the step again.
func (t *Tx) markRedone(ctx context.Context, step int64) (undo, origin int64, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT u.id, coalesce(s.origin, s.id) FROM steps AS u JOIN steps AS s ON s.id = u.undoes
		WHERE u.redoable AND (?1 = 0 OR ?1 IN (s.id, s.origin)) ORDER BY u.id DESC LIMIT 1`, step).Scan(&undo, &origin)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, t.whyNoRedo(ctx, step)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("find what was taken back: %w", err)
	}
	if err := t.exec(ctx, "mark redone", `UPDATE steps SET undone_by = NULL WHERE id = ?`, origin); err != nil {
		return 0, 0, err
	}
	if err := t.exec(ctx, "mark redone", `UPDATE steps SET redoable = 0 WHERE id = ?`, undo); err != nil {
		return 0, 0, err
	}
	err = t.exec(ctx, "mark redone", `UPDATE steps SET origin = ?1, rows = (SELECT rows FROM steps WHERE id = ?1) WHERE id = ?2`, origin, t.step)
	return undo, origin, err
}

func (t *Tx) whyNoRedo(ctx context.Context, step int64) error {
	if step == 0 {
		return ErrNoRedo
	}
	var known bool
	if err := t.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM steps WHERE id = ? AND id <> ?)`, step, t.step).Scan(&known); err != nil {
		return fmt.Errorf("find step: %w", err)
	}
	if !known {
		return crm.ErrNotFound
	}
	return ErrNoRedo
}

// bringShared brings back what rows of an undo refer to, whichever undo let it go.
func (t *Tx) bringShared(ctx context.Context, undo int64) error {
	bring := func(d dictionary, needed string, args ...any) error {
		columns, err := t.columnsOf(ctx, d.name)
		if err != nil {
			return err
		}
		key := d.key[0]
		return t.exec(ctx, "bring back "+d.name, `INSERT OR IGNORE INTO `+d.name+` (`+strings.Join(columns, ", ")+`)
			SELECT `+strings.Join(stepped("w", columns), ", ")+` FROM `+d.name+`_undone AS w WHERE w.state > 0 AND w.`+key+` IN (`+needed+`)
			AND w.`+key+` NOT IN (SELECT `+key+` FROM `+d.name+`) ORDER BY w.by_undo DESC`, append([]any{t.step}, args...)...)
	}
	for _, d := range dictionaries {
		needed := make([]string, len(d.refs))
		for i, ref := range d.refs {
			table, column, _ := strings.Cut(ref, " ")
			needed[i] = `SELECT ` + column + ` FROM ` + table + `_undone WHERE by_undo = ?2 AND state > 0`
		}
		if err := bring(d, strings.Join(needed, " UNION "), undo); err != nil {
			return err
		}
	}
	if err := t.exec(ctx, "bring back evidence", `INSERT OR IGNORE INTO evidence (kind, token, buyer)
		SELECT kind, token, buyer FROM evidence_undone WHERE buyer IN (SELECT num FROM buyers WHERE step = ?)`, t.step); err != nil {
		return err
	}
	// Of buyers that another undo let go.
	customers := dictionaries[slices.IndexFunc(dictionaries, func(d dictionary) bool { return d.name == "customers" })]
	return bring(customers, `SELECT customer FROM buyers WHERE step = ?1`)
}

// stepped renders the columns of row r, the step being the transaction's, ?1.
func stepped(r string, columns []string) []string {
	list := make([]string, len(columns))
	for i, c := range columns {
		if list[i] = r + "." + c; c == "step" {
			list[i] = "?1"
		}
	}
	return list
}

// takeAgain deletes the rows of j that an undo brought back.
func (t *Tx) takeAgain(ctx context.Context, j journaled, undo int64) ([]Kept, error) {
	columns, err := t.columnsOf(ctx, j.name)
	if err != nil {
		return nil, err
	}
	equal := []string{"true"}
	for _, c := range columns {
		if !slices.Contains(j.key, c) && !derived[c] {
			equal = append(equal, "c."+c+" IS a."+c)
		}
	}
	brought := ` FROM ` + j.name + `_undone AS a JOIN ` + j.name + ` AS c ON ` + j.same("c", "a") + ` WHERE a.by_undo = ?1 AND a.state = 0
		AND NOT EXISTS (SELECT 1 FROM ` + j.name + `_undone AS b WHERE b.by_undo = ?1 AND b.state > 0 AND ` + j.same("b", "a") + `)`
	as := strings.Join(equal, " AND ")
	kept, err := t.named(ctx, j, "", `SELECT `+j.label("c")+brought+` AND NOT (`+as+`)`, undo)
	if err != nil {
		return nil, err
	}
	return kept, t.exec(ctx, "take rows of "+j.name, `DELETE FROM `+j.name+` WHERE (`+strings.Join(j.key, ", ")+`) IN (SELECT `+j.columns("c", j.key)+brought+` AND `+as+`)`, undo)
}

// bringAgain gives rows of j the values that an undo took from them, and brings
// back those that it removed.
func (t *Tx) bringAgain(ctx context.Context, j journaled, undo int64) ([]Kept, error) {
	columns, err := t.columnsOf(ctx, j.name)
	if err != nil {
		return nil, err
	}
	undone := j.name + "_undone"
	pairs := undone + ` AS b JOIN ` + undone + ` AS a ON a.by_undo = ?2 AND a.state = 0 AND ` + j.same("a", "b")
	var kept []Kept
	var sets, due []string
	for _, c := range columns {
		if c == "step" || slices.Contains(j.key, c) {
			continue
		}
		took := `b.` + c + ` IS NOT a.` + c
		sets = append(sets, c+` = iif(`+took+` AND c.`+c+` IS a.`+c+`, b.`+c+`, c.`+c+`)`)
		due = append(due, took+` AND c.`+c+` IS a.`+c)
		if derived[c] {
			continue
		}
		k, err := t.named(ctx, j, c, `SELECT `+j.label("c")+` FROM `+pairs+` JOIN `+j.name+` AS c ON `+j.same("c", "b")+`
			WHERE b.by_undo = ?2 AND b.state = 1 AND ?1 <> 0 AND `+took+` AND c.`+c+` IS NOT a.`+c+` AND c.`+c+` IS NOT b.`+c, t.step, undo)
		if err != nil {
			return nil, err
		}
		kept = append(kept, k...)
	}
	gone, err := t.named(ctx, j, "", `SELECT `+j.label("b")+` FROM `+pairs+` WHERE b.by_undo = ?2 AND b.state = 1 AND ?1 <> 0
		AND NOT EXISTS (SELECT 1 FROM `+j.name+` AS c WHERE `+j.same("c", "b")+`)`, t.step, undo)
	if err != nil {
		return nil, err
	}
	kept = append(kept, gone...)
	if len(sets) > 0 {
		if err := t.exec(ctx, "change rows of "+j.name+" again", `UPDATE `+j.name+` AS c SET step = ?1, `+strings.Join(sets, ", ")+` FROM `+pairs+`
			WHERE b.by_undo = ?2 AND b.state = 1 AND `+j.same("c", "b")+` AND (`+strings.Join(due, " OR ")+`)`, t.step, undo); err != nil {
			return nil, err
		}
	}
	if j.isDictionary() {
		return kept, nil // bringShared brought what is needed
	}
	removed := undone + ` AS b WHERE b.by_undo = ?2 AND (b.state = 2 OR b.state = 1
		AND NOT EXISTS (SELECT 1 FROM ` + undone + ` AS a WHERE a.by_undo = ?2 AND a.state = 0 AND ` + j.same("a", "b") + `))`
	n, err := t.count(ctx, "bring back rows of "+j.name, `INSERT OR IGNORE INTO `+j.name+` (`+strings.Join(columns, ", ")+`)
		SELECT `+strings.Join(stepped("b", columns), ", ")+` FROM `+removed+j.onlyWithParent("b"), t.step, undo)
	if err != nil {
		return nil, err
	}
	var all int64
	if err := t.tx.QueryRowContext(ctx, `SELECT count(*) FROM `+removed+` AND ?1 <> 0`, t.step, undo).Scan(&all); err != nil {
		return nil, fmt.Errorf("count rows of %s: %w", j.name, err)
	}
	if n == all {
		return kept, nil
	}
	stays, err := t.named(ctx, j, "", `SELECT `+j.label("b")+` FROM `+removed+`
		AND NOT EXISTS (SELECT 1 FROM `+j.name+` AS c WHERE `+j.same("c", "b")+` AND c.step = ?1)`, t.step, undo)
	return append(kept, stays...), err
}

// onlyWithParent is a condition for row r to have what it is of.
func (j journaled) onlyWithParent(r string) string {
	switch j.name {
	case "lines", "messages":
		return ` AND EXISTS (SELECT 1 FROM orders AS o WHERE o.id = ` + r + `.order_id)`
	case "notes", "tags", "fields", "refusals":
		return ` AND EXISTS (SELECT 1 FROM customers AS p WHERE p.num = ` + r + `.customer)`
	default:
		return ""
	}
}

// named runs a query for the labels of rows, and returns them as kept.
func (t *Tx) named(ctx context.Context, j journaled, field, query string, args ...any) ([]Kept, error) {
	var kept []Kept
	return kept, t.each(ctx, "find kept rows of "+j.name, func(r *sql.Rows) error {
		var label sql.NullString
		if err := r.Scan(&label); err != nil {
			return err
		}
		kept = append(kept, Kept{Table: j.name, Row: label.String, Field: field})
		return nil
	}, query, args...)
}

// settleRedo works out again what follows from the rows that changed.
func (t *Tx) settleRedo(ctx context.Context, undo int64, was Settings) error {
	// Orders that came back whole have the sums that they had.
	changed, err := listOf[int64](ctx, t, "find orders changed", `SELECT id FROM orders_was WHERE by_step = ?1
		UNION SELECT w.order_id FROM lines_was AS w JOIN orders AS o ON o.id = w.order_id WHERE w.by_step = ?1
		UNION SELECT DISTINCT l.order_id FROM lines_undone AS u JOIN lines AS l ON l.order_id = u.order_id AND l.n = u.n JOIN orders AS o ON o.id = l.order_id
			WHERE u.by_undo = ?2 AND l.step = ?1 AND o.step <> ?1`, t.step, undo)
	if err != nil {
		return err
	}
	if err := t.refigure(ctx, changed); err != nil {
		return err
	}
	if err := t.settingsAgain(ctx, was); err != nil {
		return err
	}
	lost, err := t.dropOrphans(ctx)
	if err != nil {
		return err
	}
	touched, err := t.customersOfStep(ctx, t.step)
	if err != nil {
		return err
	}
	bare, err := t.bareBuyers(ctx)
	if err != nil {
		return err
	}
	if err := t.resolve(ctx, append(lost, bare...), touched); err != nil {
		return err
	}
	emptied, err := listOf[int64](ctx, t, "list customers to empty", `SELECT num FROM customers_undone WHERE by_undo = ? AND state = 0`, undo)
	if err != nil {
		return err
	}
	for _, n := range emptied {
		t.dirty[n] = true
	}
	return t.removeEmptied(ctx, append(emptied, touched...))
}
