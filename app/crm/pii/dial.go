package pii

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// dialled is a phone number as someone wrote it, taken apart by form alone.
type dialled struct {
	plus      bool   // begins with + or 00: digits begin with the country
	digits    string // of the number, without + and 00
	firstGap  int    // digits before the first separator, 0 if there is none
	extension bool   // an extension follows: a virtual number or a switchboard
	clean     bool   // nothing but digits, separators and the extension
}

// extensionSigns stand before an extension, longest first.
var extensionSigns = []string{"分机", "分機", "ext", "转", "轉", "x", "#", ",", ";"}

// dial takes a number apart. A longer text than any number is not read.
func dial(raw string) dialled {
	const longest = 200 // bytes, the widest spelling of two numbers in one cell
	if len(raw) > longest {
		return dialled{}
	}
	s := strings.ToLower(strings.TrimSpace(norm.NFKC.String(raw)))
	s = strings.TrimSpace(strings.TrimPrefix(s, "'")) // a sheet's mark for text
	main, extension := cutExtension(s)
	d := dialled{extension: extension, clean: true}
	var digits strings.Builder
	for i, r := range main {
		switch {
		case '0' <= r && r <= '9':
			digits.WriteRune(r)
		case r == '+' && digits.Len() == 0:
			d.plus = true
		case isDialSeparator(r):
			if d.firstGap == 0 && i > 0 {
				d.firstGap = digits.Len()
			}
		default:
			d.clean = false
		}
	}
	d.digits = digits.String()
	if rest, found := strings.CutPrefix(d.digits, "00"); found && !d.plus && len(rest) >= 9 {
		d.plus, d.digits = true, rest
	}
	return d
}

func isDialSeparator(r rune) bool {
	return strings.ContainsRune(" -().\u2010\u2011\u2012\u2013\u2014\u2212\u00a0\u200b\u202a\u202c", r)
}

// cutExtension splits the extension from a number: behind a sign for it, or 3
// to 6 digits in brackets, or behind the last hyphen or underscore, of a number
// that is complete without.
func cutExtension(s string) (main string, found bool) {
	const shortest = 5 // digits of a number to which an extension can belong
	digits := 0
	for i := range s {
		if isDigit(s[i]) {
			digits++
			continue
		}
		if digits < shortest {
			continue
		}
		for _, sign := range extensionSigns {
			rest, found := strings.CutPrefix(s[i:], sign)
			if !found {
				continue
			}
			rest = strings.Trim(rest, " .:")
			if n := countDigits(rest); n > 0 && n == len(rest) && n <= 6 {
				return s[:i], true
			}
		}
	}
	i := strings.LastIndexAny(s, "-_[(")
	if i < 0 {
		return s, false
	}
	tail := s[i+1:]
	if s[i] == '[' || s[i] == '(' {
		tail = strings.TrimPrefix(strings.TrimPrefix(strings.TrimRight(tail, "])"), "转"), "轉")
	}
	if n := countDigits(tail); n != len(tail) || n < 3 || n > 6 {
		return s, false
	}
	before := dialled{plus: strings.HasPrefix(s, "+"), digits: dialDigits(s[:i])}
	if _, mobile := before.chineseMobile(); mobile || areaLength(before.digits) > 0 {
		return s[:i], true
	}
	return s, false
}

// chineseMobile returns the number if it is a mobile of mainland China.
func (d dialled) chineseMobile() (number string, ok bool) {
	if d.plus && len(d.digits) != 13 {
		return "", false // +1 and ten digits look like one
	}
	return chineseMobile(d.digits)
}

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

func dialDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// chineseMobile returns the 11 digits of a mobile number of mainland China
// (1[3-9] and nine more), with or without 86 or 0086 before them.
func chineseMobile(digits string) (number string, ok bool) {
	if len(digits) > 11 {
		digits = strings.TrimPrefix(strings.TrimPrefix(digits, "00"), "86")
	}
	if len(digits) == 11 && digits[0] == '1' && digits[1] >= '3' {
		return digits, true
	}
	return "", false
}

// areaLength returns how many of the digits are the area code of a landline of
// mainland China written with its 0, and 0 if they are no such number: 010 and
// 02x, else 0 and three digits, before 7 or 8 more.
func areaLength(digits string) int {
	n := 4
	if strings.HasPrefix(digits, "010") || strings.HasPrefix(digits, "02") {
		n = 3
	}
	rest := len(digits) - n
	if len(digits) < n || digits[0] != '0' || digits[1] == '0' || rest != 7 && rest != 8 {
		return 0
	}
	return n
}

// callingCode returns the country code with which the digits of an
// international number begin: by ITU-T E.164 one digit in zones 1 and 7, two
// where they are listed, else three.
func callingCode(digits string) string {
	const twoDigits = " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58" +
		" 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 "
	switch {
	case len(digits) < 4:
		return ""
	case digits[0] == '1' || digits[0] == '7':
		return digits[:1]
	case strings.Contains(twoDigits, " "+digits[:2]+" "):
		return digits[:2]
	default:
		return digits[:3]
	}
}
