package mainland

import "testing"

// An import does this once per order.
func BenchmarkSplitAddress(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		SplitAddress("浙江省 杭州市 西湖区 示例街道示例路1号3幢501室(310000)")
	}
}
