package pii

import (
	"strings"
	"unicode/utf8"
)

// maskSigns are what marketplaces put in the place of hidden characters.
const maskSigns = "*＊○◯●◎•█■□"

// Masked reports whether s is a value of which an export hides a part, so that
// it identifies nobody: it holds a mask sign (张**, 王○○), or runs of x among
// digits (138xxxx1234), or it is the cipher in which Douyin writes recipients
// (##…, $$…).
func Masked(s string) bool {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, maskSigns) {
		return true
	}
	return crossedOut(s) || cipher(s)
}

// crossedOut reports whether s consists of digits, separators and at least
// three x in a row.
func crossedOut(s string) bool {
	longest, run, digits := 0, 0, 0
	for _, r := range s {
		switch {
		case r == 'x' || r == 'X' || r == '×':
			run++
			longest = max(longest, run)
			continue
		case '0' <= r && r <= '9':
			digits++
		case !strings.ContainsRune("+-() ", r):
			return false
		}
		run = 0
	}
	return longest >= 3 && (digits > 0 || longest == utf8.RuneCountInString(s))
}

// cipher reports whether s begins as Douyin's ciphers do: two signs, or one
// before at least 20 letters of base64, the shortest block of 16 bytes.
func cipher(s string) bool {
	const block = 20
	if s == "" || s[0] != '#' && s[0] != '$' {
		return false
	}
	if len(s) > 1 && s[1] == s[0] {
		return true
	}
	n := 0
	for n < len(s)-1 && isBase64(s[n+1]) {
		n++
	}
	return n >= block
}

func isBase64(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || isDigit(c) || c == '+' || c == '/' || c == '='
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
