package backup

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

var shanghai = time.FixedZone("CST", 8*3600)

func TestNamesAreReadAsTheyAreWritten(t *testing.T) {
	at := time.Date(2026, 11, 30, 21, 16, 54, 999, time.UTC)
	for _, r := range reasons {
		n := NameOf([16]byte{0x3f, 0x9a, 0x2c, 0x1d, 0xff}, at.In(shanghai), r)
		if want := "kebu-3f9a2c1d-20261130T211654Z-" + string(r) + ".kebu"; n.String() != want {
			t.Errorf("named %s, want %s", n, want)
		}
		if got, ok := Parse(n.String()); !ok || got != n {
			t.Errorf("%s is read as %v", n, got)
		}
	}
	for _, other := range []string{
		"", "shop.kebu", "kebu-3f9a2c1d-20261130T211654Z-day", "kebu-3f9a2c1d-20261130T211654Z-day.kebu.unfinished",
		"kebu-3f9a2c1-20261130T211654Z-day.kebu", "kebu-3F9A2C1D-20261130T211654Z-whim.kebu", "kebu-3f9a2c1d-20261331T211654Z-day.kebu",
		"kebu-3g9a2c1d-20261130T211654Z-day.kebu", "kebu-3f9a2c1d-20261130T211654Z-day-2.kebu", "3f9a2c1d-20261130T211654Z-day.kebu",
	} {
		if n, ok := Parse(other); ok {
			t.Errorf("%q is read as %v", other, n)
		}
	}
}

// work makes backups through years as the program does, each followed by Keep, and
// tells each time what was there and what stayed.
func work(r *rand.Rand, backups int, told func(before, after []Name)) {
	at := time.Date(2024, 2, 27, 1, 0, 0, 0, time.UTC)
	var all []Name
	for range backups {
		at = at.Add(time.Duration(1+r.IntN(40)) * time.Hour)
		switch r.IntN(40) {
		case 0: // holidays
			at = at.AddDate(0, 0, r.IntN(40))
		case 1: // the clock was set back
			at = at.AddDate(0, 0, -r.IntN(20))
		}
		all = append(all, Name{"3f9a2c1d", at.Truncate(time.Second), reasons[r.IntN(len(reasons))]})
		var after []Name
		for i, g := range Keep(all, shanghai) {
			if g != None {
				after = append(after, all[i])
			}
		}
		told(slices.Clone(all), after)
		all = after
	}
}

func TestGenerations(t *testing.T) {
	for seed := range uint64(6) {
		work(rand.New(rand.NewPCG(seed, 3)), 600, func(before, after []Name) {
			newest := func(list []Name) Name {
				return slices.MaxFunc(list, func(a, b Name) int { return a.At.Compare(b.At) })
			}
			if newest(after).At != newest(before).At {
				t.Fatalf("seed %d: the newest went", seed)
			}
			if len(after) > Days+Weeks+Months+2 {
				t.Fatalf("seed %d: %d are kept", seed, len(after))
			}
			for _, span := range []struct {
				most int
				of   func(time.Time) string
			}{
				{Days, func(t time.Time) string { return t.Format(time.DateOnly) }},
				{Weeks, func(t time.Time) string { return weekOf(t) }},
				{Months, func(t time.Time) string { return t.Format("2006-01") }},
			} {
				spans := func(list []Name) []string {
					var of []string
					for _, n := range list {
						of = append(of, span.of(n.At.In(shanghai)))
					}
					slices.Sort(of)
					of = slices.Compact(of)
					return of[max(0, len(of)-span.most):]
				}
				if b, a := spans(before), spans(after); !slices.Equal(b, a) {
					t.Fatalf("seed %d: of %q stay %q", seed, b, a)
				}
			}
			again := Keep(after, shanghai)
			if slices.Contains(again, None) {
				t.Fatalf("seed %d: what is kept is not kept again", seed)
			}
		})
	}
}

// TestAYearOfWorkLeavesItsMonths backs up every day for two years.
func TestAYearOfWorkLeavesItsMonths(t *testing.T) {
	var all []Name
	for day := range 730 {
		all = append(all, Name{"3f9a2c1d", time.Date(2024, 12, 1+day, 12, 0, 0, 0, time.UTC), Day})
		var kept []Name
		for i, g := range Keep(all, time.UTC) {
			if g != None {
				kept = append(kept, all[i])
			}
		}
		all = kept
	}
	var days []string
	for _, n := range all {
		days = append(days, n.At.Format("01-02"))
	}
	want := []string{
		"12-31", "01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", // months; the 12th is the running one
		"11-08", "11-15", "11-22", // weeks, by their Sundays; two more are among the days
		"11-24", "11-25", "11-26", "11-27", "11-28", "11-29", "11-30",
	}
	if !slices.Equal(days, want) {
		t.Errorf("kept\n%q, want\n%q", days, want)
	}
}

func TestTheLastBeforeAnImportStays(t *testing.T) {
	at := func(hour int, r Reason) Name {
		return Name{"3f9a2c1d", time.Date(2026, 11, 30, hour, 0, 0, 0, time.UTC), r}
	}
	got := Keep([]Name{at(8, Import), at(9, Update), at(10, Import), at(11, Hand), at(12, Day)}, time.UTC)
	if want := []Generation{None, Latest, Latest, None, Monthly}; !slices.Equal(got, want) {
		t.Errorf("kept as %q, want %q", got, want)
	}
	if len(Keep(nil, time.UTC)) != 0 {
		t.Error("of none some are kept")
	}
}

func TestDueAndAhead(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	for last, want := range map[time.Time][2]bool{
		{}:                         {true, false},
		now.Add(-DrillEvery):       {true, false},
		now.AddDate(0, 0, -29):     {false, false},
		now.Add(59 * time.Minute):  {false, false},
		now.Add(2 * time.Hour):     {true, true},
		now.AddDate(3, 0, 0):       {true, true},
		now.AddDate(0, 0, -29_000): {true, false},
	} {
		if got := [2]bool{Due(last, now, DrillEvery), Ahead(last, now)}; got != want {
			t.Errorf("%v: due and ahead are %v, want %v", last, got, want)
		}
	}
}
