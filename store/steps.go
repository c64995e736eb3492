package store

import (
	"context"
	"database/sql"
	"fmt"

	"kebu/app/crm"
)

// Change is a step of the past, as a history tells of it: undo and redo are not
// told, they are how it stands.
type Change struct {
	Step     int64
	Verb     string
	At       crm.Moment
	User     string
	Rows     int        // orders, customers or whatever else the verb is for; 0: not known
	File     string     // of an import or an export
	Undone   bool       // it is taken back
	UndoneAt crm.Moment // 0 unless undone; so are the next two
	UndoneBy string     // user
	Redoable bool       // Redo does it again, after those that were undone later
}

// Changes returns all steps but those of undo and redo, newest first.
func (t *Tx) Changes(ctx context.Context) ([]Change, error) { return t.changes(ctx, "true") }

// Change returns a step of the past, or fails with crm.ErrNotFound.
func (t *Tx) Change(ctx context.Context, step int64) (Change, error) {
	list, err := t.changes(ctx, "s.id = ?", step)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("step: %w", crm.ErrNotFound)
	}
	if err != nil {
		return Change{}, err
	}
	return list[0], nil
}

func (t *Tx) changes(ctx context.Context, where string, args ...any) ([]Change, error) {
	var list []Change
	return list, t.each(ctx, "list steps", func(r *sql.Rows) error {
		var c Change
		if err := r.Scan(&c.Step, &c.Verb, &c.At, &c.User, &c.Rows, &c.File, &c.Undone, &c.UndoneAt, &c.UndoneBy, &c.Redoable); err != nil {
			return err
		}
		list = append(list, c)
		return nil
	}, `SELECT s.id, s.verb, s.at, s.user, coalesce(d.rows, s.rows), coalesce(i.file, d.file, ''),
			u.id IS NOT NULL, coalesce(u.at, 0), coalesce(u.user, ''), coalesce(u.redoable, 0)
		FROM steps AS s LEFT JOIN steps AS u ON u.id = s.undone_by
		LEFT JOIN imports AS i ON i.step = s.id LEFT JOIN disclosures AS d ON d.step = s.id
		WHERE s.verb NOT IN ('undo', 'redo') AND `+where+` ORDER BY s.id DESC`, args...)
}

// LaterImports returns the imports, newest first, that stand and changed rows
// which the step made or changed before.
func (t *Tx) LaterImports(ctx context.Context, step int64) ([]Import, error) {
	later := make(map[int64]bool)
	for _, j := range journal {
		if !j.many {
			continue
		}
		was := j.name + "_was"
		steps, err := listOf[int64](ctx, t, "find later imports", `SELECT DISTINCT l.by_step FROM `+was+` AS w
			JOIN `+was+` AS l ON `+j.same("l", "w")+` AND l.by_step > ?1 WHERE w.by_step = ?1 OR w.step = ?1`, step)
		if err != nil {
			return nil, err
		}
		for _, s := range steps {
			later[s] = true
		}
	}
	if len(later) == 0 {
		return nil, nil
	}
	all, err := t.Imports(ctx)
	if err != nil {
		return nil, err
	}
	var list []Import
	for _, i := range all {
		if later[i.Step] && i.UndoneBy == 0 {
			list = append(list, i)
		}
	}
	return list, nil
}

// Next ends the transaction's step and begins another by the same verb and user.
func (t *Tx) Next(ctx context.Context) error {
	var s Step
	if err := t.tx.QueryRowContext(ctx, `SELECT verb, user, at FROM steps WHERE id = ?`, t.step).Scan(&s.Verb, &s.User, &s.At); err != nil {
		return fmt.Errorf("find step: %w", err)
	}
	return t.begin(ctx, s)
}

// CountRows says what the step is for: how many orders, customers, … it changes.
func (t *Tx) CountRows(ctx context.Context, n int) error {
	return t.exec(ctx, "count rows of step", `UPDATE steps SET rows = ? WHERE id = ?`, n, t.step)
}
