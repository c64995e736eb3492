// Package prestashop describes the export of the order grid of PrestaShop. It
// has one row for each order and no lines, and of the buyer an abbreviated name
// alone, so that its orders belong to no customer.
package prestashop

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders is order_<date>.csv. Delivery is the country. The month comes first,
// as PrestaShop writes English, unless a date of the file tells otherwise.
func orders() *importers.Format {
	return &importers.Format{
		ID: "prestashop.orders", Platform: "prestashop", Locale: "en",
		Rows: importers.OrderPerRow, DateOrder: importers.MonthFirst, HomeTells: true, CurrencyInAmounts: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"Reference"}},
			{Field: importers.OrderedAt, Headers: []string{"Date"}},
			{Field: importers.Status, Headers: []string{"Status"}},
			{Field: importers.BuyerName, Headers: []string{"Customer"}},
			{Field: importers.Country, Headers: []string{"Delivery"}},
			{Field: importers.Paid, Headers: []string{"Total"}},
		},
		Required:    []string{"Reference", "New client"},
		Distinctive: []string{"New client"},
		Others:      []string{"ID", "Payment", "Company"},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending: {
				"Awaiting check payment", "Awaiting bank wire payment", "Awaiting Cash On Delivery validation", "On backorder (not paid)",
				"Awaiting PayPal payment",
			},
			crm.StatusPaid:      {"Payment accepted", "Remote payment accepted", "Processing in progress", "On backorder (paid)"},
			crm.StatusShipped:   {"Shipped"},
			crm.StatusDelivered: {"Delivered"},
			crm.StatusCancelled: {"Canceled", "Payment error"},
			crm.StatusRefunded:  {"Refunded"},
		}),
	}
}
