package store_test

import (
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/insight"
	"kebu/store"
)

// BenchmarkOverview works out the overview of 1,000,000 orders of 200,000
// customers, the budget being 300 ms.
func BenchmarkOverview(b *testing.B) {
	book := openBig(b, 200_000)
	env := crm.RuleEnv{Currency: "CNY", Zone: time.UTC, Today: 20350}
	var due int
	for b.Loop() {
		if err := book.View(b.Context(), func(tx *store.Tx) error {
			survey := insight.NewSurvey(insight.Scope{Today: env.Today, Months: 12})
			if err := tx.Histories(b.Context(), func(customer int64, deals []insight.Deal) error {
				survey.Add(customer, deals)
				return nil
			}); err != nil {
				return err
			}
			survey.Finish()
			due = len(survey.Due)
			for _, m := range append(survey.Months, survey.Earlier) {
				if _, err := tx.TotalOrders(b.Context(), store.OrderSelection{Since: m.First, Until: m.Last}, env); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	if due == 0 {
		b.Fatal("nobody is due")
	}
}
