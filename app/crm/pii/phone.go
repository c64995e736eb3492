package pii

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"
)

// Phone returns a phone number as it is compared, in the form +8613800001234
// of E.164, and whether it is a full number that belongs to somebody. Country
// is the order's, as the export writes it: a code of ISO 3166 or a common name;
// without one, the number must be a mainland Chinese mobile or begin with +.
//
// Masked and virtual numbers, those with an extension, the landlines of
// mainland China (a household's or an office's), service numbers and obvious
// placeholders are none.
func Phone(raw, country string) (number string, full bool) {
	if raw == "" || Masked(raw) {
		return "", false
	}
	d := dial(raw)
	if !d.clean || d.extension || len(d.digits) < 7 || len(d.digits) > 17 {
		return "", false
	}
	region := CountryCode(country)
	if region == "" && !d.plus && d.firstGap == 1 && len(d.digits) == 11 && d.digits[0] == '1' {
		d.plus = true // 1-650-253-0000 is written as North Americans do, not as a Chinese mobile
	}
	mobile, chinese := d.chineseMobile()
	if chinese && (d.plus || region == "" || region == china || len(d.digits) > 11) {
		return e164Chinese(mobile)
	}
	if number, full := foreign(d, region); full {
		return number, true
	}
	if chinese && region != "US" && region != "CA" { // a Chinese buyer who ships abroad
		return e164Chinese(mobile)
	}
	return "", false
}

const china = "CN"

func e164Chinese(mobile string) (string, bool) {
	if placeholder(mobile, 8) {
		return "", false
	}
	return "+86" + mobile, true
}

// foreign reads a number of another country than China by that country's plan.
func foreign(d dialled, region string) (string, bool) {
	digits := d.digits
	if d.plus {
		digits, region = "+"+digits, ""
	} else if region == "" || region == china {
		return "", false
	}
	n, err := phonenumbers.Parse(digits, region)
	if err != nil || !phonenumbers.IsValidNumber(n) || n.GetCountryCode() == 86 {
		return "", false
	}
	switch phonenumbers.GetNumberType(n) {
	case phonenumbers.MOBILE, phonenumbers.FIXED_LINE, phonenumbers.FIXED_LINE_OR_MOBILE, phonenumbers.VOIP, phonenumbers.PERSONAL_NUMBER:
	default:
		return "", false
	}
	if placeholder(phonenumbers.GetNationalSignificantNumber(n), 7) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}

// placeholder reports whether a number was typed only because one was asked
// for: it ends in n times the same digit or in 12345678, or it is the number
// that China Mobile used in its advertisements.
func placeholder(digits string, n int) bool {
	if digits == "13800138000" || strings.HasSuffix(digits, "12345678") {
		return true
	}
	return len(digits) >= n && strings.Count(digits[len(digits)-n:], digits[len(digits)-1:]) == n
}

// LooksLikePhone reports whether an account is a phone number or shows one: a
// mainland Chinese mobile that stands by itself, as in 13800001234_p, or a
// number with + before it.
func LooksLikePhone(account string) bool {
	const shortest = 7 // digits
	if account = norm.NFKC.String(account); len(dialDigits(account)) < shortest || Masked(account) {
		return false
	}
	if _, found := mobileIn(account); found {
		return true
	}
	d := dial(account)
	if _, mobile := d.chineseMobile(); mobile && d.clean {
		return true
	}
	return d.clean && d.plus && len(d.digits) >= 8 && len(d.digits) <= 15
}

// mobileIn finds a mainland Chinese mobile that stands in a text between
// other characters than digits.
func mobileIn(s string) (number string, found bool) {
	s = norm.NFKC.String(s)
	start := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && isDigit(s[i]) {
			continue
		}
		if number, found := chineseMobile(s[start:i]); found {
			return number, true
		}
		start = i + 1
	}
	return "", false
}
