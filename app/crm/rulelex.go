package crm

import (
	"strings"
	"unicode"
)

// The keywords of a rule. Field names are none: where a text is expected, they
// are texts.
const (
	wordNot      = "not"
	wordAnd      = "and"
	wordOr       = "or"
	wordIn       = "in"
	wordContains = "contains"
	// These two are words of days only, no keywords.
	wordAgo   = "ago"
	wordToday = "today"
)

type tokenKind uint8

const (
	tokenEnd      tokenKind = iota
	tokenWord               // bare: keyword, field, number, day or text
	tokenQuoted             // in quotes: always a text
	tokenUnclosed           // quotes that do not end
	tokenOp                 // = != < <= > >=
	tokenOpen
	tokenClose
	tokenComma
)

// token is one piece of a rule. Its text is unquoted; operators are spelled as
// Op, whatever the keyboard wrote.
type token struct {
	kind tokenKind
	text string
	raw  string // as it stands in the rule
	pos  int    // column from 1
}

// is reports whether t is the bare word, without case and width.
func (t token) is(word string) bool { return t.kind == tokenWord && Fold(t.text) == word }

func (t token) isKeyword() bool {
	if t.kind != tokenWord {
		return false
	}
	switch Fold(t.text) {
	case wordNot, wordAnd, wordOr, wordIn, wordContains:
		return true
	default:
		return false
	}
}

// lexer cuts a rule into tokens. What a Chinese input method writes for a
// sign is read as that sign.
type lexer struct {
	rest []rune
	pos  int // column of rest[0]
}

func (l *lexer) next() token {
	for len(l.rest) > 0 && isBlank(l.rest[0]) {
		l.skip(1)
	}
	if len(l.rest) == 0 {
		return token{kind: tokenEnd, pos: l.pos}
	}
	if kind, text, n := sign(l.rest); n > 0 {
		return l.take(kind, text, n)
	}
	if closers := closing(l.rest[0]); closers != "" {
		return l.quoted(closers)
	}
	n := 1
	for n < len(l.rest) && !endsWord(l.rest[n:]) {
		n++
	}
	return l.take(tokenWord, string(l.rest[:n]), n)
}

func (l *lexer) skip(n int) {
	l.rest = l.rest[n:]
	l.pos += n
}

func (l *lexer) take(kind tokenKind, text string, n int) token {
	t := token{kind: kind, text: text, raw: string(l.rest[:n]), pos: l.pos}
	l.skip(n)
	return t
}

// quoted reads a text in quotes. Inside, the closing quote is written twice or
// after a backslash, and a backslash before a backslash.
func (l *lexer) quoted(closers string) token {
	var text strings.Builder
	for i := 1; i < len(l.rest); i++ {
		r := l.rest[i]
		following := func(set string) bool {
			return i+1 < len(l.rest) && strings.ContainsRune(set, l.rest[i+1])
		}
		switch {
		case r == '\\' && following(closers+`\`):
			i++
			text.WriteRune(l.rest[i])
		case strings.ContainsRune(closers, r) && following(string(r)):
			i++
			text.WriteRune(r)
		case strings.ContainsRune(closers, r):
			return l.take(tokenQuoted, text.String(), i+1)
		default:
			text.WriteRune(r)
		}
	}
	return l.take(tokenUnclosed, "", len(l.rest))
}

// sign returns the sign with which s begins, as kind, text and length; the
// length is 0 if it begins with none.
func sign(s []rune) (kind tokenKind, text string, n int) {
	equals := len(s) > 1 && (s[1] == '=' || s[1] == '＝')
	switch s[0] {
	case '(', '（':
		return tokenOpen, "(", 1
	case ')', '）':
		return tokenClose, ")", 1
	case ',', '，', '、':
		return tokenComma, ",", 1
	case '=', '＝':
		return tokenOp, string(OpEqual), 1
	case '≠':
		return tokenOp, string(OpNotEqual), 1
	case '≤':
		return tokenOp, string(OpAtMost), 1
	case '≥':
		return tokenOp, string(OpAtLeast), 1
	case '!', '！':
		if equals {
			return tokenOp, string(OpNotEqual), 2
		}
		return tokenEnd, "", 0 // an exclamation mark belongs to its word
	case '<', '＜':
		if equals {
			return tokenOp, string(OpAtMost), 2
		}
		return tokenOp, string(OpLess), 1
	case '>', '＞':
		if equals {
			return tokenOp, string(OpAtLeast), 2
		}
		return tokenOp, string(OpMore), 1
	default:
		return tokenEnd, "", 0
	}
}

// closing returns the quotes that can end a text which r begins, "" if r is no
// quote. A keyboard that writes both curly quotes by one key confuses them, so
// either ends the other.
func closing(r rune) string {
	switch r {
	case '"', '＂':
		return `"＂`
	case '\'', '＇':
		return `'＇`
	case '“', '”':
		return "“”"
	case '‘', '’':
		return "‘’"
	case '「':
		return "」"
	case '『':
		return "』"
	default:
		return ""
	}
}

// endsWord reports whether a bare word ends before s. Single quotes are part
// of a word: L'Aquila.
func endsWord(s []rune) bool {
	switch s[0] {
	case '\'', '＇', '‘', '’':
		return false
	}
	_, _, n := sign(s)
	return n > 0 || isBlank(s[0]) || closing(s[0]) != ""
}

// isBlank also takes what pasted text brings along: a byte order mark and the
// space without width.
func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' }
