package importers

import (
	"strings"
	"unicode"

	"kebu/importers/table"
)

// market is a country in which a marketplace sells, with its currency and the
// zone in which it writes times; of a country with several zones, "".
type market struct {
	currency, zone string
	names          []string // in exports, as table.Normal writes them
}

var markets = []market{
	{"PHP", "Asia/Manila", []string{"philippines", "ph"}},
	{"SGD", "Asia/Singapore", []string{"singapore", "sg"}},
	{"MYR", "Asia/Kuala_Lumpur", []string{"malaysia", "my"}},
	{"THB", "Asia/Bangkok", []string{"thailand", "th", "ประเทศไทย"}},
	{"VND", "Asia/Ho_Chi_Minh", []string{"vietnam", "viet nam", "việt nam", "vn"}},
	{"IDR", "Asia/Jakarta", []string{"indonesia", "id"}},
	{"JPY", "Asia/Tokyo", []string{"japan", "jp", "日本"}},
	{"USD", "", []string{"united states", "united states of america", "usa", "us"}},
	{"GBP", "Europe/London", []string{"united kingdom", "great britain", "gb", "uk"}},
	{"EUR", "Europe/Madrid", []string{"spain", "españa", "es"}},
	{"EUR", "Europe/Berlin", []string{"germany", "deutschland", "de"}},
	{"EUR", "Europe/Paris", []string{"france", "fr"}},
	{"EUR", "Europe/Rome", []string{"italy", "italia", "it"}},
	{"EUR", "Europe/Dublin", []string{"ireland", "ie"}},
	{"BRL", "America/Sao_Paulo", []string{"brazil", "brasil", "br"}},
	{"MXN", "America/Mexico_City", []string{"mexico", "méxico", "mx"}},
}

var marketNamed = func() map[string]*market {
	m := map[string]*market{}
	for i := range markets {
		for _, n := range markets[i].names {
			m[n] = &markets[i]
		}
	}
	return m
}()

// marketOf returns the market of a country as an export names it, nil if none
// is known.
func marketOf(country string) *market { return marketNamed[table.Normal(country)] }

// signsOfCurrency are the ways to write a currency beside an amount that mean
// no other. A dollar, a yen or a crown alone does not tell whose it is.
var signsOfCurrency = map[string]string{
	"£": "GBP", "€": "EUR", "₱": "PHP", "฿": "THB", "₫": "VND", "đ": "VND", "₩": "KRW", "₹": "INR", "zł": "PLN",
	"Rp": "IDR", "RM": "MYR", "R$": "BRL", "S$": "SGD", "NT$": "TWD", "HK$": "HKD", "US$": "USD", "AU$": "AUD", "A$": "AUD",
	"C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "MX$": "MXN",
}

// sharedSigns are the ways to write a currency that several have.
var sharedSigns = map[string][]string{
	"$":  {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU"},
	"¥":  {"CNY", "JPY"},
	"kr": {"SEK", "NOK", "DKK", "ISK"},
}

// currencyIn returns the currency that is written beside an amount, "" where
// there is none or it does not tell.
func currencyIn(amount string) string {
	sign := signIn(amount)
	if len(sign) == 3 && strings.Trim(sign, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return sign
	}
	return signsOfCurrency[sign]
}

// signIn returns what is written beside the figures of an amount.
func signIn(amount string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.Is(unicode.Sc, r) {
			return r
		}
		return -1
	}, narrow(amount))
}
