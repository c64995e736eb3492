package crm

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kebu/app/crm/pii"
)

// Rule chooses customers. The zero Rule chooses everyone.
//
// A rule is text for people (ParseRule, String) and a tree of conditions for
// programs. It means the same wherever it is evaluated: comparisons are true
// or false, never unknown, and a missing value compares false with every
// operator, != too. Texts compare by Fold, names of divisions by their other
// names as well (Field.Level). Of the sets (platform, month,
// tag, sku, product), = is true if any member is equal, and != is not =. An amount that
// a customer has none of is 0.
type Rule struct {
	Root Condition // nil: everyone
}

// Condition is a node of a rule: And, Or, Not or Compare.
type Condition interface{ condition() }

// And is true where all of its terms are; All makes it.
type And struct{ Terms []Condition }

// Or is true where one of its terms is; Any makes it.
type Or struct{ Terms []Condition }

// Not is true where its term is false.
type Not struct{ Term Condition }

// Compare compares one field of a customer.
type Compare struct {
	Field    Field
	Currency string // ISO 4217, of amounts only; blank is the book's currency
	Op       Op
	Values   []Value // one; for OpIn one or more
}

func (And) condition()     {}
func (Or) condition()      {}
func (Not) condition()     {}
func (Compare) condition() {}

// Value is what a field is compared with. The kind of the field says which of
// the members is meant; the others are zero.
type Value struct {
	Count  int64    // KindCount
	Amount Money    // KindAmount
	Day    DayValue // KindDay
	Text   string   // KindText, KindSet: as written; compare by Fold
}

// DayValue is a calendar day in the book's zone, or a distance from today.
type DayValue struct {
	Day   Day  // the day, unless Since
	Since bool // Ago counts
	Ago   int  // days before today; 0 is today
}

// RuleEnv is what a rule is evaluated in, besides the customer.
type RuleEnv struct {
	Currency string         // of the book: that of amounts without one
	Zone     *time.Location // of the book: whose days are meant
	Today    Day
}

// Resolve returns the day that v means when today is today.
func (v DayValue) Resolve(today Day) Day {
	if v.Since {
		return today - Day(v.Ago)
	}
	return v.Day
}

// Fold returns s as texts in rules compare: NFKC in lower case.
func Fold(s string) string { return pii.Fold(s) }

// All returns the condition that all terms together make, nil for none. It
// takes an And among them apart, so that each rule has one shape.
func All(terms ...Condition) Condition { return join[And](terms) }

// Any returns the condition that one term of several makes, nil for none. It
// takes an Or among them apart, as All does with And.
func Any(terms ...Condition) Condition { return join[Or](terms) }

func join[C interface {
	And | Or
	Condition
}](terms []Condition) Condition {
	var flat []Condition
	for _, t := range terms {
		if c, ok := t.(C); ok {
			flat = append(flat, And(c).Terms...)
		} else {
			flat = append(flat, t)
		}
	}
	switch len(flat) {
	case 0:
		return nil
	case 1:
		return flat[0]
	default:
		return C{flat}
	}
}

// Check reports whether a rule that a program put together is a valid one, by
// the error that ParseRule gives on its text.
func (r Rule) Check() error {
	_, err := ParseRule(r.String())
	return err
}

// Fields returns what the rule asks for, each once, in its order.
func (r Rule) Fields() []Field { return asked(nil, r.Root) }

func asked(list []Field, c Condition) []Field {
	switch c := c.(type) {
	case And:
		for _, t := range c.Terms {
			list = asked(list, t)
		}
	case Or:
		for _, t := range c.Terms {
			list = asked(list, t)
		}
	case Not:
		list = asked(list, c.Term)
	case Compare:
		if !slices.Contains(list, c.Field) {
			list = append(list, c.Field)
		}
	}
	return list
}

// Resolve returns the rule with every distance from today as a day.
func (r Rule) Resolve(today Day) Rule {
	if r.Root == nil {
		return r
	}
	return Rule{resolve(r.Root, today)}
}

func resolve(c Condition, today Day) Condition {
	switch c := c.(type) {
	case And:
		return And{resolveAll(c.Terms, today)}
	case Or:
		return Or{resolveAll(c.Terms, today)}
	case Not:
		return Not{resolve(c.Term, today)}
	case Compare:
		if c.Field.Kind() != KindDay {
			return c
		}
		days := make([]Value, len(c.Values))
		for i, v := range c.Values {
			days[i] = Value{Day: DayValue{Day: v.Day.Resolve(today)}}
		}
		c.Values = days
		return c
	default:
		return c
	}
}

func resolveAll(terms []Condition, today Day) []Condition {
	resolved := make([]Condition, len(terms))
	for i, t := range terms {
		resolved[i] = resolve(t, today)
	}
	return resolved
}

// String prints the rule in its one canonical spelling: ParseRule gives an
// equal rule back. The rule for everyone prints as "".
func (r Rule) String() string {
	if r.Root == nil {
		return ""
	}
	var b strings.Builder
	printCondition(&b, r.Root, bindsLoosest)
	return b.String()
}

// How tightly a condition binds; one inside a tighter one takes parentheses.
const (
	bindsLoosest = iota
	bindsAnd
	bindsNot
)

func printCondition(b *strings.Builder, c Condition, outer int) {
	switch c := c.(type) {
	case And:
		printTerms(b, c.Terms, " and ", bindsAnd, outer)
	case Or:
		printTerms(b, c.Terms, " or ", bindsLoosest, outer)
	case Not:
		b.WriteString("not ")
		printCondition(b, c.Term, bindsNot)
	case Compare:
		c.print(b)
	}
}

func printTerms(b *strings.Builder, terms []Condition, word string, own, outer int) {
	if own < outer {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	for i, t := range terms {
		if i > 0 {
			b.WriteString(word)
		}
		printCondition(b, t, own)
	}
}

func (c Compare) print(b *strings.Builder) {
	b.WriteString(string(c.Field))
	if c.Currency != "" {
		b.WriteString("(" + c.Currency + ")")
	}
	b.WriteString(" " + string(c.Op) + " ")
	if c.Op == OpIn {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	for i, v := range c.Values {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(v.print(c.Field.Kind()))
	}
}

func (v Value) print(k FieldKind) string {
	switch k {
	case KindCount:
		return strconv.FormatInt(v.Count, 10)
	case KindAmount:
		return v.Amount.String()
	case KindDay:
		switch {
		case !v.Day.Since:
			return v.Day.Day.String()
		case v.Day.Ago == 0:
			return wordToday
		default:
			return strconv.Itoa(v.Day.Ago) + "d " + wordAgo
		}
	default:
		return Quote(v.Text)
	}
}

// Quote returns s as a rule writes it: bare where the lexer reads it back as
// one word that is no keyword, else in quotes.
func Quote(s string) string {
	l := lexer{rest: []rune(s), pos: 1}
	if t := l.next(); t.kind == tokenWord && t.text == s && !t.isKeyword() {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `""`).Replace(s) + `"`
}
