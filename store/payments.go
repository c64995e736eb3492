package store

import (
	"context"
	"database/sql"
	"fmt"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/field"
)

// SavedPayments counts what saving payments did.
type SavedPayments struct {
	New, Changed, Same int
	OfOrders           int // payments of the file that belong to an order of the book
}

// SavePayments brings a file's payments of one shop into the book: new ones
// are added, known ones updated by crm.Payment.Merge. It changes no order and
// no figure. It fails with crm.ErrDenied for a user without the keys to names.
func (t *Tx) SavePayments(ctx context.Context, shop int64, payments []*crm.Payment) (SavedPayments, error) {
	var saved SavedPayments
	if len(payments) == 0 {
		return saved, nil
	}
	if !t.keys.Can(field.Contact) {
		return saved, fmt.Errorf("save payments: %w", crm.ErrDenied) // could neither compare nor seal them
	}
	gone, err := t.forgotten(ctx)
	if err != nil {
		return saved, err
	}
	rows := t.newBulk(`payments (shop, number, id, step, order_no, parent, at, kind, status, raw_status, currency, amount, fee, refund, name_mask, email_mask, contact)`)
	defer rows.close()
	for start := 0; start < len(payments); start += orderBatch {
		if err := ctx.Err(); err != nil {
			return saved, err
		}
		batch := payments[start:min(start+orderBatch, len(payments))]
		known, err := t.paymentsNumbered(ctx, shop, batch)
		if err != nil {
			return saved, err
		}
		if gone != nil {
			if err := t.stripPayers(ctx, shop, batch, gone); err != nil {
				return saved, err
			}
		}
		for _, p := range batch {
			old, ok := known[p.Number]
			if !ok {
				saved.New++
				if err := t.addPayment(ctx, rows, shop, p); err != nil {
					return saved, err
				}
				continue
			}
			merged, changed := old.payment.Merge(p)
			if !changed {
				saved.Same++
				continue
			}
			saved.Changed++
			if err := t.updatePayment(ctx, shop, old.id, &merged); err != nil {
				return saved, err
			}
		}
		if err := rows.flush(ctx); err != nil {
			return saved, err
		}
		n, err := t.countOfOrders(ctx, shop, batch)
		if err != nil {
			return saved, err
		}
		saved.OfOrders += n
	}
	return saved, nil
}

// storedPayment is a payment with the id of its row.
type storedPayment struct {
	id      [16]byte
	payment crm.Payment
}

const paymentColumns = `p.id, s.platform, p.number, p.order_no, p.parent, p.at, p.kind, p.status, p.raw_status, p.currency, p.amount, p.fee, p.refund, p.contact`

func (t *Tx) scanPayment(r *sql.Rows, more ...any) (storedPayment, error) {
	var s storedPayment
	var id, contact []byte
	var amountOf, fee, refund sql.NullInt64
	p := &s.payment
	if err := r.Scan(append([]any{
		&id, &p.Platform, &p.Number, &p.OrderNo, &p.Parent, &p.At, &p.Kind, &p.Status, &p.RawStatus, &p.Currency, &amountOf, &fee, &refund, &contact,
	}, more...)...); err != nil {
		return s, err
	}
	s.id = [16]byte(id)
	p.Amount, p.Fee, p.Refund = amount(amountOf), amount(fee), amount(refund)
	who, err := t.keys.open(field.Contact, place("payments", "contact", s.id), contact, 2)
	if err == nil {
		p.Payer = crm.Payer{Name: who[0], Email: who[1]}
	}
	return s, err
}

// paymentsNumbered returns those payments of a shop that the book has, by number.
func (t *Tx) paymentsNumbered(ctx context.Context, shop int64, payments []*crm.Payment) (map[string]storedPayment, error) {
	list, err := numbersOf(payments)
	if err != nil {
		return nil, err
	}
	known := make(map[string]storedPayment)
	return known, t.each(ctx, "look payments up", func(r *sql.Rows) error {
		s, err := t.scanPayment(r)
		known[s.payment.Number] = s
		return err
	}, `SELECT `+paymentColumns+` FROM payments AS p JOIN shops AS s ON s.id = p.shop
		WHERE p.shop = ? AND p.number IN (SELECT value FROM json_each(?))`, shop, list)
}

func numbersOf(payments []*crm.Payment) (string, error) {
	numbers := make([]string, len(payments))
	for i, p := range payments {
		numbers[i] = p.Number
	}
	return jsonList(numbers)
}

func (t *Tx) addPayment(ctx context.Context, rows *bulk, shop int64, p *crm.Payment) error {
	id := newID()
	contact, err := t.sealPayer(id, &p.Payer)
	if err != nil {
		return err
	}
	return rows.add(ctx, shop, p.Number, id[:], t.step, p.OrderNo, p.Parent, int64(p.At), string(p.Kind), string(p.Status), p.RawStatus, p.Currency,
		nullable(p.Amount), nullable(p.Fee), nullable(p.Refund), pii.MaskName(p.Payer.Name.Reveal()), pii.MaskEmail(p.Payer.Email.Reveal()), contact)
}

func (t *Tx) updatePayment(ctx context.Context, shop int64, id [16]byte, p *crm.Payment) error {
	contact, err := t.sealPayer(id, &p.Payer)
	if err != nil {
		return err
	}
	return t.execOften(ctx, "update payment", `UPDATE payments SET step = ?, order_no = ?, parent = ?, at = ?, kind = ?, status = ?, raw_status = ?,
		currency = ?, amount = ?, fee = ?, refund = ?, name_mask = ?, email_mask = ?, contact = ? WHERE shop = ? AND number = ?`,
		t.step, p.OrderNo, p.Parent, int64(p.At), string(p.Kind), string(p.Status), p.RawStatus, p.Currency,
		nullable(p.Amount), nullable(p.Fee), nullable(p.Refund), pii.MaskName(p.Payer.Name.Reveal()), pii.MaskEmail(p.Payer.Email.Reveal()), contact,
		shop, p.Number)
}

func (t *Tx) sealPayer(id [16]byte, p *crm.Payer) ([]byte, error) {
	return t.keys.seal(field.Contact, place("payments", "contact", id), p.Name, p.Email)
}

// orderOfPayment is the id of the order that a payment p belongs to, NULL for
// none. A payment without an order's number takes that of its parent. The
// order is its own shop's, else the one order of that number and currency in
// the whole book: processors serve shops of other platforms.
const (
	orderNamed     = `CASE WHEN p.order_no <> '' THEN p.order_no ELSE (SELECT q.order_no FROM payments AS q WHERE q.shop = p.shop AND q.number = p.parent) END`
	orderOfPayment = `coalesce(
		(SELECT o.id FROM orders AS o WHERE o.shop = p.shop AND o.number = ` + orderNamed + `),
		(SELECT CASE WHEN count(*) = 1 THEN min(o.id) END FROM orders AS o
			WHERE o.shop IN (SELECT id FROM shops) AND o.number = ` + orderNamed + ` AND o.currency = p.currency))`
)

func (t *Tx) countOfOrders(ctx context.Context, shop int64, payments []*crm.Payment) (int, error) {
	list, err := numbersOf(payments)
	if err != nil {
		return 0, err
	}
	var n int
	if err := t.tx.QueryRowContext(ctx, `SELECT count(`+orderOfPayment+`) FROM payments AS p
		WHERE p.shop = ? AND p.number IN (SELECT value FROM json_each(?))`, shop, list).Scan(&n); err != nil {
		return 0, fmt.Errorf("count payments of orders: %w", err)
	}
	return n, nil
}

// paymentsOf finds in theirs the payments that name the number of an order in the JSON
// list ?1, or of its payments.
const paymentsOf = `WITH named AS (SELECT shop, number FROM payments
		WHERE order_no <> '' AND order_no IN (SELECT number FROM orders WHERE id IN (SELECT value FROM json_each(?1)))),
	theirs AS (SELECT shop, number FROM named UNION
		SELECT c.shop, c.number FROM named AS n JOIN payments AS c ON c.shop = n.shop AND c.parent = n.number AND c.parent <> '' AND c.order_no = '')`

// PaymentsOf returns the payments that belong to orders, the oldest first and
// without who paid, by the order's id.
func (t *Tx) PaymentsOf(ctx context.Context, orders []int64) (map[int64][]crm.Payment, error) {
	list, err := jsonList(orders)
	if err != nil {
		return nil, err
	}
	found := make(map[int64][]crm.Payment)
	return found, t.each(ctx, "list payments", func(r *sql.Rows) error {
		var order int64
		s, err := t.scanPayment(r, &order)
		s.payment.Payer = crm.Payer{}
		found[order] = append(found[order], s.payment)
		return err
	}, paymentsOf+` SELECT `+paymentColumns+`, `+orderOfPayment+` AS of_order
		FROM theirs AS a JOIN payments AS p ON p.shop = a.shop AND p.number = a.number JOIN shops AS s ON s.id = p.shop
		WHERE of_order IN (SELECT value FROM json_each(?1)) ORDER BY p.at, p.number`, list)
}
