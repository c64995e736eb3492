package crm

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of a rule.
const (
	// MaxRuleLength is the length of a rule's text in characters.
	MaxRuleLength = 10_000
	// MaxRuleDepth is the number of parentheses and nots inside each other.
	MaxRuleDepth = 100
	// maxDaysAgo is about the time for which there have been calendars.
	maxDaysAgo = 1_000_000
)

// ParseRule reads a rule:
//
//	rule       = [ or ]
//	or         = and { "or" and }
//	and        = not { "and" not }
//	not        = "not" not | "(" or ")" | comparison
//	comparison = field [ "(" currency ")" ] operator value
//	           | field [ "(" currency ")" ] "in" "(" value { "," value } ")"
//
// Values are numbers, days (2026-11-11, 90d ago, today) and texts, in quotes
// where they hold spaces or signs or are keywords. Case does not matter, nor
// do the full-width signs that a Chinese keyboard writes. A text of blanks is
// the rule for everyone. The error is a *RuleError.
func ParseRule(text string) (Rule, error) {
	if utf8.RuneCountInString(text) > MaxRuleLength {
		return Rule{}, tooLong()
	}
	p := parser{lexer: lexer{rest: []rune(text), pos: 1}}
	p.advance()
	if p.token.kind == tokenEnd {
		return Rule{}, nil
	}
	root, err := p.or()
	if err != nil {
		return Rule{}, err
	}
	if p.token.kind != tokenEnd {
		return Rule{}, p.expected(wordAnd, wordOr, ExpectEnd)
	}
	rule := Rule{root}
	// Else a segment could be saved that cannot be read back.
	if utf8.RuneCountInString(rule.String()) > MaxRuleLength {
		return Rule{}, tooLong()
	}
	return rule, nil
}

func tooLong() error {
	return &RuleError{Pos: MaxRuleLength + 1, Found: "…", Expected: []Expect{ExpectShorter}}
}

// parser reads by recursive descent, one token ahead.
type parser struct {
	lexer lexer
	token token
	depth int
}

func (p *parser) advance() { p.token = p.lexer.next() }

// expected returns the error at the present token.
func (p *parser) expected(what ...Expect) error {
	const longest = 40
	found := []rune(p.token.raw)
	if len(found) > longest {
		found = append(found[:longest-1:longest-1], '…')
	}
	if p.token.kind == tokenUnclosed {
		what = []Expect{ExpectQuote}
	}
	return &RuleError{Pos: p.token.pos, Found: string(found), Expected: what}
}

func (p *parser) or() (Condition, error) {
	first, err := p.and()
	if err != nil {
		return nil, err
	}
	terms := []Condition{first}
	for p.token.is(wordOr) {
		p.advance()
		term, err := p.and()
		if err != nil {
			return nil, err
		}
		terms = append(terms, term)
	}
	return Any(terms...), nil
}

func (p *parser) and() (Condition, error) {
	first, err := p.not()
	if err != nil {
		return nil, err
	}
	terms := []Condition{first}
	for p.token.is(wordAnd) {
		p.advance()
		term, err := p.not()
		if err != nil {
			return nil, err
		}
		terms = append(terms, term)
	}
	return All(terms...), nil
}

func (p *parser) not() (Condition, error) {
	nests := p.token.is(wordNot) || p.token.kind == tokenOpen
	if !nests {
		return p.comparison()
	}
	if p.depth == MaxRuleDepth {
		return nil, p.expected(ExpectFlatter)
	}
	p.depth++
	defer func() { p.depth-- }()
	if p.token.kind == tokenWord {
		p.advance()
		term, err := p.not()
		if err != nil {
			return nil, err
		}
		return Not{term}, nil
	}
	p.advance()
	inner, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.token.kind != tokenClose {
		return nil, p.expected(wordAnd, wordOr, ")")
	}
	p.advance()
	return inner, nil
}

func (p *parser) comparison() (Condition, error) {
	c := Compare{}
	if p.token.kind == tokenWord {
		c.Field = Field(Fold(p.token.text))
	}
	if c.Field.Kind() == KindNone {
		err := p.expected(ExpectField, wordNot, "(")
		var wrong *RuleError
		if p.token.kind == tokenWord && !p.token.isKeyword() && errors.As(err, &wrong) {
			wrong.Nearest = nearestField(p.token.text)
		}
		return nil, err
	}
	p.advance()
	if c.Field.Kind() == KindAmount && p.token.kind == tokenOpen {
		var err error
		if c.Currency, err = p.currency(); err != nil {
			return nil, err
		}
	}
	if p.token.kind == tokenOp || p.token.is(wordIn) || p.token.is(wordContains) {
		c.Op = Op(Fold(p.token.text))
	}
	if ops := c.Field.Ops(); !slices.Contains(ops, c.Op) {
		var what []Expect
		for _, op := range ops {
			what = append(what, Expect(op))
		}
		return nil, p.expected(what...)
	}
	p.advance()
	if c.Op == OpIn {
		var err error
		c.Values, err = p.list(c.Field.Kind())
		return c, err
	}
	v, err := p.value(c.Field.Kind())
	c.Values = []Value{v}
	return c, err
}

// currency reads "(USD)".
func (p *parser) currency() (string, error) {
	p.advance()
	code := ""
	if p.token.kind == tokenWord {
		code = strings.ToUpper(norm.NFKC.String(p.token.text))
	}
	letter := func(r rune) bool { return 'A' <= r && r <= 'Z' }
	if len(code) != 3 || strings.TrimFunc(code, letter) != "" {
		return "", p.expected(ExpectCurrency)
	}
	p.advance()
	if p.token.kind != tokenClose {
		return "", p.expected(")")
	}
	p.advance()
	return code, nil
}

func (p *parser) list(k FieldKind) ([]Value, error) {
	if p.token.kind != tokenOpen {
		return nil, p.expected("(")
	}
	var values []Value
	for {
		p.advance()
		v, err := p.value(k)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		switch p.token.kind {
		case tokenComma:
		case tokenClose:
			p.advance()
			return values, nil
		default:
			return nil, p.expected(",", ")")
		}
	}
}

func (p *parser) value(k FieldKind) (Value, error) {
	switch k {
	case KindCount:
		n, err := strconv.ParseInt(p.plainWord(), 10, 64)
		if err != nil {
			return Value{}, p.expected(ExpectWhole)
		}
		p.advance()
		return Value{Count: n}, nil
	case KindAmount:
		m, err := ParseMoney(p.plainWord())
		if err != nil {
			return Value{}, p.expected(ExpectNumber)
		}
		p.advance()
		return Value{Amount: m}, nil
	case KindDay:
		return p.day()
	default:
		text := p.token.text
		bare := p.token.kind == tokenWord && !p.token.isKeyword()
		quoted := p.token.kind == tokenQuoted && strings.TrimFunc(text, isBlank) != ""
		if !bare && !quoted || strings.ContainsFunc(text, unicode.IsControl) {
			return Value{}, p.expected(ExpectText)
		}
		v := Value{Text: text}
		p.advance()
		return v, nil
	}
}

func (p *parser) day() (Value, error) {
	word := p.plainWord()
	if word == wordToday {
		p.advance()
		return Value{Day: DayValue{Since: true}}, nil
	}
	if t, err := time.Parse(time.DateOnly, word); err == nil {
		p.advance()
		return Value{Day: DayValue{Day: DayOf(t)}}, nil
	}
	digits, found := strings.CutSuffix(word, "d")
	n, err := strconv.Atoi(digits)
	if !found || err != nil || !isDigits(digits) || n > maxDaysAgo {
		return Value{}, p.expected(ExpectDay)
	}
	p.advance()
	if !p.token.is(wordAgo) {
		return Value{}, p.expected(wordAgo)
	}
	p.advance()
	return Value{Day: DayValue{Since: true, Ago: n}}, nil
}

// plainWord returns the present token, if it is a bare word, in ordinary width
// and lower case, else "".
func (p *parser) plainWord() string {
	if p.token.kind != tokenWord {
		return ""
	}
	return Fold(p.token.text)
}
