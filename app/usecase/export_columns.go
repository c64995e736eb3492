package usecase

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/usecase/list"
	"kebu/store"
)

// ErrColumn means that a list has no column of that name.
var ErrColumn = errors.New("no such column")

// DefaultColumns are those of a list when none are chosen.
var DefaultColumns = []string{
	"name", "phone", "accounts", "purchases", "gross", "refunded", "net", "first_purchase", "last_purchase", "country", "province", "city", "tags",
}

// exportColumns lists every column: what it holds and where it comes from.
var exportColumns = []struct {
	key   string
	kind  list.Kind
	value func(c *store.Customer, e *exportEnv) list.Value
}{
	{"id", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(c.ID) }},
	{"name", list.Text, func(c *store.Customer, _ *exportEnv) list.Value {
		if c.Clear != nil && !c.Clear.Name.Empty() {
			return list.TextValue(c.Clear.Name.Reveal())
		}
		return list.TextValue(c.NameMask)
	}},
	{"alias", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(c.Alias.Reveal()) }},
	{"phone", list.Phone, func(c *store.Customer, _ *exportEnv) list.Value {
		if c.Clear != nil {
			return list.TextValue(c.Clear.Phone.Reveal())
		}
		return list.TextValue(c.PhoneMask)
	}},
	{"email", list.Text, func(c *store.Customer, _ *exportEnv) list.Value {
		if c.Clear != nil {
			return list.TextValue(c.Clear.Email.Reveal())
		}
		return list.TextValue(c.EmailMask)
	}},
	{"address", list.Prose, func(c *store.Customer, _ *exportEnv) list.Value {
		if c.Clear != nil {
			return list.TextValue(c.Clear.Address.Reveal())
		}
		return list.TextValue(c.AddressMask)
	}},
	{"accounts", list.Text, func(c *store.Customer, _ *exportEnv) list.Value {
		accounts := make([]string, len(c.Buyers))
		for i, b := range c.Buyers {
			accounts[i] = b.Platform + ": " + b.ID
		}
		return list.TextValue(strings.Join(accounts, "; "))
	}},
	{"orders", list.Integer, func(c *store.Customer, _ *exportEnv) list.Value { return list.IntegerValue(int64(c.Orders)) }},
	{"purchases", list.Integer, func(c *store.Customer, _ *exportEnv) list.Value { return list.IntegerValue(int64(c.Purchases)) }},
	{"gross", list.Money, func(c *store.Customer, e *exportEnv) list.Value {
		return e.money(c, func(s crm.Sums) crm.Money { return s.Gross })
	}},
	{"refunded", list.Money, func(c *store.Customer, e *exportEnv) list.Value {
		return e.money(c, func(s crm.Sums) crm.Money { return s.Refunded })
	}},
	{"net", list.Money, func(c *store.Customer, e *exportEnv) list.Value { return e.money(c, crm.Sums.Net) }},
	{"first_purchase", list.Time, func(c *store.Customer, _ *exportEnv) list.Value { return list.TimeValue(c.First) }},
	{"last_purchase", list.Time, func(c *store.Customer, _ *exportEnv) list.Value { return list.TimeValue(c.Last) }},
	{"country", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(c.Country) }},
	{"province", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(c.Province) }},
	{"city", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(c.City) }},
	{"district", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(c.District) }},
	{"tags", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(strings.Join(c.Tags, "; ")) }},
}

// ExportColumns names the columns that a list can have.
func ExportColumns() []string {
	keys := make([]string, len(exportColumns))
	for i, c := range exportColumns {
		keys[i] = c.key
	}
	return keys
}

// ClearColumns names the columns that can be in clear: in the others nothing is
// masked.
var ClearColumns = []string{"name", "alias", "phone", "email", "address"}

// masked returns a customer as lists show one to whom a column is not in clear.
func masked(c *store.Customer) *store.Customer {
	if c.Clear == nil {
		return c
	}
	m := *c
	m.Clear = nil
	m.Alias = pii.New(pii.MaskProse(c.Alias.Reveal()))
	return &m
}

// exportEnv is what values depend on beside the customer.
type exportEnv struct{ currency string }

// money gives an amount in the book's currency as a number; of a customer with
// others, all as text.
func (e *exportEnv) money(c *store.Customer, of func(crm.Sums) crm.Money) list.Value {
	switch {
	case len(c.Money) == 0:
		return list.MoneyValue(0)
	case len(c.Money) == 1 && c.Money[0].Currency == e.currency:
		return list.MoneyValue(of(c.Money[0]))
	}
	texts := make([]string, len(c.Money))
	for i, s := range c.Money {
		texts[i] = of(s).Format(s.Currency) + " " + s.Currency
	}
	return list.TextValue(strings.Join(texts, "; "))
}

// pick returns the places of columns in exportColumns.
func pick(names []string) ([]int, error) {
	picked := make([]int, len(names))
	keys := ExportColumns()
	for i, n := range names {
		picked[i] = slices.Index(keys, n)
		if picked[i] < 0 {
			return nil, fmt.Errorf("%s: %w", n, ErrColumn)
		}
	}
	return picked, nil
}
