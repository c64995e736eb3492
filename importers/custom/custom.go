// Package custom makes an importers.Format of the columns that a person has
// mapped by hand. A mapping is a JSON object:
//
//	{
//	  "name": "own-shop",             names the format custom.own-shop
//	  "platform": "own-shop",         of its orders; the name if absent
//	  "currency": "GBP",              ISO 4217; may be a column instead
//	  "time_zone": "Europe/London",   of times without an offset
//	  "country": "US",                of the recipients, where no column has it
//	  "header_row": 1,                found if absent or 0
//	  "columns": {"order_no": "InvoiceNo", "buyer_phone": ["Mobile", "Phone"]},
//	  "sheet": "Orders",              any sheet if absent
//	  "encoding": "big5",             found if absent
//	  "date_order": "dmy",            or "mdy"; the file decides if it can
//	  "decimal": ",",                 or "."; told by the amounts if absent
//	  "status": {"Versandt": "shipped", "Storniert": "cancelled"},
//	  "recipient_is_buyer": true
//	}
//
// Of several headers of a field, the first that is not blank in a row counts.
// Rows with the same order number are lines of one order.
package custom

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"kebu/app/crm"
	"kebu/importers"
)

// Mapping is what a person has told about an export.
type Mapping struct {
	Name             string
	Platform         string // Name if empty
	Currency         string
	TimeZone         string
	Country          string // ISO 3166 code of the recipients', where no column has it
	HeaderRow        int
	Columns          []importers.Column
	Sheet            string
	Encoding         string
	DateOrder        importers.DateOrder
	Decimal          string
	Status           map[string]crm.Status
	RecipientIsBuyer bool
}

// Error says what is wrong with a mapping and where. Names of keys, fields and
// statuses may be shown: a mapping holds no customers.
type Error struct {
	Line, Column int // from 1; 0 where something is missing
	Problem      Problem
	Name         string   // of the key, field or value that is wrong or missing
	Known        []string // what could stand in its place
	Err          error    // of the JSON reader, for BadJSON
}

// none is the status of a word that tells nothing.
const none = "none"

// Problem is a kind of Error.
type Problem string

// The problems.
const (
	BadJSON      Problem = "bad_json"
	UnknownKey   Problem = "unknown_key"
	UnknownField Problem = "unknown_field"
	Repeated     Problem = "repeated"
	BadValue     Problem = "bad_value"
	Missing      Problem = "missing"
)

// Error describes the problem in one line.
func (e *Error) Error() string {
	where := "mapping"
	if e.Line > 0 {
		where = fmt.Sprintf("mapping, line %d, column %d", e.Line, e.Column)
	}
	switch e.Problem {
	case BadJSON:
		return fmt.Sprintf("%s: %v", where, e.Err)
	case Missing:
		return fmt.Sprintf("%s: %q is missing", where, e.Name)
	case Repeated:
		return fmt.Sprintf("%s: %q stands twice", where, e.Name)
	case UnknownKey:
		return fmt.Sprintf("%s: unknown key %q; known: %q", where, e.Name, e.Known)
	case UnknownField:
		return fmt.Sprintf("%s: unknown field %q; known: %q", where, e.Name, e.Known)
	case BadValue:
		if len(e.Known) > 0 {
			return fmt.Sprintf("%s: bad value for %q; known: %q", where, e.Name, e.Known)
		}
		return fmt.Sprintf("%s: bad value for %q", where, e.Name)
	}
	return where
}

// Unwrap returns the error of the JSON reader.
func (e *Error) Unwrap() error { return e.Err }

// Format returns the mapping as a format. It fails with an *Error if something
// is missing or wrong.
func (m *Mapping) Format() (*importers.Format, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	f := &importers.Format{
		ID: "custom." + m.Name, Platform: m.Platform, Locale: "und",
		Zone: m.TimeZone, Currency: m.Currency, Country: m.Country,
		Rows: importers.LinePerRow, HeaderRow: m.HeaderRow, Sheet: m.Sheet, Encoding: m.Encoding,
		Columns:   slices.Clone(m.Columns),
		DateOrder: m.DateOrder, RecipientIsBuyer: m.RecipientIsBuyer, Own: true,
	}
	if f.Platform == "" {
		f.Platform = m.Name
	}
	if m.Decimal != "" {
		f.Decimal = m.Decimal[0]
	}
	words := map[crm.Status][]string{}
	for w, s := range m.Status {
		words[s] = append(words[s], w)
	}
	f.Statuses = importers.Words(words)
	f.AfterSales = f.Statuses
	for _, c := range m.Columns {
		f.Distinctive = append(f.Distinctive, c.Headers...)
		if len(c.Headers) == 1 {
			f.Required = append(f.Required, c.Headers[0])
		}
	}
	return f, nil
}

func (m *Mapping) check() error {
	maps := func(f importers.Field) bool {
		return slices.ContainsFunc(m.Columns, func(c importers.Column) bool { return c.Field == f && len(c.Headers) > 0 })
	}
	switch {
	case m.Name == "":
		return &Error{Problem: Missing, Name: "name"}
	case m.TimeZone == "":
		return &Error{Problem: Missing, Name: "time_zone"}
	case !maps(importers.OrderNo):
		return &Error{Problem: Missing, Name: importers.OrderNo.String()}
	case m.Currency == "" && !maps(importers.Currency):
		return &Error{Problem: Missing, Name: "currency"}
	}
	return nil
}

// MarshalJSON writes the mapping as Parse reads it.
func (m *Mapping) MarshalJSON() ([]byte, error) {
	columns := map[string]any{}
	for _, c := range m.Columns {
		if len(c.Headers) == 1 {
			columns[c.Field.String()] = c.Headers[0]
		} else {
			columns[c.Field.String()] = c.Headers
		}
	}
	words := map[string]string{}
	for w, s := range m.Status {
		words[w] = cmp.Or(string(s), none)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // headers such as "P&L" stay readable
	err := enc.Encode(struct {
		Name             string              `json:"name"`
		Platform         string              `json:"platform,omitempty"`
		Currency         string              `json:"currency,omitempty"`
		TimeZone         string              `json:"time_zone"`
		Country          string              `json:"country,omitempty"`
		HeaderRow        int                 `json:"header_row,omitempty"`
		Columns          map[string]any      `json:"columns"`
		Sheet            string              `json:"sheet,omitempty"`
		Encoding         string              `json:"encoding,omitempty"`
		DateOrder        importers.DateOrder `json:"date_order,omitempty"`
		Decimal          string              `json:"decimal,omitempty"`
		Status           map[string]string   `json:"status,omitempty"`
		RecipientIsBuyer bool                `json:"recipient_is_buyer,omitempty"`
	}{
		m.Name, m.Platform, m.Currency, m.TimeZone, m.Country, m.HeaderRow, columns, m.Sheet, m.Encoding,
		m.DateOrder, m.Decimal, words, m.RecipientIsBuyer,
	})
	return b.Bytes(), err
}

// zoneKnown reports whether name is an IANA time zone.
func zoneKnown(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "" && name != "Local"
}
