package usecase

import "kebu/app/crm/access"

// VerbOf returns the verb of each method of Session.
func VerbOf() map[string]access.Verb {
	verbs := make(map[string]access.Verb, len(verbOf))
	for name, m := range verbOf {
		verbs[name] = m.verb
	}
	return verbs
}
