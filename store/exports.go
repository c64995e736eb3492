package store

import (
	"context"
	"database/sql"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/pii"
)

// Disclosure records that personal data was shown or handed out.
type Disclosure struct {
	Kind         string // export or reveal
	PurposeKind  string // of the use-case's making
	Purpose      string
	Clear        bool // unmasked
	Columns      []string
	ClearColumns []string // of Columns; not known of lists of the first version
	Rule         string
	Rows         int
	SHA256       []byte // of the file, if there is one
	File         string // its name
	Customer     int64  // who was revealed, 0 for a list
}

// RecordDisclosure records a disclosure as the transaction's step.
func (t *Tx) RecordDisclosure(ctx context.Context, d Disclosure) error {
	if d.Customer != 0 {
		if err := t.tell(ctx, []int64{d.Customer}, "seen", "", pii.Text{}, pii.Text{}); err != nil {
			return err
		}
	}
	return t.exec(ctx, "record disclosure", `INSERT INTO disclosures (step, kind, purpose, clear, columns, rule, rows, sha256, purpose_kind, clear_columns, file)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, t.step, d.Kind, d.Purpose, d.Clear, strings.Join(d.Columns, ","), d.Rule, d.Rows, d.SHA256,
		d.PurposeKind, strings.Join(d.ClearColumns, ","), d.File)
}

// Exported is a list that left the book.
type Exported struct {
	Step int64
	At   crm.Moment
	User string
	Disclosure
}

// Exports returns the lists that left the book, newest first.
func (t *Tx) Exports(ctx context.Context) ([]Exported, error) {
	var list []Exported
	return list, t.each(ctx, "list exports", func(r *sql.Rows) error {
		var e Exported
		var columns, clear string
		if err := r.Scan(&e.Step, &e.At, &e.User, &e.Kind, &e.Purpose, &e.Clear, &columns, &e.Rule, &e.Rows, &e.SHA256, &e.PurposeKind, &clear, &e.File); err != nil {
			return err
		}
		e.Columns, e.ClearColumns = splitNames(columns), splitNames(clear)
		list = append(list, e)
		return nil
	}, `SELECT d.step, s.at, s.user, d.kind, d.purpose, d.clear, d.columns, d.rule, d.rows, d.sha256, d.purpose_kind, d.clear_columns, d.file
		FROM disclosures AS d JOIN steps AS s ON s.id = d.step WHERE d.kind = 'export' ORDER BY d.step DESC`)
}

// splitNames splits a list that commas join.
func splitNames(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

// Contact is how a customer may be reached, masked.
type Contact struct {
	Num       int64
	ID        string
	Refused   bool   // wants no contact
	PhoneMask string // as LoadCustomers gives it
	// Virtual says that the phone is one that a marketplace gave out for orders;
	// PhoneEnds is the last day on which it leads to the buyer, 0 if nothing tells.
	Virtual   bool
	PhoneEnds crm.Day
}

// Contacts returns how customers may be reached, in the order given. It is
// much less work than their profiles.
func (t *Tx) Contacts(ctx context.Context, nums []int64) ([]Contact, error) {
	list, err := jsonList(nums)
	if err != nil {
		return nil, err
	}
	contacts := make([]Contact, len(nums))
	at := make(map[int64]*Contact, len(nums))
	for i, n := range nums {
		contacts[i].Num = n
		at[n] = &contacts[i]
	}
	if err := t.each(ctx, "load contacts", func(r *sql.Rows) error {
		var c Contact
		if err := r.Scan(&c.Num, &c.ID, &c.Refused, &c.PhoneMask); err != nil {
			return err
		}
		*at[c.Num] = c
		return nil
	}, `SELECT c.num, lower(hex(c.id)), EXISTS (SELECT 1 FROM refusals AS f WHERE f.customer = c.num), coalesce(r.phone_mask, '')
		FROM customers AS c LEFT JOIN profiles AS p ON p.customer = c.num LEFT JOIN recipients AS r ON r.num = p.place
		WHERE c.num IN (SELECT value FROM json_each(?))`, list); err != nil {
		return nil, err
	}
	if err := t.each(ctx, "load phones", func(r *sql.Rows) error {
		var n int64
		var phone string
		if err := r.Scan(&n, &phone); err != nil {
			return err
		}
		at[n].PhoneMask = phone
		return nil
	}, `SELECT customer, phone_mask FROM buyers WHERE phone_mask <> '' AND customer IN (SELECT value FROM json_each(?)) ORDER BY num`, list); err != nil {
		return nil, err
	}
	for i := range contacts {
		contacts[i].Virtual = crm.VirtualPhone(contacts[i].PhoneMask, 0)
	}
	settings, err := t.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return contacts, t.each(ctx, "load ends of phones", func(r *sql.Rows) error {
		var n int64
		var phone string
		var o crm.Order
		if err := r.Scan(&n, &phone, &o.PhoneUntil, &o.Completed, &o.Placed); err != nil {
			return err
		}
		if c := at[n]; c.PhoneMask == phone {
			c.Virtual = true
			c.PhoneEnds = max(c.PhoneEnds, o.PhoneEnds(settings.Zone))
		}
		return nil
	}, `SELECT b.customer, r.phone_mask, o.phone_until, o.completed, o.placed
		FROM buyers AS b JOIN orders AS o ON o.buyer = b.num JOIN recipients AS r ON r.num = o.recipient
		WHERE b.customer IN (SELECT value FROM json_each(?)) AND r.phone_mask <> '' AND (o.phone_until > 0 OR r.phone_mask LIKE '%-****')`, list)
}
