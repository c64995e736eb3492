package store_test

import (
	"context"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/store"
	"kebu/store/storetest"
)

// TestFavouritesAreThoseOfThePurchases counts each product once an order and
// leaves out what was cancelled, sent back or taken back.
func TestFavouritesAreThoseOfThePurchases(t *testing.T) {
	b := storetest.New(t)
	pieces := func(l crm.Line, n crm.Quantity) crm.Line {
		l.Quantity, l.Amount = n*crm.One, l.Price*crm.Money(n)
		return l
	}
	favourites := func() []store.Favourite {
		num := customers(t, b)[0].Num
		return view(t, b, func(ctx context.Context, tx *store.Tx) (map[int64][]store.Favourite, error) {
			return tx.Favourites(ctx, []int64{num}, 2)
		})[num]
	}
	want := func(when string, list ...store.Favourite) {
		t.Helper()
		if got := favourites(); !slices.Equal(got, list) {
			t.Errorf("%s: %+v, want %+v", when, got, list)
		}
	}
	again := item("a", 10)
	again.Key = "again"
	cancelled, dropped := told("4", "x", "", 1, item("c", 10)), item("c", 10)
	cancelled.Status, dropped.Status = crm.StatusCancelled, crm.StatusCancelled
	load(t, b, "taobao", []*crm.Order{
		told("1", "x", "", 1, item("a", 10), again),
		told("2", "x", "", 1, item("a", 10), dropped),
		told("3", "x", "", 1, pieces(item("b", 10), 5), pieces(item("c", 10), -1)),
		cancelled,
	})
	a := store.Favourite{SKU: "Sa", Product: "Pa", Orders: 2, Quantity: 3 * crm.One}
	want("imported", a, store.Favourite{SKU: "Sb", Product: "Pb", Orders: 1, Quantity: 5 * crm.One})
	step, _ := load(t, b, "taobao", []*crm.Order{told("5", "x", "", 1, pieces(item("b", 10), 2), item("d", 10))})
	want("with more", store.Favourite{SKU: "Sb", Product: "Pb", Orders: 2, Quantity: 7 * crm.One}, a)
	undo(t, b, step)
	want("taken back", a, store.Favourite{SKU: "Sb", Product: "Pb", Orders: 1, Quantity: 5 * crm.One})
}
