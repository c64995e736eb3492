// Package wix describes the order export of Wix shops. It has one row for each
// line item, with the order's cells repeated. The block of the bill repeats the
// headers of the delivery address, which come first. The recipient's phone tells
// who bought where nothing of the buyer's own does. Files do not name the zone
// of the site.
package wix

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

func orders() *importers.Format {
	return &importers.Format{
		ID: "wix.orders", Platform: "wix", Locale: "en",
		Rows: importers.LinePerRow, HomeTells: true, RecipientStandsIn: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"Order number"}},
			{Field: importers.OrderedAt, Headers: []string{"Date created", "Time"}, Join: " "},
			{Field: importers.Status, Headers: []string{"Payment status"}},
			{Field: importers.AfterSale, Headers: []string{"Fulfillment status"}},
			{Field: importers.BuyerEmail, Headers: []string{"Contact email"}},
			{Field: importers.BuyerPhone, Headers: []string{"Billing phone"}},
			{Field: importers.BuyerName, Headers: []string{"Billing name"}},
			{Field: importers.RecipientName, Headers: []string{"Recipient name"}},
			{Field: importers.RecipientPhone, Headers: []string{"Recipient phone"}},
			{Field: importers.Country, Headers: []string{"Delivery country"}},
			{Field: importers.Province, Headers: []string{"Delivery state name", "Delivery state"}},
			{Field: importers.City, Headers: []string{"Delivery city"}},
			{Field: importers.Street, Headers: []string{"Delivery address"}},
			{Field: importers.Postcode, Headers: []string{"Delivery zip/postal code"}},
			{Field: importers.SKU, Headers: []string{"SKU"}},
			{Field: importers.Product, Headers: []string{"Item"}},
			{Field: importers.Variant, Headers: []string{"Variant"}},
			{Field: importers.Quantity, Headers: []string{"Qty"}},
			{Field: importers.UnitPrice, Headers: []string{"Price"}},
			{Field: importers.Paid, Headers: []string{"Total"}},
			{Field: importers.Refund, Headers: []string{"Refunded amount"}},
			{Field: importers.Currency, Headers: []string{"Currency"}},
			{Field: importers.Message, Headers: []string{"Note from customer"}},
		},
		Distinctive: []string{
			"Fulfill by", "Total order quantity", "Contact email", "Note from customer", "Additional checkout info", "Quantity refunded",
			"Custom text", "Deposit amount", "Recipient company name", "Delivery zip/postal code", "Delivery state name",
			"Billing company name", "Additional fees", "Fulfillment service", "Shipping label", "Gift card amount",
		},
		Others: []string{
			"Weight", "Delivery method", "Delivery time", "Billing country", "Payment method", "Coupon code", "Shipping rate", "Total tax",
			"Net amount", "Tracking number",
		},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending:           {"Unpaid", "Not paid", "Pending", "Partially paid"},
			crm.StatusPaid:              {"Paid"},
			crm.StatusPartiallyRefunded: {"Partially refunded"},
			crm.StatusRefunded:          {"Refunded", "Fully refunded"},
			crm.StatusCancelled:         {"Canceled", "Cancelled", "Declined", "Voided"},
		}),
		AfterSales: importers.Words(map[crm.Status][]string{
			crm.StatusUnknown:       {"Not fulfilled", "Unfulfilled"},
			crm.StatusPartlyShipped: {"Partially fulfilled"},
			crm.StatusShipped:       {"Fulfilled"},
			crm.StatusCancelled:     {"Canceled", "Cancelled"},
		}),
	}
}
