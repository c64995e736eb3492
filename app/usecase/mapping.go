package usecase

import (
	"errors"
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/custom"
	"kebu/importers/table"
)

// MappingField is a field that a column can fill.
type MappingField struct {
	Name     string // as mappings write it
	Group    FieldGroup
	Required bool
	Sealed   bool // what it holds of people is sealed by itself
}

// FieldGroup is what a field tells of.
type FieldGroup string

// The groups.
const (
	GroupOrder    FieldGroup = "order"
	GroupBuyer    FieldGroup = "buyer"
	GroupDelivery FieldGroup = "delivery"
	GroupProduct  FieldGroup = "product"
	GroupMoney    FieldGroup = "money"
	GroupText     FieldGroup = "text"
)

// MappingFields lists the fields that columns can be mapped to, in the order in
// which a list shows them.
func MappingFields() []MappingField {
	var list []MappingField
	for _, f := range importers.Fields() {
		list = append(list, MappingField{f.String(), groupOf(f), f == importers.OrderNo, f.Sealed()})
	}
	return list
}

func groupOf(f importers.Field) FieldGroup {
	switch {
	case f <= importers.AfterSale:
		return GroupOrder
	case f <= importers.BuyerAccount:
		return GroupBuyer
	case f <= importers.Postcode:
		return GroupDelivery
	case f <= importers.Quantity:
		return GroupProduct
	case f <= importers.Currency:
		return GroupMoney
	default:
		return GroupText
	}
}

// MappingChoices are what a person chose on the page that maps columns.
type MappingChoices struct {
	Name     string // of the format
	Platform string // marketplace; "": the name
	Currency string // ISO 4217, where no column has it
	Zone     string // IANA name, of times without an offset
	Country  string // ISO 3166, of the recipients, where no column has it

	Headers []string // of the sample
	Fields  []string // by header: a MappingField's name, "" to drop the column

	DateOrder importers.DateOrder // of dates such as 03/04/2026; "": the file tells
	Decimal   string              // "." or ","; "": the amounts tell
	Encoding  string              // of the sample's request
	// Statuses gives the meaning of status words; those left out stay raw words.
	Statuses         map[string]crm.Status
	RecipientIsBuyer bool
}

// MappingProblem is what is wrong with choices.
type MappingProblem struct {
	Problem custom.Problem
	// Name is the field, or the key of the mapping, that is wrong or missing.
	Name string
	// Column is the place of the header concerned, -1 for none.
	Column int
	// Advice: the mapping works without, but what it reads tells less.
	Advice bool
}

// What is missing of a group of fields, as a MappingProblem's Name.
const (
	MissingAmount = "any_amount" // paid, or a price or amount of lines
	MissingBuyer  = "any_buyer"  // anything that tells one buyer from another
)

// Mapping turns the choices into the JSON of a mapping, and lists what is wrong
// and what is advised. There is no mapping while anything but advice is listed.
func (c MappingChoices) Mapping() ([]byte, []MappingProblem) {
	m := &custom.Mapping{
		Name: strings.TrimSpace(c.Name), Platform: strings.TrimSpace(c.Platform), Currency: strings.ToUpper(strings.TrimSpace(c.Currency)),
		TimeZone: c.Zone, Country: c.Country, Encoding: c.Encoding, DateOrder: c.DateOrder, Decimal: c.Decimal,
		Status: c.Statuses, RecipientIsBuyer: c.RecipientIsBuyer,
	}
	problems := c.columns(m)
	missing := func(name string, advice bool) {
		problems = append(problems, MappingProblem{custom.Missing, name, -1, advice})
	}
	maps := func(fields ...importers.Field) bool {
		return slices.ContainsFunc(m.Columns, func(x importers.Column) bool { return slices.Contains(fields, x.Field) })
	}
	if !maps(importers.OrderNo) {
		missing(importers.OrderNo.String(), false)
	}
	if m.Name == "" {
		missing("name", false)
	}
	if m.TimeZone == "" {
		missing("time_zone", false)
	} else if _, err := time.LoadLocation(m.TimeZone); err != nil || m.TimeZone == "Local" {
		problems = append(problems, MappingProblem{custom.BadValue, "time_zone", -1, false})
	}
	if m.Currency == "" && !maps(importers.Currency) {
		missing("currency", false)
	} else if m.Currency != "" && (len(m.Currency) != 3 || strings.Trim(m.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		problems = append(problems, MappingProblem{custom.BadValue, "currency", -1, false})
	}
	if !maps(importers.OrderedAt, importers.PaidAt) {
		missing(importers.OrderedAt.String(), true)
	}
	if !maps(importers.Paid, importers.LineAmount, importers.UnitPrice) {
		missing(MissingAmount, true)
	}
	if !maps(importers.BuyerID, importers.BuyerNick, importers.BuyerPhone, importers.BuyerEmail, importers.BuyerAccount, importers.RecipientPhone) {
		missing(MissingBuyer, true)
	}
	if slices.ContainsFunc(problems, func(p MappingProblem) bool { return !p.Advice }) {
		return nil, problems
	}
	body, err := m.MarshalJSON()
	if err == nil {
		_, err = custom.Parse(body)
	}
	if err != nil {
		return nil, append(problems, wrongMapping(err))
	}
	return body, problems
}

// columns takes the chosen columns, those of a field best first.
func (c MappingChoices) columns(m *custom.Mapping) []MappingProblem {
	var problems []MappingProblem
	first := map[string]int{}
	for i, h := range c.Headers {
		key := table.Normal(h)
		if _, known := first[key]; !known {
			first[key] = i
		}
		if i >= len(c.Fields) || c.Fields[i] == "" {
			continue
		}
		field, ok := importers.FieldNamed(c.Fields[i])
		switch {
		case !ok:
			problems = append(problems, MappingProblem{custom.UnknownField, c.Fields[i], i, false})
			continue
		case key == "":
			problems = append(problems, MappingProblem{custom.BadValue, c.Fields[i], i, false}) // found by its header, which it has not
			continue
		case first[key] != i:
			problems = append(problems, MappingProblem{custom.Repeated, c.Fields[i], i, false}) // of equal headers the first is meant
			continue
		}
		if at := slices.IndexFunc(m.Columns, func(x importers.Column) bool { return x.Field == field }); at >= 0 {
			m.Columns[at].Headers = append(m.Columns[at].Headers, h)
			continue
		}
		m.Columns = append(m.Columns, importers.Column{Field: field, Headers: []string{h}})
	}
	return problems
}

// wrongMapping tells of a value that the mapping's own check refuses.
func wrongMapping(err error) MappingProblem {
	if e, ok := errors.AsType[*custom.Error](err); ok {
		return MappingProblem{e.Problem, e.Name, -1, false}
	}
	return MappingProblem{custom.BadJSON, "", -1, false}
}
