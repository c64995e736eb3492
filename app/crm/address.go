package crm

import (
	"slices"
	"strings"
	"unicode"
)

// chinese are the countries whose addresses may be in Chinese.
var chinese = []string{"", "CN", "TW", "HK", "MO"}

// JoinAddress writes an address as it is written where it lies: in Chinese from
// large to small, without the country and a name said before, else
// the street first, parted by commas.
func JoinAddress(country, province, city, district, street string) string {
	han := strings.ContainsFunc(province+city+district+street, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	if han && slices.Contains(chinese, country) {
		if strings.HasPrefix(city, province) {
			province = ""
		}
		if district == city { // a county that its province runs
			district = ""
		}
		return province + city + district + street
	}
	parts := slices.DeleteFunc([]string{street, district, city, province, country}, func(p string) bool { return p == "" })
	return strings.Join(parts, ", ")
}
