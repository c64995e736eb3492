package phrase_test

import (
	"testing"
	"time"

	"kebu/app/crm"
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

func TestFiguresHaveOneForm(t *testing.T) {
	for _, c := range []struct {
		amount   crm.Money
		currency string
		money    string
		price    string
	}{
		{124800000, "CNY", "12,480.00", "¥12,480.00"},
		{-2990000, "CNY", "−299.00", "−¥299.00"},
		{12345, "USD", "1.2345", "$1.2345"},
		{15000000, "JPY", "1,500", "¥1,500"},
		{610000, "CHF", "61.00", "CHF 61.00"},
		{0, "", "0.00", "0.00"},
	} {
		if got := phrase.Money(c.amount, c.currency); got != c.money {
			t.Errorf("Money(%d, %s) = %s, want %s", c.amount, c.currency, got, c.money)
		}
		if got := phrase.Price(c.amount, c.currency); got != c.price {
			t.Errorf("Price(%d, %s) = %s, want %s", c.amount, c.currency, got, c.price)
		}
	}
	if got := phrase.Count(-1234567); got != "−1,234,567" {
		t.Errorf("Count = %s", got)
	}
	if got := phrase.Percent(0.3158); got != "31.6%" {
		t.Errorf("Percent = %s", got)
	}
}

func TestACountInATextIsGrouped(t *testing.T) {
	for tag, want := range map[string]string{"zh-Hans": "已选 3,128 位", "en": "3,128 selected"} {
		if got := phrase.New(tag).Text("customers_selected", map[string]any{"Count": 3128}); got != want {
			t.Errorf("%s: %q", tag, got)
		}
	}
}
