package store

import (
	"context"
	"database/sql"
	"strings"

	"kebu/app/crm/find"
	"kebu/app/crm/pii"
	"kebu/crypto/field"
)

// dayMillis is a day in milliseconds.
const dayMillis = 86_400_000

// Searched says by what customers are found.
type Searched struct{ Name, Account, Phone, City, Tag, Alias bool }

// FillIndex adds what is searched of the customers numbered from to below to, as
// far as the user's keys open it; of the rest the masks. Customers with the latest
// purchase rank first.
func (t *Tx) FillIndex(ctx context.Context, into *find.Builder, from, to int64, by Searched) error {
	var current int64
	var rank int32
	var f find.Fields
	flush := func() {
		if current != 0 {
			into.Add(current, rank, f)
		}
		f = find.Fields{Names: f.Names[:0], Accounts: f.Accounts[:0], Phones: f.Phones[:0], Cities: f.Cities[:0], Tags: f.Tags[:0]}
		rank = 0
	}
	clear, typed := t.keys.Can(field.Contact), t.keys.Can(field.Text) && by.Alias
	put := func(list *[]string, so bool, values ...string) {
		if so {
			*list = append(*list, values...)
		}
	}
	var row searchRow
	err := t.each(ctx, "read what can be searched", func(r *sql.Rows) error {
		if err := row.scan(r); err != nil {
			return err
		}
		if row.customer != current {
			flush()
			current = row.customer
		}
		switch {
		case row.kind == 0:
			rank = -int32(row.last.Int64 / dayMillis) //nolint:gosec // days fit for millions of years
			if row.a != "" && by.Tag {
				f.Tags = append(f.Tags, strings.Split(strings.Trim(row.a, unit), unit)...)
			}
		case row.kind == 3:
			if !typed {
				break
			}
			alias, err := t.keys.open(field.Text, place("fields", "body", [16]byte(row.id)), row.contact, 1)
			if err != nil {
				return err
			}
			f.Names = add(f.Names, true, alias[0])
		case !clear:
			put(&f.Names, by.Name, row.name)
			put(&f.Phones, by.Phone, row.phone)
			put(&f.Accounts, by.Account && row.kind == 1, row.a, row.b)
			put(&f.Cities, by.City && row.kind != 1, row.a)
		case row.kind == 1:
			b, err := t.openBuyer([16]byte(row.id), row.a, row.b, row.contact)
			if err != nil {
				return err
			}
			f.Names, f.Phones = add(f.Names, by.Name, b.Name), add(f.Phones, by.Phone, b.Phone)
			f.Accounts = add(f.Accounts, by.Phone, b.Email)
			put(&f.Accounts, by.Account, b.ID, b.Nick)
		default:
			rcp, err := t.openRecipient([16]byte(row.id), row.contact, nil)
			if err != nil {
				return err
			}
			f.Names, f.Phones = add(f.Names, by.Name, rcp.Name), add(f.Phones, by.Phone, rcp.Phone)
			put(&f.Cities, by.City, row.a)
		}
		return nil
	}, `SELECT customer, 0, NULL, tags, '', '', '', NULL, last FROM profiles WHERE customer >= ?1 AND customer < ?2
		UNION ALL SELECT customer, 1, id, account, nick, name_mask, phone_mask, contact, NULL FROM buyers WHERE customer >= ?1 AND customer < ?2
		UNION ALL SELECT s.customer, 2, r.id, r.city, '', r.name_mask, r.phone_mask, r.contact, NULL FROM sent AS s JOIN recipients AS r ON r.num = s.recipient
			WHERE s.customer >= ?1 AND s.customer < ?2
		UNION ALL SELECT customer, 3, id, '', '', '', '', body, NULL FROM fields WHERE customer >= ?1 AND customer < ?2 AND name = ?3
		ORDER BY 1, 2`, from, to, aliasField)
	flush()
	return err
}

func add(list []string, so bool, value pii.Text) []string {
	if !so || value.Empty() {
		return list
	}
	return append(list, value.Reveal())
}

// searchRow is one telling of a customer: kind 0 its profile, 1 a buyer, 2 a
// recipient, 3 its alias, sealed in contact.
type searchRow struct {
	customer    int64
	kind        int
	id, contact sql.RawBytes
	a, b        string // tags; account and nick; city
	name, phone string // masks
	last        sql.NullInt64
}

func (s *searchRow) scan(r *sql.Rows) error {
	return r.Scan(&s.customer, &s.kind, &s.id, &s.a, &s.b, &s.name, &s.phone, &s.contact, &s.last)
}

// CustomerRange returns the lowest number of a customer and the one after the
// highest.
func (t *Tx) CustomerRange(ctx context.Context) (from, to int64, err error) {
	var first, last sql.NullInt64
	err = t.tx.QueryRowContext(ctx, `SELECT min(num), max(num) FROM customers`).Scan(&first, &last)
	if err != nil || !first.Valid {
		return 0, 0, err
	}
	return first.Int64, last.Int64 + 1, nil
}
