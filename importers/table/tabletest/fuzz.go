package tabletest

import (
	"testing"

	"kebu/importers/table/grid"
)

// Small limits let a fuzzer reach them.
var Small = grid.Limits{
	FileBytes: 1 << 20, Entries: 50, UnzippedBytes: 4 << 20, Rows: 10_000, Columns: 300, TextColumns: 300,
	CellBytes: 4 << 10, RowBytes: 64 << 10, SharedStrings: 5_000, SharedBytes: 1 << 20,
}

// AddSeeds adds seeds, of which there shall be a least number.
func AddSeeds(f *testing.F, least int, seeds []string) {
	f.Helper()
	if len(seeds) < least {
		f.Fatalf("%d seeds, want %d", len(seeds), least)
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
}
