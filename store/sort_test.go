package store_test

import (
	"context"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/store"
	"kebu/store/storetest"
)

// sortShop has four customers of whom everything is known by hand.
func sortShop(t *testing.T) *store.Book {
	b := storetest.New(t)
	const day = 86_400_000
	order := func(number, account, name, city string, on crm.Moment, amount, refund crm.Money) *crm.Order {
		return &crm.Order{
			Platform: "taobao", Number: number, Zone: "Asia/Shanghai", Currency: "CNY", Status: crm.StatusCompleted, Placed: 1_700_000_000_000 + on*day,
			Amount: crm.Known(amount), Refund: crm.Known(refund), Buyer: crm.Buyer{ID: account}, RecipientIsBuyer: true,
			Recipient: crm.Recipient{Name: pii.New(name), City: city, Country: "CN"},
		}
	}
	load(t, b, "taobao", []*crm.Order{
		order("1", "zoe", "赵一", "成都市", 0, 50_0000, 0), order("2", "zoe", "赵一", "成都市", 10, 50_0000, 0), order("3", "zoe", "赵一", "成都市", 21, 50_0000, 0),
		order("4", "Yan", "安二", "上海市", 2, 200_0000, 60_0000), order("5", "Yan", "安二", "上海市", 4, 1_0000, 0), order("6", "Yan", "安二", "上海市", 6, 1_0000, 0),
		order("7", "xu", "林三", "杭州市", 5, 30_0000, 0),
		order("8", "王", "", "", 7, 30_0000, 1_0000),
	})
	return b
}

func TestEveryColumnSorts(t *testing.T) {
	b := sortShop(t)
	env := crm.RuleEnv{Currency: "CNY", Today: 19675 + 40} // the first order was on day 19675
	nums := func(sorts ...store.Sort) []int64 {
		t.Helper()
		return view(t, b, func(ctx context.Context, tx *store.Tx) ([]int64, error) {
			nums, total, err := tx.FindCustomers(ctx, store.Selection{Sort: sorts}, env)
			if total != 4 {
				t.Errorf("%d customers", total)
			}
			return nums, err
		})
	}
	const zoe, yan, xu, wang = 1, 2, 3, 4
	for by, want := range map[string][]int64{
		"last_purchase":  {xu, yan, wang, zoe},
		"first_purchase": {zoe, yan, xu, wang},
		"purchases":      {xu, wang, zoe, yan},
		"gross":          {xu, wang, zoe, yan},
		"refunded":       {zoe, xu, wang, yan},
		"net":            {wang, xu, yan, zoe},
		"interval":       {yan, zoe, xu, wang}, // 2 and 10.5 days; the others have none
		"late_by":        {zoe, yan, xu, wang}, // 19 - 11 and 34 - 2
		"name":           {yan, xu, zoe, wang}, // An, Lin, Zhao, and nobody
		"account":        {xu, yan, zoe, wang}, // whatever the case
		"city":           {zoe, xu, yan, wang}, // Chengdu, Hangzhou, Shanghai
		"country":        {zoe, yan, xu, wang}, // all the same: by number
		"province":       {yan, zoe, xu, wang}, // Shanghai, Sichuan, Zhejiang, told by the cities
	} {
		if got := nums(store.Sort{By: by}); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", by, got, want)
		}
	}
	if got := nums(store.Sort{By: "late_by", Descending: true}, store.Sort{By: "net", Descending: true}); !slices.Equal(got, []int64{yan, zoe, xu, wang}) {
		t.Errorf("late first: %v: who is not late comes last", got)
	}
	if got := nums(store.Sort{By: "purchases", Descending: true}, store.Sort{By: "net"}); !slices.Equal(got, []int64{yan, zoe, wang, xu}) {
		t.Errorf("by two keys: %v", got)
	}
	if got := nums(store.Sort{By: "purchases", Descending: true}); !slices.Equal(got, []int64{zoe, yan, xu, wang}) {
		t.Errorf("equal ones: %v, want by number", got)
	}
	for _, by := range store.Sorts {
		nums(store.Sort{By: by, Descending: true}, store.Sort{By: "id"})
	}
	err := b.View(t.Context(), func(tx *store.Tx) error {
		_, _, err := tx.FindCustomers(t.Context(), store.Selection{Sort: []store.Sort{{By: "nose"}}}, env)
		return err
	})
	if err == nil {
		t.Error("sorted by what is no column")
	}
}
