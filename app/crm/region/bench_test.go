package region_test

import (
	"testing"

	"kebu/app/crm/region"
)

func BenchmarkParse(b *testing.B) {
	lines := append(read(b, "testdata/frozen.tsv"), read(b, "testdata/drawn.tsv")...)
	region.Parse(lines[0].address) // reads the table
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		region.Parse(lines[n%len(lines)].address)
		n++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

func BenchmarkSettle(b *testing.B) {
	for b.Loop() {
		region.Settle(region.Place{Province: "浙江", City: "杭州", District: "西湖区"})
	}
}
