package phrase

import (
	"strings"

	"kebu/app/crm/access"
)

// User names a user with the role; an owner who took no name by the role alone.
func (p *Phrases) User(name string, role access.Role) string {
	called := p.Text("role_" + string(role))
	if name == called || strings.EqualFold(name, string(role)) {
		return called
	}
	return p.Text("user_called", map[string]any{"User": name, "Role": called})
}
