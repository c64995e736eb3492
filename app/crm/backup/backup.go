// Package backup says what a backup is called, which of several are kept, and when
// one is missing. It knows no files.
package backup

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// Reason is why a backup was made.
type Reason string

// The reasons.
const (
	Day    Reason = "day"    // the end of work
	Import Reason = "import" // before one
	Update Reason = "update" // before a newer program changed the tables
	Hand   Reason = "hand"   // somebody asked
)

var reasons = []Reason{Day, Import, Update, Hand}

// Name is what the file of a backup is called. It says nothing of the shop.
type Name struct {
	Book   string // the first 8 digits of the book's id
	At     time.Time
	Reason Reason
}

const (
	prefix = "kebu-"
	suffix = ".kebu"
	layout = "20060102T150405Z"
	digits = 8
)

// NameOf names a backup of the book of that id; the time is kept to the second.
func NameOf(book [16]byte, at time.Time, r Reason) Name {
	return Name{hex.EncodeToString(book[:])[:digits], at.UTC().Truncate(time.Second), r}
}

// String returns the file name: kebu-3f9a2c1d-20261130T211654Z-day.kebu.
func (n Name) String() string {
	return prefix + n.Book + "-" + n.At.UTC().Format(layout) + "-" + string(n.Reason) + suffix
}

// Parse reads a file name that String made.
func Parse(file string) (Name, bool) {
	parts := strings.Split(strings.TrimSuffix(strings.TrimPrefix(file, prefix), suffix), "-")
	if len(parts) != 3 {
		return Name{}, false
	}
	at, err := time.Parse(layout, parts[1])
	n := Name{parts[0], at, Reason(parts[2])}
	_, hexErr := hex.DecodeString(n.Book)
	ok := err == nil && hexErr == nil && len(n.Book) == digits && slices.Contains(reasons, n.Reason) && n.String() == file
	return n, ok
}

// Generation is for how long a backup is kept.
type Generation string

// The generations, of a day, a week and a month, and the last of its reason.
const (
	None    Generation = "" // it may go
	Daily   Generation = "daily"
	Weekly  Generation = "weekly"
	Monthly Generation = "monthly"
	Latest  Generation = "latest" // before an import, before an update
)

// How many are kept of each.
const (
	Days   = 7
	Weeks  = 5
	Months = 12
)

// Keep says for each of several good backups why it is kept: it is the newest of
// one of the 7 newest days that have any, of one of 5 weeks, of one of 12 months, or
// the newest that was made before an import or before an update. Days are those of
// zone, weeks those of ISO 8601. It does not ask what day it is today, so that a
// clock that is wrong costs nothing: the newest is always kept, and what has been
// kept leaves only when something newer takes its place.
func Keep(names []Name, zone *time.Location) []Generation {
	newest := make([]int, len(names))
	for i := range newest {
		newest[i] = i
	}
	slices.SortStableFunc(newest, func(a, b int) int {
		return cmp.Or(names[b].At.Compare(names[a].At), strings.Compare(names[b].String(), names[a].String()))
	})
	kept := make([]Generation, len(names))
	for _, rule := range []struct {
		generation Generation
		most       int
		of         func(Name) string // "" if the rule is not for it
	}{
		{Latest, len(reasons), func(n Name) string {
			if n.Reason == Import || n.Reason == Update {
				return string(n.Reason)
			}
			return ""
		}},
		{Daily, Days, func(n Name) string { return n.At.In(zone).Format(time.DateOnly) }},
		{Weekly, Weeks, func(n Name) string { return weekOf(n.At.In(zone)) }},
		{Monthly, Months, func(n Name) string { return n.At.In(zone).Format("2006-01") }},
	} {
		seen := make(map[string]bool)
		for _, i := range newest {
			key := rule.of(names[i])
			if key == "" || seen[key] || len(seen) == rule.most {
				continue
			}
			seen[key] = true
			kept[i] = rule.generation // of several, the longest
		}
	}
	return kept
}

// weekOf names the week of a day by its Thursday, which is in the week's year.
func weekOf(t time.Time) string {
	return t.AddDate(0, 0, 3-(int(t.Weekday())+6)%7).Format(time.DateOnly)
}

// MostDays is on how many days people may work without a backup before that is said.
const MostDays = 2

// DrillEvery is after how long the newest backup is restored by itself to see that
// it can be.
const DrillEvery = 30 * 24 * time.Hour

// Due reports whether an event that was last at some time, the zero time for never,
// is to happen again after so long. One that lies ahead, because the clock was wrong
// then or is now, says nothing: it is due.
func Due(last, now time.Time, every time.Duration) bool {
	return last.IsZero() || now.Sub(last) >= every || Ahead(last, now)
}

// Ahead reports whether a backup lies ahead of the clock by more than what clocks
// differ: it was wrong then, or is now.
func Ahead(last, now time.Time) bool { return last.Sub(now) > time.Hour }
