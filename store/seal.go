package store

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/identity"
	"kebu/app/crm/pii"
	"kebu/crypto/blindindex"
	"kebu/crypto/field"
)

// Keys are what a user's role can open. A nil key means that the role cannot.
type Keys struct {
	Classes map[field.Class]*field.Keys
	Index   *blindindex.Index
	inboxes map[field.Class]*field.Inbox
	// IndexEpoch is that of the index key to which the tags of the tables belong.
	IndexEpoch uint32
}

// Can reports whether values of a class can be opened.
func (k *Keys) Can(c field.Class) bool { return k.Classes[c] != nil }

// unit separates the parts of a sealed value that holds several, and those of
// a text under the blind index.
const unit = "\x1f"

// newID returns a random row id of 128 bits.
func newID() [16]byte {
	var id [16]byte
	_, _ = rand.Read(id[:]) // it never fails
	return id
}

// seal seals parts as one value; nothing but blanks is NULL.
func (k *Keys) seal(c field.Class, p field.Place, parts ...pii.Text) ([]byte, error) {
	blank := true
	plain := make([]string, len(parts))
	for i, part := range parts {
		plain[i] = strings.ReplaceAll(part.Reveal(), unit, " ")
		blank = blank && part.Empty()
	}
	if blank {
		return nil, nil
	}
	value := []byte(strings.Join(plain, unit))
	if keys := k.Classes[c]; keys != nil {
		return keys.Seal(nil, value, p), nil
	}
	return k.inboxes[c].Seal(nil, value, p) // for those who can read the class
}

// open returns the n parts of a sealed value; of NULL, and of a value whose
// class is closed to the user, all parts are blank.
func (k *Keys) open(c field.Class, p field.Place, sealed []byte, n int) ([]pii.Text, error) {
	parts := make([]pii.Text, n)
	keys := k.Classes[c]
	if sealed == nil || keys == nil {
		return parts, nil
	}
	plain, err := keys.Open(nil, sealed, p)
	if err != nil {
		return nil, fmt.Errorf("open %s of %s: %w", p.Column, p.Table, err)
	}
	for i, v := range strings.SplitN(string(plain), unit, n) {
		parts[i] = pii.New(v)
	}
	return parts, nil
}

// place is where the value of a column of a row stands.
func place(table, column string, id [16]byte) field.Place {
	return field.Place{Table: table, Column: column, Row: id}
}

// tag returns the keyed hash of parts, by which equal ones are found.
func (k *Keys) tag(kind string, parts ...string) []byte {
	tag := k.Index.Tag(kind, strings.Join(parts, unit))
	return tag[:]
}

// evidenceKinds are the blind index's names of the kinds of evidence.
var evidenceKinds = map[identity.Kind]string{
	identity.Account: "account", identity.Nick: "nick", identity.Phone: "phone", identity.Email: "email", identity.Hint: "hint",
}

func (k *Keys) token(e identity.Evidence) []byte {
	return k.tag(evidenceKinds[e.Kind], e.Value.Reveal())
}

// orderTag is the keyed hash of all that an import told of an order.
func (k *Keys) orderTag(o *crm.Order) []byte {
	var b strings.Builder
	text := func(values ...string) {
		for _, v := range values {
			number(&b, int64(len(v)))
			b.WriteString(v)
		}
	}
	numbers := func(values ...int64) {
		for _, v := range values {
			number(&b, v)
		}
	}
	amount := func(a crm.Amount) {
		if a.Known {
			numbers(1, int64(a.Value))
		} else {
			numbers(0)
		}
	}
	flag := func(f bool) {
		if f {
			numbers(1)
		} else {
			numbers(0)
		}
	}
	text(o.Platform, o.Number, o.Zone, string(o.Status), o.RawStatus, o.Currency)
	numbers(int64(o.Placed), int64(o.Paid), int64(o.Shipped), int64(o.Completed), int64(o.Changed))
	amount(o.Amount)
	amount(o.Refund)
	text(o.Buyer.ID, o.Buyer.Nick, o.Buyer.Name.Reveal(), o.Buyer.Phone.Reveal(), o.Buyer.Email.Reveal())
	r := &o.Recipient
	text(r.Name.Reveal(), r.Phone.Reveal(), r.Country, r.Province, r.City, r.District, r.Street.Reveal(), r.Postcode)
	flag(o.RecipientIsBuyer)
	if o.PhoneUntil.Known() { // orders without keep the tag that they had
		numbers(int64(o.PhoneUntil))
	}
	text(o.Message.Reveal(), o.Memo.Reveal())
	for i := range o.Lines {
		l := &o.Lines[i]
		text(l.Key, l.SKU, l.Product, l.Variant, string(l.Status))
		numbers(int64(l.Quantity), int64(l.Price), int64(l.Amount))
		flag(l.Summary)
		amount(l.Refund)
	}
	return k.tag("order", b.String())
}

func number(b *strings.Builder, n int64) {
	var buf [binary.MaxVarintLen64]byte
	b.Write(binary.AppendVarint(buf[:0], n))
}
