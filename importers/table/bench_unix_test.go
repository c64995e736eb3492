//go:build unix

package table

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
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

// measure reports and returns the processor time of what f does, collection of garbage included.
func measure(b *testing.B, f func()) (each time.Duration) {
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
	each = (used() - before) / time.Duration(b.N)
	b.ReportMetric(each.Seconds(), "cpu-s/op")
	return each
}

// BenchmarkWorkbook reads workbooks with our reader and with the raw row iterator of
// excelize. Budgets for the reference: a second of processor time, 64 MB, and a tenth
// of excelize's time.
func BenchmarkWorkbook(b *testing.B) {
	for name, data := range benchmarkFiles(b) {
		b.Run(name+"/ours", func(b *testing.B) {
			heap := &watched{Reader: bytes.NewReader(data)}
			runtime.GC()
			heap.sample()
			before := heap.now
			heap.most = 0
			measure(b, func() {
				w, err := Open(b.Context(), heap, int64(len(data)), Options{})
				if err != nil {
					b.Fatal(err)
				}
				for _, err := range w.Rows(b.Context(), 0) {
					if err != nil {
						b.Fatal(err)
					}
				}
			})
			b.ReportMetric(float64(heap.most-min(before, heap.most))/1e6, "MB-heap")
		})
		b.Run(name+"/excelize", func(b *testing.B) {
			measure(b, func() { excelizeRows(b, data, 0, func(int, []string) {}) })
		})
	}
}

// BenchmarkText reads exports of orders as text, in megabytes of the file per second.
// Budget: 150 MB per second of processor time in GB18030.
func BenchmarkText(b *testing.B) {
	const header = "订单编号,买家会员名,买家应付货款,收货人姓名,收货地址 ,宝贝标题 ,订单创建时间\r\n"
	const row = "=\"26051712345678%06d\",某人一二三,12.50,张某某,\"浙江省 杭州市 西湖区 某某街道 某路 12 号, 3 幢\",夏季新款某某连衣裙 中长款 蓝色 M 码,2026-11-11 10:00:00\r\n"
	var plain bytes.Buffer
	plain.WriteString(header)
	for i := range 100_000 {
		fmt.Fprintf(&plain, row, i)
	}
	chinese, err := simplifiedchinese.GB18030.NewEncoder().Bytes(plain.Bytes())
	if err != nil {
		b.Fatal(err)
	}
	for name, data := range map[string][]byte{"utf-8": plain.Bytes(), "gb18030": chinese} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			used := measure(b, func() {
				for _, err := range open(b, data, Options{}).Rows(b.Context(), 0) {
					if err != nil {
						b.Fatal(err)
					}
				}
			})
			b.ReportMetric(float64(len(data))/1e6/used.Seconds(), "MB/cpu-s")
		})
	}
}
