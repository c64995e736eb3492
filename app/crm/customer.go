package crm

import "math"

// Sums are amounts in one currency.
type Sums struct {
	Currency string // ISO 4217
	Gross    Money  // what was paid for purchases
	Refunded Money  // what was given back
}

// Net is gross less refunds.
func (s Sums) Net() Money { return s.Gross - s.Refunded }

// Interval returns the mean of the days between neighbouring purchase days:
// the days from the first to the last over their number less one. With fewer
// than 3 distinct purchase days there is none.
func Interval(first, last Day, purchaseDays int) (days float64, known bool) {
	if purchaseDays < 3 {
		return 0, false
	}
	return float64(last-first) / float64(purchaseDays-1), true
}

// LateBy returns by how many days the time since the last purchase exceeds the
// interval, taken as whole days; 0 when it does not.
func LateBy(last, today Day, interval float64) float64 {
	return max(0, float64(today-last)-math.Round(interval))
}

// Overdue returns LateBy in whole percent of the interval, rounded down.
func Overdue(late, interval float64) int { return int(late * 100 / math.Round(interval)) }
