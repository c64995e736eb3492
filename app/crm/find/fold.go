package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kebu/app/crm/han"
)

// appendFolded appends s in the one spelling in which everything is compared:
// lower case, ordinary width, simplified characters, Latin letters without
// accents, runs of space and control characters as one space, none at the ends.
// What it appends holds no byte below the space.
func appendFolded(dst []byte, s string) []byte {
	folds, start := han.Folds(), len(dst)
	gap, decomposed := false, false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case han.Is(r):
			r = folds.Fold(r)
		case r >= utf8.RuneSelf && !decomposed:
			// Rare in names of the trade, so that only these pay for it.
			s, decomposed = foldRare(s), true
			dst, gap, i = dst[:start], false, 0
			continue
		case r <= ' ' || unicode.IsSpace(r) || unicode.IsControl(r):
			gap = true
			i += size
			continue
		}
		if gap && len(dst) > start {
			dst = append(dst, ' ')
		}
		gap = false
		if r < utf8.RuneSelf {
			dst = append(dst, byte(r)) //nolint:gosec // G115: the case is that it is one byte
		} else {
			dst = utf8.AppendRune(dst, r)
		}
		i += size
	}
	return dst
}

// foldRare does the part of folding that needs the Unicode tables.
func foldRare(s string) string {
	s = norm.NFKD.String(strings.ToValidUTF8(s, string(utf8.RuneError)))
	s = strings.Map(func(r rune) rune {
		switch {
		case 0x0300 <= r && r <= 0x036F: // accents; the voicing marks of kana are others and stay
			return -1
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r): // invisible
			return -1
		}
		return unicode.ToLower(r)
	}, s)
	return norm.NFKC.String(s)
}

// appendDigits appends the digits of a phone number, each run that masking or
// any other letter cuts off as a value of its own with the marker before it.
func appendDigits(dst []byte, marker byte, folded []byte) []byte {
	open := false
	for _, r := range string(folded) {
		switch {
		case '0' <= r && r <= '9':
			if !open {
				dst, open = append(dst, marker), true
			}
			dst = append(dst, byte(r))
		case !isPhoneMark(r):
			open = false
		}
	}
	return dst
}

// isPhoneMark tells what people write between the digits of one number.
func isPhoneMark(r rune) bool {
	return r < unicode.MaxASCII && strings.ContainsRune(" +-()./", r) || r == '‐' || r == '–'
}
