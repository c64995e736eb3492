package table

import (
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// reference is a workbook of 541,909 rows and 173 MB of XML. It is not part of the
// repository; KEBU_REFERENCE_XLSX names it.
func reference(b *testing.B) string {
	b.Helper()
	name := os.Getenv("KEBU_REFERENCE_XLSX")
	if name == "" {
		b.Skip("KEBU_REFERENCE_XLSX is not set")
	}
	return name
}

// cpu is the processor time of this process so far.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func BenchmarkReference(b *testing.B) {
	f, err := os.Open(reference(b))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	before := cpu(b)
	for b.Loop() {
		w, err := Open(b.Context(), f, info.Size(), Options{})
		if err != nil {
			b.Fatal(err)
		}
		rows, cells := 0, 0
		for row, err := range w.Rows(b.Context(), 0) {
			if err != nil {
				b.Fatal(err)
			}
			rows++
			cells += len(row.Cells)
		}
		if rows != 541_910 {
			b.Fatalf("%d rows", rows)
		}
		b.ReportMetric(float64(cells), "cells/op")
	}
	b.ReportMetric((cpu(b)-before).Seconds()/float64(b.N), "cpu-s/op")
}

func BenchmarkReferenceExcelize(b *testing.B) {
	name := reference(b)
	before := cpu(b)
	for b.Loop() {
		f, err := excelize.OpenFile(name, excelize.Options{RawCellValue: true})
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows(f.GetSheetName(0))
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
				b.Fatal(err)
			}
			n++
		}
		if err := rows.Close(); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
		if n != 541_910 {
			b.Fatalf("%d rows", n)
		}
	}
	b.ReportMetric((cpu(b)-before).Seconds()/float64(b.N), "cpu-s/op")
}
