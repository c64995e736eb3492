package crm

import "time"

// Moment is a time in milliseconds since 1970-01-01T00:00:00Z; 0 means that
// it is not known.
type Moment int64

// At returns the moment of t; the zero time is the unknown moment.
func At(t time.Time) Moment {
	if t.IsZero() {
		return 0
	}
	return Moment(t.UnixMilli())
}

// Known reports whether m is a time.
func (m Moment) Known() bool { return m != 0 }

// In returns m as a time in zone, the zero time when m is unknown.
func (m Moment) In(zone *time.Location) time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(m)).In(zone)
}

// Day is a calendar day as a count of days since 1970-01-01.
type Day int

// DayOf returns the day on which t falls in t's own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Day returns the day on which m falls in zone.
func (m Moment) Day(zone *time.Location) Day { return DayOf(m.In(zone)) }

// Start returns the first moment of the day in zone. Where the clocks skip
// midnight, it is the first moment after the gap.
func (d Day) Start(zone *time.Location) Moment {
	y, m, day := time.Unix(int64(d)*86400, 0).UTC().Date()
	return At(LocalTime(y, m, day, 0, 0, 0, zone))
}

// Month prints the month of the day as 2026-11.
func (d Day) Month() string { return d.String()[:len("2026-11")] }

// String prints the day as 2026-11-11.
func (d Day) String() string { return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly) }

// LocalTime returns the time that a wall clock in zone shows. Of an ambiguous
// time, when clocks are set back, it is the earlier one; a missing one, when
// clocks are set forward, is shifted forward by the gap.
func LocalTime(year int, month time.Month, day, hour, minute, second int, zone *time.Location) time.Time {
	wall := time.Date(year, month, day, hour, minute, second, 0, time.UTC)
	t := time.Date(year, month, day, hour, minute, second, 0, zone)
	// The offsets in force a day before and after bracket any change between.
	_, before := t.Add(-24 * time.Hour).Zone()
	_, after := t.Add(24 * time.Hour).Zone()
	shows := func(offset int) (time.Time, bool) {
		u := wall.Add(-time.Duration(offset) * time.Second).In(zone)
		_, real := u.Zone()
		return u, real == offset
	}
	early, earlyReal := shows(before)
	late, lateReal := shows(after)
	switch {
	case earlyReal && lateReal:
		if late.Before(early) {
			return late
		}
		return early
	case earlyReal:
		return early
	case lateReal:
		return late
	default:
		// In the gap: read by the old offset, the time lies past the change.
		return early
	}
}
