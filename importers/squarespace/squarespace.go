// Package squarespace describes the order export of Squarespace shops. It has
// one row for each line item; what belongs to the order stands on its first row
// only. It looks much like Shopify's, but keeps the variant apart. Each time
// has its offset.
package squarespace

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders is orders.csv.
func orders() *importers.Format {
	return &importers.Format{
		ID: "squarespace.orders", Platform: "squarespace", Locale: "en",
		Rows: importers.LinePerRow, Decimal: '.',
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"Order ID"}},
			{Field: importers.OrderedAt, Headers: []string{"Created at"}},
			{Field: importers.PaidAt, Headers: []string{"Paid at"}},
			{Field: importers.ShippedAt, Headers: []string{"Fulfilled at"}},
			{Field: importers.CancelledAt, Headers: []string{"Cancelled at", "Canceled at"}},
			{Field: importers.Status, Headers: []string{"Financial Status"}},
			{Field: importers.AfterSale, Headers: []string{"Fulfillment Status"}},
			{Field: importers.BuyerEmail, Headers: []string{"Email"}},
			{Field: importers.BuyerPhone, Headers: []string{"Billing Phone"}},
			{Field: importers.BuyerName, Headers: []string{"Billing Name"}},
			{Field: importers.RecipientName, Headers: []string{"Shipping Name"}},
			{Field: importers.RecipientPhone, Headers: []string{"Shipping Phone"}},
			{Field: importers.Country, Headers: []string{"Shipping Country"}},
			{Field: importers.Province, Headers: []string{"Shipping Province"}},
			{Field: importers.City, Headers: []string{"Shipping City"}},
			{Field: importers.Street, Headers: []string{"Shipping Address1", "Shipping Address2"}, Join: " "},
			{Field: importers.Postcode, Headers: []string{"Shipping Zip"}},
			{Field: importers.SKU, Headers: []string{"Lineitem sku"}},
			{Field: importers.Product, Headers: []string{"Lineitem name"}},
			{Field: importers.Variant, Headers: []string{"Lineitem variant"}},
			{Field: importers.Quantity, Headers: []string{"Lineitem quantity"}},
			{Field: importers.UnitPrice, Headers: []string{"Lineitem price"}},
			{Field: importers.Paid, Headers: []string{"Total"}},
			{Field: importers.Refund, Headers: []string{"Amount Refunded"}},
			{Field: importers.Currency, Headers: []string{"Currency"}},
			{Field: importers.Memo, Headers: []string{"Private Notes"}},
		},
		Distinctive: []string{"Lineitem variant", "Private Notes"},
		Others: []string{
			"Subtotal", "Shipping", "Taxes", "Discount Code", "Discount Amount", "Shipping Method", "Lineitem requires shipping",
			"Lineitem taxable", "Lineitem fulfillment status", "Billing Address1", "Billing Address2", "Billing City", "Billing Zip",
			"Billing Province", "Billing Country", "Payment Method", "Payment Reference",
		},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending:           {"PENDING"},
			crm.StatusPaid:              {"PAID"},
			crm.StatusPartiallyRefunded: {"PARTIALLY_REFUNDED"},
			crm.StatusRefunded:          {"REFUNDED"},
			crm.StatusCancelled:         {"CANCELED", "CANCELLED"},
		}),
		AfterSales: importers.Words(map[crm.Status][]string{
			crm.StatusUnknown:       {"PENDING", "UNFULFILLED"},
			crm.StatusPartlyShipped: {"PARTIALLY_FULFILLED"},
			crm.StatusShipped:       {"FULFILLED"},
			crm.StatusCancelled:     {"CANCELED", "CANCELLED"},
		}),
	}
}
