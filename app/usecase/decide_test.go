package usecase_test

import (
	"slices"
	"testing"

	"kebu/app/crm/pii"
	"kebu/app/usecase"
)

func TestJoinedCustomersAreFoundByAllTheirNames(t *testing.T) {
	s, of := shop(t)
	one, other := of["海边"], of["城中"]
	must(t)(s.SetAlias(t.Context(), other, pii.New("陈老师")))
	found := func(text string) []string { return ids(t, s, usecase.Selection{Search: text}) }
	count := func(id string) int {
		n, err := s.Orders(t.Context(), usecase.OrderSelection{Customer: id}, func(usecase.OrderRow) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if !slices.Equal(found("城中"), []string{other}) || count(one) != 1 {
		t.Fatal("the customers are not there")
	}
	joined, err := s.Join(t.Context(), one, other)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"海边", "城中", "陈老师"} {
		if got := found(text); !slices.Equal(got, []string{joined.ID}) {
			t.Errorf("%s finds %v, want the one", text, got)
		}
	}
	if n := count(joined.ID); n != 2 {
		t.Errorf("the one has %d orders, want both", n)
	}
	undo(t, s, joined.Done)
	if !slices.Equal(found("海边"), []string{one}) || len(found("城中")) != 1 || count(one) != 1 {
		t.Error("undo does not part them")
	}
	sound(t, s)
}
