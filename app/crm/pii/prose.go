package pii

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	// mail is anything with the look of an e-mail address.
	mail = regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`)
	// digits is a number of phone length or longer, with what people write
	// between its digits; X ends some Chinese identity numbers.
	digits = regexp.MustCompile(`\+?\(?\p{Nd}(?:[ \t().\-–—－·]{0,2}\p{Nd}){6,}[xX]?`)
	// date is a day or a day and a time, which is no secret.
	date = regexp.MustCompile(`^(?:19|20)\d\d[-.](?:0?[1-9]|1[0-2])[-.](?:0?[1-9]|[12]\d|3[01])(?: \d{1,2})?$`)
)

// shownDigits is how many last digits of a number in a text stay.
const shownDigits = 4

// MaskProse returns a note or message in which e-mail addresses and numbers of
// 7 or more digits are masked: of a number its last 4 digits stay. Dates stay
// whole. Names and addresses in a text are not recognised.
func MaskProse(text string) string {
	text = mail.ReplaceAllStringFunc(text, MaskEmail)
	return digits.ReplaceAllStringFunc(text, func(number string) string {
		if date.MatchString(number) {
			return number
		}
		runes := []rune(strings.TrimRight(number, "xX"))
		kept := 0
		for i := len(runes) - 1; i >= 0; i-- {
			if !unicode.IsDigit(runes[i]) {
				continue
			}
			if kept++; kept > shownDigits {
				runes[i] = '*'
			}
		}
		return string(runes)
	})
}
