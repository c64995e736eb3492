package phrase

import "kebu/app/usecase"

// Step says in words what a step did; a verb without words stays as it is.
func (p *Phrases) Step(c usecase.Change) string { return p.Verb(c.Verb, c.File) }

// Verb says in words what a verb did, with a file or "".
func (p *Phrases) Verb(verb, file string) string {
	text, err := p.find("step_"+worded(verb), map[string]any{"File": file})
	if err != nil {
		return verb
	}
	return text
}
