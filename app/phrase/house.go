package phrase

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"kebu/app/crm/access"
)

// Level says what a role sees of a field.
func (p *Phrases) Level(l access.Level) string {
	names := [...]string{"none", "sums", "masked", "reveals", "clear"}
	return p.Text("team_level_" + names[min(max(int(l), 0), len(names)-1)])
}

// Role is what a role is called, "" for none.
func (p *Phrases) Role(role string) string {
	if role == "" {
		return ""
	}
	return p.or("role_"+role, role)
}

// LoggedValue says in words what a change of the log was from or to.
func (p *Phrases) LoggedValue(what, value string) string {
	switch {
	case value == "":
		return ""
	case what == "user":
		return p.Role(value)
	case what == "approval":
		return p.or("verdict_"+value, value)
	case what == "rules":
		var h access.House
		if json.Unmarshal([]byte(value), &h) == nil && h.Valid() == nil { // else somebody forged it
			return p.house(h)
		}
	}
	return value
}

// house says what an owner's rules take from the table and bound, "" for nothing.
func (p *Phrases) house(h access.House) string {
	var list []string
	say := func(key string, data map[string]any) { list = append(list, p.Text(key, data)) }
	for _, r := range access.Roles {
		role := p.Role(string(r))
		for _, f := range access.Fields {
			if l := h.Sees(r, f); l < access.Sees(r, f) {
				say("rules_sees", map[string]any{"Role": role, "Field": p.Text("team_field_" + string(f)), "Level": p.Level(l)})
			}
		}
		for _, v := range h.Off[r] {
			say("rules_off", map[string]any{"Role": role, "What": p.Verb(string(v), "")})
		}
		if n, ok := h.Daily[r]; ok {
			say("rules_daily", map[string]any{"Role": role, "Count": n})
		}
	}
	if h.Rows > 0 {
		say("rules_rows", map[string]any{"Count": h.Rows})
	}
	if h.Delay != nil {
		say("rules_delay", map[string]any{"Count": *h.Delay})
	}
	for _, user := range slices.Sorted(maps.Keys(h.Until)) {
		say("rules_until", map[string]any{"User": user, "Day": time.UnixMilli(h.Until[user]).UTC().Format(time.DateOnly)})
	}
	return strings.Join(list, p.Text("rules_separator"))
}
