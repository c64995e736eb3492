package grid

import (
	"math"
	"time"
)

// SerialTime is the wall-clock time that a spreadsheet's date number stands for,
// to the second, in UTC because the number knows no zone.
//
// Days count from 1900-01-01 = 1, or from 1904-01-01 = 0. The first system follows
// Lotus 1-2-3 in taking 1900 for a leap year (ECMA-376 part 1, 18.17.4.1): 60 is
// the 29 February that never was. It, numbers below the first day and numbers past
// the year 9999 give ErrNoSuchDay.
func SerialTime(serial float64, date1904 bool) (time.Time, error) {
	const day = 24 * 60 * 60
	seconds := math.Round(serial * day)
	first, last := 1.0*day, 2_958_466.0*day
	epoch := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		first, last = 0, (2_958_466-1462)*day
		epoch = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	case seconds < 60*day:
		epoch = epoch.AddDate(0, 0, 1)
	case seconds < 61*day:
		return time.Time{}, ErrNoSuchDay
	}
	if !(seconds >= first && seconds < last) { // not a number fails too
		return time.Time{}, ErrNoSuchDay
	}
	n := int64(seconds)
	return epoch.AddDate(0, 0, int(n/day)).Add(time.Duration(n%day) * time.Second), nil
}
