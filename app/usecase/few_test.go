package usecase_test

import (
	"fmt"
	"strings"
	"testing"

	"kebu/app/crm/access"
	"kebu/app/usecase"
)

// TestASegmentOfFewTellsNoSum, nor do few orders.
func TestASegmentOfFewTellsNoSum(t *testing.T) {
	c := newCrew(t)
	c.as(t, access.Owner, func(s *usecase.Session) {
		must(t)(s.SaveSegment(t.Context(), "all", "purchases >= 0"))
	})
	for _, r := range []access.Role{access.Owner, access.Marketing, access.Auditor} {
		c.as(t, r, func(s *usecase.Session) {
			list, err := s.Segments(t.Context())
			if err != nil || len(list) != 1 || list[0].Customers != 2 {
				t.Fatalf("%s: %+v, %v", r, list, err)
			}
			if owner := r == access.Owner; (list[0].Net > 0) != owner || list[0].Few == owner {
				t.Errorf("%s: %+v", r, list[0])
			}
			if !access.May(r, access.Orders) {
				return
			}
			sum, err := s.OrderTotals(t.Context(), usecase.OrderSelection{})
			if owner := r == access.Owner; err != nil || sum.Orders != 2 || (sum.Gross > 0) != owner || sum.Few == owner {
				t.Errorf("%s: %+v, %v", r, sum, err)
			}
		})
	}
}

// TestSumsOfFewAreLeftOut: who sees sums only learns nobody's figures by choosing few.
func TestSumsOfFewAreLeftOut(t *testing.T) {
	c := newCrew(t)
	c.as(t, access.Owner, func(s *usecase.Session) {
		rows := canaryHead
		for i := range access.Few {
			rows += strings.ReplaceAll(canaryRow(fmt.Sprintf("F-%d", i), "19", fmt.Sprintf("f%d", i), fmt.Sprintf("1300000480%d", i)), "13000004712", "")
		}
		mapping := strings.Replace(canaryMapping, `"columns"`, `"status":{"paid":"paid"},"columns"`, 1)
		if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: write(t, "more.csv", rows), Mapping: []byte(mapping)}); err != nil {
			t.Fatal(err)
		}
		c.ids = ids(t, s, usecase.Selection{})
	})
	if len(c.ids) < access.Few {
		t.Fatalf("%d customers", len(c.ids))
	}
	for _, r := range access.Roles {
		c.as(t, r, func(s *usecase.Session) {
			for _, n := range []int{1, access.Few - 1, access.Few} {
				of, err := s.TotalsOf(t.Context(), usecase.Targets{IDs: c.ids[:n]})
				if err != nil {
					t.Fatal(err)
				}
				list, err := s.Totals(t.Context(), usecase.Selection{IDs: c.ids[:n]})
				if err != nil || list != of || of.Customers != n {
					t.Errorf("%s: %+v and %+v of %d: %v", r, list, of, n, err)
				}
				told := func(f access.Field) bool {
					l := access.Sees(r, f)
					return l > access.Aggregates || l == access.Aggregates && n >= access.Few
				}
				if (of.Gross > 0) != told(access.Amount) || of.Net != of.Gross-of.Refunded {
					t.Errorf("%s is told amounts of %d: %t", r, n, of.Gross > 0)
				}
				if (of.Purchases > 0) != told(access.Facts) {
					t.Errorf("%s is told the purchases of %d: %t", r, n, of.Purchases > 0)
				}
			}
		})
	}
}

// TestAMonthOfFewTellsNoAmounts, nor do many orders of few.
func TestAMonthOfFewTellsNoAmounts(t *testing.T) {
	c := newCrew(t)
	add := func(rows string) {
		t.Helper()
		c.as(t, access.Owner, func(s *usecase.Session) {
			mapping := strings.Replace(canaryMapping, `"columns"`, `"status":{"paid":"paid"},"columns"`, 1)
			if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: write(t, "more.csv", canaryHead+rows), Mapping: []byte(mapping)}); err != nil {
				t.Fatal(err)
			}
		})
	}
	check := func(what string, few bool) {
		t.Helper()
		for _, r := range []access.Role{access.Owner, access.Auditor} {
			c.as(t, r, func(s *usecase.Session) {
				few := few && r != access.Owner
				o, err := s.Overview(t.Context(), usecase.OverviewRequest{})
				if err != nil {
					t.Fatal(err)
				}
				month := o.Months[len(o.Months)-1]
				if month.Few != few || (month.Total.Gross > 0) == few || (month.New.Gross > 0) == few || month.Total.Customers == 0 {
					t.Errorf("%s, %s: %+v", what, r, month)
				}
				sum, err := s.OrderTotals(t.Context(), usecase.OrderSelection{})
				if err != nil {
					t.Fatal(err)
				}
				if sum.Few != few || (sum.Gross > 0) == few || sum.Orders == 0 {
					t.Errorf("%s, %s: %+v", what, r, sum)
				}
			})
		}
	}
	row := func(n, who int) string {
		return strings.ReplaceAll(canaryRow(fmt.Sprintf("F-%d", n), "19", fmt.Sprintf("f%d", who), fmt.Sprintf("1300000480%d", who)), "13000004712", "")
	}
	rows := ""
	for n := range 2 * access.Few {
		rows += row(n, 0)
	}
	add(rows)
	check("many orders of three", true)
	rows = ""
	for n := range access.Few {
		rows += row(100+n, 1+n)
	}
	add(rows)
	check("orders of many", false)
	// One of them bought before: the others' sum would be the whole without that one's.
	add(strings.ReplaceAll(row(200, 0), "2026-11-02", "2026-10-02"))
	c.as(t, access.Auditor, func(s *usecase.Session) {
		o, err := s.Overview(t.Context(), usecase.OverviewRequest{})
		if err != nil {
			t.Fatal(err)
		}
		m, before := o.Months[len(o.Months)-1], o.Months[len(o.Months)-2]
		if !m.Mixed || m.Few || m.New.Gross != m.Total.Gross || m.New.Gross == 0 || m.Returning.Gross != 0 || m.Returning.Customers != 1 || !before.Few || before.Total.Gross != 0 {
			t.Errorf("%+v, before %+v", m, before)
		}
	})
	// Neither is one order of nobody known.
	add("N-1,2026-11-03 10:00:00,77,paid,,,,,,,,,,,,,soap\n")
	for _, r := range []access.Role{access.Owner, access.Auditor} {
		c.as(t, r, func(s *usecase.Session) {
			o, err := s.Overview(t.Context(), usecase.OverviewRequest{})
			if err != nil {
				t.Fatal(err)
			}
			if m := o.Months[len(o.Months)-1]; (m.Nobody.Gross != 0) != (r == access.Owner) || m.Nobody.Purchases != 1 || m.Total.Gross == 0 {
				t.Errorf("%s: %+v", r, m)
			}
		})
	}
}
