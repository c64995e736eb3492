package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"kebu/app/crm"
	"kebu/app/crm/identity"
	"kebu/app/crm/pii"
	"kebu/crypto/field"
)

// Products, recipients and buyers are kept once per distinct value; orders
// refer to them by number. The indexes below find or make those of an import.

// nextNum returns the next number of a table with AUTOINCREMENT.
func (t *Tx) nextNum(ctx context.Context, table string) (int64, error) {
	var n int64
	err := t.tx.QueryRowContext(ctx, `SELECT seq FROM sqlite_sequence WHERE name = ?`, table).Scan(&n)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("number rows of %s: %w", table, err)
	}
	return n + 1, nil
}

// productKey is what makes a product.
type productKey struct{ sku, name, variant string }

// productIndex finds products. It holds them all: a shop sells some thousands.
type productIndex struct {
	tx   *Tx
	nums map[productKey]int64
	next int64
	rows *bulk
}

func (t *Tx) newProductIndex(ctx context.Context) (*productIndex, error) {
	x := &productIndex{tx: t, nums: map[productKey]int64{}, rows: t.newBulk(`products (id, step, sku, name, variant, sku_folded, name_folded)`)}
	return x, t.each(ctx, "list products", func(r *sql.Rows) error {
		var k productKey
		var n int64
		if err := r.Scan(&n, &k.sku, &k.name, &k.variant); err != nil {
			return err
		}
		x.nums[k] = n
		x.next = max(x.next, n)
		return nil
	}, `SELECT id, sku, name, variant FROM products`)
}

func (x *productIndex) num(ctx context.Context, l *crm.Line) (int64, error) {
	k := productKey{l.SKU, l.Product, l.Variant}
	if n, ok := x.nums[k]; ok {
		return n, nil
	}
	x.next++
	x.nums[k] = x.next
	return x.next, x.rows.add(ctx, x.next, x.tx.step, k.sku, k.name, k.variant, crm.Fold(k.sku), crm.Fold(k.name))
}

// prints finds rows by the keyed hash of what they hold, their print.
type prints struct {
	tx    *Tx
	table string
	nums  map[string]int64
	next  int64
}

func (t *Tx) newPrints(ctx context.Context, table string) (prints, error) {
	next, err := t.nextNum(ctx, table)
	return prints{t, table, map[string]int64{}, next}, err
}

// prefetch looks up the prints that are not known yet, all at once.
func (p *prints) prefetch(ctx context.Context, list [][]byte) error {
	var unknown []string
	for _, print := range list {
		if _, ok := p.nums[string(print)]; !ok && print != nil {
			unknown = append(unknown, hex.EncodeToString(print))
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	param, err := jsonList(unknown)
	if err != nil {
		return err
	}
	return p.tx.each(ctx, "look "+p.table+" up", func(r *sql.Rows) error {
		var print []byte
		var n int64
		if err := r.Scan(&print, &n); err != nil {
			return err
		}
		p.nums[string(print)] = n
		return nil
	}, `SELECT print, num FROM `+p.table+` WHERE print IN (SELECT unhex(value) FROM json_each(?))`, param)
}

// num returns the number of the row with a prefetched print and whether it
// must be made.
func (p *prints) num(print []byte) (n int64, fresh bool) {
	if n, ok := p.nums[string(print)]; ok {
		return n, false
	}
	n = p.next
	p.next++
	p.nums[string(print)] = n
	return n, true
}

// recipientIndex finds or makes recipients.
type recipientIndex struct {
	prints
	rows *bulk
}

func (t *Tx) newRecipientIndex(ctx context.Context) (*recipientIndex, error) {
	p, err := t.newPrints(ctx, "recipients")
	return &recipientIndex{p, t.newBulk(`recipients (num, id, print, step, country, province, city, district, name_mask, phone_mask, street_mask, contact, address)`)}, err
}

// print returns the print of a recipient, nil for one of whom nothing is known.
func (x *recipientIndex) print(r *crm.Recipient) []byte {
	if *r == (crm.Recipient{}) {
		return nil
	}
	return x.tx.keys.tag("recipient", r.Name.Reveal(), r.Phone.Reveal(), r.Country, r.Province, r.City, r.District, r.Street.Reveal(), r.Postcode)
}

// num returns the number of the recipient with a prefetched print, 0 for none.
func (x *recipientIndex) num(ctx context.Context, r *crm.Recipient, print []byte) (int64, error) {
	if print == nil {
		return 0, nil
	}
	n, fresh := x.prints.num(print)
	if !fresh {
		return n, nil
	}
	keys := x.tx.keys
	id := newID()
	contact, err := keys.seal(field.Contact, place("recipients", "contact", id), r.Name, r.Phone)
	if err != nil {
		return 0, err
	}
	address, err := keys.seal(field.Address, place("recipients", "address", id), r.Street, pii.New(r.Postcode))
	if err != nil {
		return 0, err
	}
	return n, x.rows.add(ctx, n, id[:], print, x.tx.step, r.Country, r.Province, r.City, r.District,
		pii.MaskName(r.Name.Reveal()), pii.MaskPhone(r.Phone.Reveal()), maskStreet(r.Street), contact, address)
}

// maskStreet shows that there is a street, and nothing of it.
func maskStreet(street pii.Text) string {
	if street.Empty() {
		return ""
	}
	return "****"
}

func (t *Tx) openRecipient(id [16]byte, contact, address []byte) (crm.Recipient, error) {
	c, err := t.keys.open(field.Contact, place("recipients", "contact", id), contact, 2)
	if err != nil {
		return crm.Recipient{}, err
	}
	a, err := t.keys.open(field.Address, place("recipients", "address", id), address, 2)
	if err != nil {
		return crm.Recipient{}, err
	}
	return crm.Recipient{Name: c[0], Phone: c[1], Street: a[0], Postcode: a[1].Reveal()}, nil
}

// buyerIndex finds or makes buyers.
type buyerIndex struct {
	prints
	rows    *bulk
	marks   *bulk
	waiting []mark // of buyers that are not written yet
	fresh   []int64
}

// mark is a piece of evidence on its way into the book.
type mark struct {
	kind  identity.Kind
	token []byte
	buyer int64
}

func (t *Tx) newBuyerIndex(ctx context.Context) (*buyerIndex, error) {
	p, err := t.newPrints(ctx, "buyers")
	return &buyerIndex{
		prints: p,
		rows:   t.newBulk(`buyers (num, id, print, step, customer, platform, account, nick, name_mask, phone_mask, email_mask, contact)`),
		marks:  t.newBulk(`evidence (kind, token, buyer)`),
	}, err
}

// print returns the print of an order's buyer, nil for one of whom nothing is
// known, and the evidence of who it is.
func (x *buyerIndex) print(o *crm.Order) ([]byte, []identity.Evidence) {
	evidence := identity.Of(o)
	b := &o.Buyer
	if len(evidence) == 0 && *b == (crm.Buyer{}) {
		return nil, nil
	}
	parts := []string{o.Platform, b.ID, b.Nick, b.Name.Reveal(), b.Phone.Reveal(), b.Email.Reveal()}
	for _, e := range evidence {
		parts = append(parts, evidenceKinds[e.Kind], e.Value.Reveal())
	}
	return x.tx.keys.tag("buyer", parts...), evidence
}

// num returns the number of the buyer with a prefetched print, 0 for none.
func (x *buyerIndex) num(ctx context.Context, o *crm.Order, print []byte, evidence []identity.Evidence) (int64, error) {
	if print == nil {
		return 0, nil
	}
	n, fresh := x.prints.num(print)
	if !fresh {
		return n, nil
	}
	keys, b := x.tx.keys, &o.Buyer
	x.fresh = append(x.fresh, n)
	id := newID()
	// An account or nick that is a phone or an e-mail is sealed and shown masked.
	account, accountSealed := plainAccount(b.ID)
	nick, nickSealed := plainAccount(b.Nick)
	contact, err := keys.seal(field.Contact, place("buyers", "contact", id), b.Name, b.Phone, b.Email, accountSealed, nickSealed)
	if err != nil {
		return 0, err
	}
	if err := x.rows.add(ctx, n, id[:], print, x.tx.step, nil, o.Platform, account, nick,
		pii.MaskName(b.Name.Reveal()), pii.MaskPhone(b.Phone.Reveal()), pii.MaskEmail(b.Email.Reveal()), contact); err != nil {
		return 0, err
	}
	for _, e := range evidence {
		x.waiting = append(x.waiting, mark{e.Kind, keys.token(e), n})
	}
	return n, nil
}

// flush writes the buyers made, and then what tells who they are.
func (x *buyerIndex) flush(ctx context.Context) error {
	if err := x.rows.flush(ctx); err != nil {
		return err
	}
	for _, m := range x.waiting {
		if err := x.marks.add(ctx, int64(m.kind), m.token, m.buyer); err != nil {
			return err
		}
	}
	x.waiting = x.waiting[:0]
	return x.marks.flush(ctx)
}

// plainAccount splits an account into what may stand plain and what is sealed:
// of a phone or an e-mail, only its mask stands plain.
func plainAccount(account string) (plain string, sealed pii.Text) {
	switch {
	case pii.LooksLikeEmail(account):
		return pii.MaskEmail(account), pii.New(account)
	case pii.LooksLikePhone(account):
		return pii.MaskPhone(account), pii.New(account)
	default:
		return account, pii.Text{}
	}
}

func (t *Tx) openBuyer(id [16]byte, account, nick string, contact []byte) (crm.Buyer, error) {
	p, err := t.keys.open(field.Contact, place("buyers", "contact", id), contact, 5)
	if err != nil {
		return crm.Buyer{}, err
	}
	b := crm.Buyer{ID: account, Nick: nick, Name: p[0], Phone: p[1], Email: p[2]}
	if !p[3].Empty() {
		b.ID = p[3].Reveal()
	}
	if !p[4].Empty() {
		b.Nick = p[4].Reveal()
	}
	return b, nil
}
