package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/store"
	"kebu/store/storetest"
)

// sale is an order of one product.
func sale(number, who, product int, status crm.Status) *crm.Order {
	o := &crm.Order{
		Platform: "taobao", Number: fmt.Sprint(number), Zone: "Asia/Shanghai", Currency: "CNY", Status: status,
		Placed: crm.Moment(1767196800000 + number), Buyer: crm.Buyer{ID: fmt.Sprintf("buyer-%d", who)},
		Lines: []crm.Line{{SKU: fmt.Sprintf("S%d", product), Product: "茶", Quantity: crm.One, Price: 1_0000, Amount: 1_0000}},
	}
	o.KeyLines()
	return o
}

// chosen lists the buyers whom a rule chooses.
func chosen(t *testing.T, b *store.Book, text string) []string {
	t.Helper()
	rule, err := crm.ParseRule(text)
	if err != nil {
		t.Fatal(err)
	}
	list := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Customer, error) {
		nums, _, err := tx.FindCustomers(ctx, store.Selection{Where: &rule}, crm.RuleEnv{})
		if err != nil {
			return nil, err
		}
		return tx.LoadCustomers(ctx, nums, false)
	})
	var ids []string
	for _, c := range list {
		ids = append(ids, c.Buyers[0].ID)
	}
	slices.Sort(ids)
	return ids
}

// There are several spans of customers, and more products than a byte counts.
func TestProductsAreFoundAmongManyCustomersThroughImportAndUndo(t *testing.T) {
	const people, products = 600, 300
	b := storetest.New(t)
	expect := func(rule string, want ...string) {
		t.Helper()
		if got := chosen(t, b, rule); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", rule, got, want)
		}
	}
	var first, second []*crm.Order
	for who := range people {
		first = append(first, sale(1000+who, who, who%products, crm.StatusCompleted))
	}
	for _, who := range []int{3, 255, 256, 599} {
		second = append(second, sale(2000+who, who, 7, crm.StatusCompleted))
	}
	all, _ := load(t, b, "taobao", first)
	before := dump(t, b)
	expect("sku = S7", "buyer-307", "buyer-7")
	expect("sku in (S256, S299)", "buyer-256", "buyer-299", "buyer-556", "buyer-599")
	if n := len(chosen(t, b, "not sku contains 9")); n != 2*243 { // three hundreds of 81 numbers each
		t.Errorf("%d customers bought nothing with a 9", n)
	}
	some, _ := load(t, b, "taobao", second)
	expect("sku = S7", "buyer-255", "buyer-256", "buyer-3", "buyer-307", "buyer-599", "buyer-7")
	expect("sku = S7 and sku = S256", "buyer-256")
	undo(t, b, some)
	expect("sku = S7", "buyer-307", "buyer-7")
	if dump(t, b) != before {
		t.Error("undo leaves the book changed")
	}
	undo(t, b, all)
	expect("sku contains S")
}

func TestWhoBoughtNothingHasNotBoughtAProduct(t *testing.T) {
	const people = 600
	b := storetest.New(t)
	var list []*crm.Order
	for who := range people {
		list = append(list, sale(1000+who, who, 1, crm.StatusCancelled))
	}
	load(t, b, "taobao", list)
	if n := len(chosen(t, b, "not sku = S1")); n != people {
		t.Errorf("%d of %d who bought nothing have not bought it", n, people)
	}
	load(t, b, "taobao", []*crm.Order{sale(1, 0, 1, crm.StatusCompleted)})
	if n := len(chosen(t, b, "not sku = S1")); n != people-1 {
		t.Errorf("one bought it, %d of %d have not", n, people)
	}
}
