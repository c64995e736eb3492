package phrase

import (
	"math"
	"strconv"
	"time"
)

// longest span in days; a longer one is told in years.
const longest = 400

// When tells a moment as lists do: today and yesterday by the time, else the
// day. Both are in the zone that is meant.
func (p *Phrases) When(t, now time.Time) string {
	clock := map[string]any{"Time": t.Format("15:04")}
	switch day := t.Format(time.DateOnly); day {
	case now.Format(time.DateOnly):
		return p.Text("when_today", clock)
	case now.AddDate(0, 0, -1).Format(time.DateOnly):
		return p.Text("when_yesterday", clock)
	default:
		return day
	}
}

// Span tells a number of days, in years beyond 400.
func (p *Phrases) Span(days float64) string { return p.span("span_days", "span_years", days) }

// Ago tells how many days ago something was, in years beyond 400.
func (p *Phrases) Ago(days int) string {
	if days == 0 {
		return p.Text("today")
	}
	return p.span("ago_days", "ago_years", float64(days))
}

func (p *Phrases) span(days, years string, n float64) string {
	if n > longest {
		text := strconv.FormatFloat(n/365.25, 'f', 1, 64)
		return p.Text(years, map[string]any{"Years": text})
	}
	return p.Text(days, map[string]any{"Count": int(math.Round(n))})
}
