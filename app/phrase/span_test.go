package phrase_test

import (
	"testing"
	"time"

	"kebu/app/phrase"
)

func TestSpansAndMoments(t *testing.T) {
	zh, en := phrase.New("zh-Hans"), phrase.New("en")
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{zh.Span(38.4), "38 天"},
		{zh.Span(400), "400 天"},
		{zh.Span(730), "2.0 年"},
		{en.Span(1), "1 d"},
		{zh.Ago(0), "今天"},
		{zh.Ago(146), "146 天前"},
		{zh.When(now.Add(-time.Hour), now), "今天 08:00"},
		{zh.When(now.Add(-10*time.Hour), now), "昨天 23:00"},
		{zh.When(now.AddDate(0, 0, -2), now), "2026-02-27"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
