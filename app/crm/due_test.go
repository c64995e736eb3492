package crm_test

import (
	"testing"
	"time"

	"kebu/app/crm"
)

func TestDueDay(t *testing.T) {
	today := crm.DayOf(time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))
	for text, want := range map[string]string{
		"回访 @12-01":                "2026-12-01",
		"@12-01 回访":                "2026-12-01",
		"年后回访@1-5，问茶":              "2027-01-05",
		"today @11-23":             "2026-11-23",
		"yesterday @11-22":         "2027-11-22",
		"@2026-12-01":              "2026-12-01",
		"past @2026-01-31":         "2026-01-31",
		"＠12/3 全角":                 "2026-12-03",
		"(@12-01)":                 "2026-12-01",
		"leap @02-29":              "2028-02-29",
		"first @13-40 then @12-02": "2026-12-02",
		"two @12-05 @12-02":        "2026-12-05",
		"line\n@12-01":             "2026-12-01",
		"@02-30":                   "",
		"@2026-02-29":              "",
		"@00-10":                   "",
		"12-01":                    "",
		"shop@12-01.example.test":  "",
		"@01-12-2026":              "",
		"@12-011":                  "",
		"2 pieces @12.50":          "",
		"":                         "",
	} {
		got := ""
		if d, ok := crm.DueDay(text, today); ok {
			got = d.String()
		}
		if got != want {
			t.Errorf("%q is due on %q, want %q", text, got, want)
		}
	}
}
