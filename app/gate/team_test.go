package gate

import (
	"slices"
	"testing"

	"kebu/app/crm/access"
)

// TestRolesHoldTheKeysThatTheyAreSaidToHold: what the team page marks as kept by keys
// is what the header of a book keeps.
func TestRolesHoldTheKeysThatTheyAreSaidToHold(t *testing.T) {
	for name, h := range map[string]access.House{
		"as it is": {},
		"phones":   {Most: map[access.Role]map[access.Field]access.Level{access.Service: {access.Phone: access.Masked}}},
		"contacts": {Most: map[access.Role]map[access.Field]access.Level{access.Service: {access.Phone: access.Masked, access.Name: access.Masked}}},
		"notes":    {Most: map[access.Role]map[access.Field]access.Level{access.Manager: {access.Writing: access.None}}},
	} {
		for _, r := range access.Roles {
			role := roleOf(h, r)
			for _, f := range access.Fields {
				class := classOf(f)
				if (class != 0) != f.Personal() {
					t.Fatalf("%s is sealed: %t", f, class != 0)
				}
				if got, want := h.Holds(r, f), class != 0 && slices.Contains(role.Classes, class); got != want {
					t.Errorf("%s: %s holds the key of %s: %t, want %t", name, r, f, got, want)
				}
			}
		}
	}
}
