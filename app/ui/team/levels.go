package team

import (
	"maps"
	"strings"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// matrix is what each role sees of each field. A lock marks what no key opens to the
// role, an eye what it opens one person at a time; the rest the program keeps.
func matrix(words *phrase.Phrases, h access.House) [][]parts.CardCell {
	lines := make([][]parts.CardCell, len(access.Fields))
	for i, f := range access.Fields {
		lines[i] = []parts.CardCell{{Text: words.Text("team_field_" + string(f))}}
		for _, r := range access.Roles {
			lines[i] = append(lines[i], levelCell(words, h, r, f))
		}
	}
	return lines
}

func levelCell(words *phrase.Phrases, h access.House, r access.Role, f access.Field) parts.CardCell {
	level := h.Sees(r, f)
	c := parts.CardCell{Text: words.Level(level), Tone: look.Muted}
	switch {
	case f.Personal() && !h.Holds(r, f):
		c.Icon = "lock"
	case level == access.Reveals:
		c.Icon = "eye"
	case level == access.Clear:
		c.Tone = look.Plain
	}
	return c
}

// choices are the levels that a role can be given of a field, the least first: up to what
// the table gives, and those that mean something for the field.
func choices(r access.Role, f access.Field) []access.Level {
	most := access.Sees(r, f)
	var list []access.Level
	for l := access.None; l <= most; l++ {
		if l == access.None || l == most || meant(f, l) {
			list = append(list, l)
		}
	}
	return list
}

// meant reports whether a level below the table's means something for a field. Notes have
// no mask that could stand for them, and sums are of what can be added up.
func meant(f access.Field, l access.Level) bool {
	switch l {
	case access.Aggregates:
		return f == access.Place || f == access.Facts || f == access.Amount || f == access.Tag
	case access.Masked:
		return f == access.Account || f == access.Facts || f.Personal() && f != access.Writing
	default:
		return l == access.None
	}
}

// levelsOf is what a role sees of each field.
func levelsOf(h access.House, r access.Role) map[access.Field]access.Level {
	levels := make(map[access.Field]access.Level, len(access.Fields))
	for _, f := range access.Fields {
		levels[f] = h.Sees(r, f)
	}
	return levels
}

// narrowed returns rules under which a role sees so much of each field.
func narrowed(h access.House, r access.Role, levels map[access.Field]access.Level) access.House {
	most := make(map[access.Field]access.Level)
	for f, l := range levels {
		if l < access.Sees(r, f) {
			most[f] = l
		}
	}
	h.Most = maps.Clone(h.Most)
	if h.Most == nil {
		h.Most = make(map[access.Role]map[access.Field]access.Level)
	}
	if h.Most[r] = most; len(most) == 0 {
		delete(h.Most, r)
	}
	return h
}

// fieldNames lists fields.
func fieldNames(words *phrase.Phrases, fields []access.Field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = words.Text("team_field_" + string(f))
	}
	return strings.Join(names, words.Text("list_separator"))
}
