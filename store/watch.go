package store

import (
	"context"
	"database/sql"
	"fmt"

	"kebu/app/crm"
	"kebu/app/crm/identity"
)

// Watch is told what SaveOrders does while it does it. A nil function is told
// nothing.
type Watch struct {
	// Written is told of the orders of the file that are in the book so far.
	Written func(sofar Saved)
	// Matching is told that all are, and that their buyers are matched now.
	Matching func()
	// New, Changed and Same are told of each order, in the order of the file.
	// What they are given must not be changed.
	New     func(id int64, o *crm.Order)
	Changed func(id int64, before, after *crm.Order)
	Same    func(id int64, o *crm.Order)
}

// figureStride is the number of profiles between two calls of what OnFigures
// was given.
const figureStride = 256

// OnFigures has f told how many of the customers that the transaction touched
// have their figures, while it remakes them at its end.
func (t *Tx) OnFigures(f func(done, total int)) { t.figured = f }

// countAnonymous counts the orders of the file that belong to nobody.
func (s *saver) countAnonymous(ctx context.Context) error {
	list, err := jsonList(s.ids)
	if err != nil {
		return err
	}
	if err := s.tx.QueryRowContext(ctx, `SELECT count(*) FROM orders AS o LEFT JOIN buyers AS b ON b.num = o.buyer
		WHERE o.id IN (SELECT value FROM json_each(?)) AND b.customer IS NULL`, list).Scan(&s.saved.Anonymous); err != nil {
		return fmt.Errorf("count orders without customer: %w", err)
	}
	return nil
}

// CustomersOf returns the ids of the customers to whom orders belong, by
// order. Customers that the transaction makes are left out.
func (t *Tx) CustomersOf(ctx context.Context, orders []int64) (map[int64]string, error) {
	list, err := jsonList(orders)
	if err != nil {
		return nil, err
	}
	ids := make(map[int64]string, len(orders))
	return ids, t.each(ctx, "find customers of orders", func(r *sql.Rows) error {
		var order int64
		var id string
		if err := r.Scan(&order, &id); err != nil {
			return err
		}
		ids[order] = id
		return nil
	}, `SELECT o.id, lower(hex(c.id)) FROM orders AS o JOIN buyers AS b ON b.num = o.buyer JOIN customers AS c ON c.num = b.customer
		WHERE o.id IN (SELECT value FROM json_each(?)) AND c.step <> ?`, list, t.step)
}

// Face is what a customer is known by, masked, without a profile: one that the
// transaction makes has none yet.
type Face struct {
	ID      string // "" of a customer that the transaction makes
	Name    string
	Account string
	City    string
	Orders  int
}

// Doubt is two customers who may be one person, by hints alone.
type Doubt struct{ One, Other Face }

// Doubts returns up to limit pairs of a customer of the given orders and
// another one who may be the same, and how many there are.
func (t *Tx) Doubts(ctx context.Context, orders []int64, limit int) ([]Doubt, int, error) {
	list, err := jsonList(orders)
	if err != nil {
		return nil, 0, err
	}
	var pairs [][2]int64
	var nums []int64
	seen := map[[2]int64]bool{}
	if err := t.each(ctx, "find doubtful customers", func(r *sql.Rows) error {
		var p [2]int64
		if err := r.Scan(&p[0], &p[1]); err != nil {
			return err
		}
		if seen[p] || seen[[2]int64{p[1], p[0]}] {
			return nil
		}
		seen[p] = true
		if len(pairs) == limit {
			return nil
		}
		pairs = append(pairs, p)
		nums = append(nums, p[0], p[1])
		return nil
	}, `SELECT DISTINCT c.num, a.customer FROM (SELECT DISTINCT b.customer AS num FROM orders AS o JOIN buyers AS b ON b.num = o.buyer
			WHERE o.id IN (SELECT value FROM json_each(?1)) AND b.customer IS NOT NULL) AS c
		CROSS JOIN buyers AS b ON b.customer = c.num CROSS JOIN evidence AS e INDEXED BY evidence_buyer ON e.buyer = b.num AND e.kind = ?2
		CROSS JOIN evidence AS f ON f.kind = e.kind AND f.token = e.token CROSS JOIN buyers AS a ON a.num = f.buyer
		WHERE a.customer <> c.num AND NOT EXISTS (`+toldApart+`)`, list, int64(identity.Hint)); err != nil {
		return nil, 0, err
	}
	faces, err := t.faces(ctx, nums)
	doubts := make([]Doubt, len(pairs))
	for i, p := range pairs {
		doubts[i] = Doubt{faces[p[0]], faces[p[1]]}
	}
	return doubts, len(seen), err
}

func (t *Tx) faces(ctx context.Context, customers []int64) (map[int64]Face, error) {
	list, err := jsonList(customers)
	if err != nil {
		return nil, err
	}
	faces := make(map[int64]Face, len(customers))
	return faces, t.each(ctx, "load faces", func(r *sql.Rows) error {
		var num int64
		var fresh bool
		var f Face
		if err := r.Scan(&num, &f.ID, &fresh, &f.Name, &f.Account, &f.City, &f.Orders); err != nil {
			return err
		}
		if fresh {
			f.ID = ""
		}
		faces[num] = f
		return nil
	}, `SELECT c.num, lower(hex(c.id)), c.step = ?2, coalesce(max(nullif(b.name_mask, '')), max(r.name_mask), ''),
			coalesce(max(nullif(b.nick, '')), max(b.account), ''), coalesce(max(r.city), ''), count(o.id)
		FROM customers AS c JOIN buyers AS b ON b.customer = c.num LEFT JOIN orders AS o ON o.buyer = b.num
		LEFT JOIN recipients AS r ON r.num = o.recipient WHERE c.num IN (SELECT value FROM json_each(?1)) GROUP BY c.num`, list, t.step)
}
