package crm

import "cmp"

// Place returns where a customer lives, as the profile shows it and rules
// compare it: country, province and city of the latest order that gives any of
// them, none taken from another order. Of orders placed at the same moment it
// is the one with the greater platform, then number, as texts.
func Place(orders []Order) (country, province, city string) {
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
		return "", "", ""
	}
	r := &latest.Recipient
	return r.Country, r.Province, r.City
}

// Bought reports whether the line of an order that is a purchase counts as
// something bought: a positive quantity, be it free of charge, that was
// neither returned nor cancelled nor left unpaid.
func (l *Line) Bought() bool {
	return l.Quantity > 0 && l.Amount >= 0 && l.Status.Counts()
}
