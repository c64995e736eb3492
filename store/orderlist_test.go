package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/store"
	"kebu/store/storetest"
)

// orderWorld is a book of two platforms, imported twice so that orders changed,
// and all its orders with the customers they belong to.
func orderWorld(t *testing.T) (*store.Book, crm.RuleEnv, []listed) {
	b := storetest.New(t)
	rng := rand.New(rand.NewPCG(3, 5))
	for range 2 {
		for _, platform := range []string{"taobao", "pinduoduo"} {
			w := storetest.World{Rand: rng, Platform: platform, Accounts: 8, Phones: 5}
			var orders []*crm.Order
			for n := range 60 {
				o := w.Order(n)
				if n%10 == 0 {
					o.Currency = "USD"
				}
				if n%15 == 0 {
					o.Placed = 0
				}
				orders = append(orders, o)
			}
			load(t, b, platform, orders)
		}
	}
	env := view(t, b, func(ctx context.Context, tx *store.Tx) (crm.RuleEnv, error) {
		s, err := tx.Settings(ctx)
		return crm.RuleEnv{Currency: s.Currency, Zone: s.Zone, Today: 20500}, err
	})
	var all []listed
	for _, c := range customers(t, b) {
		for _, o := range view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.StoredOrder, error) { return tx.OrdersOf(ctx, c.Num) }) {
			all = append(all, listed{o, c})
		}
	}
	return b, env, all
}

type listed struct {
	store.StoredOrder
	customer store.Customer
}

func TestOrdersAreThoseThatMatch(t *testing.T) {
	b, env, known := orderWorld(t)
	all := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.OrderRow, error) {
		ids, err := tx.FindOrders(ctx, store.OrderSelection{}, -1, env)
		if err != nil {
			return nil, err
		}
		return tx.LoadOrders(ctx, ids)
	})
	if len(all) != 120 || len(known) < 60 || len(known) == len(all) {
		t.Fatalf("%d orders, %d of customers", len(all), len(known))
	}
	of := map[int64]listed{}
	for _, k := range known {
		of[k.ID] = k
	}
	for i, r := range all {
		if i > 0 && (r.Placed > all[i-1].Placed || r.Placed == all[i-1].Placed && r.ID > all[i-1].ID) {
			t.Error("not the newest first")
		}
		k, ok := of[r.ID]
		if ok != (r.Customer != "") {
			t.Errorf("order %d: customer %q", r.ID, r.Customer)
		}
		if ok && (r.Customer != k.customer.ID || r.CustomerName != k.customer.NameMask || r.Number != k.Number || r.Figures != k.Figures ||
			r.Product != k.Lines[0].Product || r.More != len(k.Lines)-1 || r.Shop.Name != k.Shop) {
			t.Errorf("order %d: %+v, want %+v", r.ID, r, k)
		}
	}
	day := known[3].Placed.Day(env.Zone)
	first := known[0].customer.ID
	steps := map[int64]int64{} // first steps of the platforms
	for _, r := range all {
		d := view(t, b, func(ctx context.Context, tx *store.Tx) (store.OrderDetail, error) { return tx.OrderDetail(ctx, r.ID) })
		steps[r.ID] = d.States[0].Step
		if last := d.States[len(d.States)-1]; last.Status != r.Status || last.Figures != r.Figures {
			t.Errorf("order %d: its last state %+v is not what it is", r.ID, last)
		}
		if len(d.Lines) != r.More+1 {
			t.Errorf("order %d: %d lines", r.ID, len(d.Lines))
		}
	}
	for name, c := range map[string]struct {
		sel  store.OrderSelection
		want func(store.OrderRow) bool
	}{
		"platform":    {store.OrderSelection{Platform: "taobao"}, func(r store.OrderRow) bool { return r.Shop.Platform == "taobao" }},
		"shop":        {store.OrderSelection{Shop: 2}, func(r store.OrderRow) bool { return r.Shop.ID == 2 }},
		"status":      {store.OrderSelection{Statuses: []crm.Status{crm.StatusPaid, crm.StatusRefunded}}, func(r store.OrderRow) bool { return r.Status == crm.StatusPaid || r.Status == crm.StatusRefunded }},
		"since":       {store.OrderSelection{Since: day}, func(r store.OrderRow) bool { return r.Placed.Known() && r.Placed.Day(env.Zone) >= day }},
		"until":       {store.OrderSelection{Until: day}, func(r store.OrderRow) bool { return r.Placed.Known() && r.Placed.Day(env.Zone) <= day }},
		"one day":     {store.OrderSelection{Since: day, Until: day}, func(r store.OrderRow) bool { return r.Placed.Known() && r.Placed.Day(env.Zone) == day }},
		"min":         {store.OrderSelection{Min: crm.Known(12_5000)}, func(r store.OrderRow) bool { return r.Currency == "CNY" && r.Figures.Gross >= 12_5000 }},
		"max":         {store.OrderSelection{Max: crm.Known(12_5000)}, func(r store.OrderRow) bool { return r.Currency == "CNY" && r.Figures.Gross <= 12_5000 }},
		"refunded":    {store.OrderSelection{Refunded: true}, func(r store.OrderRow) bool { return r.Figures.Refunded > 0 }},
		"no buyer":    {store.OrderSelection{NoBuyer: true}, func(r store.OrderRow) bool { return r.Customer == "" }},
		"customer":    {store.OrderSelection{Customer: first}, func(r store.OrderRow) bool { return r.Customer == first }},
		"import":      {store.OrderSelection{Import: 1}, func(r store.OrderRow) bool { return steps[r.ID] == 1 }},
		"number":      {store.OrderSelection{Search: "00017"}, func(r store.OrderRow) bool { return strings.Contains(r.Number, "00017") }},
		"product":     {store.OrderSelection{Search: "茶 3"}, func(r store.OrderRow) bool { return holds(t, b, r.ID, "茶 3") }},
		"sku":         {store.OrderSelection{Search: "t03"}, func(r store.OrderRow) bool { return holds(t, b, r.ID, "茶 3") }},
		"two at once": {store.OrderSelection{Customer: first, Refunded: true, Search: "茶"}, func(r store.OrderRow) bool { return r.Customer == first && r.Figures.Refunded > 0 }},
		"nothing":     {store.OrderSelection{Search: "no such thing"}, func(store.OrderRow) bool { return false }},
	} {
		var want []int64
		sum := store.OrderTotals{}
		for _, r := range all {
			if !c.want(r) {
				continue
			}
			want = append(want, r.ID)
			sum.Orders++
			if r.Figures.Purchase {
				sum.Purchases++
			}
			if r.Currency == "CNY" {
				sum.Gross += r.Figures.Gross
				sum.Refunded += r.Figures.Refunded
			} else if r.Figures.Gross != 0 || r.Figures.Refunded != 0 {
				sum.Others = true
			}
		}
		sum.Net = sum.Gross - sum.Refunded
		if name != "nothing" && (len(want) == 0 || len(want) == len(all)) {
			t.Errorf("%s: %d of %d tells nothing", name, len(want), len(all))
		}
		got := view(t, b, func(ctx context.Context, tx *store.Tx) ([]int64, error) { return tx.FindOrders(ctx, c.sel, -1, env) })
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		if n := view(t, b, func(ctx context.Context, tx *store.Tx) (int, error) { return tx.CountOrders(ctx, c.sel, env) }); n != len(want) {
			t.Errorf("%s: counted %d, want %d", name, n, len(want))
		}
		if got := view(t, b, func(ctx context.Context, tx *store.Tx) (store.OrderTotals, error) {
			return tx.TotalOrders(ctx, c.sel, env)
		}); got != sum {
			t.Errorf("%s: %+v, want %+v", name, got, sum)
		}
		c.sel.From, c.sel.Limit = 1, 3
		page := view(t, b, func(ctx context.Context, tx *store.Tx) ([]int64, error) { return tx.FindOrders(ctx, c.sel, -1, env) })
		if !slices.Equal(page, want[min(1, len(want)):min(4, len(want))]) {
			t.Errorf("%s: page %v of %v", name, page, want)
		}
	}
}

// holds reports whether an order has a product.
func holds(t *testing.T, b *store.Book, id int64, product string) bool {
	d := view(t, b, func(ctx context.Context, tx *store.Tx) (store.OrderDetail, error) { return tx.OrderDetail(ctx, id) })
	return slices.ContainsFunc(d.Lines, func(l crm.Line) bool { return l.Product == product })
}

func TestOrdersSort(t *testing.T) {
	b, env, _ := orderWorld(t)
	for _, by := range store.OrderSorts {
		for _, descending := range []bool{false, true} {
			rows := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.OrderRow, error) {
				ids, err := tx.FindOrders(ctx, store.OrderSelection{Sort: []store.Sort{{By: by, Descending: descending}}}, -1, env)
				if err != nil {
					return nil, err
				}
				return tx.LoadOrders(ctx, ids)
			})
			if len(rows) != 120 {
				t.Errorf("%s: %d orders", by, len(rows))
			}
			for from := range 121 {
				sel := store.OrderSelection{Sort: []store.Sort{{By: by, Descending: descending}}, From: from, Limit: 7}
				page := view(t, b, func(ctx context.Context, tx *store.Tx) ([]int64, error) { return tx.FindOrders(ctx, sel, 120, env) })
				for i, id := range page {
					if rows[from+i].ID != id {
						t.Fatalf("%s: page from %d is not of the list", by, from)
					}
				}
				if len(page) != min(7, 120-from) {
					t.Errorf("%s: %d on the page from %d", by, len(page), from)
				}
			}
			key := func(r store.OrderRow) string {
				switch by {
				case "placed":
					return fmt.Sprintf("%015d", r.Placed)
				case "number":
					return r.Number
				case "shop":
					return r.Shop.Name
				case "status":
					return fmt.Sprintf("%02d", slices.Index(crm.Statuses, r.Status))
				case "gross":
					return fmt.Sprintf("%015d", r.Figures.Gross)
				case "refunded":
					return fmt.Sprintf("%015d", r.Figures.Refunded)
				default:
					return fmt.Sprintf("%015d", 1_000_000_0000+r.Figures.Net())
				}
			}
			for i := 1; i < len(rows); i++ {
				if by == "placed" && !rows[i].Placed.Known() {
					continue // what is not known comes last, either way
				}
				a, c := key(rows[i-1]), key(rows[i])
				if descending && a < c || !descending && a > c {
					t.Errorf("%s: %s before %s", by, a, c)
				}
			}
		}
	}
	err := b.View(t.Context(), func(tx *store.Tx) error {
		_, err := tx.FindOrders(t.Context(), store.OrderSelection{Sort: []store.Sort{{By: "nose"}}}, -1, env)
		return err
	})
	if !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("sorted by what is no column: %v", err)
	}
}

// A search that finds many products goes through the orders instead.
func TestOrdersAreSearchedByManyProducts(t *testing.T) {
	b := storetest.New(t)
	const all = 100
	var orders []*crm.Order
	for n := range all {
		o := &crm.Order{Platform: "taobao", Number: fmt.Sprintf("A%03d", n), Zone: "Asia/Shanghai", Currency: "CNY", Status: crm.StatusPaid, Placed: 1_700_000_000_000 + crm.Moment(n)}
		name := fmt.Sprintf("Tea %c%c", 'a'+n/26, 'a'+n%26)
		if n >= 60 {
			name = "cup"
		}
		o.Lines = []crm.Line{{Product: name, Quantity: crm.One, Amount: 1_0000}}
		if n == 99 {
			o.Lines = append(o.Lines, crm.Line{Product: "7 lamps", Quantity: crm.One, Amount: 1_0000})
		}
		orders = append(orders, o)
	}
	load(t, b, "taobao", orders)
	env := crm.RuleEnv{Currency: "CNY"}
	for search, want := range map[string]int{"TEA": 60, " tea b": 26, "cup": 40, "A09": 10, "7": 19 + 1, "a": 61, "teacup": 0} {
		sel := store.OrderSelection{Search: search}
		ids := view(t, b, func(ctx context.Context, tx *store.Tx) ([]int64, error) { return tx.FindOrders(ctx, sel, -1, env) })
		n := view(t, b, func(ctx context.Context, tx *store.Tx) (int, error) { return tx.CountOrders(ctx, sel, env) })
		if len(ids) != want || n != want || !slices.IsSortedFunc(ids, func(a, b int64) int { return int(b - a) }) {
			t.Errorf("%q: %d orders, counted %d, want %d", search, len(ids), n, want)
		}
	}
}
