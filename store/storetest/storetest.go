// Package storetest opens books and invents orders for tests.
package storetest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/keyring"
	"kebu/store"
)

// Passphrase opens the books of tests.
const Passphrase = "viaduct-mellow-thistle-27-orbit" //nolint:gosec // of books that last as long as a test

// New makes a book in a folder of the test and opens it; it is closed when the
// test ends. The caller has lowered the passphrase's cost
// (crypto/passphrase/passphrasetest).
func New(t testing.TB) *store.Book {
	t.Helper()
	return NewAt(t, filepath.Join(t.TempDir(), "shop.kebu"))
}

// NewAt is New with the book at path.
func NewAt(t testing.TB, path string) *store.Book {
	t.Helper()
	Make(t, path)
	return Open(t, path)
}

// fresh is a new book. It is made once: going through all migrations takes longer
// than most tests.
var fresh struct {
	once sync.Once
	data []byte
}

// Make makes a new book at path. All that it makes have the same keys.
func Make(t testing.TB, path string) {
	t.Helper()
	fresh.once.Do(func() {
		name := filepath.Join(t.TempDir(), "new.kebu")
		_, err := store.Create(t.Context(), name, keyring.Options{Owner: "owner", Passphrase: []byte(Passphrase)}, store.Settings{})
		if err == nil {
			fresh.data, err = os.ReadFile(name)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(path, fresh.data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Open opens the book at path; it is closed when the test ends.
func Open(t testing.TB, path string) *store.Book {
	t.Helper()
	b, err := store.Open(t.Context(), path, "", []byte(Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = b.Close() // a test that asks for errors closes before
	})
	return b
}

// World invents the orders of one platform: few people with several accounts,
// phones and addresses, so that they meet often.
type World struct {
	Rand     *rand.Rand
	Platform string
	Accounts int // how many buyer ids there are
	Phones   int
}

// start is 2026-01-01T00:00:00+08:00.
const start = crm.Moment(1767196800000)

const day = crm.Moment(86_400_000)

// Order invents the order of a number. Told again, it is further on.
func (w *World) Order(number int) *crm.Order {
	r := w.Rand
	o := &crm.Order{
		Platform: w.Platform, Number: fmt.Sprintf("26%016d", number), Zone: "Asia/Shanghai", Currency: "CNY",
		Placed: start + day*crm.Moment(number%300), // the same whenever it is told
	}
	o.Status = crm.Statuses[r.IntN(len(crm.Statuses))]
	o.RawStatus = string(o.Status)
	if r.IntN(3) > 0 {
		o.Completed = o.Placed + day*crm.Moment(1+r.IntN(20))
	}
	if r.IntN(2) == 0 {
		o.Amount = crm.Known(crm.Money(r.IntN(100_0000)))
	}
	if r.IntN(6) == 0 {
		o.Refund = crm.Known(crm.Money(r.IntN(20_0000)))
	}
	for n := range 1 + number%3 {
		l := crm.Line{SKU: fmt.Sprintf("T%02d", (number+n)%7), Product: fmt.Sprintf("茶 %d", (number+n)%7), Quantity: crm.One, Price: 12_5000}
		l.Amount, _ = l.Price.Times(l.Quantity)
		if r.IntN(5) == 0 {
			l.Status = crm.StatusCancelled
		}
		o.Lines = append(o.Lines, l)
	}
	w.people(o, number)
	return o
}

func (w *World) people(o *crm.Order, number int) {
	r := w.Rand
	if a := r.IntN(w.Accounts + 2); a < w.Accounts {
		o.Buyer.ID = fmt.Sprintf("buyer%03d", a)
	}
	if r.IntN(3) == 0 {
		o.Buyer.Phone = pii.New(fmt.Sprintf("154%08d", r.IntN(w.Phones)))
	}
	if r.IntN(8) == 0 {
		o.Buyer.Email = pii.New(fmt.Sprintf("b%d@example.test", r.IntN(w.Phones)))
	}
	if r.IntN(2) == 0 {
		o.Recipient = crm.Recipient{
			Name: pii.New(fmt.Sprintf("林某%d", number%9)), Phone: pii.New(fmt.Sprintf("154%08d", 1000+number%9)), Country: "CN",
			Province: "浙江省", City: []string{"杭州市", "宁波市", ""}[number%3], District: "西湖区", Street: pii.New(fmt.Sprintf("虚构路 %d 号", number%9)),
		}
	}
	if r.IntN(4) == 0 {
		o.Message = pii.New("请包好")
	}
}
