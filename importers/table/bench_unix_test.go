//go:build unix

package table

import (
	"bytes"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// benchmarkFiles are a workbook made here and, if the environment variable KEBU_DATA
// names the folder that holds it, online-retail.xlsx of 541,909 rows.
func benchmarkFiles(b *testing.B) map[string][]byte {
	b.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for i := range 20_000 {
		err := w.SetRow("A"+itoa(i+1), []any{i, "item " + itoa(i%500), 2.55, 40513.351388888892, 17850, "某地"})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	made, err := f.WriteToBuffer()
	if err != nil {
		b.Fatal(err)
	}
	files := map[string][]byte{"made": made.Bytes()}
	if dir := os.Getenv("KEBU_DATA"); dir != "" {
		root, err := os.OpenRoot(dir)
		if err != nil {
			b.Fatal(err)
		}
		if files["reference"], err = root.ReadFile("online-retail.xlsx"); err != nil {
			b.Fatal(err)
		}
	}
	return files
}

// measure reports the processor time of what f does, collection of garbage included.
func measure(b *testing.B, f func()) {
	b.Helper()
	used := func() time.Duration {
		var r syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
			b.Fatal(err)
		}
		return time.Duration(r.Utime.Nano() + r.Stime.Nano())
	}
	b.ReportAllocs()
	before := used()
	for b.Loop() {
		f()
	}
	b.ReportMetric((used()-before).Seconds()/float64(b.N), "cpu-s/op")
}

func BenchmarkWorkbook(b *testing.B) {
	for name, data := range benchmarkFiles(b) {
		b.Run(name+"/ours", func(b *testing.B) {
			measure(b, func() {
				w := open(b, data, Options{})
				for _, err := range w.Rows(b.Context(), 0) {
					if err != nil {
						b.Fatal(err)
					}
				}
			})
		})
		b.Run(name+"/excelize", func(b *testing.B) {
			measure(b, func() { excelizeRows(b, data, func(int, []string) {}) })
		})
	}
}

func BenchmarkText(b *testing.B) {
	data := bytes.Repeat([]byte("=\"26051712345678\",某人,\"甲,乙\",12.50,2026-11-11 10:00:00\r\n"), 50_000)
	b.SetBytes(int64(len(data)))
	measure(b, func() {
		for _, err := range open(b, data, Options{}).Rows(b.Context(), 0) {
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
