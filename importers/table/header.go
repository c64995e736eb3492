package table

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normal is the form in which headers are compared: full-width and other
// compatibility forms folded (NFKC), zero-width characters and byte order marks
// dropped, runs of white space and line breaks turned into one space, none at the
// ends, 帐 written 账, lower case.
func Normal(header string) string {
	var b strings.Builder
	b.Grow(len(header))
	space := false
	for _, r := range strings.ToLower(norm.NFKC.String(header)) {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.In(r, unicode.Cf, unicode.Cc):
			continue
		case r == '帐':
			r = '账'
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
