package custom_test

import (
	"os"
	"path/filepath"
	"testing"

	"kebu/importers"
	"kebu/importers/custom"
	"kebu/importers/table"
)

// BenchmarkOnlineRetail reads a real export of 541,909 lines, where it is
// there; the time of the table reader alone is BenchmarkOnlineRetailRows.
func BenchmarkOnlineRetail(b *testing.B) {
	w, mapping := openRetail(b)
	format, err := mapping.Format()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		matches, err := importers.Detect(b.Context(), w, []*importers.Format{format})
		if err != nil {
			b.Fatal(err)
		}
		r, err := importers.Read(b.Context(), w, matches, importers.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if len(r.Orders) != 25900 || r.Lines != 541909 || len(r.Rejected) != 0 {
			b.Fatalf("read %d orders, %d lines, %d refused rows", len(r.Orders), r.Lines, len(r.Rejected))
		}
	}
}

func BenchmarkOnlineRetailRows(b *testing.B) {
	w, _ := openRetail(b)
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range w.Rows(b.Context(), 0) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 541910 {
			b.Fatalf("read %d rows", n)
		}
	}
}

func openRetail(b *testing.B) (*table.Workbook, *custom.Mapping) {
	b.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data")
	data, err := os.ReadFile(filepath.Join(dir, "online-retail.mapping.json"))
	if err != nil {
		b.Skip("the reference data is not beside the project")
	}
	mapping, err := custom.Parse(data)
	if err != nil {
		b.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, "online-retail.xlsx"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.Close() })
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	w, err := table.Open(b.Context(), f, info.Size(), table.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return w, mapping
}
