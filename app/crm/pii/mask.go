package pii

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The masks show what a shop needs to recognise a person on its screen and
// hide the rest behind a fixed number of asterisks, so that they do not tell a
// length. The mask of "" is "". A value that does not look like its kind is
// hidden altogether.

// hidden stands for a value of which nothing is shown.
const hidden = "****"

// MaskPhone shows at most the last four digits of a mainland Chinese mobile
// (*******5678, and *******5678-**** of one with an extension) and of a number
// that the export masked; the area code and the last two digits of a landline
// (0571-******42); else the country code, if it is written, and the last two
// digits (+49 ******17). At least five digits of a number are hidden.
func MaskPhone(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	const stars = maskedMobile
	if Masked(s) {
		return stars + lastDigits(s, 4)
	}
	d := dial(s)
	suffix := ""
	if d.extension {
		suffix = "-" + hidden
	}
	if mobile, ok := d.chineseMobile(); ok {
		return stars + mobile[7:] + suffix
	}
	if mobile, found := mobileIn(s); found && !d.plus {
		return stars + mobile[7:]
	}
	const shown, least = 2, 5 // digits shown at the end, hidden before them
	code, prefix := 0, ""
	if area := areaLength(d.digits); !d.plus && area > 0 && (d.firstGap == 0 || d.firstGap == area) {
		code, prefix = area, d.digits[:area]+"-"
	} else if d.plus {
		code = len(callingCode(d.digits))
		prefix = "+" + d.digits[:code] + " "
	}
	if len(d.digits) < code+least+shown {
		return hidden
	}
	return prefix + "******" + d.digits[len(d.digits)-shown:] + suffix
}

// lastDigits returns the digits at the end of s, at most n.
func lastDigits(s string, n int) string {
	i := len(s)
	for i > 0 && len(s)-i < n && isDigit(s[i-1]) {
		i--
	}
	return s[i:]
}

// MaskEmail shows the first character and the domain: a***@qq.com; of a local
// part of one or two characters only the domain.
func MaskEmail(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	at := strings.IndexByte(s, '@')
	if at < 0 || !LooksLikeEmail(s) {
		return hidden
	}
	first := ""
	if letters := []rune(s[:at]); len(letters) > 2 {
		first = string(letters[0])
	}
	return first + "***" + s[at:]
}

// MaskNick shows the first and the last character of a screen name or chat id:
// t***8; nothing of one of two characters or less. A nick that is a phone
// number or an e-mail address is masked as that.
func MaskNick(s string) string {
	s = strings.TrimSpace(s)
	letters := []rune(s)
	switch {
	case s == "":
		return ""
	case LooksLikeEmail(s):
		return MaskEmail(s)
	case LooksLikePhone(s):
		return MaskPhone(s)
	case len(letters) <= 2:
		return "***"
	default:
		return string(letters[0]) + "***" + string(letters[len(letters)-1])
	}
}

// MaskID shows the first and the last character of an identity number:
// 3****************2; nothing of one of four characters or less.
func MaskID(s string) string {
	const longest = 16 // asterisks, as of the 18 digits of a resident's number
	letters := []rune(strings.TrimSpace(s))
	n := len(letters)
	switch {
	case n == 0:
		return ""
	case n <= 4:
		return hidden
	default:
		return string(letters[0]) + strings.Repeat("*", min(n-2, longest)) + string(letters[n-1])
	}
}

// MaskBankCard shows the last four digits of a card of 12 digits or more:
// **** 6688. An account that is a phone number or an e-mail address is masked
// as that.
func MaskBankCard(s string) string {
	const shortest = 12
	s = strings.TrimSpace(s)
	digits := dialDigits(norm.NFKC.String(s))
	switch {
	case s == "":
		return ""
	case len(digits) >= shortest:
		return hidden + " " + digits[len(digits)-4:]
	case LooksLikeEmail(s):
		return MaskEmail(s)
	case LooksLikePhone(s):
		return MaskPhone(s)
	default:
		return hidden
	}
}

// MaskOrderNumber shows the last six characters: ...203311; of a number of six
// or less, the last half.
func MaskOrderNumber(s string) string {
	const shown = 6
	letters := []rune(strings.TrimSpace(s))
	n := len(letters)
	switch {
	case n == 0:
		return ""
	case n <= shown:
		return "..." + string(letters[n-n/2:])
	default:
		return "..." + string(letters[n-shown:])
	}
}

// MaskBirthday shows the year of a birthday, 1990-**-**, if it begins with one.
func MaskBirthday(s string) string {
	year, _ := cutBirthday(s)
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return year + "-**-**"
}

// MaskBirthYear shows month and day of a birthday, ****-05-20, as birthday
// greetings need them.
func MaskBirthYear(s string) string {
	_, day := cutBirthday(s)
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return hidden + "-" + day
}

// cutBirthday reads year, month and day with any separators or none, or month
// and day alone; what it cannot read is asterisks.
func cutBirthday(s string) (year, day string) {
	year, day = hidden, "**-**"
	s = norm.NFKC.String(s)
	groups := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if len(groups) == 1 && len(groups[0]) == len("19900520") {
		g := groups[0]
		groups = []string{g[:4], g[4:6], g[6:]}
	}
	if len(groups) > 0 && len(groups[0]) == 4 && (strings.HasPrefix(groups[0], "19") || strings.HasPrefix(groups[0], "20")) {
		year = groups[0]
		groups = groups[1:]
	}
	// A time of day may follow.
	if len(groups) >= 2 && inRange(groups[0], 12) && inRange(groups[1], 31) {
		day = twoDigits(groups[0]) + "-" + twoDigits(groups[1])
	}
	return year, day
}

func inRange(s string, most int) bool {
	if len(s) == 0 || len(s) > 2 {
		return false
	}
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return 1 <= n && n <= most
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// isHan reports whether r is a Chinese character.
func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
