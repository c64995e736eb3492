package usecase

import (
	"context"
	"fmt"
	"slices"

	"kebu/app/crm/access"
	"kebu/store"
)

// Orders calls yield for each order of a selection, masked, in its order, and
// returns how many there are without limit. It stops at the first error of
// yield.
func (s *Session) Orders(ctx context.Context, sel OrderSelection, yield func(OrderRow) error) (total int, err error) {
	total, counted := s.counted(sel)
	err = s.gate.View(ctx, access.Orders, func(tx *store.Tx) error {
		env, err := s.env(ctx, tx)
		if err != nil {
			return err
		}
		ids, err := tx.FindOrders(ctx, sel, total, env)
		if err != nil {
			return err
		}
		if total < 0 {
			if total, err = tx.CountOrders(ctx, sel, env); err != nil {
				return err
			}
			counted(total)
		}
		for batch := range slices.Chunk(ids, profileBatch) {
			rows, err := tx.LoadOrders(ctx, batch)
			if err != nil {
				return err
			}
			for i := range rows {
				if err := yield(rows[i]); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return max(0, total), err
}

// orderCount is how many orders a selection has. Every page of a list asks, and
// counting takes longer than a page.
type orderCount struct {
	of      string // selection
	changes int    // of the book, before it was counted
	n       int
}

// counted returns how many orders a selection has, if it was the last one that
// was counted and nothing changed since; else -1. A new count goes to keep.
func (s *Session) counted(sel OrderSelection) (n int, keep func(n int)) {
	sel.Sort, sel.Limit, sel.From = nil, 0, 0
	now := orderCount{of: fmt.Sprintf("%#v", sel)}
	s.mu.Lock()
	defer s.mu.Unlock()
	now.changes = s.changes
	keep = func(n int) {
		now.n = n
		s.mu.Lock()
		defer s.mu.Unlock()
		s.orders = now
	}
	if s.orders.of == now.of && s.orders.changes == now.changes {
		return s.orders.n, keep
	}
	return -1, keep
}

// OrderTotals adds up the orders of a selection, its limit apart.
func (s *Session) OrderTotals(ctx context.Context, sel OrderSelection) (OrderTotals, error) {
	var sum OrderTotals
	return sum, s.gate.View(ctx, access.Orders, func(tx *store.Tx) error {
		env, err := s.env(ctx, tx)
		if err != nil {
			return err
		}
		sum, err = tx.TotalOrders(ctx, sel, env)
		return err
	})
}

// Order returns one order with its lines, where it went, masked, and what it
// was before. It fails with crm.ErrNotFound.
func (s *Session) Order(ctx context.Context, id int64) (OrderDetail, error) {
	var d OrderDetail
	return d, s.gate.View(ctx, access.Orders, func(tx *store.Tx) error {
		var err error
		d, err = tx.OrderDetail(ctx, id)
		return err
	})
}

// Shops returns every shop with the number of its orders, the largest first.
func (s *Session) Shops(ctx context.Context) ([]ShopCount, error) {
	var list []ShopCount
	return list, s.gate.View(ctx, access.Orders, func(tx *store.Tx) error {
		var err error
		list, err = tx.ShopCounts(ctx)
		return err
	})
}
