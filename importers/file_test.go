package importers_test

import (
	"fmt"
	"testing"
	"time"

	"kebu/importers"
	"kebu/importers/all"
)

func TestMergedCellsGoOnWithTheOrderAbove(t *testing.T) {
	f := formatOf(t, columns)
	f.Rows = importers.LinePerRowMerged
	w := open(t, []byte(header+
		"1,2026-01-02,7,A,1,2.00\n,,,B,2,3.00\n2,2026-01-03,8,A,1,2.00\n,,,B,1,1.00\n"))
	matches, err := importers.Detect(t.Context(), w, []*importers.Format{f})
	if err != nil {
		t.Fatal(err)
	}
	r, err := importers.Read(t.Context(), w, matches, importers.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Orders) != 2 || r.Lines != 4 || len(r.Orders[0].Lines) != 2 || r.Orders[1].Buyer.ID != "8" {
		t.Errorf("got %d orders, %d lines", len(r.Orders), r.Lines)
	}
}

func TestTimesWithoutAZoneAreInThatOfTheOptions(t *testing.T) {
	zone := time.FixedZone("", 2*3600)
	w := open(t, []byte("Name,Created at,Lineitem name,Currency,Accepts Marketing\n#1,2026-01-02 10:00:00,Mug,EUR,no\n"))
	matches, err := importers.Detect(t.Context(), w, all.Formats())
	if err != nil {
		t.Fatal(err)
	}
	r, err := importers.Read(t.Context(), w, matches, importers.Options{Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := r.Orders[0].Placed.In(zone), time.Date(2026, 1, 2, 10, 0, 0, 0, zone); !got.Equal(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMendedRowsAreWarnedOf(t *testing.T) {
	r := read(t, columns, header+"1,2026-01-02,7,\"A,1,2.00\n2,2026-01-02,7,A,1,2.00\n3,2026-01-02,7,A,1,2.00\n")
	if len(r.Orders) != 3 || fmt.Sprint(refusals(r.Warnings)) != "[2 stray_quote]" {
		t.Errorf("got %d orders, warnings %q", len(r.Orders), refusals(r.Warnings))
	}
}
