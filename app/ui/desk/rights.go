package desk

import (
	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/ui/parts"
)

// Rights say what the user may do, and how much a verb shows of a field. What is not
// allowed is not offered; the use-cases refuse it whatever the window offers.
type Rights interface {
	May(access.Verb) bool
	Shows(access.Verb, access.Field) access.Level
}

// May reports whether the user may do a verb. Without Rights, everything.
func (d *Desk) May(v access.Verb) bool { return d.Rights == nil || d.Rights.May(v) }

// Sees reports whether a verb shows the user a field at least as a mask. What is only
// counted, or not seen at all, is left out of pages rather than shown empty.
func (d *Desk) Sees(v access.Verb, f access.Field) bool { return d.shows(v, f) >= access.Masked }

// Lists reports whether a verb shows the user what a column of that name holds.
func (d *Desk) Lists(v access.Verb, name string) bool { return d.Sees(v, access.Of(name)) }

// Asks reports whether the user may filter or sort by what is named: the use-cases
// refuse other questions.
func (d *Desk) Asks(name string) bool {
	return d.shows(access.Customers, access.Of(name)) >= access.Aggregates
}

// Hidden returns what a rule asks for and the user may not ask, "" for nothing.
func (d *Desk) Hidden(rule string) access.Field {
	parsed, err := crm.ParseRule(rule)
	if err != nil {
		return "" // whoever shows it says what is wrong
	}
	for _, f := range parsed.Fields() {
		if !d.Asks(string(f)) {
			return access.Of(string(f))
		}
	}
	return ""
}

// Offer returns the lines of a menu that are for a verb, none if the user may not do it.
func (d *Desk) Offer(v access.Verb, items ...parts.MenuItem) []parts.MenuItem {
	if !d.May(v) {
		return nil
	}
	return items
}

// Clear reports whether a verb shows the user a field as it is.
func (d *Desk) Clear(v access.Verb, f access.Field) bool { return d.shows(v, f) == access.Clear }

func (d *Desk) shows(v access.Verb, f access.Field) access.Level {
	if d.Rights == nil {
		return access.Clear
	}
	return d.Rights.Shows(v, f)
}
