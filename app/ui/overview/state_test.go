package overview

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/insight"
	"kebu/app/crm/pii"
	"kebu/app/phrase"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

const yuan = 10_000 // of crm.Money

func day(month time.Month, d int) crm.Day {
	return crm.DayOf(time.Date(2026, month, d, 0, 0, 0, 0, time.UTC))
}

// example is a shop in the middle of June, with two months.
func example() shop {
	may := insight.Month{First: day(5, 1), Last: day(5, 31)}
	june := insight.Month{
		First: day(6, 1), Last: day(6, 30),
		New:       insight.Part{Customers: 3, Purchases: 3, Gross: 300 * yuan},
		Returning: insight.Part{Customers: 7, Purchases: 9, Gross: 900 * yuan, Refunded: 60 * yuan},
		Repeat:    insight.Ratio{Part: 40, Of: 100},
	}
	return shop{phrase.New("zh-Hans"), usecase.Overview{
		Today: day(6, 15), Currency: "CNY", Shops: 2, Oldest: day(5, 2), Newest: day(6, 14), Span: 2,
		Months: []usecase.OverviewMonth{
			{Month: may, Total: insight.Part{Customers: 4, Purchases: 5, Gross: 500 * yuan}},
			{
				Month: june, Total: insight.Part{Customers: 10, Purchases: 13, Gross: 1250 * yuan, Refunded: 60 * yuan},
				Nobody: insight.Part{Purchases: 1, Gross: 50 * yuan}, BuyersRule: "month = 2026-06", NewRule: "first_purchase >= 2026-06-01",
				ReturningRule: "month = 2026-06 and first_purchase < 2026-06-01",
			},
		},
		Earlier: usecase.OverviewMonth{
			Month: insight.Month{First: day(5, 1), Last: day(5, 15), Repeat: insight.Ratio{Part: 38, Of: 100}},
			Total: insight.Part{Customers: 4, Purchases: 5, Gross: 1000 * yuan, Refunded: 20 * yuan},
		},
		RepeatRule: "previous_purchase > 365d ago",
	}}
}

func TestTilesSayTheFigureAndItsChange(t *testing.T) {
	tiles := example().tiles()
	for i, want := range []struct {
		figure, change, note string
		mood                 mood
	}{
		{"¥1,190.00", "▲ 21.4%", "比上月同期", good},
		{"10 位", "▲ 6", "新客 3 · 老客 7", good},
		{"40.0%", "▲ 2.0", "点 · 12 个月内买过 2 次", good},
		{"4.8%", "▲ 2.8", "点 · 按金额", bad}, // more refunds are bad news
	} {
		got := tiles[i]
		if got.figure != want.figure || got.change != want.change || got.note != want.note || got.mood != want.mood {
			t.Errorf("tile %d is %q %q %q mood %d, want %+v", i, got.figure, got.change, got.note, got.mood, want)
		}
	}
	if to := tiles[0].to; to == nil || to.Page != place.Orders || to.From != "2026-06-01" || to.To != "2026-06-30" || to.Refunded {
		t.Errorf("sales lead to %+v", to)
	}
	if to := tiles[1].to; to == nil || to.Page != place.Customers || to.Rule != "month = 2026-06" || !to.Fresh {
		t.Errorf("buyers lead to %+v", to)
	}
	if to := tiles[3].to; to == nil || !to.Refunded {
		t.Errorf("refunds lead to %+v", to)
	}
}

func TestTheReasonAddsUp(t *testing.T) {
	got := example().net().parts
	want := []string{"¥1,250.00", "−¥60.00", "¥1,190.00", "¥50.00", "¥980.00"}
	for i, p := range got {
		if p.value != want[i] || p.sum != (i == 2) {
			t.Errorf("part %d is %+v, want %s", i, p, want[i])
		}
	}
}

func TestFewRepeatBuyersAreAFraction(t *testing.T) {
	s := example()
	s.Months[1].Repeat = insight.Ratio{Part: 9, Of: 28}
	if got := s.repeat(); got.figure != "9 / 28" || got.change != "" || got.note != "人数还少 · 12 个月内" {
		t.Errorf("%q %q %q", got.figure, got.change, got.note)
	}
	s.Months[1].Repeat = insight.Ratio{}
	if got := s.repeat(); got.figure != "—" {
		t.Errorf("of nobody: %q", got.figure)
	}
}

func TestWithoutAMonthBeforeNothingIsCompared(t *testing.T) {
	s := example()
	s.Earlier.Total = insight.Part{}
	for i, got := range s.tiles() {
		if i != 2 && got.change != "" {
			t.Errorf("tile %d changed by %q", i, got.change)
		}
	}
}

func TestFiguresOfOneShopLeadNowhere(t *testing.T) {
	s := example()
	s.RepeatRule, s.Months[1].BuyersRule = "", ""
	for i, got := range s.tiles() {
		if got.to != nil {
			t.Errorf("tile %d leads to %+v", i, got.to)
		}
	}
}

func TestTheChart(t *testing.T) {
	c := example().chart()
	if !slices.Equal(c.labels, []string{"26年5月", "6月"}) {
		t.Errorf("labels %q", c.labels)
	}
	if got := [2]float64{c.series[0][1], c.series[1][1]}; got != [2]float64{840, 300} {
		t.Errorf("returning and new are %v", got)
	}
	if !c.running {
		t.Error("June is over on its 15th")
	}
	if want := []string{"2026年6月", "老客 ¥840.00 · 7 位", "新客 ¥300.00 · 3 位", "没有认出买家 ¥50.00"}; !slices.Equal(c.tips[1], want) {
		t.Errorf("tip %q", c.tips[1])
	}
	if c.rules[1][1] != "first_purchase >= 2026-06-01" || c.advice != "" {
		t.Errorf("rules %q, advice %q", c.rules[1], c.advice)
	}
	s := example()
	s.Span = 1
	if s.chart().advice == "" {
		t.Error("one month alone is no trend, and nobody says so")
	}
	s.Today = day(6, 30)
	if s.chart().running {
		t.Error("June is not over on its last day")
	}
}

func TestTheAxis(t *testing.T) {
	for _, c := range []struct {
		lang string
		v    float64
		want string
	}{
		{"zh-Hans", 0, "0"},
		{"zh-Hans", 5000, "5,000"},
		{"en", 0.5, "0.5"},
		{"zh-Hans", 30_000, "3 万"},
		{"zh-Hant", -25_000, "-2.5 萬"},
		{"en", 500, "500"},
		{"en", 30_000, "30k"},
		{"en", 1_500_000, "1.5m"},
	} {
		s := shop{words: phrase.New(c.lang)}
		if got := s.axis(c.v); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.lang, c.v, got, c.want)
		}
	}
}

func TestAChoiceThatIsGone(t *testing.T) {
	shops := []usecase.ShopCount{{Shop: usecase.Shop{ID: 3}}}
	if got := (choice{Shop: 3, Months: 24}).sane(shops); got != (choice{3, 24}) {
		t.Errorf("%+v", got)
	}
	if got := (choice{Shop: 4, Months: 7}).sane(shops); got != (choice{0, 12}) {
		t.Errorf("%+v", got)
	}
}

func TestSegmentsThatMovedMostComeFirst(t *testing.T) {
	lines := segmentLines(phrase.New("zh-Hans"), []usecase.Segment{
		{Name: "a", Since: 1}, {Name: "b", Since: 1, Entered: 9, Left: 2}, {Name: "c", Since: 1, Entered: 12}, {Name: "d"},
	})
	var got []string
	for _, l := range lines {
		got = append(got, l.name+" "+l.moved)
	}
	if want := []string{"c +12", "b +9 −2", "a 没有变化", "d "}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWhatWaits(t *testing.T) {
	now := time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)
	imports := []usecase.Imported{
		{Step: 9, At: crm.At(now.AddDate(0, 0, -1)), Report: usecase.ImportReport{Rejected: make([]usecase.Rejected, 3), Unlisted: 8}},
		{Step: 7, At: crm.At(now.AddDate(0, 0, -2)), Undone: true, Report: usecase.ImportReport{Unlisted: 100}},
		{Step: 5, At: crm.At(now.AddDate(0, -3, 0)), Report: usecase.ImportReport{Unlisted: 100}},
	}
	notes := make([]usecase.DueNote, 5)
	for i := range notes {
		notes[i].Text = pii.New("call back")
		notes[i].Customer.ID = fmt.Sprintf("c%d", i)
	}
	s := shop{words: phrase.New("en")}
	lines := s.todo(imports, notes, 0, now)
	var got []string
	for _, l := range lines {
		got = append(got, l.text)
	}
	want := []string{"11 order rows were not read", "No name: call back", "No name: call back", "3 more notes are due"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if lines[0].to.Import != 9 || lines[1].to.Customer != "c0" || lines[3].to != nil {
		t.Error("they lead elsewhere")
	}
	if lines = s.todo(nil, notes[:3], 0, now); len(lines) != 3 {
		t.Errorf("three notes need no line for the rest: %v", lines)
	}
	if lines = s.todo(nil, nil, 2, now); len(lines) != 1 || lines[0].to.Page != place.Review {
		t.Errorf("two pairs to review: %+v", lines)
	}
	if lines = s.todo(nil, nil, 0, now); len(lines) != 0 {
		t.Errorf("nothing waits: %v", lines)
	}
}

func TestAlarmsOfBackupsAreWorded(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	for _, tag := range []string{"en", "zh-Hans", "zh-Hant"} {
		w := phrase.New(tag)
		if text := alarm(w, usecase.Safety{}, now); text != "" {
			t.Errorf("%s: no alarm is told as %q", tag, text)
		}
		seen := map[string]bool{}
		for _, a := range []usecase.Alarm{usecase.RolledBack, usecase.DrillFailed, usecase.Failed, usecase.Old, usecase.ClockBack, usecase.OneFailed} {
			safe := usecase.Safety{Alarm: a, Days: 5, Last: now}
			safe.Places = []usecase.BackupPlace{{Failed: usecase.FailedFull}}
			text := alarm(w, safe, now)
			if text == "" || seen[text] || strings.Contains(text, "<no value>") {
				t.Errorf("%s: %s is told as %q", tag, a, text)
			}
			seen[text] = true
		}
	}
}

func TestAMonthOfFewHasNoAmounts(t *testing.T) {
	s := example()
	now := &s.Months[1]
	now.Few, now.Total.Gross, now.Total.Refunded, now.New.Gross, now.Returning.Gross, now.Returning.Refunded, now.Nobody.Gross = true, 0, 0, 0, 0, 0, 0
	for i, tile := range s.tiles() {
		if i%3 != 0 { // buyers and how many come back are numbers of people
			continue
		}
		if tile.figure != "—" || tile.change != "" || tile.note != "人数太少，你不能看金额" {
			t.Errorf("tile %d: %q %q %q", i, tile.figure, tile.change, tile.note)
		}
		for _, p := range tile.parts[:2] {
			if p.value != "—" {
				t.Errorf("tile %d: %+v", i, p)
			}
		}
	}
	if tip := s.chart().tips[1]; !slices.Equal(tip, []string{"2026年6月", "老客 — · 7 位", "新客 — · 3 位"}) {
		t.Errorf("%q", tip)
	}
	s = example()
	now = &s.Months[1]
	now.Mixed, now.Returning.Gross, now.New.Gross, now.Nobody.Gross = true, 1250*yuan, 0, 0
	if tip := s.chart().tips[1]; !slices.Equal(tip, []string{"2026年6月", "合计 ¥1,190.00 · 10 位"}) {
		t.Errorf("%q", tip)
	}
}
