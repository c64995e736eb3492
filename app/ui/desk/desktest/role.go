package desktest

import (
	"kebu/app/crm/access"
	"kebu/app/ui/desk"
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
