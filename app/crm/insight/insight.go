// Package insight works out what a shop wants to know of itself from what its
// customers bought: who comes, who comes again, who stays away. It does sums;
// it knows neither the book nor the window.
package insight

import "kebu/app/crm"

// Deal is one order of a customer as far as figures need it: a purchase, or
// money that was given back.
type Deal struct {
	Shop     int64
	Day      crm.Day // when it was placed, in the book's zone
	Dated    bool    // Day is known
	Purchase bool
	Foreign  bool // in another currency than the book's: Gross and Refunded are left out
	Gross    crm.Money
	Refunded crm.Money
}
