//go:build unix

package store_test

import (
	"fmt"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/store"
)

// rules has each kind of comparison, and some that are dear.
var rules = []string{
	"", "purchases >= 3 and net > 1000", "purchases >= 1", "net < 20", "last_purchase < 90d ago", "first_purchase >= 2024-01-01", "previous_purchase < 90d ago",
	"last_purchase in (2024-01-01, 2024-02-02)", "month = 2024-03", "month in (2024-03, 2024-04, 2024-05)", "interval < 30", "late_by > 30", "overdue > 50", "net(USD) > 1", "not gross(USD) in (1, 2)", "refunded(EUR) = 0", "net(CNY) > 100", "platform = taobao", "platform in (shopify, douyin)",
	"city contains 州", "city != 杭州市 and tag = vip", "province in (浙江省, 江苏省) or tag contains vip",
	"sku = SKU0001", "sku = SKU1500", "product contains tea", "product contains 000", "not (product contains 1)",
	"sku in (SKU0001, SKU0002, SKU0003, SKU0100) or net < 20", "not sku contains SKU and not product contains nothing",
}

// BenchmarkRules counts the customers of a rule over 1,000,000 orders and loads
// its first page of 50, the budget being 300 ms of CPU time: of customers who
// order five times, and of as many customers as orders.
func BenchmarkRules(b *testing.B) {
	env := crm.RuleEnv{Currency: "CNY", Zone: time.UTC, Today: 20500}
	for _, people := range []int{200_000, 1_000_000} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			book := openBig(b, people)
			for _, text := range rules {
				rule, err := crm.ParseRule(text)
				if err != nil {
					b.Fatal(err)
				}
				b.Run(text, func(b *testing.B) {
					before := spent(b)
					for b.Loop() {
						firstPage(b, book, &rule, env)
					}
					b.ReportMetric(1000*(spent(b)-before)/float64(b.N), "cpu-ms/op")
				})
			}
		})
	}
}

func firstPage(b *testing.B, book *store.Book, rule *crm.Rule, env crm.RuleEnv) {
	if err := book.View(b.Context(), func(tx *store.Tx) error {
		sel := store.Selection{Where: rule, Sort: []store.Sort{{By: "last_purchase", Descending: true}}, Limit: 50}
		nums, _, err := tx.FindCustomers(b.Context(), sel, env)
		if err != nil {
			return err
		}
		_, err = tx.LoadCustomers(b.Context(), nums, false)
		return err
	}); err != nil {
		b.Fatal(err)
	}
}
