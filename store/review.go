package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"kebu/app/crm"
	"kebu/app/crm/identity"
	"kebu/app/crm/identity/linkage"
	"kebu/app/crm/pii"
	"kebu/crypto/field"
)

// mostTellings is how many names, phones and addresses of one customer are
// compared.
const mostTellings = 6

// Describe calls yield for every customer with what its buyers and recipients
// tell, as far as the user's keys open it; of the rest with the masks.
func (t *Tx) Describe(ctx context.Context, yield func(customer int64, r linkage.Record)) error {
	var current int64
	var record linkage.Record
	flush := func() {
		if current != 0 {
			yield(current, record)
		}
		record = linkage.Record{}
	}
	var row telling
	err := t.each(ctx, "describe customers", func(r *sql.Rows) error {
		if err := row.scan(r); err != nil {
			return err
		}
		if row.customer != current {
			flush()
			current = row.customer
		}
		if row.buyer {
			return t.describeBuyer(&row, &record)
		}
		return t.describeRecipient(&row, &record)
	}, `SELECT customer, 1, id, account, nick, name_mask, phone_mask, email_mask, '', '', contact, NULL FROM buyers WHERE customer IS NOT NULL
		UNION ALL SELECT s.customer, 0, r.id, '', '', r.name_mask, r.phone_mask, r.province, r.city, r.district, r.contact, r.address
			FROM sent AS s JOIN recipients AS r ON r.num = s.recipient
		ORDER BY 1, 2 DESC`)
	flush()
	return err
}

// telling is what one buyer or recipient of a customer tells; the three places
// are a buyer's mask of its e-mail and nothing.
type telling struct {
	customer            int64
	buyer               bool
	id                  sql.RawBytes
	account, nick       string
	nameMask, phoneMask string
	places              [3]string
	contact, address    sql.RawBytes
}

func (w *telling) scan(r *sql.Rows) error {
	return r.Scan(&w.customer, &w.buyer, &w.id, &w.account, &w.nick, &w.nameMask, &w.phoneMask, &w.places[0], &w.places[1], &w.places[2], &w.contact, &w.address)
}

func (t *Tx) describeBuyer(w *telling, record *linkage.Record) error {
	b := crm.Buyer{Nick: w.nick, Name: pii.New(w.nameMask), Phone: pii.New(w.phoneMask), Email: pii.New(w.places[0])}
	if t.keys.Can(field.Contact) {
		var err error
		if b, err = t.openBuyer([16]byte(w.id), w.account, w.nick, w.contact); err != nil {
			return err
		}
	}
	describe(record, b.Name, b.Phone)
	record.Emails = more(record.Emails, b.Email)
	record.Nicks = more(record.Nicks, pii.New(b.Nick))
	return nil
}

func (t *Tx) describeRecipient(w *telling, record *linkage.Record) error {
	rcp := crm.Recipient{Name: pii.New(w.nameMask), Phone: pii.New(w.phoneMask)}
	if t.keys.Can(field.Contact) {
		open, err := t.openRecipient([16]byte(w.id), w.contact, nil)
		if err != nil {
			return err
		}
		rcp.Name, rcp.Phone = open.Name, open.Phone
	}
	if t.keys.Can(field.Address) {
		open, err := t.openRecipient([16]byte(w.id), nil, w.address)
		if err != nil {
			return err
		}
		rcp.Street, rcp.Postcode = open.Street, open.Postcode
	}
	describe(record, rcp.Name, rcp.Phone)
	record.Streets = more(record.Streets, rcp.Street)
	record.Provinces = more(record.Provinces, pii.New(w.places[0]))
	record.Cities = more(record.Cities, pii.New(w.places[1]))
	record.Districts = more(record.Districts, pii.New(w.places[2]))
	record.Postcodes = more(record.Postcodes, pii.New(rcp.Postcode))
	return nil
}

func describe(record *linkage.Record, name, phone pii.Text) {
	if !name.Empty() && len(record.Names) < mostTellings {
		record.Names = append(record.Names, linkage.Name{Full: name})
	}
	record.Phones = more(record.Phones, phone)
}

// more adds a value that is new.
func more(list []pii.Text, value pii.Text) []pii.Text {
	if value.Empty() || len(list) == mostTellings {
		return list
	}
	for _, v := range list {
		if v.Equal(value) {
			return list
		}
	}
	return append(list, value)
}

// Undecided returns which pairs of customers nobody has told apart, by their
// place in the list; a pair of which one is gone, or that is one customer by
// now, is none.
func (t *Tx) Undecided(ctx context.Context, pairs [][2]int64) (map[int]bool, error) {
	list, err := json.Marshal(pairs)
	if err != nil {
		return nil, fmt.Errorf("look for decisions: %w", err)
	}
	open := make(map[int]bool, len(pairs))
	return open, t.each(ctx, "look for decisions", func(r *sql.Rows) error {
		var at int
		if err := r.Scan(&at); err != nil {
			return err
		}
		open[at] = true
		return nil
	}, `SELECT c.place FROM (SELECT key AS place, value ->> 0 AS num, value ->> 1 AS other FROM json_each(?)) AS c
		CROSS JOIN (SELECT num AS customer FROM customers) AS a ON a.customer = c.other
		WHERE EXISTS (SELECT 1 FROM customers AS k WHERE k.num = c.num) AND NOT EXISTS (`+toldApart+`)`, string(list))
}

// Hinted counts the pairs of customers who share a name and a street, which
// joins nobody, and whom nobody has told apart.
func (t *Tx) Hinted(ctx context.Context) (int64, error) {
	var n int64
	err := t.tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT DISTINCT b.customer AS num, d.customer AS other FROM evidence AS e
			CROSS JOIN evidence AS f ON f.kind = e.kind AND f.token = e.token AND f.buyer > e.buyer
			CROSS JOIN buyers AS b ON b.num = e.buyer CROSS JOIN buyers AS d ON d.num = f.buyer
			WHERE e.kind = ?1 AND b.customer < d.customer) AS c
		CROSS JOIN (SELECT num AS customer FROM customers) AS a ON a.customer = c.other
		WHERE NOT EXISTS (`+toldApart+`)`, int64(identity.Hint)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count doubtful customers: %w", err)
	}
	return n, nil
}

// Evidenced tells when what is known of buyers last changed: a number that is
// another one after each import and each one that was taken back.
func (t *Tx) Evidenced(ctx context.Context) (int64, error) {
	var n int64
	err := t.tx.QueryRowContext(ctx, `SELECT coalesce(max(s.id), 0) FROM steps AS s LEFT JOIN steps AS u ON u.id = s.undoes
		WHERE s.verb = 'import' OR u.verb = 'import'`).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("look for imports: %w", err)
	}
	return n, nil
}
