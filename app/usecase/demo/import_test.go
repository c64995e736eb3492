package demo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/identity"
	"kebu/importers"
	"kebu/importers/all"
	"kebu/importers/table"
)

// readOrders reads an export with the importer that recognises it.
func readOrders(t *testing.T, e Export) []*crm.Order {
	t.Helper()
	ctx := context.Background()
	book, err := table.Open(ctx, bytes.NewReader(e.Data), int64(len(e.Data)), table.Options{})
	if err != nil {
		t.Fatalf("%s: %v", e.Name, err)
	}
	matches, err := importers.Detect(ctx, book, all.Formats())
	if err != nil {
		t.Fatalf("%s: %v", e.Name, err)
	}
	if len(matches) != 1 || matches[0].Format.Platform != e.Platform {
		t.Fatalf("%s is read as %d formats of another platform", e.Name, len(matches))
	}
	result, err := importers.Read(ctx, book, matches, importers.Options{})
	if err != nil {
		t.Fatalf("%s: %v", e.Name, err)
	}
	if len(result.Rejected) > 0 || len(result.Unknown) > 0 {
		t.Errorf("%s: %d rows rejected, %d unknown words", e.Name, len(result.Rejected), len(result.Unknown))
	}
	return result.Orders
}

func TestImportersFindWhatWasPlanned(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		exports, plan := mustMake(t, 20261111, lang)
		type key struct{ platform, number string }
		orders := map[key]*crm.Order{}
		for _, e := range exports {
			for _, o := range readOrders(t, e) {
				k := key{o.Platform, o.Number}
				if strings.HasSuffix(e.Name, ".xlsx") { // the list of sub-orders
					list, known := orders[k]
					if !known || len(o.Lines) == 0 || list.Status.Counts() && total(o.Lines) > list.Amount.Value {
						t.Errorf("%s: sub-orders of an order that no list has, or of more than was paid", lang)
					}
					continue
				}
				orders[k] = o // the later list has the later status
			}
		}
		got := Plan{Orders: len(orders), OrdersOf: map[string]int{}, Money: map[string]Sums{}}
		var marks []identity.Mark
		buyers := map[int64]bool{} // whether they bought
		n := int64(0)
		for _, o := range orders {
			got.OrdersOf[o.Platform]++
			n++
			evidence := identity.Of(o)
			if len(evidence) == 0 {
				got.OrdersWithoutCustomer++
				continue
			}
			for _, e := range evidence {
				sum := sha256.Sum256([]byte(e.Value.Reveal()))
				marks = append(marks, identity.Mark{Buyer: n, Name: identity.Name{Kind: e.Kind, Token: identity.Token(sum[:16])}})
			}
			figures, err := o.Figures()
			if err != nil {
				t.Fatal(err)
			}
			if figures.Purchase {
				buyers[n] = true
				got.Purchases++
				sums := got.Money[o.Currency]
				got.Money[o.Currency] = Sums{sums.Gross + figures.Gross, sums.Refunded + figures.Refunded}
			}
		}
		people := identity.Group(marks, nil, nil)
		got.Customers = len(people)
		for _, orders := range people {
			for _, o := range orders {
				if buyers[o] {
					got.CustomersWithPurchases++
					break
				}
			}
		}
		if !equal(got, plan) {
			t.Errorf("%s: got %+v\nwant %+v", lang, got, plan)
		}
	}
}

func total(lines []crm.Line) crm.Money {
	var sum crm.Money
	for _, l := range lines {
		sum += l.Amount
	}
	return sum
}

func equal(a, b Plan) bool {
	for platform, n := range b.OrdersOf {
		if a.OrdersOf[platform] != n {
			return false
		}
	}
	for currency, sums := range b.Money {
		if a.Money[currency] != sums {
			return false
		}
	}
	return len(a.Money) == len(b.Money) && a.Customers == b.Customers && a.CustomersWithPurchases == b.CustomersWithPurchases &&
		a.Orders == b.Orders && a.OrdersWithoutCustomer == b.OrdersWithoutCustomer && a.Purchases == b.Purchases
}
