package crm

import (
	"fmt"
	"strings"
)

// RuleError says where a rule is wrong and what should stand there, so that
// the sentence can be made in any language.
type RuleError struct {
	Pos      int      // column in characters, from 1
	Found    string   // what stands there, at most 40 characters; blank at the end
	Expected []Expect // one or more
	Nearest  Field    // the field that was probably meant, if any
}

// Expect is what a rule should have: one of the Expect constants, or a token
// as it is written, such as ")" or "contains".
type Expect string

// What a rule should have, apart from tokens.
const (
	ExpectField    Expect = "field"
	ExpectNumber   Expect = "number"   // to 4 decimals, below 900 trillion
	ExpectWhole    Expect = "whole"    // whole number
	ExpectDay      Expect = "day"      // 2026-11-11, 90d ago or today
	ExpectText     Expect = "text"     // not blank, no control characters; in quotes if it is a keyword or holds spaces
	ExpectCurrency Expect = "currency" // three letters
	ExpectQuote    Expect = "quote"    // the end of the quotes that begin at Pos
	ExpectEnd      Expect = "end"      // end of the rule
	ExpectShorter  Expect = "shorter"  // a rule within MaxRuleLength
	ExpectFlatter  Expect = "flatter"  // nesting within MaxRuleDepth
)

// Error says in English what is wrong.
func (e *RuleError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "at %d: expected ", e.Pos)
	for i, x := range e.Expected {
		switch {
		case i > 0 && i == len(e.Expected)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(x.phrase())
	}
	if e.Found == "" {
		b.WriteString(", found the end")
	} else {
		b.WriteString(", found " + e.Found)
	}
	if e.Nearest != "" {
		fmt.Fprintf(&b, " (%s?)", e.Nearest)
	}
	return b.String()
}

func (x Expect) phrase() string {
	switch x {
	case ExpectField:
		return "a field"
	case ExpectNumber:
		return "a number of at most 4 decimals"
	case ExpectWhole:
		return "a whole number"
	case ExpectDay:
		return "a day such as 2026-11-11 or 90d ago"
	case ExpectText:
		return "a text"
	case ExpectCurrency:
		return "a currency of three letters"
	case ExpectQuote:
		return "closing quotes"
	case ExpectEnd:
		return "the end"
	case ExpectShorter:
		return fmt.Sprintf("at most %d characters", MaxRuleLength)
	case ExpectFlatter:
		return fmt.Sprintf("at most %d levels", MaxRuleDepth)
	default:
		return `"` + string(x) + `"`
	}
}
