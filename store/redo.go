package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrNoRedo means that there is nothing to do again: nothing was taken back
// since the last change.
var ErrNoRedo = errors.New("nothing to do again")

// Redo puts back what the last Undo took, and returns the step that stands
// again. The book is then as it was before that Undo, its images included, so
// that the step, and those after it, can be taken back as before. Only undo and
// redo come between, so that the rows are still as Undo left them.
func (t *Tx) Redo(ctx context.Context) (int64, error) {
	var undo, step int64
	err := t.tx.QueryRowContext(ctx, `SELECT id, undoes FROM steps WHERE redoable ORDER BY id DESC LIMIT 1`).Scan(&undo, &step)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrNoRedo
	}
	if err != nil {
		return 0, fmt.Errorf("find what was taken back: %w", err)
	}
	was, err := t.Settings(ctx)
	if err != nil {
		return 0, err
	}
	if err := t.exec(ctx, "mark redone", `UPDATE steps SET undone_by = NULL WHERE id = ?`, step); err != nil {
		return 0, err
	}
	if err := t.exec(ctx, "mark redone", `UPDATE steps SET redoable = 0, undone_by = ? WHERE id = ?`, t.step, undo); err != nil {
		return 0, err
	}
	if err := t.exec(ctx, "mark redo", `UPDATE steps SET undoes = ? WHERE id = ?`, undo, t.step); err != nil {
		return 0, err
	}
	if err := t.putBack(ctx, undo); err != nil {
		return 0, err
	}
	return step, t.remakeAll(ctx, was)
}

// putBack makes the rows that an undo touched what they were before it.
func (t *Tx) putBack(ctx context.Context, undo int64) error {
	if err := t.exec(ctx, "defer checks", `PRAGMA defer_foreign_keys = ON`); err != nil {
		return err
	}
	if err := t.exec(ctx, "redo without images", `UPDATE writing SET images = 0`); err != nil {
		return err
	}
	all, err := t.twins(ctx)
	if err != nil {
		return err
	}
	var list []twinned
	for _, w := range all {
		touched, err := t.anyUndone(ctx, &w, undo)
		if err != nil {
			return err
		}
		if touched {
			list = append(list, w)
		}
	}
	for _, w := range slices.Backward(list) {
		if err := t.exec(ctx, "take rows of "+w.name, `DELETE FROM `+w.name+` WHERE (`+strings.Join(w.key, ", ")+`) IN (SELECT `+w.of("a", w.key)+` FROM `+w.undone+` AS a
			WHERE `+w.is("a", "= 0")+` AND NOT EXISTS (SELECT 1 FROM `+w.undone+` AS b WHERE `+w.is("b", "= 1")+` AND `+w.same("b", "a")+`))`, undo); err != nil {
			return err
		}
	}
	for _, w := range list {
		if err := t.putRows(ctx, &w, undo); err != nil {
			return err
		}
	}
	if err := t.dirtyUndone(ctx, undo); err != nil {
		return err
	}
	for _, w := range list {
		if err := t.exec(ctx, "forget what was taken", `DELETE FROM `+w.undone+` WHERE by_undo = ?`, undo); err != nil {
			return err
		}
	}
	return nil
}

// putRows changes the rows of a table to what they were, and brings back those
// that are gone.
func (t *Tx) putRows(ctx context.Context, w *twinned, undo int64) error {
	var sets []string
	for _, c := range w.columns {
		if !slices.Contains(w.key, c) {
			sets = append(sets, c+" = b."+c)
		}
	}
	if w.today || w.images { // the others only come and go
		if err := t.exec(ctx, "change rows of "+w.name, `UPDATE `+w.name+` AS c SET `+strings.Join(sets, ", ")+` FROM `+w.undone+` AS b
			WHERE `+w.is("b", "= 1")+` AND `+w.same("c", "b"), undo); err != nil {
			return err
		}
	}
	return t.exec(ctx, "bring rows of "+w.name, `INSERT INTO `+w.name+` (`+strings.Join(w.columns, ", ")+`) SELECT `+w.of("b", w.columns)+` FROM `+w.undone+` AS b
		WHERE `+w.is("b", "> 0")+` AND (b.state = 2 OR NOT EXISTS (SELECT 1 FROM `+w.name+` AS c WHERE `+w.same("c", "b")+`))`, undo)
}

// dirtyUndone marks the profiles of whom an undo touched to be remade.
func (t *Tx) dirtyUndone(ctx context.Context, undo int64) error {
	nums, err := listOf[int64](ctx, t, "find customers of undo", `
		SELECT num FROM customers_undone WHERE by_undo = ?1 AND by_step = 0
		UNION SELECT customer FROM buyers_undone WHERE by_undo = ?1 AND by_step = 0 AND customer IS NOT NULL
		UNION SELECT customer FROM tags_undone WHERE by_undo = ?1 AND by_step = 0
		UNION SELECT customer FROM fields_undone WHERE by_undo = ?1 AND by_step = 0
		UNION SELECT b.customer FROM orders_undone AS o JOIN buyers AS b ON b.num = o.buyer WHERE o.by_undo = ?1 AND o.by_step = 0 AND b.customer IS NOT NULL
		UNION SELECT b.customer FROM (SELECT DISTINCT order_id FROM lines_undone WHERE by_undo = ?1 AND by_step = 0) AS l
			JOIN orders AS o ON o.id = l.order_id JOIN buyers AS b ON b.num = o.buyer WHERE b.customer IS NOT NULL`, undo)
	for _, n := range nums {
		t.dirty[n] = true
	}
	return err
}
