package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"

	"kebu/app/crm"
	"kebu/app/crm/identity"
	"kebu/crypto/blindindex"
	"kebu/crypto/field"
)

// To erase a person is to remove what tells who it was from rows, images and the log's
// openings. What was sold stays, without a buyer: the shop has to account for it. No
// step brings a person back, and no file that is imported again.

// erases is the verb of steps that erase: they are final, and end redo.
const erases = "erase"

// Erase erases customers, as the book's owner.
func (t *Tx) Erase(ctx context.Context, customers []int64) error {
	return t.erasing(ctx, func() error {
		for _, c := range slices.Compact(slices.Sorted(slices.Values(customers))) {
			buyers, err := t.buyersOf(ctx, c)
			if err != nil {
				return err
			}
			p, err := t.person(ctx, buyers)
			if err != nil {
				return err
			}
			e, err := t.erasureOf(ctx, c, buyers, p.orders)
			if err != nil {
				return err
			}
			if err := t.signErasure(ctx, e); err != nil {
				return err
			}
			if err := t.erasePerson(ctx, p, e, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// buyersOf returns the buyers of a customer, with those that only images know.
func (t *Tx) buyersOf(ctx context.Context, customer int64) ([]int64, error) {
	return listOf[int64](ctx, t, "find buyers", `SELECT num FROM buyers WHERE customer = ?1
		UNION SELECT b.num FROM buyers AS o CROSS JOIN evidence AS e INDEXED BY evidence_buyer ON e.buyer = o.num
			CROSS JOIN evidence AS f ON f.kind = e.kind AND f.token = e.token CROSS JOIN buyers AS b ON b.num = f.buyer
		WHERE o.customer = ?1 AND e.kind <> ?2 AND b.customer IS NULL AND NOT EXISTS (
			SELECT 1 FROM evidence AS g JOIN buyers AS a ON a.num = g.buyer WHERE g.kind = e.kind AND g.token = e.token AND a.customer <> ?1)`,
		customer, int64(identity.Hint))
}

// EraseAgain erases from a book that was restored whom the list names. It returns of how
// many the book did not know that they were erased, and how many of these it had. What
// is not signed by the book's owner fails with ErrForged.
func (t *Tx) EraseAgain(ctx context.Context, list []SignedErasure) (people, kept int, err error) {
	return people, kept, t.erasing(ctx, func() error {
		for _, s := range list {
			e, err := t.book.readErasure(s)
			if err != nil {
				return err
			}
			var known bool
			if err := t.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM erasures WHERE customer = unhex(?))`, e.Customer).Scan(&known); err != nil {
				return fmt.Errorf("look erasure up: %w", err)
			}
			if known {
				continue
			}
			if err := t.keepErasure(ctx, e, s); err != nil {
				return err
			}
			kept++
			found, err := t.eraseFound(ctx, e)
			if err != nil {
				return err
			}
			if found {
				people++
			}
		}
		return nil
	})
}

// erasing runs fn, which leaves no image, and removes what nothing refers to then.
func (t *Tx) erasing(ctx context.Context, fn func() error) error {
	return t.withoutImages(ctx, func() error {
		if err := fn(); err != nil {
			return err
		}
		t.swept = true
		return t.sweep(ctx)
	})
}

// withoutImages runs fn, of whose changes the journal keeps nothing.
func (t *Tx) withoutImages(ctx context.Context, fn func() error) error {
	if err := t.exec(ctx, "keep no images", `UPDATE writing SET images = 0`); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return err
	}
	return t.exec(ctx, "keep images again", `UPDATE writing SET images = 1`)
}

// eraseFound erases a person where the book tells of them: by buyers, by evidence, or
// by the customer on whom somebody wrote.
func (t *Tx) eraseFound(ctx context.Context, e *erasure) (bool, error) {
	ids, err := jsonList(e.Buyers)
	if err != nil {
		return false, err
	}
	var tokens []string
	if x := t.keys.Index; x != nil {
		for _, mark := range e.marks() {
			token := x.Advance(mark, 1)
			tokens = append(tokens, hex.EncodeToString(token[:]))
		}
	}
	marked, err := jsonList(tokens)
	if err != nil {
		return false, err
	}
	buyers, err := listOf[int64](ctx, t, "find buyers", `SELECT num FROM buyers WHERE id IN (SELECT unhex(value) FROM json_each(?1))
		UNION SELECT buyer FROM evidence WHERE kind <> ?3 AND token IN (SELECT unhex(value) FROM json_each(?2))`, ids, marked, int64(identity.Hint))
	if err != nil {
		return false, err
	}
	theirs, err := jsonList(buyers)
	if err != nil {
		return false, err
	}
	customers, err := listOf[int64](ctx, t, "find customers", `SELECT customer FROM buyers WHERE num IN (SELECT value FROM json_each(?1)) AND customer IS NOT NULL
		UNION SELECT num FROM customers WHERE id = unhex(?2)`, theirs, e.Customer)
	if err != nil || len(buyers)+len(customers) == 0 {
		return false, err
	}
	p, err := t.person(ctx, buyers)
	if err != nil {
		return false, err
	}
	if err := t.erasePerson(ctx, p, e, customers...); err != nil {
		return false, err
	}
	return true, t.resolve(ctx, nil, customers) // others may have been theirs in that book
}

// person is what a book has of one, by numbers, as lists in JSON.
type person struct {
	orders            []int64
	buyers, orderList string
	payments, tokens  string // ids and hashes, hexadecimal
}

// person looks for what hangs on buyers.
func (t *Tx) person(ctx context.Context, buyers []int64) (*person, error) {
	p := &person{}
	var err error
	if p.buyers, err = jsonList(buyers); err != nil {
		return nil, err
	}
	if p.orders, err = listOf[int64](ctx, t, "find orders", `SELECT id FROM orders WHERE buyer IN (SELECT value FROM json_each(?))`, p.buyers); err != nil {
		return nil, err
	}
	if p.orderList, err = jsonList(p.orders); err != nil {
		return nil, err
	}
	payments, err := listOf[string](ctx, t, "find payments", paymentsOf+` SELECT hex(p.id) FROM theirs AS a JOIN payments AS p ON p.shop = a.shop AND p.number = a.number
		WHERE `+orderOfPayment+` IN (SELECT value FROM json_each(?1))`, p.orderList)
	if err != nil {
		return nil, err
	}
	if p.payments, err = jsonList(payments); err != nil {
		return nil, err
	}
	tokens, err := listOf[string](ctx, t, "find tokens", `SELECT hex(e.token) FROM evidence AS e WHERE e.buyer IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (
			SELECT 1 FROM evidence AS f WHERE f.kind = e.kind AND f.token = e.token AND f.buyer NOT IN (SELECT value FROM json_each(?1)))
		UNION SELECT hex(print) FROM buyers WHERE num IN (SELECT value FROM json_each(?1))`, p.buyers)
	if err != nil {
		return nil, err
	}
	p.tokens, err = jsonList(tokens)
	return p, err
}

// erasePerson removes a person: of customers who have other buyers too, what was
// written on these stays.
func (t *Tx) erasePerson(ctx context.Context, p *person, e *erasure, customers ...int64) error {
	if err := t.erasePayers(ctx, e); err != nil {
		return err
	}
	// Those of whom the person was made, who are customers no more.
	gone, err := listOf[int64](ctx, t, "find former customers", `SELECT DISTINCT customer FROM buyers_was
		WHERE num IN (SELECT value FROM json_each(?)) AND customer NOT IN (SELECT num FROM customers)`, p.buyers)
	if err != nil {
		return err
	}
	const (
		listed = ` IN (SELECT value FROM json_each(?))`
		hashed = ` IN (SELECT unhex(value) FROM json_each(?))`
		blank  = ` SET buyer = NULL, recipient = NULL, to_buyer = 0, phone_until = 0, seen = NULL`
		nobody = ` SET name_mask = '', email_mask = '', contact = NULL`
	)
	for _, q := range []struct{ query, list string }{
		{`INSERT OR IGNORE INTO erased_orders (id) SELECT value FROM json_each(?)`, p.orderList},
		{`DELETE FROM messages WHERE order_id` + listed, p.orderList},
		{`DELETE FROM messages_was WHERE order_id` + listed, p.orderList},
		{`UPDATE orders` + blank + ` WHERE id` + listed, p.orderList},
		{`UPDATE orders_was` + blank + ` WHERE id` + listed, p.orderList},
		{`UPDATE orders_was` + blank + ` WHERE buyer` + listed, p.buyers},
		{`UPDATE payments` + nobody + ` WHERE id` + hashed, p.payments},
		{`UPDATE payments_was` + nobody + ` WHERE id` + hashed, p.payments},
		{`DELETE FROM decisions WHERE decision IN (SELECT d.decision FROM decisions AS d WHERE d.token` + hashed + `)`, p.tokens},
		{`DELETE FROM decisions_was WHERE decision IN (SELECT d.decision FROM decisions_was AS d WHERE d.token` + hashed + `)`, p.tokens},
		{`DELETE FROM buyers_was WHERE num` + listed, p.buyers},
		{`DELETE FROM buyers WHERE num` + listed, p.buyers}, // and its evidence
	} {
		if err := t.exec(ctx, "erase person", q.query, q.list); err != nil {
			return err
		}
	}
	for _, c := range slices.Concat(customers, gone) {
		if err := t.eraseWritten(ctx, c, p.buyers); err != nil {
			return err
		}
	}
	return nil
}

// eraseWritten removes what people wrote on a customer of whom buyers are gone, and the
// customer with the last of them.
func (t *Tx) eraseWritten(ctx context.Context, customer int64, buyers string) error {
	t.dirty[customer] = true
	const emptied = ` AND NOT EXISTS (SELECT 1 FROM buyers AS b WHERE b.customer = ?1)`
	for _, w := range written {
		for _, table := range []string{w.name, w.name + "_was"} {
			if err := t.exec(ctx, "erase what was written", `DELETE FROM `+table+` WHERE home IN (SELECT value FROM json_each(?2)) OR customer = ?1`+emptied, customer, buyers); err != nil {
				return err
			}
		}
	}
	for _, q := range []string{
		`DELETE FROM drafts WHERE customer = ?1` + emptied,
		`DELETE FROM openings WHERE n IN (SELECT o.n FROM opening_customers AS o WHERE o.customer IN (
			SELECT id FROM customers WHERE num = ?1 UNION SELECT id FROM customers_was WHERE num = ?1))`,
		`UPDATE disclosures SET purpose = '' WHERE kind = 'reveal' AND rule IN (SELECT 'id ' || lower(hex(id)) FROM customers WHERE num = ?1
			UNION SELECT 'id ' || lower(hex(id)) FROM customers_was WHERE num = ?1)`, // people write names in it
		`UPDATE buyers_was SET customer = NULL WHERE customer = ?1` + emptied,
		`DELETE FROM customers_was WHERE num = ?1` + emptied,
	} {
		if err := t.exec(ctx, "erase what was written", q, customer); err != nil {
			return err
		}
	}
	return nil
}

// erasePayers removes who paid from payments whose e-mail was the person's. Without the
// keys to tell, only those of the person's orders are found.
func (t *Tx) erasePayers(ctx context.Context, e *erasure) error {
	marks := e.marks()
	if len(marks) == 0 || t.keys.Index == nil || !t.keys.Can(field.Contact) {
		return nil
	}
	f := &forgotten{t.keys, make(map[blindindex.Tag]*erasure, len(marks))}
	for _, m := range marks {
		f.marks[m] = e
	}
	for _, table := range []string{"payments", "payments_was"} {
		var ids []string
		if err := t.each(ctx, "find payers", func(r *sql.Rows) error {
			var id, contact []byte
			if err := r.Scan(&id, &contact); err != nil {
				return err
			}
			who, err := t.keys.open(field.Contact, place("payments", "contact", [16]byte(id)), contact, 2)
			if err == nil && f.ofPayer(&crm.Payment{Payer: crm.Payer{Email: who[1]}}) != nil {
				ids = append(ids, hex.EncodeToString(id))
			}
			return err
		}, `SELECT id, contact FROM `+table+` WHERE contact IS NOT NULL`); err != nil {
			return err
		}
		list, err := jsonList(ids)
		if err != nil {
			return err
		}
		if err := t.exec(ctx, "erase payers", `UPDATE `+table+` SET name_mask = '', email_mask = '', contact = NULL WHERE id IN (SELECT unhex(value) FROM json_each(?))`, list); err != nil {
			return err
		}
	}
	return nil
}
