package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"

	"kebu/app/crm"
	"kebu/app/crm/insight"
)

// A history is what figures of the whole shop need of a customer's orders, in
// about ten bytes each, so that those of a million are read in a moment: per
// order its flags, shop, days since the order before and, in the book's
// currency, what was paid and given back. Orders that come to nothing are left
// out.
type history struct {
	body []byte
	day  crm.Day // of the last order
}

// Flags of an order in a history.
const (
	dealPurchase = 1 << iota
	dealDated
	dealForeign
)

// add appends the next order by time placed.
func (h *history) add(d insight.Deal) {
	if !d.Purchase && d.Gross == 0 && d.Refunded == 0 {
		return
	}
	var flags byte
	if d.Purchase {
		flags |= dealPurchase
	}
	if d.Dated {
		flags |= dealDated
	}
	if d.Foreign {
		flags |= dealForeign
	}
	h.body = append(h.body, flags)
	h.body = binary.AppendVarint(h.body, d.Shop)
	if d.Dated {
		h.body = binary.AppendVarint(h.body, int64(d.Day-h.day))
		h.day = d.Day
	}
	if !d.Foreign {
		h.body = binary.AppendVarint(h.body, int64(d.Gross))
		h.body = binary.AppendVarint(h.body, int64(d.Refunded))
	}
}

// readHistory appends the orders of a history to deals.
func readHistory(body []byte, deals []insight.Deal) ([]insight.Deal, error) {
	whole := true
	next := func() int64 {
		v, n := binary.Varint(body)
		if n <= 0 {
			whole, body = false, nil
			return 0
		}
		body = body[n:]
		return v
	}
	var day crm.Day
	for len(body) > 0 {
		flags := body[0]
		body = body[1:]
		d := insight.Deal{Purchase: flags&dealPurchase != 0, Dated: flags&dealDated != 0, Foreign: flags&dealForeign != 0, Shop: next()}
		if d.Dated {
			day += crm.Day(next())
			d.Day = day
		}
		if !d.Foreign {
			d.Gross, d.Refunded = crm.Money(next()), crm.Money(next())
		}
		deals = append(deals, d)
	}
	if !whole {
		return nil, fmt.Errorf("history ends too soon: %w", ErrDamaged)
	}
	return deals, nil
}

// Histories calls yield with each customer's purchases and refunds by time,
// those of unknown time first. The list is good until yield returns.
func (t *Tx) Histories(ctx context.Context, yield func(customer int64, deals []insight.Deal) error) error {
	var body sql.RawBytes
	var deals []insight.Deal
	return t.each(ctx, "read histories", func(r *sql.Rows) error {
		var customer int64
		if err := r.Scan(&customer, &body); err != nil {
			return err
		}
		var err error
		if deals, err = readHistory(body, deals[:0]); err != nil {
			return err
		}
		return yield(customer, deals)
	}, `SELECT customer, body FROM histories`)
}
