package phrase

import (
	"time"

	"kebu/importers"
)

// Reading is the day, without its year, that the figures of a date such as 03/04/2026
// mean in an order.
func (p *Phrases) Reading(figures string, order importers.DateOrder) string {
	text, _ := importers.Settle(figures, order)
	day, err := time.Parse(time.DateTime, text)
	if err != nil {
		return figures // it has one meaning only
	}
	layout := "2 January"
	if p.Chinese() {
		layout = "1月2日"
	}
	return day.Format(layout)
}
