package store

import (
	"context"
	"database/sql"

	"kebu/app/crm"
)

// StoredOrder is an order in the book.
type StoredOrder struct {
	crm.Order
	ID       int64
	Shop     string
	Step     int64
	Figures  crm.Figures
	NameMask string        // of the recipient
	Payments []crm.Payment // that belong to it, without who paid; the oldest first
}

// OrdersOf returns a customer's orders, newest first, with their lines; the
// personal values are those that the user's keys open.
func (t *Tx) OrdersOf(ctx context.Context, customer int64) ([]StoredOrder, error) {
	var list []StoredOrder
	var ids []int64
	err := t.each(ctx, "list orders", func(r *sql.Rows) error {
		var o StoredOrder
		if err := r.Scan(&o.ID, &o.Shop, &o.Step, &o.Figures.Purchase, &o.Figures.Gross, &o.Figures.Refunded, &o.NameMask); err != nil {
			return err
		}
		list = append(list, o)
		ids = append(ids, o.ID)
		return nil
	}, `SELECT o.id, s.name, o.step, o.purchase, o.gross, o.refunded, coalesce(r.name_mask, '')
		FROM buyers AS b JOIN orders AS o ON o.buyer = b.num JOIN shops AS s ON s.id = o.shop LEFT JOIN recipients AS r ON r.num = o.recipient
		WHERE b.customer = ? ORDER BY o.placed DESC, o.id DESC`, customer)
	if err != nil {
		return nil, err
	}
	orders, err := t.loadOrders(ctx, ids)
	if err != nil {
		return nil, err
	}
	payments, err := t.PaymentsOf(ctx, ids)
	for i := range list {
		if o := orders[list[i].ID]; o != nil {
			list[i].Order = *o
		}
		list[i].Payments = payments[list[i].ID]
	}
	return list, err
}

// Event is a step that touched a customer.
type Event struct {
	Step   int64
	Verb   string
	At     crm.Moment
	User   string
	Undone bool
	Tag    string // that the step gave or took, "" for another step
}

// Events returns the steps that touched a customer, newest first.
func (t *Tx) Events(ctx context.Context, customer int64) ([]Event, error) {
	var events []Event
	return events, t.each(ctx, "list events", func(r *sql.Rows) error {
		var e Event
		if err := r.Scan(&e.Step, &e.Verb, &e.At, &e.User, &e.Undone, &e.Tag); err != nil {
			return err
		}
		events = append(events, e)
		return nil
	}, `SELECT id, verb, at, user, undone_by IS NOT NULL, coalesce(
			(SELECT t.tag FROM tags AS t WHERE t.customer = ?1 AND t.step = steps.id),
			(SELECT w.tag FROM tags_was AS w WHERE w.customer = ?1 AND steps.id IN (w.step, w.by_step)), '')
		FROM steps WHERE id IN (
			SELECT step FROM customers WHERE num = ?1
			UNION SELECT o.step FROM buyers AS b JOIN orders AS o ON o.buyer = b.num WHERE b.customer = ?1
			UNION SELECT w.by_step FROM buyers AS b JOIN orders AS o ON o.buyer = b.num JOIN orders_was AS w ON w.id = o.id WHERE b.customer = ?1
			UNION SELECT step FROM notes WHERE customer = ?1
			UNION SELECT step FROM notes_was WHERE customer = ?1 UNION SELECT by_step FROM notes_was WHERE customer = ?1
			UNION SELECT step FROM tags WHERE customer = ?1
			UNION SELECT step FROM tags_was WHERE customer = ?1 UNION SELECT by_step FROM tags_was WHERE customer = ?1
			UNION SELECT step FROM refusals WHERE customer = ?1
			UNION SELECT step FROM refusals_was WHERE customer = ?1 UNION SELECT by_step FROM refusals_was WHERE customer = ?1
			UNION SELECT step FROM fields WHERE customer = ?1
			UNION SELECT step FROM fields_was WHERE customer = ?1 UNION SELECT by_step FROM fields_was WHERE customer = ?1
			UNION SELECT d.step FROM buyers AS b CROSS JOIN evidence AS e ON e.buyer = b.num CROSS JOIN decisions AS d ON d.kind = e.kind AND d.token = e.token WHERE b.customer = ?1
			UNION SELECT d.step FROM buyers AS b CROSS JOIN decisions AS d ON d.kind = 0 AND d.token = b.print WHERE b.customer = ?1)
		ORDER BY id DESC`, customer)
}

// FirstSeen is the step that first brought an order of a customer, and the
// earliest order that it brought.
type FirstSeen struct {
	Order  int64
	Number string
	Placed crm.Moment
	Step   int64
	At     crm.Moment
	File   string // of an import
}

// FirstSeen returns what first told of a customer, zero for one without orders.
func (t *Tx) FirstSeen(ctx context.Context, customer int64) (FirstSeen, error) {
	var f FirstSeen
	return f, t.each(ctx, "find first order", func(r *sql.Rows) error {
		return r.Scan(&f.Order, &f.Number, &f.Placed, &f.Step, &f.At, &f.File)
	}, `SELECT x.id, x.number, x.placed, x.step, s.at, coalesce(i.file, '') FROM (
			SELECT o.id, o.number, o.placed, coalesce((SELECT w.step FROM orders_was AS w WHERE w.id = o.id ORDER BY w.by_step LIMIT 1), o.step) AS step
			FROM buyers AS b JOIN orders AS o ON o.buyer = b.num WHERE b.customer = ? ORDER BY 4, o.placed, o.id LIMIT 1) AS x
		JOIN steps AS s ON s.id = x.step LEFT JOIN imports AS i ON i.step = x.step`, customer)
}

// Favourite is a product that a customer buys.
type Favourite struct {
	SKU, Product string
	Orders       int // purchases that hold it
	Quantity     crm.Quantity
}

// Favourites returns, for each of some customers, up to n products that are in
// the most of its purchases, of these the largest quantity first.
func (t *Tx) Favourites(ctx context.Context, customers []int64, n int) (map[int64][]Favourite, error) {
	list, err := jsonList(customers)
	if err != nil {
		return nil, err
	}
	of := map[int64][]Favourite{}
	return of, t.each(ctx, "find favourite products", func(r *sql.Rows) error {
		var customer int64
		var f Favourite
		if err := r.Scan(&customer, &f.SKU, &f.Product, &f.Orders, &f.Quantity); err != nil {
			return err
		}
		of[customer] = append(of[customer], f)
		return nil
	}, `WITH counted AS (
			SELECT b.customer, p.sku, max(p.name) AS name, count(DISTINCT o.id) AS times, sum(l.quantity) AS pieces
			FROM buyers AS b JOIN orders AS o ON o.buyer = b.num JOIN lines AS l ON l.order_id = o.id JOIN products AS p ON p.id = l.product
			WHERE b.customer IN (SELECT value FROM json_each(?))
				AND o.purchase AND l.quantity > 0 AND l.amount >= 0 AND l.status NOT IN ('cancelled', 'pending_payment')
				AND NOT (l.summary AND EXISTS (SELECT 1 FROM lines AS r WHERE r.order_id = l.order_id AND NOT r.summary))
			GROUP BY b.customer, p.sku, CASE WHEN p.sku = '' THEN p.name END),
		ranked AS (SELECT *, row_number() OVER (PARTITION BY customer ORDER BY times DESC, pieces DESC, sku, name) AS rank FROM counted)
		SELECT customer, sku, name, times, pieces FROM ranked WHERE rank <= ? ORDER BY customer, rank`, list, n)
}

// LastNotes returns when the last note on each of some customers was written;
// who has none is left out.
func (t *Tx) LastNotes(ctx context.Context, customers []int64) (map[int64]crm.Moment, error) {
	list, err := jsonList(customers)
	if err != nil {
		return nil, err
	}
	of := map[int64]crm.Moment{}
	return of, t.each(ctx, "find last notes", func(r *sql.Rows) error {
		var customer int64
		var at crm.Moment
		if err := r.Scan(&customer, &at); err != nil {
			return err
		}
		of[customer] = at
		return nil
	}, `SELECT customer, max(at) FROM notes WHERE customer IN (SELECT value FROM json_each(?)) GROUP BY customer`, list)
}
