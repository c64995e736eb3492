package crm

import (
	"slices"
	"strings"
	"unicode"
)

// JoinAddress writes an address as it is written where it lies: in Chinese from
// large to small, without the country and a province that the city repeats, else
// the street first, parted by commas.
func JoinAddress(country, province, city, district, street string) string {
	han := strings.ContainsFunc(province+city+district+street, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	if han && (country == "" || country == "CN") {
		if strings.HasPrefix(city, province) {
			province = ""
		}
		return province + city + district + street
	}
	parts := slices.DeleteFunc([]string{street, district, city, province, country}, func(p string) bool { return p == "" })
	return strings.Join(parts, ", ")
}
