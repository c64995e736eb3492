package phrase

import "strings"

// Format names an export format by its id, those of a workbook's sheets one after the
// other; an unknown id stays as it is.
func (p *Phrases) Format(id string) string {
	if name, ok := strings.CutPrefix(id, "custom."); ok {
		return p.Text("imports_format_custom", map[string]any{"Name": name})
	}
	names := strings.Split(id, "+")
	for i, n := range names {
		names[i] = p.or("imports_format_"+strings.ReplaceAll(n, ".", "_"), n)
	}
	return strings.Join(names, " + ")
}

// Field names what a column tells, by its name in mappings; an unknown one stays as it is.
func (p *Phrases) Field(name string) string { return p.or("imports_field_"+name, name) }
