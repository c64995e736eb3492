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
}

// journal lists the tables so that rows come back before those that refer to them.
var journal = []journaled{
	{name: "settings", key: []string{"name"}},
	{name: "customers", key: []string{"num"}, shared: true},
	{name: "buyers", key: []string{"num"}, shared: true},
	{name: "orders", key: []string{"id"}},
	{name: "lines", key: []string{"order_id", "n"}},
	{name: "messages", key: []string{"id"}},
	{name: "notes", key: []string{"id"}},
	{name: "tags", key: []string{"customer", "folded"}},
	{name: "fields", key: []string{"id"}},
	{name: "segments", key: []string{"folded"}},
}

// Kept is a value that taking a step back left alone because a later step
// changed it.
type Kept struct {
	Table string // such as "orders"
	Row   string // order number, customer id or name of the row; empty if it has none
	Field string // empty: the whole row
}

// ErrUndone means that the step was taken back before.
var ErrUndone = errors.New("already taken back")

// ErrFinal means that the step cannot be taken back.
var ErrFinal = errors.New("cannot be taken back")

// Undo takes a step back: rows that it made go, rows that it changed or
// deleted return as they were. What a later step changed stays and is named;
// so does a customer on whom a person wrote.
func (t *Tx) Undo(ctx context.Context, step int64) ([]Kept, error) {
	if err := t.markUndone(ctx, step); err != nil {
		return nil, err
	}
	was, err := t.Settings(ctx)
	if err != nil {
		return nil, err
	}
	touched, err := t.customersOfStep(ctx, step)
	if err != nil {
		return nil, err
	}
	// Rows return before what they refer to may have; all is checked at commit.
	if err := t.exec(ctx, "defer checks", `PRAGMA defer_foreign_keys = ON`); err != nil {
		return nil, err
	}
	if err := t.exec(ctx, "undo without images", `UPDATE writing SET images = 0`); err != nil {
		return nil, err
	}
	changed, err := listOf[int64](ctx, t, "find orders changed", `
		SELECT id FROM orders_was WHERE by_step = ?1 UNION SELECT order_id FROM lines_was WHERE by_step = ?1`, step)
	if err != nil {
		return nil, err
	}
	var kept []Kept
	for _, j := range journal {
		k, err := t.restoreImages(ctx, j, step)
		if err != nil {
			return nil, err
		}
		kept = append(kept, k...)
	}
	if err := t.handOnOrders(ctx, step); err != nil {
		return nil, err
	}
	if err := t.removeMoved(ctx, step); err != nil {
		return nil, err
	}
	for _, j := range slices.Backward(journal) {
		k, err := t.removeNew(ctx, j, step)
		if err != nil {
			return nil, err
		}
		kept = append(kept, k...)
	}
	if err := t.refigure(ctx, changed); err != nil {
		return nil, err
	}
	if err := t.settingsAgain(ctx, was); err != nil {
		return nil, err
	}
	more, err := t.customersOfStep(ctx, t.step)
	if err != nil {
		return nil, err
	}
	lost, err := t.dropOrphans(ctx)
	if err != nil {
		return nil, err
	}
	bare, err := listOf[int64](ctx, t, "find buyers without customer", `SELECT num FROM buyers WHERE customer IS NULL
		AND EXISTS (SELECT 1 FROM orders AS o WHERE o.buyer = buyers.num)
		AND EXISTS (SELECT 1 FROM evidence AS e WHERE e.buyer = buyers.num AND e.kind < 5)`)
	if err != nil {
		return nil, err
	}
	lost = append(lost, bare...)
	all := append(touched, more...)
	if err := t.resolve(ctx, lost, all); err != nil {
		return nil, err
	}
	if err := t.sweep(ctx); err != nil {
		return nil, err
	}
	written, err := t.keptForWriting(ctx, all)
	return append(kept, written...), err
}

func (t *Tx) markUndone(ctx context.Context, step int64) error {
	var verb string
	var by sql.NullInt64
	err := t.tx.QueryRowContext(ctx, `SELECT verb, undone_by FROM steps WHERE id = ?`, step).Scan(&verb, &by)
	switch {
	case errors.Is(err, sql.ErrNoRows) || step == t.step:
		return crm.ErrNotFound
	case err != nil:
		return fmt.Errorf("find step: %w", err)
	case by.Valid:
		return ErrUndone
	case finalVerbs[verb]:
		return ErrFinal
	}
	if err := t.exec(ctx, "mark undone", `UPDATE steps SET undone_by = ? WHERE id = ?`, t.step, step); err != nil {
		return err
	}
	return t.exec(ctx, "mark undo", `UPDATE steps SET undoes = ? WHERE id = ?`, step, t.step)
}

// finalVerbs are those of the store's own whose steps stay: what was seen
// cannot be unseen, and an undo is done again by its verb.
var finalVerbs = map[string]bool{"undo": true, "export": true, "reveal": true, "init": true}

// customersOfStep returns the customers whose orders, buyers or tags a step
// made, changed or deleted, and marks their profiles to be remade.
func (t *Tx) customersOfStep(ctx context.Context, step int64) ([]int64, error) {
	nums, err := listOf[int64](ctx, t, "find customers of step", `
		SELECT b.customer FROM buyers AS b WHERE b.step = ?1 AND b.customer IS NOT NULL
		UNION SELECT customer FROM buyers_was WHERE by_step = ?1 AND customer IS NOT NULL
		UNION SELECT b.customer FROM buyers_was AS w JOIN buyers AS b ON b.num = w.num WHERE w.by_step = ?1 AND b.customer IS NOT NULL
		UNION SELECT b.customer FROM orders AS o JOIN buyers AS b ON b.num = o.buyer WHERE o.step = ?1 AND b.customer IS NOT NULL
		UNION SELECT b.customer FROM orders_was AS w JOIN buyers AS b ON b.num = w.buyer WHERE w.by_step = ?1 AND b.customer IS NOT NULL
		UNION SELECT b.customer FROM orders_was AS w JOIN orders AS o ON o.id = w.id JOIN buyers AS b ON b.num = o.buyer WHERE w.by_step = ?1 AND b.customer IS NOT NULL
		UNION SELECT b.customer FROM lines_was AS w JOIN orders AS o ON o.id = w.order_id JOIN buyers AS b ON b.num = o.buyer WHERE w.by_step = ?1 AND b.customer IS NOT NULL
		UNION SELECT num FROM customers_was WHERE by_step = ?1
		UNION SELECT customer FROM tags WHERE step = ?1
		UNION SELECT customer FROM tags_was WHERE by_step = ?1`, step)
	for _, n := range nums {
		t.dirty[n] = true
	}
	return nums, err
}

// keptForWriting names those of the given customers who have no order left and
// stay because a person wrote on them.
func (t *Tx) keptForWriting(ctx context.Context, customers []int64) ([]Kept, error) {
	list, err := jsonList(customers)
	if err != nil {
		return nil, err
	}
	ids, err := listOf[string](ctx, t, "name kept customers", `SELECT lower(hex(id)) FROM customers AS c
		WHERE num IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM buyers AS b WHERE b.customer = c.num) ORDER BY num`, list)
	kept := make([]Kept, len(ids))
	for i, id := range ids {
		kept[i] = Kept{Table: "customers", Row: id}
	}
	return kept, err
}

// settingsAgain takes the defaults from the oldest order left, and remakes all
// profiles when that changes what they compare in.
func (t *Tx) settingsAgain(ctx context.Context, was Settings) error {
	for _, name := range []string{"currency", "zone"} {
		if err := t.exec(ctx, "set defaults", `INSERT INTO settings (name, value, step)
			SELECT '`+name+`', `+name+`, step FROM orders WHERE `+name+` <> '' ORDER BY id LIMIT 1 ON CONFLICT (name) DO NOTHING`); err != nil {
			return err
		}
	}
	now, err := t.Settings(ctx)
	if err != nil || now.Currency == was.Currency && now.Zone.String() == was.Zone.String() {
		return err
	}
	all, err := listOf[int64](ctx, t, "list customers", `SELECT num FROM customers`)
	for _, n := range all {
		t.dirty[n] = true
	}
	return err
}

// dropOrphans takes out references of returned rows to customers that went
// for good since, and returns the buyers that lost theirs.
func (t *Tx) dropOrphans(ctx context.Context) ([]int64, error) {
	for _, table := range []string{"notes", "tags", "fields"} {
		if err := t.exec(ctx, "drop orphans of "+table, `DELETE FROM `+table+` WHERE customer NOT IN (SELECT num FROM customers)`); err != nil {
			return nil, err
		}
	}
	return listOf[int64](ctx, t, "drop orphans of buyers", `UPDATE buyers SET customer = NULL, step = ?
		WHERE customer NOT IN (SELECT num FROM customers) RETURNING num`, t.step)
}

// handOnOrders gives the lines and messages of orders that the step made, and
// that stay because a later step changed them, to that later step.
func (t *Tx) handOnOrders(ctx context.Context, step int64) error {
	const heirs = `(SELECT id, min(by_step) AS heir FROM orders_was GROUP BY id HAVING
		(SELECT f.step FROM orders_was AS f WHERE f.id = orders_was.id ORDER BY f.by_step LIMIT 1) = ?1)`
	for _, table := range []string{"lines", "messages"} {
		for _, query := range []string{
			`UPDATE ` + table + ` AS r SET step = h.heir FROM ` + heirs + ` AS h WHERE r.order_id = h.id AND r.step = ?1`,
			// What the heir changed of the row, it now made.
			`DELETE FROM ` + table + `_was AS r WHERE r.step = ?1 AND (r.order_id, r.by_step) IN (SELECT h.id, h.heir FROM ` + heirs + ` AS h)`,
			`UPDATE ` + table + `_was AS r SET step = h.heir FROM ` + heirs + ` AS h WHERE r.order_id = h.id AND r.step = ?1`,
		} {
			if err := t.exec(ctx, "hand "+table+" on", query, step); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeMoved deletes the notes and tags of the step that a later import only
// moved, because their customer turned out to be another: a move is no change
// of what was written.
func (t *Tx) removeMoved(ctx context.Context, step int64) error {
	const oldest = `w.step = ?1 AND w.by_step = (SELECT min(f.by_step) FROM %s_was AS f WHERE %s)`
	notes, err := listOf[[]byte](ctx, t, "find moved notes", `SELECT w.id FROM notes_was AS w WHERE `+fmt.Sprintf(oldest, "notes", "f.id = w.id"), step)
	if err != nil {
		return err
	}
	for _, id := range notes {
		for _, table := range []string{"notes", "notes_was"} {
			if err := t.exec(ctx, "remove moved note", `DELETE FROM `+table+` WHERE id = ?`, id); err != nil {
				return err
			}
		}
	}
	// A moved tag is made anew by the import, at the customer who has the buyers.
	customers, err := listOf[int64](ctx, t, "remove moved tags", `DELETE FROM tags WHERE EXISTS (
		SELECT 1 FROM tags_was AS w JOIN buyers_was AS x ON x.by_step = w.by_step AND x.customer = w.customer JOIN buyers AS b ON b.num = x.num
		WHERE w.folded = tags.folded AND w.by_step = tags.step AND b.customer = tags.customer
			AND `+fmt.Sprintf(oldest, "tags", "f.customer = w.customer AND f.folded = w.folded")+`) RETURNING customer`, step)
	for _, c := range customers {
		t.dirty[c] = true
	}
	return err
}

// refigure works out the sums of returned orders: they follow from fields of
// which some may have been kept. It forgets how the orders were last imported,
// so that the next import looks at them closely.
func (t *Tx) refigure(ctx context.Context, ids []int64) error {
	for batch := range slices.Chunk(ids, orderBatch) {
		orders, err := t.loadOrders(ctx, batch)
		if err != nil {
			return err
		}
		for id, o := range orders {
			f, err := o.Figures()
			if err != nil {
				return fmt.Errorf("sums of order: %w", err)
			}
			if err := t.exec(ctx, "save sums", `UPDATE orders SET purchase = ?, gross = ?, refunded = ?, seen = NULL WHERE id = ?`,
				f.Purchase, int64(f.Gross), int64(f.Refunded), id); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeNew deletes the rows of j that the step made. One that a later step
// changed stays and becomes that step's.
func (t *Tx) removeNew(ctx context.Context, j journaled, step int64) ([]Kept, error) {
	if j.shared {
		return nil, nil
	}
	// What the step only changed no longer carries it: restoreImages came first.
	if err := t.exec(ctx, "remove rows of "+j.name, `DELETE FROM `+j.name+` WHERE step = ?`, step); err != nil {
		return nil, err
	}
	var kept []Kept
	keys := strings.Join(j.key, ", ")
	was := j.name + "_was"
	// The rows that later steps changed: in their oldest image they are the step's.
	err := t.each(ctx, "find changed rows of "+j.name, func(r *sql.Rows) error {
		var label sql.NullString
		if err := r.Scan(&label); err != nil {
			return err
		}
		if label.Valid {
			kept = append(kept, Kept{Table: j.name, Row: label.String})
		}
		return nil
	}, `SELECT `+j.label("c")+` FROM `+was+` AS w LEFT JOIN `+j.name+` AS c ON `+j.same("c", "w")+`
		WHERE w.step = ? AND w.by_step = (SELECT min(f.by_step) FROM `+was+` AS f WHERE `+j.same("f", "w")+`)`, step)
	if err != nil {
		return nil, err
	}
	return kept, t.exec(ctx, "hand rows of "+j.name+" on", `DELETE FROM `+was+` AS w WHERE step = ? AND (by_step, `+keys+`) IN (
		SELECT min(f.by_step), `+j.columns("f", j.key)+` FROM `+was+` AS f GROUP BY `+j.columns("f", j.key)+`)`, step)
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
	list := strings.Join(columns, ", ")
	later := `EXISTS (SELECT 1 FROM ` + was + ` AS l WHERE ` + j.same("l", "w") + ` AND l.by_step > w.by_step)`
	var kept []Kept
	if kept, err = t.restoreFields(ctx, j, columns, later, step); err != nil {
		return nil, err
	}
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
		FROM `+was+` AS w WHERE w.by_step = ? AND `+j.same("c", "w")+` AND NOT `+later+j.still(), step); err != nil {
		return nil, err
	}
	if err := t.exec(ctx, "restore deleted rows of "+j.name, `INSERT OR IGNORE INTO `+j.name+` (`+list+`)
		SELECT `+j.columns("w", columns)+` FROM `+was+` AS w WHERE w.by_step = ? AND NOT `+later+`
		AND NOT EXISTS (SELECT 1 FROM `+j.name+` AS c WHERE `+j.same("c", "w")+`)`, step); err != nil {
		return nil, err
	}
	return kept, t.exec(ctx, "drop images of "+j.name, `DELETE FROM `+was+` WHERE by_step = ?`, step)
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
var derived = map[string]bool{"step": true, "purchase": true, "gross": true, "refunded": true, "seen": true, "customer": true}

func (j journaled) typed() bool { return j.name == "notes" || j.name == "fields" }

// still holds where today's row c is that of the image's step, not one made anew since.
func (j journaled) still() string {
	if j.shared {
		return ""
	}
	return ` AND c.step = w.by_step`
}

// same compares the keys of two rows.
func (j journaled) same(a, b string) string {
	terms := make([]string, len(j.key))
	for i, k := range j.key {
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
	case "orders":
		return r + ".number"
	case "lines":
		return `(SELECT o.number FROM orders AS o WHERE o.id = ` + r + `.order_id)`
	case "messages":
		return `(SELECT o.number FROM orders AS o WHERE o.id = ` + r + `.order_id)`
	case "customers":
		return `lower(hex(` + r + `.id))`
	case "tags":
		return r + ".tag"
	case "segments", "settings", "fields":
		return r + ".name"
	default:
		return `CASE WHEN ` + r + `.step IS NOT NULL THEN '' END`
	}
}

// sweep removes what nothing refers to any more, not even an image: buyers,
// recipients, products and shops without orders, and emptied customers.
func (t *Tx) sweep(ctx context.Context) error {
	for _, s := range []struct{ doing, query string }{
		{"sweep buyers", `DELETE FROM buyers WHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.buyer = buyers.num)
			AND num NOT IN (SELECT buyer FROM orders_was WHERE buyer IS NOT NULL)`},
		{"sweep images of buyers", `DELETE FROM buyers_was WHERE num NOT IN (SELECT num FROM buyers)`},
		{"sweep recipients", `DELETE FROM recipients WHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.recipient = recipients.num)
			AND num NOT IN (SELECT recipient FROM orders_was WHERE recipient IS NOT NULL)`},
		{"sweep customers", `DELETE FROM customers WHERE ` + emptied},
		{"sweep products", `DELETE FROM products WHERE id NOT IN (SELECT product FROM lines) AND id NOT IN (SELECT product FROM lines_was)`},
		{"sweep shops", `DELETE FROM shops WHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.shop = shops.id)
			AND id NOT IN (SELECT shop FROM orders_was)`},
		{"sweep profiles", `DELETE FROM profiles WHERE customer NOT IN (SELECT num FROM customers)`},
		{"sweep sums", `DELETE FROM profile_money WHERE customer NOT IN (SELECT num FROM customers)`},
		{"sweep deliveries", `DELETE FROM sent WHERE customer NOT IN (SELECT num FROM customers)`},
		{"sweep purchases", `DELETE FROM bought WHERE customer NOT IN (SELECT num FROM customers)`},
	} {
		if err := t.exec(ctx, s.doing, s.query); err != nil {
			return err
		}
	}
	return nil
}
