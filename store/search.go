package store

import (
	"context"
	"database/sql"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/find"
	"kebu/app/crm/pii"
	"kebu/crypto/field"
)

// dayMillis is a day in milliseconds.
const dayMillis = 86_400_000

// Depth says how far into a value a search looks.
type Depth int

// The depths.
const (
	SearchNothing Depth = iota
	SearchMasks         // its mask
	SearchWhole         // that, and all of it typed whole; of accounts and aliases what lists show
	SearchParts         // any part of it
)

// Searched says by what customers are found.
type Searched struct {
	Name, Account, Phone, Alias Depth
	City, Tag                   bool
}

// FillIndex adds what is searched of the customers numbered from to below to, as
// far as the user's keys open it; of the rest the masks. Customers with the latest
// purchase rank first.
func (t *Tx) FillIndex(ctx context.Context, into *find.Builder, from, to int64, by Searched) error {
	w := filling{tx: t, into: into, by: by, clear: t.keys.Can(field.Contact)}
	var row searchRow
	err := t.each(ctx, "read what can be searched", func(r *sql.Rows) error {
		if err := row.scan(r); err != nil {
			return err
		}
		if row.customer != w.customer {
			w.flush()
			w.customer = row.customer
		}
		return w.take(&row)
	}, `SELECT customer, 0, NULL, tags, '', '', '', NULL, last FROM profiles WHERE customer >= ?1 AND customer < ?2
		UNION ALL SELECT customer, 1, id, account, nick, name_mask, phone_mask, contact, NULL FROM buyers WHERE customer >= ?1 AND customer < ?2
		UNION ALL SELECT s.customer, 2, r.id, r.city, '', r.name_mask, r.phone_mask, r.contact, NULL FROM sent AS s JOIN recipients AS r ON r.num = s.recipient
			WHERE s.customer >= ?1 AND s.customer < ?2
		UNION ALL SELECT customer, 3, id, '', '', '', '', body, NULL FROM fields WHERE customer >= ?1 AND customer < ?2 AND name = ?3
		ORDER BY 1, 2`, from, to, aliasField)
	w.flush()
	return err
}

// filling gathers what one customer after the other is found by.
type filling struct {
	tx       *Tx
	into     *find.Builder
	by       Searched
	clear    bool // the keys open names and phones
	customer int64
	rank     int32
	f        find.Fields
}

// flush adds the customer.
func (w *filling) flush() {
	f := &w.f
	if w.customer != 0 {
		w.into.Add(w.customer, w.rank, *f)
	}
	*f = find.Fields{Names: f.Names[:0], Accounts: f.Accounts[:0], Phones: f.Phones[:0], Cities: f.Cities[:0], Tags: f.Tags[:0]}
	w.rank = 0
}

// take adds a row to the customer.
func (w *filling) take(row *searchRow) error {
	switch row.kind {
	case 0:
		w.rank = -int32(row.last.Int64 / dayMillis) //nolint:gosec // days fit for millions of years
		if row.a != "" && w.by.Tag {
			w.f.Tags = append(w.f.Tags, strings.Split(strings.Trim(row.a, unit), unit)...)
		}
		return nil
	case 1:
		return w.buyer(row)
	case 2:
		return w.recipient(row)
	default:
		return w.alias(row)
	}
}

func (w *filling) buyer(row *searchRow) error {
	b := crm.Buyer{ID: row.a, Nick: row.b}
	if w.clear {
		var err error
		if b, err = w.tx.openBuyer([16]byte(row.id), row.a, row.b, row.contact); err != nil {
			return err
		}
	}
	w.value(&w.f.Names, find.Name, w.by.Name, row.name, b.Name)
	w.value(&w.f.Phones, find.Phone, w.by.Phone, row.phone, b.Phone)
	w.value(&w.f.Accounts, find.Account, w.by.Phone, "", b.Email)
	switch w.by.Account {
	case SearchNothing:
	case SearchParts:
		w.f.Accounts = append(w.f.Accounts, b.ID, b.Nick)
	case SearchWhole:
		w.f.Accounts = append(w.f.Accounts, row.a, row.b)
	case SearchMasks:
		w.f.Accounts = append(w.f.Accounts, maskAccount(row.a), maskAccount(row.b))
	}
	return nil
}

func (w *filling) recipient(row *searchRow) error {
	var r crm.Recipient
	if w.clear {
		var err error
		if r, err = w.tx.openRecipient([16]byte(row.id), row.contact, nil); err != nil {
			return err
		}
	}
	w.value(&w.f.Names, find.Name, w.by.Name, row.name, r.Name)
	w.value(&w.f.Phones, find.Phone, w.by.Phone, row.phone, r.Phone)
	if w.by.City {
		w.f.Cities = append(w.f.Cities, row.a)
	}
	return nil
}

func (w *filling) alias(row *searchRow) error {
	if !w.tx.keys.Can(field.Text) || w.by.Alias == SearchNothing {
		return nil
	}
	alias, err := w.tx.keys.open(field.Text, place("fields", "body", [16]byte(row.id)), row.contact, 1)
	if err != nil {
		return err
	}
	if w.by.Alias < SearchParts {
		alias[0] = pii.New(pii.MaskProse(alias[0].Reveal()))
	}
	w.f.Names = add(w.f.Names, alias[0])
	return nil
}

// value adds a value as far as searches look into it.
func (w *filling) value(list *[]string, kind find.Field, depth Depth, mask string, clear pii.Text) {
	switch {
	case depth == SearchParts && w.clear:
		*list = add(*list, clear)
	case depth >= SearchMasks:
		*list = append(*list, mask)
	}
	if depth == SearchWhole && !clear.Empty() {
		w.into.AddWhole(w.customer, kind, clear.Reveal())
	}
}

// maskAccount masks an id or nick that is no mask yet.
func maskAccount(s string) string {
	if strings.Contains(s, "*") {
		return s
	}
	return pii.MaskNick(s)
}

func add(list []string, value pii.Text) []string {
	if value.Empty() {
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
