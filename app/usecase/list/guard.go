package list

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// guard makes a text inert in a spreadsheet that opens a CSV file, where a
// cell has no type of its own.
//
// What could be run as a formula gets a leading apostrophe (OWASP ASVS 5.0,
// 1.2.10): a text that begins with = + - @, with a full-width or small form of
// them, or with a tab, a line break or NUL, also behind spaces and invisible
// characters. It is the guard of Taobao and Shopify on phone numbers:
// '+86 138… keeps its plus and its digits, is text in Excel (a bare
// +8613812345678 is a number there and loses its plus), and importers/table
// takes the apostrophe away again.
//
// What Excel would turn into something else gets a trailing tab, Pinduoduo's
// guard, which importers/table strips too: more than 11 digits (shown as
// 2.60517E+17, and rounded past the 15th on saving), a leading zero, digits
// around an E, and digits joined by - / : (a date or a time).
//
// It does not guard the inside of a cell: where the list separator of the
// system is a semicolon, Excel opens a CSV file by it whatever the file says.
// The workbook has none of these problems.
func guard(s string) string {
	switch {
	case s == "":
		return s
	case runs(s):
		return "'" + s
	case changes(s):
		return s + "\t"
	default:
		return s
	}
}

// runs reports whether a spreadsheet might take s for a formula.
func runs(s string) bool {
	switch s[0] {
	case '\t', '\r', '\n', 0:
		return true
	}
	for _, r := range s {
		if r == utf8.RuneError || unicode.IsSpace(r) || !unicode.IsGraphic(r) {
			continue
		}
		switch r {
		case '=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫':
			return true
		}
		return false
	}
	return false
}

// excelDigits is the number of digits that Excel shows as they are.
const excelDigits = 11

// changes reports whether Excel would read s, which does not begin with a
// sign, as a number, date or time that looks different.
func changes(s string) bool {
	s = strings.TrimSpace(s)
	digits, joined := 0, false
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			digits++
		case i == 0 && c != '.':
			return false
		case strings.IndexByte("eE-/:", c) >= 0:
			joined = true
		case c != '.' && c != '+': // of a decimal or an exponent
			return false
		}
	}
	return digits > excelDigits || joined || digits > 1 && s[0] == '0' && s[1] != '.'
}
