package importers

import (
	"strings"
	"time"
)

// zoneNames are names of zones, lower case, that exports write behind a time
// and that are not IANA's: those of Rails, as Square has them.
var zoneNames = map[string]string{
	"eastern time (us & canada)": "America/New_York", "central time (us & canada)": "America/Chicago",
	"mountain time (us & canada)": "America/Denver", "pacific time (us & canada)": "America/Los_Angeles",
	"atlantic time (canada)": "America/Halifax", "arizona": "America/Phoenix", "alaska": "America/Anchorage",
	"hawaii": "Pacific/Honolulu", "newfoundland": "America/St_Johns", "saskatchewan": "America/Regina",
	"london": "Europe/London", "dublin": "Europe/Dublin", "paris": "Europe/Paris", "madrid": "Europe/Madrid",
	"sydney": "Australia/Sydney", "melbourne": "Australia/Melbourne", "brisbane": "Australia/Brisbane",
	"adelaide": "Australia/Adelaide", "perth": "Australia/Perth", "hobart": "Australia/Hobart",
	"darwin": "Australia/Darwin", "tokyo": "Asia/Tokyo", "osaka": "Asia/Tokyo",
}

// zoneHours are abbreviations in hours east of UTC, as PayPal writes them. CST
// and IST are America's and India's there.
var zoneHours = map[string]float64{
	"utc": 0, "gmt": 0, "pst": -8, "pdt": -7, "bst": 1, "wet": 0, "west": 1, "cet": 1, "cest": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3, "msk": 3,
	"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "akst": -9, "akdt": -8, "hst": -10,
	"brt": -3, "ist": 5.5, "sgt": 8, "hkt": 8, "myt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "acdt": 10.5,
	"aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}

// cutZone takes the name of a zone off the end of a time; nil if there is none.
func cutZone(text string) (rest string, zone *time.Location) {
	lower := strings.ToLower(text)
	if i := strings.LastIndexByte(lower, ' '); i > 0 {
		word := lower[i+1:]
		if hours, ok := zoneHours[word]; ok {
			return text[:i], time.FixedZone("", int(hours*3600))
		}
		if strings.Contains(word, "/") {
			if zone, err := time.LoadLocation(text[i+1:]); err == nil {
				return text[:i], zone
			}
		}
	}
	for name, iana := range zoneNames {
		if before, ok := strings.CutSuffix(lower, " "+name); ok {
			if zone, err := time.LoadLocation(iana); err == nil {
				return text[:len(before)], zone
			}
		}
	}
	return "", nil
}
