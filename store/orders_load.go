package store

import (
	"context"
	"database/sql"

	"kebu/app/crm"
	"kebu/crypto/field"
)

// loadOrders returns orders by id as they would have been read from a file,
// with those personal values that the user's keys open.
func (t *Tx) loadOrders(ctx context.Context, ids []int64) (map[int64]*crm.Order, error) {
	orders := make(map[int64]*crm.Order, len(ids))
	if len(ids) == 0 {
		return orders, nil
	}
	list, err := jsonList(ids)
	if err != nil {
		return nil, err
	}
	if err := t.each(ctx, "load orders", func(r *sql.Rows) error { return t.scanOrder(r, orders) }, `
		SELECT o.id, s.platform, o.number, o.zone, o.placed, o.paid, o.shipped, o.completed, o.changed, o.status, o.raw_status,
			o.currency, o.amount, o.refund, o.to_buyer, o.phone_until, b.id, b.account, b.nick, b.contact, r.id, r.country, r.province, r.city, r.district, r.contact, r.address
		FROM orders AS o JOIN shops AS s ON s.id = o.shop LEFT JOIN buyers AS b ON b.num = o.buyer LEFT JOIN recipients AS r ON r.num = o.recipient
		WHERE o.id IN (SELECT value FROM json_each(?))`, list); err != nil {
		return nil, err
	}
	if err := t.each(ctx, "load lines", func(r *sql.Rows) error { return scanLine(r, orders) }, `
		SELECT l.order_id, l.key, l.summary, p.sku, p.name, p.variant, l.quantity, l.price, l.amount, l.status, l.refund
		FROM lines AS l JOIN products AS p ON p.id = l.product
		WHERE l.order_id IN (SELECT value FROM json_each(?)) ORDER BY l.order_id, l.n`, list); err != nil {
		return nil, err
	}
	for _, o := range orders {
		o.KeyLines()
	}
	return orders, t.each(ctx, "load messages", func(r *sql.Rows) error {
		var order int64
		var kind int
		var id, body []byte
		if err := r.Scan(&order, &id, &kind, &body); err != nil {
			return err
		}
		text, err := t.keys.open(field.Text, place("messages", "body", [16]byte(id)), body, 1)
		if err != nil {
			return err
		}
		if kind == fromBuyer {
			orders[order].Message = text[0]
		} else {
			orders[order].Memo = text[0]
		}
		return nil
	}, `SELECT order_id, id, kind, body FROM messages WHERE order_id IN (SELECT value FROM json_each(?))`, list)
}

func (t *Tx) scanOrder(r *sql.Rows, orders map[int64]*crm.Order) error {
	var id int64
	var amountOf, refundOf sql.NullInt64
	var account, nick, country, province, city, district sql.NullString
	var buyerID, buyerContact, recipientID, recipientContact, address []byte
	o := new(crm.Order)
	if err := r.Scan(&id, &o.Platform, &o.Number, &o.Zone, &o.Placed, &o.Paid, &o.Shipped, &o.Completed, &o.Changed, &o.Status, &o.RawStatus,
		&o.Currency, &amountOf, &refundOf, &o.RecipientIsBuyer, &o.PhoneUntil, &buyerID, &account, &nick, &buyerContact,
		&recipientID, &country, &province, &city, &district, &recipientContact, &address); err != nil {
		return err
	}
	o.Amount, o.Refund = amount(amountOf), amount(refundOf)
	if buyerID != nil {
		b, err := t.openBuyer([16]byte(buyerID), account.String, nick.String, buyerContact)
		if err != nil {
			return err
		}
		o.Buyer = b
	}
	if recipientID != nil {
		rcp, err := t.openRecipient([16]byte(recipientID), recipientContact, address)
		if err != nil {
			return err
		}
		rcp.Country, rcp.Province, rcp.City, rcp.District = country.String, province.String, city.String, district.String
		o.Recipient = rcp
	}
	orders[id] = o
	return nil
}

func scanLine(r *sql.Rows, orders map[int64]*crm.Order) error {
	var order int64
	var key sql.NullString
	var refund sql.NullInt64
	var l crm.Line
	if err := r.Scan(&order, &key, &l.Summary, &l.SKU, &l.Product, &l.Variant, &l.Quantity, &l.Price, &l.Amount, &l.Status, &refund); err != nil {
		return err
	}
	l.Key, l.Refund = key.String, amount(refund)
	o := orders[order]
	o.Lines = append(o.Lines, l)
	return nil
}
