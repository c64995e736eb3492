package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"kebu/app/crm"
)

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
// deleted return as they were. What a later step changed or made anew stays and
// is named; so does a customer on whom a person wrote. There is no need to take
// a step back again: what stayed goes, or returns, with that later step. What
// was taken is kept for Redo until the next change.
func (t *Tx) Undo(ctx context.Context, step int64) ([]Kept, error) {
	if err := t.markUndone(ctx, step); err != nil {
		return nil, err
	}
	if err := t.watchRows(ctx); err != nil {
		return nil, err
	}
	kept, err := t.takeBack(ctx, step)
	if err != nil {
		return nil, err
	}
	return kept, t.unwatchRows(ctx)
}

// takeBack takes back a step that is marked as undone.
func (t *Tx) takeBack(ctx context.Context, step int64) ([]Kept, error) {
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
	lost, err := t.orphanBuyers(ctx)
	if err != nil {
		return nil, err
	}
	bare, err := t.bareBuyers(ctx)
	if err != nil {
		return nil, err
	}
	lost = append(lost, bare...)
	all := append(touched, more...)
	if err := t.resolve(ctx, lost, all); err != nil {
		return nil, err
	}
	if err := t.dropOrphans(ctx); err != nil {
		return nil, err
	}
	if err := t.sweep(ctx); err != nil {
		return nil, err
	}
	t.swept = true
	written, err := t.keptForWriting(ctx, all)
	return append(kept, written...), err
}

// bareBuyers returns the buyers of orders who have no customer although
// something tells who they are.
func (t *Tx) bareBuyers(ctx context.Context) ([]int64, error) {
	return listOf[int64](ctx, t, "find buyers without customer", `SELECT num FROM buyers WHERE customer IS NULL
		AND EXISTS (SELECT 1 FROM orders AS o WHERE o.buyer = buyers.num)
		AND EXISTS (SELECT 1 FROM evidence AS e WHERE e.buyer = buyers.num AND e.kind < 5)`)
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
	case finalVerbs[verb] || verb == erases:
		return ErrFinal
	case by.Valid:
		return ErrUndone
	}
	if err := t.exec(ctx, "mark undone", `UPDATE steps SET undone_by = ? WHERE id = ?`, t.step, step); err != nil {
		return err
	}
	return t.exec(ctx, "mark undo", `UPDATE steps SET undoes = ? WHERE id = ?`, step, t.step)
}

// finalVerbs are those of the store's own whose steps stay: what was seen
// cannot be unseen, and undo and redo take each other back. They change nothing
// that an earlier step could have made, so redo goes on after them.
var finalVerbs = map[string]bool{"undo": true, "redo": true, "export": true, "reveal": true, "init": true, "passphrase": true}

// customersOfStep returns the customers whose orders, buyers or tags a step
// made, changed or deleted, or on whom it decided, and marks their profiles to be remade.
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
		UNION SELECT customer FROM tags_was WHERE by_step = ?1
		UNION SELECT b.customer FROM decisions AS d CROSS JOIN evidence AS e ON e.kind = d.kind AND e.token = d.token JOIN buyers AS b ON b.num = e.buyer
			WHERE d.step = ?1 AND b.customer IS NOT NULL
		UNION SELECT b.customer FROM decisions AS d CROSS JOIN buyers AS b ON b.print = d.token WHERE d.step = ?1 AND d.kind = 0 AND b.customer IS NOT NULL`, step)
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

// settingsAgain takes the defaults from the oldest order left.
func (t *Tx) settingsAgain(ctx context.Context, was Settings) error {
	for _, name := range []string{"currency", "zone"} {
		if err := t.exec(ctx, "set defaults", `INSERT INTO settings (name, value, step)
			SELECT '`+name+`', `+name+`, step FROM orders WHERE `+name+` NOT IN ('', '`+crm.NoCurrency+`') ORDER BY id LIMIT 1 ON CONFLICT (name) DO NOTHING`); err != nil {
			return err
		}
	}
	return t.remakeAll(ctx, was)
}

// remakeAll remakes all profiles if what they compare in is another than it was.
func (t *Tx) remakeAll(ctx context.Context, was Settings) error {
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

// orphanBuyers takes the customers from returned buyers that went for good since,
// and returns these buyers.
func (t *Tx) orphanBuyers(ctx context.Context) ([]int64, error) {
	return listOf[int64](ctx, t, "drop orphans of buyers", `UPDATE buyers SET customer = NULL, step = ?
		WHERE customer NOT IN (SELECT num FROM customers) RETURNING num`, t.step)
}

// dropOrphans drops what returned to customers that went for good since, and has
// found no home.
func (t *Tx) dropOrphans(ctx context.Context) error {
	for _, w := range written {
		if err := t.exec(ctx, "drop orphans of "+w.name, `DELETE FROM `+w.name+` WHERE customer NOT IN (SELECT num FROM customers)`); err != nil {
			return err
		}
	}
	return nil
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

// removeMoved deletes what people wrote in the step and a later one only
// moved, because its customer turned out to be another: a move is no change of
// what was written.
func (t *Tx) removeMoved(ctx context.Context, step int64) error {
	const oldest = `w.step = ?1 AND w.by_step = (SELECT min(f.by_step) FROM %s_was AS f WHERE %s)`
	for _, m := range []struct{ table, today, written string }{
		{"notes", "c.body, c.pinned, c.due, c.settled", "w.body, w.pinned, w.due, w.settled"},
		{"fields", "c.body", "w.body"},
	} {
		ids, err := listOf[[]byte](ctx, t, "find moved "+m.table, `SELECT w.id FROM `+m.table+`_was AS w WHERE `+fmt.Sprintf(oldest, m.table, "f.id = w.id")+`
			AND EXISTS (SELECT 1 FROM `+m.table+` AS c WHERE c.id = w.id AND (`+m.today+`) IS (`+m.written+`))`, step)
		if err != nil {
			return err
		}
		for _, id := range ids {
			for _, table := range []string{m.table, m.table + "_was"} {
				if err := t.exec(ctx, "remove moved "+m.table, `DELETE FROM `+table+` WHERE id = ?`, id); err != nil {
					return err
				}
			}
		}
	}
	// A moved tag or refusal is made anew by the step that moved it: at the
	// customer who has the buyers, or who was joined with one that had none.
	for _, m := range []struct{ table, moved, same string }{
		{"tags", "w.folded = r.folded AND w.home = r.home", "f.customer = w.customer AND f.folded = w.folded AND f.home = w.home"},
		{"refusals", "w.home = r.home", "f.customer = w.customer AND f.home = w.home"},
	} {
		customers, err := listOf[int64](ctx, t, "remove moved "+m.table, `DELETE FROM `+m.table+` AS r WHERE EXISTS (
			SELECT 1 FROM `+m.table+`_was AS w WHERE `+m.moved+` AND w.by_step = r.step AND w.customer <> r.customer
				AND (EXISTS (SELECT 1 FROM buyers_was AS x JOIN buyers AS b ON b.num = x.num
						WHERE x.by_step = w.by_step AND x.customer = w.customer AND b.customer = r.customer)
					OR EXISTS (SELECT 1 FROM customers_was AS c WHERE c.by_step = w.by_step AND c.num = w.customer)
						AND NOT EXISTS (SELECT 1 FROM buyers_was AS x WHERE x.by_step = w.by_step AND x.customer = w.customer))
				AND `+fmt.Sprintf(oldest, m.table, m.same)+`) RETURNING customer`, step)
		if err != nil {
			return err
		}
		for _, c := range customers {
			t.dirty[c] = true
		}
	}
	return nil
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

// sweep removes what nothing refers to any more, not even an image: buyers,
// recipients, products and shops without orders, and emptied customers.
func (t *Tx) sweep(ctx context.Context) error {
	const unbought = `NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.buyer = buyers.num)
		AND num NOT IN (SELECT buyer FROM orders_was WHERE buyer IS NOT NULL)`
	for _, s := range []struct{ table, where string }{
		{"evidence", `buyer IN (SELECT num FROM buyers WHERE ` + unbought + `)`},
		{"buyers", unbought},
		{"recipients", `NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.recipient = recipients.num)
			AND num NOT IN (SELECT recipient FROM orders_was WHERE recipient IS NOT NULL)`},
		{"customers", emptied + ` AND ` + unremembered},
		{"products", `id NOT IN (SELECT product FROM lines) AND id NOT IN (SELECT product FROM lines_was)`},
		{"shops", `NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.shop = shops.id)
			AND NOT EXISTS (SELECT 1 FROM payments AS p WHERE p.shop = shops.id)
			AND id NOT IN (SELECT shop FROM orders_was) AND id NOT IN (SELECT shop FROM payments_was)`},
	} {
		if err := t.forget(ctx, s.table, s.where); err != nil {
			return err
		}
	}
	if err := t.exec(ctx, "sweep images of buyers", `DELETE FROM buyers_was WHERE num NOT IN (SELECT num FROM buyers)`); err != nil {
		return err
	}
	gone, err := listOf[int64](ctx, t, "find profiles to sweep", `SELECT customer FROM profiles WHERE customer NOT IN (SELECT num FROM customers)`)
	for _, n := range gone {
		t.dirty[n] = true
	}
	return err
}
