package phrase

import (
	"strings"

	"kebu/app/usecase"
)

// Step says in words what a step did; a verb without words stays as it is.
func (p *Phrases) Step(c usecase.Change) string {
	text, err := p.find("step_"+strings.ReplaceAll(c.Verb, " ", "_"), map[string]any{"File": c.File})
	if err != nil {
		return c.Verb
	}
	return text
}
