// Package filter is the way between a rule and the chips of a filter bar, and
// what a rule says in the user's language. It knows no Fyne.
package filter

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"kebu/app/crm"
	"kebu/app/phrase"
)

// Chip is one condition as the filter bar shows it.
type Chip struct {
	Field  crm.Field // "" where Custom
	Op     crm.Op
	Values []string // one; for OpIn one or more. Days: 2026-11-11, or 90d ago
	Custom string   // a rule that one comparison cannot say, as text
}

// Words give texts in the user's language.
type Words interface {
	Text(key string, data ...map[string]any) string
	Platform(id string) string
}

// Parse takes a rule apart into chips that are joined by and, or by or. What is
// nested, negated or of another currency is one custom chip. It fails with a
// *crm.RuleError.
func Parse(rule string) (chips []Chip, all bool, err error) {
	r, err := crm.ParseRule(rule)
	if err != nil {
		return nil, true, err
	}
	terms, all := []crm.Condition{r.Root}, true
	switch root := r.Root.(type) {
	case nil:
		return nil, true, nil
	case crm.And:
		terms = root.Terms
	case crm.Or:
		terms, all = root.Terms, false
	}
	for _, t := range terms {
		c, ok := t.(crm.Compare)
		if !ok || c.Currency != "" {
			chips = append(chips, Chip{Custom: crm.Rule{Root: t}.String()})
			continue
		}
		chips = append(chips, Chip{Field: c.Field, Op: c.Op, Values: values(c)})
	}
	return chips, all, nil
}

// values returns what a field is compared with, as people write it.
func values(c crm.Compare) []string {
	list := make([]string, len(c.Values))
	for i, v := range c.Values {
		switch c.Field.Kind() {
		case crm.KindCount:
			list[i] = strconv.FormatInt(v.Count, 10)
		case crm.KindAmount:
			list[i] = v.Amount.String()
		case crm.KindDay:
			list[i] = v.Day.Day.String()
			if v.Day.Since {
				list[i] = fmt.Sprintf("%dd ago", v.Day.Ago)
			}
		default:
			list[i] = v.Text
		}
	}
	return list
}

// Rule puts chips together to a rule, joined by and or by or. It fails with a
// *crm.RuleError where a value is none.
func Rule(chips []Chip, all bool) (string, error) {
	var terms []crm.Condition
	for _, c := range chips {
		r, err := crm.ParseRule(c.Text())
		if err != nil {
			return "", err
		}
		if r.Root != nil {
			terms = append(terms, r.Root)
		}
	}
	join := crm.Any
	if all {
		join = crm.All
	}
	return crm.Rule{Root: join(terms...)}.String(), nil
}

// Text returns the rule of one chip.
func (c Chip) Text() string {
	if c.Custom != "" {
		return c.Custom
	}
	list := make([]string, len(c.Values))
	for i, v := range c.Values {
		list[i] = v
		if kind := c.Field.Kind(); kind == crm.KindText || kind == crm.KindSet {
			list[i] = crm.Quote(v)
		}
	}
	value := strings.Join(list, ", ")
	if c.Op == crm.OpIn {
		value = "(" + value + ")"
	}
	return fmt.Sprintf("%s %s %s", c.Field, c.Op, value)
}

// signs are how comparisons of numbers are written; they are the same in every language.
var signs = map[crm.Op]string{
	crm.OpEqual: "=", crm.OpNotEqual: "≠", crm.OpLess: "<", crm.OpAtMost: "≤", crm.OpMore: ">", crm.OpAtLeast: "≥",
}

// names are the parts of keys for operators.
var names = map[crm.Op]string{
	crm.OpEqual: "equal", crm.OpNotEqual: "not_equal", crm.OpLess: "less", crm.OpAtMost: "at_most",
	crm.OpMore: "more", crm.OpAtLeast: "at_least", crm.OpIn: "in", crm.OpContains: "contains",
}

// Op returns an operator as it stands in the editor for a field.
func Op(w Words, field crm.Field, op crm.Op) string {
	switch field.Kind() {
	case crm.KindDay:
		return w.Text("rule_day_" + names[op])
	case crm.KindText, crm.KindSet:
		return w.Text("rule_text_" + names[op])
	default:
		if sign, ok := signs[op]; ok {
			return sign
		}
		return w.Text("rule_text_" + names[op])
	}
}

// Title returns the name of a field.
func Title(w Words, field crm.Field) string { return w.Text("rule_" + string(field)) }

// Describe says a chip in two parts: the field, and what it is compared with.
// Amounts stand in the book's currency.
func Describe(w Words, c Chip, currency string) (title, value string) {
	if c.Custom != "" {
		return w.Text("rule_custom"), c.Custom
	}
	list := make([]string, len(c.Values))
	for i, v := range c.Values {
		list[i] = describe(w, c.Field, v, currency)
	}
	value = strings.Join(list, w.Text("list_separator"))
	plain := c.Field.Kind() == crm.KindText || c.Field.Kind() == crm.KindSet
	if plain && (c.Op == crm.OpEqual || c.Op == crm.OpIn) {
		return Title(w, c.Field), value
	}
	return Title(w, c.Field), Op(w, c.Field, c.Op) + " " + value
}

func describe(w Words, field crm.Field, v, currency string) string {
	switch field.Kind() {
	case crm.KindAmount:
		if m, err := crm.ParseMoney(v); err == nil {
			return strings.TrimSuffix(phrase.Price(m, currency), ".00")
		}
	case crm.KindDay:
		var days int
		if n, err := fmt.Sscanf(v, "%dd ago", &days); n == 1 && err == nil {
			return w.Text("ago_days", map[string]any{"Count": days})
		}
	case crm.KindSet:
		if field == crm.FieldPlatform {
			return w.Platform(v)
		}
	default:
	}
	return v
}

// Sentence says a whole rule in one line, for a list of rules. A rule that
// cannot be read stands as it is.
func Sentence(w Words, rule, currency string) string {
	chips, all, err := Parse(rule)
	if err != nil {
		return rule
	}
	if len(chips) == 0 {
		return w.Text("rule_everyone")
	}
	list := make([]string, len(chips))
	for i, c := range chips {
		title, value := Describe(w, c, currency)
		list[i] = title + " " + value
		if c.Custom != "" {
			list[i] = value
		}
	}
	join := w.Text("rule_or")
	if all {
		join = w.Text("rule_and")
	}
	return strings.Join(list, join)
}

// Mistake returns where a rule that is being typed is wrong: the letters from
// and before to, and the sentence; "" for a rule that is right.
func Mistake(w interface{ Error(error) string }, rule string) (problem string, from, to int) {
	_, err := crm.ParseRule(rule)
	var wrong *crm.RuleError
	if !errors.As(err, &wrong) {
		return "", 0, 0
	}
	from = wrong.Pos - 1
	return w.Error(err), from, from + max(1, len([]rune(wrong.Found)))
}
