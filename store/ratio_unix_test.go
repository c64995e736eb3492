//go:build unix

package store_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/store"
	"kebu/store/storetest"
)

// rounds is how often each side is measured: the machine's other work is noise,
// and the lowest of several is nearest to the truth.
const rounds = 5

// BenchmarkSealedAgainstPlain reports the processor time of a sealed book over
// that of a plain database with the same tables: importing 20,000 orders, and
// reading 4,000 profiles, a rule and all orders of some customers after the
// book was opened anew.
func BenchmarkSealedAgainstPlain(b *testing.B) {
	const people = 4_000
	imports, reads := map[string][]float64{}, map[string][]float64{}
	for b.Loop() {
		for range rounds {
			for _, kind := range []string{"plain", "sealed"} {
				path := filepath.Join(b.TempDir(), "shop.kebu")
				book := openKind(b, kind, path)
				imports[kind] = append(imports[kind], used(b, func() { fillBig(b, book, 0, 20_000, people) }))
				closeKind(b, kind, book)
				for range rounds { // a tenth of the work, and more easily disturbed
					book = reopenKind(b, kind, path)
					reads[kind] = append(reads[kind], used(b, func() { readMuch(b, book) }))
					closeKind(b, kind, book)
				}
			}
		}
	}
	b.ReportMetric(slices.Min(imports["sealed"])/slices.Min(imports["plain"]), "import-ratio")
	b.ReportMetric(slices.Min(reads["sealed"])/slices.Min(reads["plain"]), "read-ratio")
}

// BenchmarkJournal reports what the journal costs: the processor time and the
// file of two imports with it over those without. The first brings 20,000
// orders, the second tells 5,000 of these again, further on, and brings 15,000.
func BenchmarkJournal(b *testing.B) {
	var files [2][]*crm.Order
	for n := range 35_000 {
		o := bigOrder(rand.New(rand.NewPCG(uint64(n), 9)), n, 4_000)
		if n >= 15_000 && n < 20_000 {
			paid := *o
			paid.Status, paid.RawStatus, paid.Lines = crm.StatusPaid, "买家已付款，等待卖家发货", slices.Clone(o.Lines)
			files[0] = append(files[0], &paid)
			o.Completed = o.Placed + 86_400_000
		} else if n < 15_000 {
			files[0] = append(files[0], o)
			continue
		}
		files[1] = append(files[1], o)
	}
	seconds, sizes := map[bool][]float64{}, map[bool]float64{}
	for b.Loop() {
		for range rounds {
			for _, journal := range []bool{false, true} {
				path := filepath.Join(b.TempDir(), "shop.db")
				book := reopenKind(b, "plain", path)
				if !journal {
					if err := book.DropImages(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
				seconds[journal] = append(seconds[journal], used(b, func() {
					for _, file := range files {
						loadFile(b, book, file)
					}
				}))
				closeKind(b, "plain", book)
				info, err := os.Stat(path)
				if err != nil {
					b.Fatal(err)
				}
				sizes[journal] = float64(info.Size())
			}
		}
	}
	ratios := make([]float64, len(seconds[true]))
	for i := range ratios { // of neighbours: the machine's speed drifts
		ratios[i] = seconds[true][i] / seconds[false][i]
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "time-ratio")
	b.ReportMetric(sizes[true]/sizes[false], "size-ratio")
}

func loadFile(b *testing.B, book *store.Book, list []*crm.Order) {
	if err := book.Update(b.Context(), store.Step{Verb: "import", User: "owner", At: 1795000000000}, func(tx *store.Tx) error {
		_, err := importInto(b, tx, "taobao", list)
		return err
	}); err != nil {
		b.Fatal(err)
	}
}

func openKind(b *testing.B, kind, path string) *store.Book {
	if kind == "sealed" {
		return storetest.NewAt(b, path)
	}
	return reopenKind(b, kind, path)
}

func reopenKind(b *testing.B, kind, path string) *store.Book {
	if kind == "sealed" {
		return storetest.Open(b, path)
	}
	book, err := store.OpenPlain(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	return book
}

func closeKind(b *testing.B, kind string, book *store.Book) {
	closing := book.Close
	if kind == "plain" {
		closing = book.ClosePlain
	}
	if err := closing(); err != nil {
		b.Fatal(err)
	}
}

func readMuch(b *testing.B, book *store.Book) {
	rule, err := crm.ParseRule("purchases >= 3 and product contains 00")
	if err != nil {
		b.Fatal(err)
	}
	env := crm.RuleEnv{Currency: "CNY", Zone: time.UTC, Today: 20500}
	if err := book.View(b.Context(), func(tx *store.Tx) error {
		if _, err := tx.CountCustomers(b.Context(), store.Selection{Where: &rule}, env); err != nil {
			return err
		}
		nums, _, err := tx.FindCustomers(b.Context(), store.Selection{Sort: []store.Sort{{By: "net"}}}, env)
		if err != nil {
			return err
		}
		for batch := range slices.Chunk(nums, 1000) {
			if _, err := tx.LoadCustomers(b.Context(), batch, false); err != nil {
				return err
			}
		}
		for _, n := range nums[:200] {
			if _, err := tx.OrdersOf(b.Context(), n); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
}

// used returns the processor seconds that fn takes.
func used(b *testing.B, fn func()) float64 {
	before := spent(b)
	fn()
	return spent(b) - before
}

func spent(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(u.Utime) + seconds(u.Stime)
}
