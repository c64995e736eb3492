package importertest

import (
	"os"
	"testing"

	"kebu/importers"
)

// Fuzz reads damaged exports of a folder, of which it wants a number at least
// as seeds: whatever they hold, rows are either read or told of.
func Fuzz(f *testing.F, all []*importers.Format, dir string, seeds int) {
	f.Helper()
	files, err := Exports(dir)
	if err != nil {
		f.Fatal(err)
	}
	if len(files) < seeds {
		f.Fatalf("%d seeds, want %d at least", len(files), seeds)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := checked(t.Context(), data, all); err != nil {
			t.Error(err)
		}
	})
}
