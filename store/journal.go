package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// The journal of steps. Every row carries its last step; triggers keep each
// row as it was before a step changed or deleted it (its image) in the table
// that ends in _was. The images of a row form a chain from its first state to
// today's, and taking a step back cuts that step out of the chain.

// journaled is a table under the journal.
type journaled struct {
	name string
	key  []string
	// shared rows, such as buyers, may serve later steps: taking a step back
	// leaves them to sweep, which removes what nothing refers to any more.
	shared bool
	// many rows come with one import. Once the step's are removed, none comes back.
	many bool
	// unique columns hold one row of those that come and go under keys of their own.
	unique []string
}

// journal lists the tables so that rows come back before those that refer to them.
var journal = []journaled{
	{name: "settings", key: []string{"name"}},
	{name: "customers", key: []string{"num"}, shared: true},
	{name: "buyers", key: []string{"num"}, shared: true},
	{name: "orders", key: []string{"id"}, many: true},
	{name: "lines", key: []string{"order_id", "n"}, many: true},
	{name: "messages", key: []string{"id"}, many: true},
	{name: "payments", key: []string{"shop", "number"}, many: true},
	{name: "notes", key: []string{"id"}},
	{name: "tags", key: []string{"customer", "folded", "home"}},
	{name: "fields", key: []string{"id"}, unique: []string{"customer", "name"}},
	{name: "refusals", key: []string{"customer", "home"}},
	{name: "segments", key: []string{"folded"}},
	// An import that is taken back leaves its mapping: the file can be read again.
	{name: "mappings", key: []string{"name"}, shared: true},
	{name: "decisions", key: []string{"decision", "side", "kind", "token"}},
}

// removeNew deletes the rows of j that the step made. One that a later step
// changed stays and becomes that step's.
func (t *Tx) removeNew(ctx context.Context, j journaled, step int64) ([]Kept, error) {
	if j.shared {
		return nil, nil
	}
	// What the step only changed no longer carries it: restoreImages came first.
	remove := func() error {
		return t.exec(ctx, "remove rows of "+j.name, `DELETE FROM `+j.name+` WHERE step = ?`, step)
	}
	if j.many {
		remove = func() error { return t.forget(ctx, j.name, `step = ?`, step) }
	}
	if err := remove(); err != nil {
		return nil, err
	}
	// The rows that later steps changed: in one image they are still the step's.
	// Of one that was deleted and made anew, nothing of the step's stays.
	var kept []Kept
	was := j.name + "_was"
	err := t.each(ctx, "find changed rows of "+j.name, func(r *sql.Rows) error {
		var label sql.NullString
		if err := r.Scan(&label); err != nil {
			return err
		}
		if label.Valid {
			kept = append(kept, Kept{Table: j.name, Row: label.String})
		}
		return nil
	}, `SELECT `+j.label("c")+` FROM `+was+` AS w LEFT JOIN `+j.name+` AS c ON `+j.same("c", "w")+` WHERE w.step = ? AND w.by_step = coalesce(
		(SELECT n.step FROM `+was+` AS n WHERE `+j.same("n", "w")+` AND n.by_step > w.by_step ORDER BY n.by_step LIMIT 1), c.step)`, step)
	if err != nil {
		return nil, err
	}
	return kept, t.exec(ctx, "hand rows of "+j.name+" on", `DELETE FROM `+was+` WHERE step = ?`, step)
}

// restoreImages puts back, field by field, the rows of j that the step changed
// or deleted.
func (t *Tx) restoreImages(ctx context.Context, j journaled, step int64) ([]Kept, error) {
	was := j.name + "_was"
	var any bool
	if err := t.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+was+` WHERE by_step = ?)`, step).Scan(&any); err != nil {
		return nil, fmt.Errorf("find images of %s: %w", j.name, err)
	}
	if !any {
		return nil, nil
	}
	columns, err := listOf[string](ctx, t, "list columns", `SELECT name FROM pragma_table_info(?)`, j.name)
	if err != nil {
		return nil, err
	}
	kept, err := t.handImagesOn(ctx, j, columns, step)
	if err != nil {
		return nil, err
	}
	list := strings.Join(columns, ", ")
	later := `EXISTS (SELECT 1 FROM ` + was + ` AS l WHERE ` + j.same("l", "w") + ` AND l.by_step > w.by_step)`
	fields, err := t.restoreFields(ctx, j, columns, later, step)
	if err != nil {
		return nil, err
	}
	kept = append(kept, fields...)
	// Of the other rows the step's is today's state: they come back whole.
	sets := make([]string, 0, len(columns))
	for _, c := range columns {
		if !slices.Contains(j.key, c) {
			value := "w." + c
			if j.typed() && c == "customer" { // one that is gone for good gets nothing back
				value = "CASE WHEN w.customer IN (SELECT num FROM customers) THEN w.customer ELSE c.customer END"
			}
			sets = append(sets, c+" = "+value)
		}
	}
	if err := t.exec(ctx, "restore changed rows of "+j.name, `UPDATE `+j.name+` AS c SET `+strings.Join(sets, ", ")+`
		FROM `+was+` AS w WHERE w.by_step = ? AND `+j.same("c", "w")+` AND NOT `+later, step); err != nil {
		return nil, err
	}
	if len(j.unique) > 0 {
		// What still is the step's it made, in place of what it deleted.
		if err := t.exec(ctx, "make room in "+j.name, `DELETE FROM `+j.name+` WHERE step = ?`, step); err != nil {
			return nil, err
		}
	}
	if err := t.exec(ctx, "restore deleted rows of "+j.name, `INSERT OR IGNORE INTO `+j.name+` (`+list+`)
		SELECT `+j.columns("w", columns)+` FROM `+was+` AS w WHERE w.by_step = ? AND NOT `+later+`
		AND NOT EXISTS (SELECT 1 FROM `+j.name+` AS c WHERE `+j.same("c", "w")+`)`, step); err != nil {
		return nil, err
	}
	return kept, t.exec(ctx, "drop images of "+j.name, `DELETE FROM `+was+` WHERE by_step = ?`, step)
}

// handImagesOn gives the images of rows that the step deleted, and that were
// made anew since, to the step that made them: but for this step, it would have
// changed or deleted them. It names the rows that are otherwise today.
func (t *Tx) handImagesOn(ctx context.Context, j journaled, columns []string, step int64) ([]Kept, error) {
	if j.shared {
		return nil, nil
	}
	was := j.name + "_was"
	place, another := j.key, `coalesce(n.step, c.step) <> ?1`
	if len(j.unique) > 0 {
		place, another = j.unique, `iif(n.step IS NULL, NOT (`+j.same("c", "w")+`), NOT (`+j.same("n", "w")+`))`
	}
	// What the step only changed was the step's right after, and is not here. What
	// it made in the place of what it deleted goes to the step that changed that.
	heirs := `SELECT ` + j.columns("w", columns) + `, coalesce(n.step, c.step) <> ?1 AS anew, iif(coalesce(n.step, c.step) <> ?1, coalesce(n.step, c.step), n.by_step) AS heir
		FROM ` + was + ` AS w LEFT JOIN ` + was + ` AS n ON ` + same(place, "n", "w") + ` AND n.by_step =
			(SELECT min(f.by_step) FROM ` + was + ` AS f WHERE ` + same(place, "f", "w") + ` AND f.by_step > w.by_step)
		LEFT JOIN ` + j.name + ` AS c ON ` + same(place, "c", "w") + ` WHERE w.by_step = ?1 AND ` + another
	var differs []string
	for _, c := range columns {
		if !slices.Contains(j.key, c) && !derived[c] {
			differs = append(differs, "c."+c+" IS NOT x."+c)
		}
	}
	var kept []Kept
	if len(differs) > 0 {
		err := t.each(ctx, "find rows of "+j.name+" made anew", func(r *sql.Rows) error {
			var label sql.NullString
			if err := r.Scan(&label); err != nil {
				return err
			}
			kept = append(kept, Kept{Table: j.name, Row: label.String})
			return nil
		}, `SELECT `+j.label("c")+` FROM (`+heirs+`) AS x JOIN `+j.name+` AS c ON `+same(place, "c", "x")+`
			WHERE x.anew AND (`+strings.Join(differs, " OR ")+`)`, step)
		if err != nil {
			return nil, err
		}
	}
	return kept, t.exec(ctx, "hand images of "+j.name+" on", `UPDATE OR IGNORE `+was+` AS i SET by_step = x.heir FROM (`+heirs+`) AS x
		WHERE i.by_step = ?1 AND `+j.same("i", "x")+` AND x.heir IS NOT NULL`, step)
}

// restoreFields takes the step's changes out of rows that later steps changed
// too. A field that the step changed gets its old value back in every later
// image up to the one where it changes again, and in today's row if it never
// did; else today's value is kept and named.
func (t *Tx) restoreFields(ctx context.Context, j journaled, columns []string, later string, step int64) ([]Kept, error) {
	was := j.name + "_was"
	var kept []Kept
	for _, c := range columns {
		if slices.Contains(j.key, c) {
			continue
		}
		// after is the field in the next image, so right after the step; until is
		// the first later image in which it differs from that.
		changed := `SELECT ` + j.columns("w", j.key) + `, w.` + c + ` AS old, n.` + c + ` AS after,
			(SELECT min(u.by_step) FROM ` + was + ` AS u WHERE ` + j.same("u", "w") + ` AND u.by_step > w.by_step AND u.` + c + ` IS NOT n.` + c + `) AS until
			FROM ` + was + ` AS w JOIN ` + was + ` AS n ON ` + j.same("n", "w") + ` AND n.by_step =
				(SELECT min(f.by_step) FROM ` + was + ` AS f WHERE ` + j.same("f", "w") + ` AND f.by_step > w.by_step)
			WHERE w.by_step = ?1 AND w.` + c + ` IS NOT n.` + c + ` AND ` + later
		if !derived[c] {
			err := t.each(ctx, "find kept fields of "+j.name, func(r *sql.Rows) error {
				var label sql.NullString
				if err := r.Scan(&label); err != nil {
					return err
				}
				kept = append(kept, Kept{Table: j.name, Row: label.String, Field: c})
				return nil
			}, `SELECT `+j.label("c")+` FROM (`+changed+`) AS x JOIN `+j.name+` AS c ON `+j.same("c", "x")+`
				WHERE x.until IS NOT NULL OR c.`+c+` IS NOT x.after`, step)
			if err != nil {
				return nil, err
			}
		}
		if c != "step" {
			alive := ""
			if j.typed() && c == "customer" {
				alive = " AND x.old IN (SELECT num FROM customers)"
			}
			if err := t.exec(ctx, "restore fields of "+j.name, `UPDATE `+j.name+` AS c SET `+c+` = x.old FROM (`+changed+`) AS x
				WHERE `+j.same("c", "x")+` AND x.until IS NULL AND c.`+c+` IS x.after`+alive, step); err != nil {
				return nil, err
			}
		}
		if err := t.exec(ctx, "mend images of "+j.name, `UPDATE `+was+` AS i SET `+c+` = x.old FROM (`+changed+`) AS x
			WHERE `+j.same("i", "x")+` AND i.by_step > ?1 AND (x.until IS NULL OR i.by_step < x.until)`, step); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

// derived are the columns that follow from others or from the journal: they
// are never named as kept.
var derived = map[string]bool{"step": true, "purchase": true, "gross": true, "refunded": true, "seen": true, "customer": true, "home": true, "edited": true, "due": true}

func (j journaled) typed() bool { return j.name == "notes" || j.name == "fields" }

// same compares the keys of two rows.
func (j journaled) same(a, b string) string { return same(j.key, a, b) }

func same(columns []string, a, b string) string {
	terms := make([]string, len(columns))
	for i, k := range columns {
		terms[i] = a + "." + k + " = " + b + "." + k
	}
	return strings.Join(terms, " AND ")
}

func (j journaled) columns(of string, names []string) string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = of + "." + n
	}
	return strings.Join(list, ", ")
}

// label is an expression that names row r for a person, NULL if there is no row.
func (j journaled) label(r string) string {
	switch j.name {
	case "orders", "payments":
		return r + ".number"
	case "lines":
		return `(SELECT o.number FROM orders AS o WHERE o.id = ` + r + `.order_id)`
	case "messages":
		return `(SELECT o.number FROM orders AS o WHERE o.id = ` + r + `.order_id)`
	case "customers":
		return `lower(hex(` + r + `.id))`
	case "tags":
		return r + ".tag"
	case "segments", "settings", "fields", "mappings":
		return r + ".name"
	default:
		return `CASE WHEN ` + r + `.step IS NOT NULL THEN '' END`
	}
}
