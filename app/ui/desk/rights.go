package desk

import "kebu/app/crm/access"

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

// Clear reports whether a verb shows the user a field as it is.
func (d *Desk) Clear(v access.Verb, f access.Field) bool { return d.shows(v, f) == access.Clear }

func (d *Desk) shows(v access.Verb, f access.Field) access.Level {
	if d.Rights == nil {
		return access.Clear
	}
	return d.Rights.Shows(v, f)
}
