package act

import (
	"sort"
	"strings"

	"kebu/app/crm"
	"kebu/app/usecase"
)

// tagState is how many of the chosen customers have a tag.
type tagState int

const (
	none tagState = iota
	some
	all
)

// tagLine is a line of the list of tags.
type tagLine struct {
	name  string
	state tagState
	added bool // typed, and not yet a tag of anybody
}

// tagLines lists tags for a choice: those that the chosen customers have first,
// then the others, by how many customers have them. typed narrows the list; a
// tag that is not there yet stands first, to be made.
func tagLines(typed string, tags []tagCount, of int) []tagLine {
	typed = strings.TrimSpace(typed)
	folded := crm.Fold(typed)
	var lines []tagLine
	known := typed == ""
	for _, t := range tags {
		if crm.Fold(t.name) == folded {
			known = true
		}
		if typed != "" && !strings.Contains(crm.Fold(t.name), folded) {
			continue
		}
		state := none
		switch {
		case t.chosen >= of && of > 0:
			state = all
		case t.chosen > 0:
			state = some
		}
		lines = append(lines, tagLine{name: t.name, state: state})
	}
	sort.SliceStable(lines, func(i, j int) bool { return lines[i].state > lines[j].state })
	if !known {
		lines = append([]tagLine{{name: typed, added: true}}, lines...)
	}
	return lines
}

// tagCount is a tag with how many customers have it, and how many of the chosen.
type tagCount struct {
	name        string
	all, chosen int
}

// countsOf puts the counts of all customers and of the chosen together, the most
// used tag first.
func countsOf(every, chosen []usecase.TagCount) []tagCount {
	list := make([]tagCount, len(every))
	for i, t := range every {
		list[i] = tagCount{name: t.Tag, all: t.Customers}
		for _, c := range chosen {
			if c.Tag == t.Tag {
				list[i].chosen = c.Customers
			}
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].all > list[j].all })
	return list
}

// mayBeTag reports whether a text can be a tag.
func mayBeTag(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && !strings.ContainsAny(s, "\x1f\n\r\t")
}
