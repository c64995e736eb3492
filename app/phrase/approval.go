package phrase

import (
	"strconv"
	"strings"

	"kebu/app/usecase"
)

// Chosen says how whom a list holds was chosen.
func (p *Phrases) Chosen(a *usecase.Approval) string {
	var by []string
	if a.Rule != "" {
		by = append(by, a.Rule)
	}
	c := a.Chosen
	if c.Searched {
		by = append(by, p.Text("chosen_search"))
	}
	if c.Import != 0 {
		file := c.File
		if file == "" {
			file = strconv.FormatInt(c.Import, 10)
		}
		by = append(by, p.Text("chosen_import", map[string]any{"File": file}))
	}
	if c.Picked > 0 {
		by = append(by, p.Text("chosen_picked", map[string]any{"Count": c.Picked}))
	}
	if !c.Known {
		return strings.Join(append(by, p.Text("chosen_unknown")), p.Text("list_separator"))
	}
	if len(by) == 0 {
		by = append(by, p.Text("chosen_all"))
	}
	if c.First > 0 {
		by = append(by, p.Text("chosen_first", map[string]any{"Count": c.First}))
	}
	if c.Excepted > 0 {
		by = append(by, p.Text("chosen_excepted", map[string]any{"Count": c.Excepted}))
	}
	return strings.Join(by, p.Text("list_separator"))
}
