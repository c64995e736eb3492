package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"kebu/app/crm"
	"kebu/app/crm/identity"
	"kebu/app/crm/pii"
	"kebu/crypto/blindindex"
	"kebu/crypto/field"
)

// An erasure is kept for ever: files that were exported before tell of the person
// again, and so do backups. It says who that is by the random ids of rows, and by keyed
// hashes of the evidence that was nobody else's, under the first index key, which holds
// for every backup of the book.

// SignedErasure is an erasure as the book's owner signed it. It holds nothing of the
// person, and may be kept in the open.
type SignedErasure struct {
	Body      string `json:"body"`
	Signature []byte `json:"signature"`
}

// erasure is the body, as JSON.
type erasure struct {
	Book     string     `json:"book"` // ids in hexadecimal
	Customer string     `json:"customer"`
	At       crm.Moment `json:"at"`
	Refused  bool       `json:"refused"` // wanted no contact
	Buyers   []string   `json:"buyers"`
	Marks    []string   `json:"marks"` // tags of the first index epoch
}

// erasurePurpose is what the owner's signature of an erasure is for.
const erasurePurpose = "erasure"

// markOf is the mark of a piece of evidence.
func (k *Keys) markOf(e identity.Evidence) blindindex.Tag {
	return k.Index.First(evidenceKinds[e.Kind], e.Value.Reveal())
}

// erasureOf describes a customer with its buyers and orders.
func (t *Tx) erasureOf(ctx context.Context, customer int64, buyers, orders []int64) (*erasure, error) {
	if t.keys.Index == nil || !t.keys.Can(field.Contact) {
		return nil, fmt.Errorf("erase customer: %w", crm.ErrDenied) // could not tell the person again
	}
	book := t.book.ID()
	e := &erasure{Book: hex.EncodeToString(book[:]), At: t.now}
	if err := t.tx.QueryRowContext(ctx, `SELECT lower(hex(id)), EXISTS (SELECT 1 FROM refusals AS r WHERE r.customer = num) FROM customers WHERE num = ?`, customer).
		Scan(&e.Customer, &e.Refused); err != nil {
		return nil, fmt.Errorf("describe customer: %w", err)
	}
	list, err := jsonList(buyers)
	if err != nil {
		return nil, err
	}
	if e.Buyers, err = listOf[string](ctx, t, "describe buyers", `SELECT lower(hex(id)) FROM buyers WHERE num IN (SELECT value FROM json_each(?)) ORDER BY num`, list); err != nil {
		return nil, err
	}
	own := make(map[string]bool) // tokens that are no other buyer's
	if err := t.each(ctx, "find own evidence", func(r *sql.Rows) error {
		var token []byte
		err := r.Scan(&token)
		own[string(token)] = true
		return err
	}, `SELECT e.token FROM evidence AS e WHERE e.buyer IN (SELECT value FROM json_each(?1)) AND e.kind <> 5 AND NOT EXISTS (
		SELECT 1 FROM evidence AS f WHERE f.kind = e.kind AND f.token = e.token AND f.buyer NOT IN (SELECT value FROM json_each(?1)))`, list); err != nil {
		return nil, err
	}
	for batch := range slices.Chunk(orders, orderBatch) {
		loaded, err := t.loadOrders(ctx, batch)
		if err != nil {
			return nil, err
		}
		for _, o := range loaded {
			for _, of := range identity.Of(o) {
				if mark := t.keys.markOf(of); own[string(t.keys.token(of))] {
					e.Marks = append(e.Marks, hex.EncodeToString(mark[:]))
				}
			}
		}
	}
	slices.Sort(e.Marks)
	e.Marks = slices.Compact(e.Marks)
	return e, nil
}

// signErasure signs an erasure as the user, who is the owner, and keeps it.
func (t *Tx) signErasure(ctx context.Context, e *erasure) error {
	body, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("keep erasure: %w", err)
	}
	return t.keepErasure(ctx, e, SignedErasure{string(body), t.book.ring.Load().Sign(erasurePurpose, body)})
}

func (t *Tx) keepErasure(ctx context.Context, e *erasure, s SignedErasure) error {
	return t.exec(ctx, "keep erasure", `INSERT INTO erasures (customer, body, signature) VALUES (unhex(?), ?, ?)`, e.Customer, s.Body, s.Signature)
}

// Erasures returns who was erased.
func (t *Tx) Erasures(ctx context.Context) ([]SignedErasure, error) {
	var list []SignedErasure
	return list, t.each(ctx, "list erasures", func(r *sql.Rows) error {
		var s SignedErasure
		err := r.Scan(&s.Body, &s.Signature)
		list = append(list, s)
		return err
	}, `SELECT body, signature FROM erasures ORDER BY customer`)
}

// readErasure returns what s says, or ErrForged if it is no erasure that the owner of
// this book signed.
func (b *Book) readErasure(s SignedErasure) (*erasure, error) {
	ring, id := b.ring.Load(), b.ID()
	for _, u := range ring.Users() {
		if !u.Owner || !ring.Verify(u.ID, erasurePurpose, []byte(s.Body), s.Signature) {
			continue
		}
		var e erasure
		if json.Unmarshal([]byte(s.Body), &e) == nil && e.Book == hex.EncodeToString(id[:]) {
			return &e, nil
		}
	}
	return nil, fmt.Errorf("erasure: %w", ErrForged)
}

// checkErasures asks whether the owner signed who was erased.
func (t *Tx) checkErasures(ctx context.Context, r *CheckReport) error {
	list, err := t.Erasures(ctx)
	if _, forged := t.book.Signed(list); forged > 0 {
		r.add("%d erasures are not what the owner signed", forged)
	}
	return err
}

// Signed returns which of a list the owner of this book signed, and how many are not.
func (b *Book) Signed(list []SignedErasure) (good []SignedErasure, forged int) {
	for _, s := range list {
		if _, err := b.readErasure(s); err == nil {
			good = append(good, s)
		} else {
			forged++
		}
	}
	return good, forged
}

// erased fails with a *crm.ErasedError if the customer with an id was erased.
func (t *Tx) erased(ctx context.Context, id []byte) error {
	var s SignedErasure
	err := t.tx.QueryRowContext(ctx, `SELECT body, signature FROM erasures WHERE customer = ?`, id).Scan(&s.Body, &s.Signature)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find erasure: %w", err)
	}
	e, err := t.book.readErasure(s)
	if err != nil {
		return err
	}
	return &crm.ErasedError{At: e.At}
}

// forgotten is who was erased, as an import asks for it.
type forgotten struct {
	keys  *Keys
	marks map[blindindex.Tag]*erasure // the last of each
}

// forgotten reads who was erased; nil for nobody.
func (t *Tx) forgotten(ctx context.Context) (*forgotten, error) {
	list, err := t.Erasures(ctx)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	f := &forgotten{t.keys, make(map[blindindex.Tag]*erasure)}
	for _, s := range list {
		e, err := t.book.readErasure(s)
		if err != nil {
			return nil, err
		}
		for _, mark := range e.marks() {
			if last := f.marks[mark]; last == nil || last.At < e.At {
				f.marks[mark] = e
			}
		}
	}
	return f, nil
}

// marks decodes the marks.
func (e *erasure) marks() []blindindex.Tag {
	list := make([]blindindex.Tag, 0, len(e.Marks))
	for _, text := range e.Marks {
		if raw, err := hex.DecodeString(text); err == nil && len(raw) == blindindex.TagSize {
			list = append(list, blindindex.Tag(raw))
		}
	}
	return list
}

// of returns the last erasure of who is told by an order or a payment, nil for none.
func (f *forgotten) of(o *crm.Order) *erasure {
	if f == nil {
		return nil
	}
	var last *erasure
	for _, e := range identity.Of(o) {
		if e.Kind == identity.Hint {
			continue
		}
		if found := f.marks[f.keys.markOf(e)]; found != nil && (last == nil || last.At < found.At) {
			last = found
		}
	}
	return last
}

// ofPayer is of for who paid.
func (f *forgotten) ofPayer(p *crm.Payment) *erasure {
	return f.of(&crm.Order{Platform: p.Platform, Buyer: crm.Buyer{Email: p.Payer.Email}})
}

// stripPerson leaves of an order what was sold, and when.
func stripPerson(o *crm.Order) {
	o.Buyer, o.Recipient, o.RecipientIsBuyer, o.PhoneUntil = crm.Buyer{}, crm.Recipient{}, false, 0
	o.Message, o.Memo = pii.Text{}, pii.Text{}
}

// stripPayers takes from payments of a file who paid, if that is erased.
func (t *Tx) stripPayers(ctx context.Context, shop int64, payments []*crm.Payment, gone *forgotten) error {
	list, err := numbersOf(payments)
	if err != nil {
		return err
	}
	numbers, err := listOf[string](ctx, t, "find payments of erased orders", `SELECT p.number FROM payments AS p
		WHERE p.shop = ? AND p.number IN (SELECT value FROM json_each(?)) AND `+orderOfPayment+` IN (SELECT id FROM erased_orders)`, shop, list)
	if err != nil {
		return err
	}
	for _, p := range payments {
		if e := gone.ofPayer(p); e != nil && p.At <= e.At || slices.Contains(numbers, p.Number) {
			p.Payer = crm.Payer{}
		}
	}
	return nil
}

// refuse marks the customers of orders as wanting no contact: who was erased and buys
// again refused before.
func (t *Tx) refuse(ctx context.Context, orders []int64) error {
	if len(orders) == 0 {
		return nil
	}
	list, err := jsonList(orders)
	if err != nil {
		return err
	}
	return t.exec(ctx, "keep refusals", `INSERT INTO refusals (customer, step, home) SELECT DISTINCT b.customer, ?2, b.num FROM orders AS o JOIN buyers AS b ON b.num = o.buyer
		WHERE o.id IN (SELECT value FROM json_each(?1)) AND b.customer IS NOT NULL ON CONFLICT DO NOTHING`, list, t.step)
}
