//go:build unix

package store_test

import (
	"fmt"
	"strings"
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
	"sku != SKU0001 and product != x and sku != SKU0002", products(" or "), products(" and "), "net > 20 and not (" + products(" or ") + ")",
	"net(USD) > 1 or gross(EUR) > 1 or net(JPY) > 2 or net(GBP) < 3 or net(HKD) >= 0", "net(USD) > 1 and gross(USD) < 400 and not refunded(USD) > 2",
	"(net > 1 or product contains 1) and (net > 2 or product contains 2) and (net > 3 or product contains 3)",
}

// products is a rule of twenty products.
func products(word string) string {
	terms := make([]string, 20)
	for i := range terms {
		terms[i] = fmt.Sprintf("product contains %02d", 7*i%100)
	}
	return strings.Join(terms, word)
}

// lastFirst is the order in which lists are shown at first.
var lastFirst = store.Sort{By: "last_purchase", Descending: true}

// BenchmarkRules counts the customers of a rule over 1,000,000 orders and loads
// its first page of 50, the budget being 300 ms of CPU time: of customers who
// order five times, and of as many customers as orders; and the first pages of
// everyone in each order.
func BenchmarkRules(b *testing.B) {
	env := crm.RuleEnv{Currency: "CNY", Zone: time.UTC, Today: 20500}
	for _, people := range []int{200_000, 1_000_000} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			book := openBig(b, people)
			run := func(name, text string, by store.Sort) {
				rule, err := crm.ParseRule(text)
				if err != nil {
					b.Fatal(err)
				}
				b.Run(name, func(b *testing.B) {
					before := spent(b)
					for b.Loop() {
						firstPage(b, book, &rule, by, env)
					}
					b.ReportMetric(1000*(spent(b)-before)/float64(b.N), "cpu-ms/op")
				})
			}
			for _, text := range rules {
				run(text, text, lastFirst)
			}
			for _, by := range store.Sorts {
				run("by "+by, "", store.Sort{By: by})
				run("by "+by+" descending", "", store.Sort{By: by, Descending: true})
			}
		})
	}
}

func firstPage(b *testing.B, book *store.Book, rule *crm.Rule, by store.Sort, env crm.RuleEnv) {
	if err := book.View(b.Context(), func(tx *store.Tx) error {
		sel := store.Selection{Where: rule, Sort: []store.Sort{by}, Limit: 50}
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
