package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/store"
	"kebu/store/storetest"
)

// TestFirstPagesAreThoseOfTheWholeList asks for pages of more customers than a
// block has, many with equal keys or none, and wants the rows of the whole list.
func TestFirstPagesAreThoseOfTheWholeList(t *testing.T) {
	was := store.SetBlockSize(100)
	defer store.SetBlockSize(was)
	r := rand.New(rand.NewPCG(1, 14))
	b := storetest.New(t)
	var list []*crm.Order
	for n := range 3000 {
		o := told(fmt.Sprint(n), fmt.Sprint("b", n), "", 1, item("a", crm.Money(r.IntN(40)*r.IntN(40))))
		o.Placed += crm.Moment(r.IntN(1000)) * 86_400_000
		if r.IntN(4) == 0 {
			o.Status = crm.StatusCancelled
		}
		o.Recipient = crm.Recipient{Name: pii.New([]string{"", "林某", "安某"}[r.IntN(3)]), Country: "CN", City: []string{"", "杭州市", "宁波市"}[r.IntN(3)]}
		o.RecipientIsBuyer = true
		list = append(list, o)
	}
	load(t, b, "taobao", list)
	env := crm.RuleEnv{Currency: "CNY", Zone: time.UTC, Today: 20500}
	for _, text := range []string{"", "net > 500", "city = 杭州市", "net > 1000000"} {
		rule, err := crm.ParseRule(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, by := range [][]store.Sort{
			{{By: "last_purchase", Descending: true}},
			{{By: "last_purchase"}},
			{{By: "net", Descending: true}},
			{{By: "purchases", Descending: true}, {By: "net"}},
			{{By: "interval"}},
			{{By: "account"}},
			{{By: "account", Descending: true}},
			{{By: "name"}},
			{{By: "name", Descending: true}, {By: "city"}, {By: "last_purchase"}},
			{{By: "city"}, {By: "interval"}, {By: "net", Descending: true}},
			{{By: "city", Descending: true}},
			{{By: "country"}},
			{{By: "province"}},
			{{By: "id"}},
			{{By: "id", Descending: true}, {By: "net"}},
			nil,
		} {
			find := func(from, limit int) ([]int64, int) {
				var total int
				nums := view(t, b, func(ctx context.Context, tx *store.Tx) ([]int64, error) {
					nums, n, err := tx.FindCustomers(ctx, store.Selection{Where: &rule, Sort: by, From: from, Limit: limit}, env)
					total = n
					return nums, err
				})
				return nums, total
			}
			all, count := find(0, 0)
			for _, from := range []int{0, 50, 700} {
				got, total := find(from, 50)
				if total != count || !slices.Equal(got, all[min(from, len(all)):min(from+50, len(all))]) {
					t.Errorf("%q by %v from %d: %d of %d, want %d", text, by, from, len(got), total, count)
				}
			}
		}
	}
}
