package usecase_test

import (
	"errors"
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
)

func orders(t *testing.T, s *usecase.Session, sel usecase.OrderSelection) []usecase.OrderRow {
	t.Helper()
	var list []usecase.OrderRow
	total, err := s.Orders(t.Context(), sel, func(r usecase.OrderRow) error {
		list = append(list, r)
		return nil
	})
	if err != nil || sel.Limit == 0 && total != len(list) {
		t.Fatalf("%d orders of %d: %v", len(list), total, err)
	}
	return list
}

func TestOrdersAreListedAndAddedUp(t *testing.T) {
	s := session(t)
	total := func(sel usecase.OrderSelection) int {
		t.Helper()
		n, err := s.Orders(t.Context(), sel, func(usecase.OrderRow) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := total(usecase.OrderSelection{}); n != 0 {
		t.Errorf("%d orders in an empty book", n)
	}
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: export}); err != nil {
		t.Fatal(err)
	}
	if n := total(usecase.OrderSelection{}); n != 7 {
		t.Errorf("%d orders: the count is that of before the import", n)
	}
	first := orders(t, s, usecase.OrderSelection{Limit: 2})
	second := orders(t, s, usecase.OrderSelection{Limit: 2, From: 2})
	if len(first) != 2 || len(second) != 2 || first[0].Placed < first[1].Placed || first[1].Placed < second[0].Placed {
		t.Error("the pages are not the list")
	}
	if past := orders(t, s, usecase.OrderSelection{Limit: 5, From: 9}); len(past) != 0 {
		t.Error("orders past the end")
	}
	if up := orders(t, s, usecase.OrderSelection{Sort: []usecase.Sort{{By: "placed"}}, Limit: 7}); up[len(up)-1].ID != first[0].ID {
		t.Error("sorted the other way, it is the same list")
	}
	if n := total(usecase.OrderSelection{Statuses: []crm.Status{crm.StatusUnknown}}); n != 1 {
		t.Errorf("%d orders of unknown status", n)
	}
	sums, err := s.OrderTotals(t.Context(), usecase.OrderSelection{})
	if err != nil || sums.Orders != 7 || sums.Net != sums.Gross-sums.Refunded || sums.Gross == 0 {
		t.Errorf("%+v, %v", sums, err)
	}
	shops, err := s.Shops(t.Context())
	if err != nil || len(shops) != 1 || shops[0].Platform != "taobao" || shops[0].Orders != 7 {
		t.Errorf("shops: %+v, %v", shops, err)
	}
	if _, err := s.Undo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if n := total(usecase.OrderSelection{}); n != 0 {
		t.Errorf("%d orders after the undo", n)
	}
}

func TestOrderShowsWhereItCameFrom(t *testing.T) {
	s := session(t)
	list := people(t, s)
	if _, err := s.SetAlias(t.Context(), list[0], pii.New("林老师 13900001234")); err != nil {
		t.Fatal(err)
	}
	rows := orders(t, s, usecase.OrderSelection{Customer: list[0]})
	if len(rows) == 0 || rows[0].Customer != list[0] || rows[0].Alias.Reveal() != "林老师 *******1234" {
		t.Fatalf("the customer's orders: %d", len(rows))
	}
	d, err := s.Order(t.Context(), rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.States) != 1 || d.States[0].Verb != "import" || !strings.HasPrefix(d.States[0].File, "orders_export") || d.States[0].User != "owner" {
		t.Errorf("states: %+v", d.States)
	}
	if len(d.Lines) == 0 || d.Lines[0].Product != rows[0].Product || d.Lines[0].Quantity == 0 {
		t.Errorf("lines: %+v", d.Lines)
	}
	if d.Name != "" && !strings.Contains(d.Name, "*") || d.Address != "" && !strings.Contains(d.Address, "*") {
		t.Error("the recipient is not masked")
	}
	if _, err := s.Order(t.Context(), 1<<40); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("an order that is none: %v", err)
	}
	if _, err := s.Orders(t.Context(), usecase.OrderSelection{Customer: "nobody"}, nil); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("orders of nobody: %v", err)
	}
}
