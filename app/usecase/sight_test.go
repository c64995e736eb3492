package usecase_test

import (
	"slices"
	"strings"
	"testing"

	"kebu/app/crm/access"
	"kebu/app/usecase"
)

// narrowed is the crew of a book whose owner shows a role less of some fields.
func narrowed(t *testing.T, r access.Role, most map[access.Field]access.Level) *crew {
	t.Helper()
	c := newCrew(t)
	c.as(t, access.Owner, func(s *usecase.Session) {
		if err := s.SetHouse(t.Context(), access.House{Most: map[access.Role]map[access.Field]access.Level{r: most}}); err != nil {
			t.Fatal(err)
		}
	})
	return c
}

// TestAWarehouseRevealsOnlyWhereItShips: a later order that is done tells it nothing.
func TestAWarehouseRevealsOnlyWhereItShips(t *testing.T) {
	c := newCrew(t)
	done := strings.NewReplacer(",paid,", ",done,", "2026-11-02", "2026-11-09", "Nightingale Mews 7", "Foxglove Row 2",
		"Springfield", "Redcote", "13000004713", "13000004753", "Bartholomew Gladeview", "Isolde Farrow").Replace(canaryRow("A-9", "19", "b1", "13000004711"))
	var id string
	c.as(t, access.Owner, func(s *usecase.Session) {
		mapping := strings.Replace(canaryMapping, `"columns"`, `"status":{"paid":"paid","done":"completed"},"columns"`, 1)
		if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: write(t, "later.csv", canaryHead+done), Mapping: []byte(mapping)}); err != nil {
			t.Fatal(err)
		}
		id = ids(t, s, usecase.Selection{Search: "Redcote"})[0]
		p, err := s.Reveal(t.Context(), id, "she asked")
		if err != nil || !strings.Contains(p.Clear.Address.Reveal(), "Foxglove") {
			t.Fatalf("the newest address is another: %v", err)
		}
	})
	c.as(t, access.Warehouse, func(s *usecase.Session) {
		p, err := s.Reveal(t.Context(), id, "to ship")
		if err != nil {
			t.Fatal(err)
		}
		if a := p.Clear.Address.Reveal(); !strings.Contains(a, "Nightingale Mews 7") || !strings.Contains(a, "Springfield") {
			t.Error("the address is not where the open order goes")
		}
		if p.Clear.Name.Reveal() != "Bartholomew Gladeview" || p.Clear.Phone.Reveal() != "13000004713" {
			t.Error("the name or phone is not the open order's")
		}
		for _, o := range p.Orders {
			if strings.Contains(o.Recipient.Street.Reveal()+o.Recipient.Name.Reveal()+o.Recipient.Phone.Reveal(), "Foxglove") {
				t.Error("the order that is done tells where it went")
			}
		}
	})
}

// TestStatsLeaveOutWhatIsHidden: who sees not even sums is told none.
func TestStatsLeaveOutWhatIsHidden(t *testing.T) {
	for what, most := range map[string]map[access.Field]access.Level{
		"amounts": {access.Amount: access.None}, "orders": {access.Facts: access.None}, "nothing": {},
	} {
		c := narrowed(t, access.Finance, most)
		c.as(t, access.Finance, func(s *usecase.Session) {
			n, err := s.Stats(t.Context())
			if err != nil || n.Customers == 0 {
				t.Fatalf("%d customers, %v", n.Customers, err)
			}
			if (len(n.Money) > 0) != (what != "amounts") {
				t.Errorf("without %s: %d sums", what, len(n.Money))
			}
			if (n.Orders > 0) != (what != "orders") || (n.Purchases+n.CustomersWithPurchases+n.Lines > 0) != (what != "orders") {
				t.Errorf("without %s: %d orders", what, n.Orders)
			}
		})
	}
}

// TestReviewShowsWhatAListWould: the pairs of who was narrowed tell no more.
func TestReviewShowsWhatAListWould(t *testing.T) {
	hidden := map[access.Field]access.Level{
		access.Phone: access.None, access.Amount: access.None, access.Facts: access.None, access.Place: access.None,
	}
	c := narrowed(t, access.Manager, hidden)
	c.as(t, access.Owner, func(s *usecase.Session) {
		rows := canaryRow("A-1", "19", "c1", "13000004741") + canaryRow("A-2", "29", "c2", "13000004741")
		if _, err := s.Import(t.Context(), usecase.ImportRequest{
			Path: write(t, "twins.csv", canaryHead+strings.NewReplacer("A-1", "T-1", "A-2", "T-2", "13000004712", "").Replace(rows)), Mapping: []byte(canaryMapping),
		}); err != nil {
			t.Fatal(err)
		}
	})
	told := func(r access.Role) (pairs int, values []usecase.EvidenceKind) {
		c.as(t, r, func(s *usecase.Session) {
			found, err := s.Review(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			pairs = len(found.Pairs)
			for _, p := range found.Pairs {
				for _, e := range p.Evidence {
					if e.One != "" {
						values = append(values, e.Kind)
					}
				}
				if r == access.Owner {
					continue
				}
				for _, one := range []usecase.Customer{p.One, p.Other} {
					if one.PhoneMask != "" || one.EmailMask != "" || one.Money != nil || one.Orders > 0 || one.City != "" || strings.Contains(one.AddressMask, "Springfield") {
						t.Error("a pair tells what is hidden")
					}
				}
			}
		})
		return pairs, values
	}
	all, values := told(access.Owner)
	if all == 0 || !slices.Contains(values, usecase.EvidenceCity) {
		t.Fatalf("%d pairs, %v", all, values)
	}
	pairs, values := told(access.Manager)
	if pairs != all {
		t.Errorf("%d pairs, want %d", pairs, all)
	}
	for _, k := range []usecase.EvidenceKind{usecase.EvidencePhone, usecase.EvidenceEmail, usecase.EvidenceCity, usecase.EvidenceProvince, usecase.EvidenceDistrict} {
		if slices.Contains(values, k) {
			t.Errorf("evidence tells the %s", k)
		}
	}
}

// TestAnAddressWithoutItsPlace: the mask of a street does not tell the hidden place.
func TestAnAddressWithoutItsPlace(t *testing.T) {
	c := narrowed(t, access.Service, map[access.Field]access.Level{access.Place: access.None})
	c.as(t, access.Service, func(s *usecase.Session) {
		p, err := s.Show(t.Context(), c.ids[0])
		if err != nil || p.AddressMask != "****" {
			t.Errorf("the address is %q: %v", p.AddressMask, err)
		}
		o, err := s.Order(t.Context(), p.Orders[0].ID)
		if err != nil || o.Address != "****" {
			t.Errorf("an order's address is %q: %v", o.Address, err)
		}
	})
}
