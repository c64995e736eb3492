package table

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normal is the form in which headers are compared: that of Clean, in lower case.
func Normal(header string) string { return clean(strings.ToLower(norm.NFKC.String(header))) }

// Clean is a header without what the way of writing it adds: full-width and other
// compatibility forms folded (NFKC), zero-width characters and byte order marks
// dropped, runs of white space and line breaks turned into one space, none at the
// ends and none beside a Chinese character, which needs no space, 帐 written 账.
func Clean(header string) string { return clean(norm.NFKC.String(header)) }

func clean(header string) string {
	var b strings.Builder
	b.Grow(len(header))
	space, han := false, false // before r: white space, a Chinese character
	for _, r := range header {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.In(r, unicode.Cf, unicode.Cc):
			continue
		case r == '帐':
			r = '账'
		}
		before := han
		han = unicode.Is(unicode.Han, r)
		if space && !before && !han {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}
