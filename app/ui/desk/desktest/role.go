package desktest

import (
	"testing"

	"kebu/app/crm/access"
	"kebu/app/ui/desk"
	"kebu/app/ui/parts"
)

// role are the rights that the table gives a role under an owner's rules.
type role struct {
	of    access.Role
	house access.House
}

// Role returns the rights of a role, as a session of it has them.
func Role(of access.Role, house access.House) desk.Rights { return role{of, house} }

// May reports whether the role may do a verb.
func (r role) May(v access.Verb) bool { return r.house.May(r.of, v) }

// Shows returns what a verb shows the role of a field.
func (r role) Shows(v access.Verb, f access.Field) access.Level { return r.house.Shows(r.of, v, f) }

// NewAs is New with the rights of a role under an owner's rules.
func NewAs(t *testing.T, of access.Role, house access.House) *Stage {
	t.Helper()
	s := New(t)
	s.Desk.Rights = Role(of, house)
	return s
}

// Columns lists the ids of a table's columns.
func Columns(l parts.TableLayout) []string {
	ids := make([]string, len(l.Columns))
	for i, c := range l.Columns {
		ids[i] = c.ID
	}
	return ids
}
