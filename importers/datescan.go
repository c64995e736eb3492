package importers

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dateToken is a run of digits, a run of letters, or one sign.
type dateToken struct {
	text  string
	value int // of digits
	kind  byte
}

const (
	digits  = '0'
	letters = 'a'
	sign    = '.'
)

type dateParser struct {
	civil
	order    DateOrder
	list     [24]dateToken // no form of a date has more parts
	count    int
	at       int
	overflow bool
	half     string // of the day, am or pm
}

func (p *dateParser) tokens() []dateToken { return p.list[:p.count] }

func (p *dateParser) scan(s string) {
	s = strings.TrimSpace(s)
	for s != "" {
		kind := kindOf(s)
		end := 0
		for end < len(s) && kindOf(s[end:]) == kind {
			_, n := utf8.DecodeRuneInString(s[end:])
			end += n
			if kind == sign {
				break
			}
		}
		if p.count == len(p.list) {
			p.overflow = true
			return
		}
		t := dateToken{text: s[:end], kind: kind}
		if kind == digits {
			t.value, _ = strconv.Atoi(t.text) // too long: the length is looked at first
		} else {
			t.text = strings.ToLower(t.text)
		}
		if t.text != " " {
			p.list[p.count] = t
			p.count++
		}
		s = s[end:]
	}
}

func kindOf(s string) byte {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case r >= '0' && r <= '9':
		return digits
	case unicode.IsLetter(r):
		return letters
	default:
		return sign
	}
}

// peek returns the next token, the zero token at the end.
func (p *dateParser) peek() dateToken {
	if p.at >= p.count {
		return dateToken{}
	}
	return p.list[p.at]
}

// skip passes over the next token if its text is one of those given.
func (p *dateParser) skip(texts ...string) bool {
	for _, t := range texts {
		if p.at < p.count && p.peek().text == t {
			p.at++
			return true
		}
	}
	return false
}

// number takes the next token if it is a number of least to most digits.
func (p *dateParser) number(least, most int) (int, bool) {
	t := p.peek()
	if t.kind != digits || len(t.text) < least || len(t.text) > most {
		return 0, false
	}
	p.at++
	return t.value, true
}
