package importers

import "strings"

// blinded reports whether a marketplace has hidden s, a value of a person: by
// stars or circles (138****0000, 王○○), by crosses in a number, or by a cipher
// that opens with # or $, as Douyin writes.
func blinded(s string) bool {
	if strings.ContainsAny(s, "*＊○●◯") || strings.Contains(s, "xxx") || strings.Contains(s, "XXX") {
		return true
	}
	if s == "" || s[0] != '#' && s[0] != '$' {
		return false
	}
	if strings.HasPrefix(s, "##") || strings.HasPrefix(s, "$$") {
		return true
	}
	return len(s) >= cipherLength && strings.Trim(s, cipherLetters) == ""
}

// A text after a single # is a cipher only from this length on, and only in
// these letters: an address may open with "#12-34".
const (
	cipherLength  = 16
	cipherLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_#$"
)
