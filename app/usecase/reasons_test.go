package usecase_test

import (
	"path/filepath"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/usecase"
)

func TestProfileTellsWhatItsFiguresAreMadeOf(t *testing.T) {
	s := session(t)
	table(t, s, "one", smallWorld+"15,2026-07-30 10:00:00,anna,tea,-1,100,\n")
	of := func(account string) usecase.Profile {
		t.Helper()
		list := ids(t, s, usecase.Selection{Search: account})
		if len(list) != 1 {
			t.Fatalf("%d customers", len(list))
		}
		return show(t, s, list[0])
	}
	anna := of("anna")
	r := anna.Reasons
	if want := []usecase.Gap{{From: day(t, "2026-08-01"), To: day(t, "2026-09-01"), Days: 31}, {From: day(t, "2026-09-01"), To: day(t, "2026-10-01"), Days: 30}}; !slices.Equal(r.Gaps, want) {
		t.Errorf("gaps: %+v", r.Gaps)
	}
	if anna.Interval != 30.5 || anna.LateBy != 22 {
		t.Errorf("interval %v, late by %v", anna.Interval, anna.LateBy)
	}
	if len(r.Uncounted) != 1 || r.Uncounted[0].Orders != 1 {
		t.Errorf("not counted: %+v", r.Uncounted)
	}
	if len(r.Refunds) != 1 || r.Refunds[0] != (usecase.RefundSum{Currency: "CNY", Orders: 1, Refunded: 100_0000, Gross: 300_0000}) || r.Refunds[0].Share() != 1.0/3 {
		t.Errorf("refunds: %+v", r.Refunds)
	}
	if r.FirstSeen.Number != "15" || r.FirstSeen.File != "one.csv" || r.FirstSeen.Step == 0 || r.FirstSeen.At != crm.At(clock()) {
		t.Errorf("first seen: %+v", r.FirstSeen)
	}
	// What is imported later is not what was seen first, however old.
	table(t, s, "one", "16,2020-01-01 10:00:00,anna,tea,1,1,\n1,2026-08-01 10:00:00,anna,tea,1,100,7\n")
	if f := of("anna").Reasons.FirstSeen; f != r.FirstSeen {
		t.Errorf("first seen, later: %+v", f)
	}
	ben := of("ben").Reasons
	if len(ben.Gaps) != 0 || len(ben.Uncounted) != 0 || ben.Refunds[0].Share() != 0.4 {
		t.Errorf("ben: %+v", ben)
	}
	if got := (usecase.RefundSum{Refunded: 1}).Share(); got != 0 {
		t.Errorf("the share of nothing is %v", got)
	}
}

func TestDemoSaysSoForEver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.kebu")
	if _, err := usecase.Demo(t.Context(), usecase.DemoRequest{Path: path, Lang: "en", Clock: clock}); err != nil {
		t.Fatal(err)
	}
	s, err := usecase.Open(t.Context(), path, "", []byte(usecase.DemoPassphrase), clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	imports, err := s.Imports(t.Context())
	if err != nil || len(imports) == 0 {
		t.Fatal(err)
	}
	for _, i := range imports {
		if _, err := s.Undo(t.Context(), i.Step); err != nil {
			t.Fatal(err)
		}
	}
	settings, err := s.Settings(t.Context())
	if err != nil || !settings.Demo {
		t.Errorf("emptied, it is no demo: %v", err)
	}
	if settings, err := session(t).Settings(t.Context()); err != nil || settings.Demo {
		t.Errorf("a new book is a demo: %v", err)
	}
}
