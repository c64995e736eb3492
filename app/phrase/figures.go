package phrase

import (
	"strconv"
	"strings"

	"kebu/app/crm"
)

// minus is wider than a hyphen and stands at the height of digits.
const minus = "−"

// symbols are those that are read without doubt; other currencies carry their code.
var symbols = map[string]string{"CNY": "¥", "JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "KRW": "₩", "TWD": "NT$", "HKD": "HK$"}

// whole are the currencies whose zero minor units are not shown.
var whole = map[string]bool{"JPY": true, "KRW": true, "TWD": true}

// Symbol returns the sign that stands before an amount of a currency: ¥, or
// the code with a space.
func Symbol(currency string) string {
	if s, ok := symbols[currency]; ok {
		return s
	}
	if currency == "" {
		return ""
	}
	return currency + " "
}

// Money returns an amount with groups of three and two places, as in a column
// whose head names the currency: 12,480.00. JPY, KRW and TWD have no places
// where these are zero; finer amounts show all of theirs.
func Money(m crm.Money, currency string) string {
	text := m.String()
	negative := strings.HasPrefix(text, "-")
	text = strings.TrimPrefix(text, "-")
	units, places, _ := strings.Cut(text, ".")
	if !whole[currency] || places != "" {
		places += strings.Repeat("0", max(0, 2-len(places)))
		places = "." + places
	}
	text = group(units) + places
	if negative {
		text = minus + text
	}
	return text
}

// Price returns an amount with its currency: ¥7,905.20, −$3.00, CHF 12.00.
func Price(m crm.Money, currency string) string {
	text := Money(m, currency)
	if rest, ok := strings.CutPrefix(text, minus); ok {
		return minus + Symbol(currency) + rest
	}
	return Symbol(currency) + text
}

// Count returns a number with groups of three: 3,128.
func Count(n int) string {
	if n < 0 {
		return minus + Count(-n)
	}
	return group(strconv.Itoa(n))
}

// Mean returns a mean with one place: 5.1.
func Mean(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// Percent returns a share with one place: 31.6%.
func Percent(share float64) string {
	text := strconv.FormatFloat(share*100, 'f', 1, 64)
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		text = minus + rest
	}
	return text + "%"
}

func group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
