package tabletest

import (
	"errors"
	"testing"
	"unicode/utf8"

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

// IsDocumented says that an error is one that the readers document.
func IsDocumented(err error) bool {
	return errors.As(err, new(*grid.LimitError)) || errors.As(err, new(*grid.DamageError)) ||
		errors.As(err, new(*grid.UnsupportedError)) || errors.As(err, new(*grid.PasswordError))
}

// CheckRow checks what grid.Row and grid.Cell promise.
func CheckRow(t *testing.T, row grid.Row) {
	t.Helper()
	if len(row.Cells) == 0 || row.Cells[len(row.Cells)-1].Kind == grid.CellEmpty || row.Number < 1 {
		t.Fatalf("row %d ends with an empty cell", row.Number)
	}
	for _, c := range row.Cells {
		if (c.Text == "") != (c.Kind == grid.CellEmpty) || !utf8.ValidString(c.Text) {
			t.Fatalf("%v cell %q", c.Kind, c.Text)
		}
		if _, err := c.Decimal(); err != nil && !errors.Is(err, grid.ErrNotNumber) {
			t.Fatal(err)
		}
		c.Long()
	}
}
