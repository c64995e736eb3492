package evidence_test

import (
	"testing"

	"kebu/crypto/evidence"
)

// many is the number of entries of the budgets: they append within 2 CPU s and
// verify within 1.
const many = 100_000

// BenchmarkAppend writes entries with commitments and hashes them in.
func BenchmarkAppend(b *testing.B) {
	for b.Loop() {
		var tree evidence.Tree
		for n := range int64(many) {
			key := evidence.NewKey()
			e := evidence.Entry{N: n, At: 1795000020 + n*60, Act: "note", Who: owner.ref(), Step: n, Rows: 1, What: key.Commit(n, "note", []byte("payload of a usual length, which is not much"))}
			text, err := e.Text()
			if err != nil {
				b.Fatal(err)
			}
			tree.Add(text)
		}
	}
}

// BenchmarkVerify checks a pack of them.
func BenchmarkVerify(b *testing.B) {
	list := entries(b, many)
	p := packOf(b, list, many/3, many/2, many)
	pack := written(b, p)
	brought := evidence.Brought{Key: owner.vkey(), Known: p.Checkpoints[:2]}
	for b.Loop() {
		if r := verify(b, pack, brought); r.State() != evidence.Passed {
			b.Fatalf("%+v", r)
		}
	}
	b.ReportMetric(float64(len(pack))/many, "bytes/entry")
}
