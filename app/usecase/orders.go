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
	head, see := s.orderHead(sel), s.sight(access.Orders)
	err = s.gate.View(ctx, access.Orders, func(tx *store.Tx) error {
		if err := s.askOrders(sel); err != nil {
			return err
		}
		ids, err := s.orderPage(ctx, tx, sel, &head)
		if err != nil {
			return err
		}
		total = head.total
		for batch := range slices.Chunk(ids, profileBatch) {
			rows, err := tx.LoadOrders(ctx, batch)
			if err != nil {
				return err
			}
			for i := range rows {
				see.order(&rows[i])
				if err := yield(rows[i]); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return total, err
}

// orderHead is the beginning of the list of orders that was last asked for.
// Every page of it is asked for again and again, and some lists take longer to
// find, and most to count, than a page may.
type orderHead struct {
	of      string // selection
	changes int    // of the book, before it was read
	known   bool
	ids     []int64 // up to headSize
	total   int
}

// headSize is as far as people scroll.
const headSize = 10_000

// orderHead returns the head of a selection, if it was the last one and nothing
// changed since; else an unknown one.
func (s *Session) orderHead(sel OrderSelection) orderHead {
	sel.Limit, sel.From = 0, 0
	of := fmt.Sprintf("%#v", sel)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.orders.of == of && s.orders.changes == s.changes {
		return s.orders
	}
	return orderHead{of: of, changes: s.changes}
}

// orderPage returns the ids of a selection, and makes head known.
func (s *Session) orderPage(ctx context.Context, tx *store.Tx, sel OrderSelection, head *orderHead) ([]int64, error) {
	env, err := s.env(ctx, tx)
	if err != nil {
		return nil, err
	}
	if !head.known {
		first := sel
		first.From, first.Limit = 0, headSize
		if head.ids, err = tx.FindOrders(ctx, first, -1, env); err != nil {
			return nil, err
		}
		if head.total = len(head.ids); head.total == headSize {
			if head.total, err = tx.CountOrders(ctx, sel, env); err != nil {
				return nil, err
			}
		}
		head.known = true
		s.mu.Lock()
		s.orders = *head
		s.mu.Unlock()
	}
	end := head.total
	if sel.Limit > 0 {
		end = min(end, sel.From+sel.Limit)
	}
	if end <= len(head.ids) {
		return head.ids[min(sel.From, end):end], nil
	}
	return tx.FindOrders(ctx, sel, head.total, env)
}

// OrderTotals adds up the orders of a selection, its limit apart.
func (s *Session) OrderTotals(ctx context.Context, sel OrderSelection) (OrderTotals, error) {
	var sum OrderTotals
	return sum, s.gate.View(ctx, access.Orders, func(tx *store.Tx) error {
		if err := s.askOrders(sel); err != nil {
			return err
		}
		env, err := s.env(ctx, tx)
		if err != nil {
			return err
		}
		if sum, err = tx.TotalOrders(ctx, sel, env); err != nil {
			return err
		}
		buyers := sum.Orders
		if s.sees("net") <= access.Aggregates {
			if buyers, err = tx.BuyersOf(ctx, sel, env, access.Few); err != nil {
				return err
			}
		}
		if sum.Few = s.few("net", sum.Orders) || s.few("net", buyers); sum.Few || !s.asks("net") {
			sum.Gross, sum.Refunded, sum.Net, sum.Others = 0, 0, 0, false
		}
		return nil
	})
}

// Order returns one order with its lines, where it went, masked, and what it
// was before. It fails with crm.ErrNotFound.
func (s *Session) Order(ctx context.Context, id int64) (OrderDetail, error) {
	var d OrderDetail
	return d, s.gate.View(ctx, access.Orders, func(tx *store.Tx) error {
		var err error
		d, err = tx.OrderDetail(ctx, id)
		s.sight(access.Orders).orderDetail(&d)
		return err
	})
}

// Shops returns every shop with the number of its orders, the largest first. Who sees
// customers may know where they buy.
func (s *Session) Shops(ctx context.Context) ([]ShopCount, error) {
	var list []ShopCount
	return list, s.gate.View(ctx, access.Customers, func(tx *store.Tx) error {
		var err error
		list, err = tx.ShopCounts(ctx)
		return err
	})
}
