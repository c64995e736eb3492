package store_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/find"
	"kebu/app/crm/pii"
	"kebu/store"
	"kebu/store/storetest"
)

// bigOrder invents order n of a shop in which every customer orders five times
// on average, some far more often than others, among 2,000 products; a third of
// the orders are in a foreign currency.
func bigOrder(rng *rand.Rand, n, people int) *crm.Order {
	who := int(float64(people) * rng.Float64() * rng.Float64())
	if n < people {
		who = n
	}
	o := &crm.Order{
		Platform: "taobao", Number: fmt.Sprintf("26%016d", n), Zone: "Asia/Shanghai", Currency: []string{"CNY", "CNY", "USD"}[n%3], Status: crm.StatusCompleted, RawStatus: "交易成功",
		Placed: crm.Moment(1700000000000 + int64(n)*60_000), Amount: crm.Known(crm.Money(10_0000 + rng.IntN(500_0000))),
		Buyer: crm.Buyer{ID: fmt.Sprintf("b%07d", who)},
		Recipient: crm.Recipient{
			Name:  pii.New(string([]rune("王李张刘陈杨赵黄")[who%8]) + string([]rune("伟芳娜敏静丽强磊军洋")[who/8%10]) + string([]rune("一二三四五六七八九十")[who/80%10])),
			Phone: pii.New(fmt.Sprintf("154%08d", who)), Country: "CN", Province: "浙江省",
			City: []string{"杭州市", "宁波市", "温州市"}[who%3], District: "西湖区", Street: pii.New(fmt.Sprintf("虚构路%d号", who)),
		},
	}
	for range 1 + rng.IntN(2) {
		p := int(2000 * rng.Float64() * rng.Float64())
		o.Lines = append(o.Lines, crm.Line{SKU: fmt.Sprintf("SKU%04d", p), Product: fmt.Sprintf("茶叶 tea %04d", p), Quantity: crm.One, Price: 10_0000, Amount: 10_0000})
	}
	return o
}

func fillBig(b testing.TB, book *store.Book, from, to, people int) {
	rng := rand.New(rand.NewPCG(1, 9))
	const file = 250_000 // orders an import
	for ; from < to; from += file {
		var list []*crm.Order
		for n := from; n < min(from+file, to); n++ {
			list = append(list, bigOrder(rng, n, people))
		}
		err := book.Update(b.Context(), store.Step{Verb: "import", User: "owner", At: 1795000000000}, func(tx *store.Tx) error {
			shops, err := tx.Shops(b.Context(), "taobao")
			if err != nil {
				return err
			}
			var shop store.Shop
			if len(shops) > 0 {
				shop = shops[0]
			} else if shop, err = tx.AddShop(b.Context(), "taobao", "taobao"); err != nil {
				return err
			}
			if err := tx.DefaultSettings(b.Context(), "CNY", "Asia/Shanghai"); err != nil {
				return err
			}
			_, err = tx.SaveOrders(b.Context(), shop.ID, list, store.Watch{})
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// bigBooks are books of 1,000,000 orders by their number of customers. One takes
// a minute to make, so that it serves all benchmarks of a run.
var bigBooks = map[int]string{}

func openBig(b *testing.B, people int) *store.Book {
	if bigBooks[people] == "" {
		dir, err := os.MkdirTemp("", "kebu-bench-") //nolint:usetesting // it outlives the benchmark
		if err != nil {
			b.Fatal(err)
		}
		cleanups = append(cleanups, func() { _ = os.RemoveAll(dir) })
		path := filepath.Join(dir, "shop.kebu")
		book := storetest.NewAt(b, path)
		fillBig(b, book, 0, 1_000_000, people)
		if err := book.Close(); err != nil {
			b.Fatal(err)
		}
		bigBooks[people] = path
	}
	return storetest.Open(b, bigBooks[people])
}

// cleanups run when all tests are done.
var cleanups []func()

// BenchmarkUnlock reads all that can be searched of 200,000 customers, the
// budget being 2 s with the passphrase's half second.
func BenchmarkUnlock(b *testing.B) {
	book := openBig(b, 200_000)
	for b.Loop() {
		fillIndex(b, book)
	}
}

func fillIndex(b *testing.B, book *store.Book) *find.Index {
	builders := [2]*find.Builder{find.NewBuilder(), find.NewBuilder()}
	done := make(chan error, len(builders))
	for i, into := range builders {
		go func() {
			done <- book.View(b.Context(), func(tx *store.Tx) error {
				return tx.FillIndex(b.Context(), into, int64(1+100_000*i), int64(1+100_000*(i+1)),
					store.Searched{Name: store.SearchParts, Account: store.SearchParts, Phone: store.SearchParts, Alias: store.SearchParts, City: true, Tag: true})
			})
		}()
	}
	for range builders {
		if err := <-done; err != nil {
			b.Fatal(err)
		}
	}
	x := find.Build(builders[:]...)
	if x.Len() != 200_000 {
		b.Fatalf("%d customers to search", x.Len())
	}
	return x
}
