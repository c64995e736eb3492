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

// BenchmarkDetect finds the format of a small file among all.
func BenchmarkDetect(b *testing.B) {
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "exports", "douyin", "order-a.csv"))
	if err != nil {
		b.Fatal(err)
	}
	w, err := table.Open(b.Context(), bytes.NewReader(data), int64(len(data)), table.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := importers.Detect(b.Context(), w, all.Formats()); err != nil {
			b.Fatal(err)
		}
	}
}
