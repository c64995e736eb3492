package phrase

import (
	"testing"

	"kebu/importers"
)

func TestAFigureHasTwoReadings(t *testing.T) {
	for tag, want := range map[string][2]string{"en": {"3 April", "4 March"}, "zh-Hans": {"4月3日", "3月4日"}, "zh-Hant": {"4月3日", "3月4日"}} {
		p := New(tag)
		if day, month := p.Reading("03/04/2026", importers.DayFirst), p.Reading("03/04/2026", importers.MonthFirst); day != want[0] || month != want[1] {
			t.Errorf("%s: %s, %s", tag, day, month)
		}
	}
}
