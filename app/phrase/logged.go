package phrase

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kebu/app/crm/access"
	"kebu/app/usecase"
)

// Logged says in a plain sentence what an entry of the log tells, without what was typed.
func (p *Phrases) Logged(e *usecase.LogEntry) string {
	if e.Of != "" {
		return p.Text("logged_tried", map[string]any{"What": p.or("verb_"+worded(e.Of), e.Of)})
	}
	if e.Verb == string(access.Reveal) && strings.HasPrefix(e.Rule, "log") {
		return p.Text("logged_saw")
	}
	did := p.Verb(e.Verb, e.File)
	if first, size := utf8.DecodeRuneInString(did); size > 0 {
		did = string(unicode.ToUpper(first)) + did[size:]
	}
	if e.Verb == "login" && e.Rows > 0 {
		return p.Text("logged_wrong", map[string]any{"What": did, "Count": e.Rows})
	}
	named := func(c usecase.LogChange) bool { return c.Name != "" && c.What != "approval" } // which has a number
	if i := slices.IndexFunc(e.Changes, named); i >= 0 && e.Verb != "found" {               // which names all users
		return p.Text("logged_about", map[string]any{"What": did, "Name": e.Changes[i].Name})
	}
	return did
}

// worded is a verb as the end of a key.
func worded(verb string) string { return strings.NewReplacer(" ", "_", "-", "_").Replace(verb) }
