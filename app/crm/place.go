package crm

import (
	"cmp"

	"kebu/app/crm/region"
)

// Place returns where a customer lives, as the profile shows it and rules
// compare it: country, province, city and district of the latest order that
// gives a country, a province or a city, none taken from another order, in the
// names of region.Settle. Of orders placed at the same moment it is the one with
// the greater platform, then number, as texts.
func Place(orders []Order) (country string, place region.Place) {
	var latest *Order
	for i := range orders {
		o := &orders[i]
		r := &o.Recipient
		if r.Country == "" && r.Province == "" && r.City == "" {
			continue
		}
		if latest == nil || cmp.Or(
			cmp.Compare(o.Placed, latest.Placed),
			cmp.Compare(o.Platform, latest.Platform),
			cmp.Compare(o.Number, latest.Number),
		) > 0 {
			latest = o
		}
	}
	if latest == nil {
		return "", region.Place{}
	}
	r := &latest.Recipient
	return r.Country, region.Settle(region.Place{Province: r.Province, City: r.City, District: r.District})
}

// Bought reports whether the line of an order that is a purchase counts as
// something bought: a positive quantity, be it free of charge, that was
// neither returned nor cancelled nor left unpaid.
func (l *Line) Bought() bool {
	return l.Quantity > 0 && l.Amount >= 0 && l.Status.Counts()
}
