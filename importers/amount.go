package importers

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"kebu/app/crm"
)

// signsOfMoney are the units, apart from Unicode's currency symbols and codes
// of three capital letters, that exports write beside an amount.
var signsOfMoney = []string{"AU", "A", "C", "CA", "HK", "NT", "NZ", "R", "RM", "Rp", "S", "US", "kr", "zł", "元", "円", "圆"}

// blanks are the texts, lower case, that exports write where nothing is known.
var blanks = map[string]bool{
	"": true, "-": true, "--": true, "—": true, "——": true, "–": true, "/": true, "\\n": true,
	"null": true, "(null)": true, "nan": true, "n/a": true, "#n/a": true,
}

// noRefunds are the words, beside blanks, of a refund cell without a refund.
var noRefunds = map[string]bool{
	"无退款申请": true, "没有申请退款": true, "无退款": true, "未退款": true, "无": true,
}

// blank reports whether s says nothing.
func blank(s string) bool {
	if len(s) > 8 {
		return strings.TrimSpace(s) == ""
	}
	return blanks[strings.ToLower(strings.TrimSpace(s))]
}

var errNotAmount = errors.New("not an amount")

// plain returns the decimal number that an amount's text spells: without its
// currency, its thousands separators and a note in brackets behind it, and
// negative where the number stands in brackets. decimal is the sign before the
// fraction, '.' or ','; 0 tells it by the look: of two signs the last one, and
// a lone comma before exactly three digits separates thousands.
func plain(s string, decimal byte) (string, error) {
	if simple(s) && decimal != ',' {
		return s, nil
	}
	s = strings.TrimSpace(narrow(s))
	negative := false
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		negative = true
		s = s[1 : len(s)-1]
	} else if i := strings.IndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		s = s[:i]
	}
	for range 2 { // the minus stands before or behind the currency
		s = trimUnit(strings.TrimSpace(s))
		if rest, ok := strings.CutPrefix(s, "-"); ok && !negative {
			negative, s = true, rest
		} else if rest, ok := strings.CutPrefix(s, "+"); ok {
			s = rest
		}
	}
	s = strings.TrimSpace(s)
	number, err := ungroup(s, decimal)
	if err != nil && decimal == ',' && simple(s) {
		number, err = s, nil // a point that groups no thousands is before a fraction
	}
	if err != nil {
		return "", err
	}
	if negative {
		number = "-" + number
	}
	return number, nil
}

// simple reports whether s is digits with at most a sign and a point.
func simple(s string) bool {
	if s != "" && s[0] == '-' {
		s = s[1:]
	}
	points := 0
	for i := range len(s) {
		switch {
		case s[i] == '.':
			points++
		case s[i] < '0' || s[i] > '9':
			return false
		}
	}
	return points <= 1 && len(s) > points
}

// narrow replaces the full-width forms and the many spaces and minus signs.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '−' || r == '–' || r == '－':
			return '-'
		case r == '’':
			return '\''
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
}

// trimUnit cuts the currency before and behind a number.
func trimUnit(s string) string {
	start, end := 0, len(s)
	for start < end && !numeric(s[start]) {
		_, n := utf8.DecodeRuneInString(s[start:])
		start += n
	}
	for end > start && !digit(s[end-1]) {
		_, n := utf8.DecodeLastRuneInString(s[start:end])
		end -= n
	}
	if !unit(s[:start]) || !unit(s[end:]) {
		return s
	}
	return s[start:end]
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

func numeric(b byte) bool { return digit(b) || b == '-' || b == '+' || b == '.' || b == ',' }

// unit reports whether s is nothing but a way to write a currency.
func unit(s string) bool {
	s = strings.TrimSuffix(strings.TrimSpace(s), ".")
	s = strings.TrimSpace(strings.TrimFunc(s, func(r rune) bool { return unicode.Is(unicode.Sc, r) }))
	if s == "" {
		return true
	}
	if len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return true
	}
	for _, u := range signsOfMoney {
		if s == u {
			return true
		}
	}
	return false
}

// ungroup drops thousands separators and puts a point before the fraction.
func ungroup(s string, decimal byte) (string, error) {
	if decimal == 0 {
		decimal = decimalOf(s)
	}
	whole, fraction, dotted := strings.Cut(s, string(decimal))
	if !isDigits(fraction) || dotted && whole == "" && fraction == "" {
		return "", errNotAmount
	}
	groups := strings.FieldsFunc(whole, func(r rune) bool { return r < '0' || r > '9' })
	if whole != strings.Join(groups, "") {
		if len(groups) == 0 || !grouped(whole, groups, decimal) {
			return "", errNotAmount
		}
		whole = strings.Join(groups, "")
	}
	if whole == "" && fraction == "" {
		return "", errNotAmount
	}
	if !dotted {
		return whole, nil
	}
	return whole + "." + fraction, nil
}

// grouped reports whether one separator, other than decimal, splits whole into
// groups of three; the groups before the last may have two, as in India.
func grouped(whole string, groups []string, decimal byte) bool {
	separator := whole[len(groups[0]):min(len(groups[0])+1, len(whole))]
	if len(separator) != 1 || !strings.Contains(",.' ", separator) || separator[0] == decimal ||
		strings.Join(groups, separator) != whole || len(groups[0]) > 3 {
		return false
	}
	for i, g := range groups[1:] {
		if last := i == len(groups)-2; len(g) != 3 && (last || len(g) != 2) {
			return false
		}
	}
	return true
}

// decimalOf tells the sign before the fraction by the look of an amount.
func decimalOf(s string) byte {
	point, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	switch {
	case point >= 0 && comma >= 0:
		if comma > point {
			return ','
		}
		return '.'
	case comma >= 0:
		if strings.Count(s, ",") > 1 || len(s)-comma-1 == 3 && !strings.HasPrefix(s, "0,") {
			return '.'
		}
		return ','
	case strings.Count(s, ".") > 1:
		return ','
	default:
		return '.'
	}
}

func isDigits(s string) bool {
	for i := range len(s) {
		if !digit(s[i]) {
			return false
		}
	}
	return true
}

// amount reads an amount of money; known is false where the text says nothing.
func amount(s string, decimal byte) (value crm.Amount, err error) {
	if blank(s) {
		return crm.Amount{}, nil
	}
	number, err := plain(s, decimal)
	if err != nil {
		return crm.Amount{}, err
	}
	m, err := crm.ParseMoney(number)
	return crm.Known(m), err
}
