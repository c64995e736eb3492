package usecase_test

import (
	"testing"

	"kebu/app/usecase"
	"kebu/store"
)

func TestTotalsAreThoseOfTheList(t *testing.T) {
	s := session(t)
	for _, path := range []string{export, shopify} { // in CNY, and then in USD
		if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: path}); err != nil {
			t.Fatal(err)
		}
	}
	// add makes the totals of a list the slow way.
	add := func(sel usecase.Selection) (sum usecase.Totals) {
		if _, err := s.Customers(t.Context(), sel, func(c store.Customer) error {
			sum.Customers++
			sum.Purchases += c.Purchases
			for _, m := range c.Money {
				if m.Currency == "CNY" {
					sum.Gross += m.Gross
					sum.Refunded += m.Refunded
				} else {
					sum.Others = true
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		sum.Net = sum.Gross - sum.Refunded
		return sum
	}
	seen := map[bool]bool{}
	for _, sel := range []usecase.Selection{{}, {Where: "net > 0"}, {Search: "a"}, {Where: "platform = taobao"}, {Where: "net > 1000000"}, {Where: "purchases >= 1", Search: "nobody"}} {
		want := add(sel)
		got, err := s.Totals(t.Context(), sel)
		if err != nil || got != want {
			t.Errorf("%+v: %+v, want %+v (%v)", sel, got, want, err)
		}
		limited := sel
		limited.Limit = 1
		if got, err := s.Totals(t.Context(), limited); err != nil || got != want {
			t.Errorf("%+v: %+v with a limit (%v)", sel, got, err)
		}
		seen[want.Others], seen[want.Purchases == 0] = true, true
	}
	if !seen[true] || !seen[false] {
		t.Error("the lists tell little")
	}
	list := ids(t, s, usecase.Selection{})
	all := add(usecase.Selection{})
	one, err := s.TotalsOf(t.Context(), usecase.Targets{IDs: list[:1]})
	if err != nil || one.Customers != 1 {
		t.Errorf("one: %+v, %v", one, err)
	}
	rest, err := s.TotalsOf(t.Context(), usecase.Targets{Where: "purchases >= 0", Except: list[:1]})
	if err != nil || rest.Customers != len(list)-1 || rest.Net+one.Net != all.Net || rest.Purchases+one.Purchases != all.Purchases {
		t.Errorf("the rest: %+v, %v", rest, err)
	}
	nobody, err := s.TotalsOf(t.Context(), usecase.Targets{Search: "nobody at all"})
	if err != nil || nobody != (usecase.Totals{}) {
		t.Errorf("nobody: %+v, %v", nobody, err)
	}
}
