package phrase

import "kebu/app/usecase"

// Step says in words what a step did; a verb without words stays as it is.
func (p *Phrases) Step(c usecase.Change) string { return p.Verb(c.Verb, c.File) }

// Verb says in words what a verb did, with a file or "".
func (p *Phrases) Verb(verb, file string) string {
	key := "step_" + worded(verb)
	if file == "" {
		if text, err := p.find(key+"_unnamed", nil); err == nil {
			return text
		}
	}
	text, err := p.find(key, map[string]any{"File": file})
	if err != nil {
		return verb
	}
	return text
}
