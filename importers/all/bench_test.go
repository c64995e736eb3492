package all_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"kebu/importers"
	"kebu/importers/all"
	"kebu/importers/table"
)

// BenchmarkDetect finds the format of a report of 80 columns among all formats.
func BenchmarkDetect(b *testing.B) {
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "exports", "ebay", "eBay-OrdersReport.csv"))
	if err != nil {
		b.Fatal(err)
	}
	w, err := table.Open(b.Context(), bytes.NewReader(data), int64(len(data)), table.Options{})
	if err != nil {
		b.Fatal(err)
	}
	formats := all.Formats()
	for b.Loop() {
		if _, err := importers.Detect(b.Context(), w, formats); err != nil {
			b.Fatal(err)
		}
	}
}
