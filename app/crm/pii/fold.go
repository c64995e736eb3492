package pii

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s as texts are compared without case and width: Unicode NFKC,
// lower case. Accents and scripts are kept apart. Folding twice changes nothing.
func Fold(s string) string {
	if plain(s) {
		return s
	}
	// Lower case can leave the normal form: the dot of a Turkish capital İ.
	return norm.NFKC.String(strings.ToLower(norm.NFKC.String(s)))
}

// plain reports whether s is ASCII without capitals, its own fold.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}
