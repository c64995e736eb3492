package store_test

import (
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/store"
)

// BenchmarkOrders finds and loads pages of 200 of 1,000,000 orders, the budget
// being 100 ms, and counts them, which happens once for a list.
func BenchmarkOrders(b *testing.B) {
	book := openBig(b, 200_000)
	env := crm.RuleEnv{Currency: "CNY", Zone: time.UTC, Today: 20500}
	for name, sel := range map[string]store.OrderSelection{
		"all": {}, "far down": {From: 900_000}, "half way": {From: 500_000}, "shop": {Shop: 1}, "status": {Statuses: []crm.Status{crm.StatusRefunded}},
		"days": {Since: 20000, Until: 20001}, "amount": {Min: crm.Known(505_0000)}, "no buyer": {NoBuyer: true},
		"by amount": {Sort: []store.Sort{{By: "gross", Descending: true}}}, "number": {Search: "123456"}, "product": {Search: "SKU1999"}, "products": {Search: "tea"}, "sku": {Search: "茶叶 tea 1999"},
	} {
		sel.Limit = 200
		b.Run("page/"+name, func(b *testing.B) {
			for b.Loop() {
				if err := book.View(b.Context(), func(tx *store.Tx) error {
					ids, err := tx.FindOrders(b.Context(), sel, 1_000_000, env)
					if err != nil {
						return err
					}
					_, err = tx.LoadOrders(b.Context(), ids)
					return err
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("count/"+name, func(b *testing.B) {
			for b.Loop() {
				if err := book.View(b.Context(), func(tx *store.Tx) error {
					_, err := tx.CountOrders(b.Context(), sel, env)
					return err
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("total/"+name, func(b *testing.B) {
			for b.Loop() {
				if err := book.View(b.Context(), func(tx *store.Tx) error {
					_, err := tx.TotalOrders(b.Context(), sel, env)
					return err
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
