package crm

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// due is a day after an @ that is no part of an e-mail address: month and day,
// or year, month and day, parted by - or /.
var due = regexp.MustCompile(`(?:^|[^0-9A-Za-z._%+-])[@＠](?:(\d{4})[-/])?(\d{1,2})[-/](\d{1,2})\b`)

// leapSpan is the longest time in years between two days of February 29th.
const leapSpan = 8

// DueDay returns the day on which a note is due: the first day that its text
// names after an @, such as @2026-12-01 or @12-01. Without a year it is the next
// such day, today included. What is no day of the calendar is passed over.
func DueDay(text string, today Day) (Day, bool) {
	for _, m := range due.FindAllStringSubmatchIndex(text, -1) {
		if strings.HasPrefix(text[m[1]:], "-") || strings.HasPrefix(text[m[1]:], "/") {
			continue // day, month and year, or no day at all
		}
		number := func(group int) int {
			n, _ := strconv.Atoi(text[m[2*group]:m[2*group+1]]) // digits, by the expression
			return n
		}
		month, day := number(2), number(3)
		if m[2] >= 0 {
			if d, ok := calendarDay(number(1), month, day); ok {
				return d, true
			}
			continue
		}
		year := time.Unix(int64(today)*86400, 0).UTC().Year()
		for y := year; y <= year+leapSpan; y++ {
			if d, ok := calendarDay(y, month, day); ok && d >= today {
				return d, true
			}
		}
	}
	return 0, false
}

// calendarDay returns a day of the calendar, if there is such a one.
func calendarDay(year, month, day int) (Day, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return DayOf(t), t.Month() == time.Month(month) && t.Day() == day
}
