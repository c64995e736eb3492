package demo

import "time"

// habit is how somebody buys.
type habit uint8

const (
	regular  habit = iota // every month or so
	casual                // now and then
	once                  // one order
	lapsed                // not for the last ten months
	newcomer              // in the last weeks only
	refunder              // sends half of it back
	giver                 // presents to friends
	reseller              // buys by the dozen
)

// crowd is how many people have each habit: 500.
var crowd = [...]int{regular: 80, casual: 165, once: 125, lapsed: 70, newcomer: 35, refunder: 12, giver: 12, reseller: 1}

// days are two years.
const days = 730

// dates draws the days on which somebody buys, counted back from the end.
func (h habit) dates(d dice) []int {
	switch h {
	case regular, reseller:
		return every(d, d.between(days-240, days-5), d.between(24, 48))
	case casual:
		return some(d, d.between(3, 7), 1, days)
	case lapsed:
		return some(d, d.between(3, 8), 310, days)
	case newcomer:
		return some(d, d.between(1, 2), 1, 45)
	case refunder, giver:
		return some(d, d.between(6, 10), 1, days)
	default:
		return some(d, 1, 20, days)
	}
}

// every draws days about interval apart, from first on to the end.
func every(d dice, first, interval int) []int {
	var list []int
	for day := first; day > 0; day -= interval + d.between(-6, 6) {
		list = append(list, day)
	}
	return list
}

// some draws n days from the nearest to the farthest.
func some(d dice, n, nearest, farthest int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = d.between(nearest, farthest)
	}
	return list
}

// season moves half of the days around new tea, 18 June and 11 November to the
// day itself.
func season(d dice, day time.Time) time.Time {
	for _, sale := range []struct {
		month time.Month
		day   int
	}{{time.April, 8}, {time.June, 18}, {time.November, 11}} {
		date := time.Date(day.Year(), sale.month, sale.day, 0, 0, 0, 0, day.Location())
		if away := day.Sub(date).Abs(); away < 15*24*time.Hour && d.of(2) {
			return date
		}
	}
	return day
}
