package store

import (
	"context"
	"fmt"
)

// Undone counts what taking a step back does.
type Undone struct {
	OrdersGone     int // that the step brought
	OrdersRestored int // that the step changed and that are as before
	CustomersGone  int
	CustomersBack  int // whom the step had joined to others
	CustomersKept  int // without an order, because somebody wrote on them
	PaymentsGone   int // that the step brought
	// Kept names what stays because something later changed it, and the
	// customers of CustomersKept.
	Kept []Kept
}

// CountUndo takes a step back as Undo does and counts what that did. The
// caller discards the transaction unless the step shall stay undone.
func (t *Tx) CountUndo(ctx context.Context, step int64) (Undone, error) {
	var u Undone
	if err := t.markUndone(ctx, step); err != nil {
		return u, err
	}
	for _, q := range []string{
		`DROP TABLE IF EXISTS temp.orders_before`, `DROP TABLE IF EXISTS temp.customers_before`, `DROP TABLE IF EXISTS temp.orders_changed`,
		`CREATE TEMP TABLE orders_before AS SELECT id FROM orders`,
		`CREATE TEMP TABLE customers_before AS SELECT num FROM customers`,
	} {
		if err := t.exec(ctx, "note what is there", q); err != nil {
			return u, err
		}
	}
	if err := t.exec(ctx, "note what the step changed", `CREATE TEMP TABLE orders_changed AS
		SELECT id FROM orders_was WHERE by_step = ?1 UNION SELECT order_id FROM lines_was WHERE by_step = ?1
		UNION SELECT order_id FROM lines WHERE step = ?1 AND order_id IN (SELECT id FROM orders WHERE step <> ?1)`, step); err != nil {
		return u, err
	}
	const payments = `SELECT count(*) FROM payments`
	before, err := listOf[int](ctx, t, "count payments", payments)
	if err != nil {
		return u, err
	}
	if u.Kept, err = t.takeBack(ctx, step); err != nil {
		return u, err
	}
	for _, k := range u.Kept {
		if k.Table == "customers" {
			u.CustomersKept++
		}
	}
	if err := t.tx.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM temp.orders_before AS b WHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.id = b.id)),
		(SELECT count(*) FROM temp.orders_changed AS c WHERE EXISTS (SELECT 1 FROM orders AS o WHERE o.id = c.id)),
		(SELECT count(*) FROM temp.customers_before AS b WHERE NOT EXISTS (SELECT 1 FROM customers AS c WHERE c.num = b.num)),
		(SELECT count(*) FROM customers AS c WHERE NOT EXISTS (SELECT 1 FROM temp.customers_before AS b WHERE b.num = c.num))`).
		Scan(&u.OrdersGone, &u.OrdersRestored, &u.CustomersGone, &u.CustomersBack); err != nil {
		return u, fmt.Errorf("count what went: %w", err)
	}
	after, err := listOf[int](ctx, t, "count payments", payments)
	if err != nil {
		return u, err
	}
	u.PaymentsGone = before[0] - after[0]
	return u, nil
}
