package grid

import "strings"

// Unguard takes off what shops and marketplaces put around long numbers to keep
// spreadsheets from rounding them: TABs at either end, ="…" around, an apostrophe
// in front, one or several of them. The apostrophe goes only before a number or a
// code, so that product names such as 'Tis or '90s stay.
func Unguard(s string) string {
	for s != "" {
		switch first := s[0]; {
		case first == '\t' || s[len(s)-1] == '\t':
			s = strings.Trim(s, "\t")
		case first == '=':
			inner, ok := quotedFormula(s)
			if !ok {
				return s
			}
			s = inner
		case first == '\'' && isCode(s[1:]):
			s = s[1:]
		default:
			return s
		}
	}
	return s
}

// quotedFormula is the text in a formula that is nothing but a text: ="12""3".
func quotedFormula(s string) (string, bool) {
	if len(s) < 3 || s[1] != '"' || s[len(s)-1] != '"' {
		return "", false
	}
	inner := s[2 : len(s)-1]
	if !strings.Contains(inner, `"`) {
		return inner, true
	}
	if strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
		return "", false
	}
	return strings.ReplaceAll(inner, `""`, `"`), true
}

// isCode says that s is a number, phone or postal code: it starts with a digit or
// plus sign and has no letters but at most four capitals.
func isCode(s string) bool {
	if s == "" || s[0] != '+' && s[0]-'0' > 9 {
		return false
	}
	capitals := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			capitals++
		case c >= 'a' && c <= 'z', c >= 0x80:
			return false
		}
	}
	return capitals <= 4
}
