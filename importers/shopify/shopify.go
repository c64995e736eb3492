// Package shopify describes the order export of Shopify shops, from the 44
// columns of 2012 to the 79 of today. It has one row for each line item; what
// belongs to the order stands on its first row only. Each time has its offset.
package shopify

import (
	"strings"

	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders is orders_export.csv. The phone of the bill is the buyer's too; that
// of the delivery may be somebody else's, and counts where nothing else tells.
func orders() *importers.Format {
	return &importers.Format{
		ID: "shopify.orders", Platform: "shopify", Locale: "en",
		Rows: importers.LinePerRow, Decimal: '.', RecipientStandsIn: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"Name"}},
			{Field: importers.OrderedAt, Headers: []string{"Created at"}},
			{Field: importers.PaidAt, Headers: []string{"Paid at"}},
			{Field: importers.ShippedAt, Headers: []string{"Fulfilled at"}},
			{Field: importers.CancelledAt, Headers: []string{"Cancelled at", "Canceled at"}},
			{Field: importers.Status, Headers: []string{"Financial Status"}},
			{Field: importers.AfterSale, Headers: []string{"Fulfillment Status"}},
			{Field: importers.BuyerEmail, Headers: []string{"Email"}},
			{Field: importers.BuyerPhone, Headers: []string{"Phone", "Billing Phone"}},
			{Field: importers.BuyerName, Headers: []string{"Billing Name"}},
			{Field: importers.RecipientName, Headers: []string{"Shipping Name"}},
			{Field: importers.RecipientPhone, Headers: []string{"Shipping Phone"}},
			{Field: importers.Country, Headers: []string{"Shipping Country"}},
			{Field: importers.Province, Headers: []string{"Shipping Province Name", "Shipping Province"}},
			{Field: importers.City, Headers: []string{"Shipping City"}},
			{Field: importers.Street, Headers: []string{"Shipping Street", "Shipping Address1"}},
			{Field: importers.Postcode, Headers: []string{"Shipping Zip"}},
			{Field: importers.SKU, Headers: []string{"Lineitem sku"}},
			{Field: importers.Product, Headers: []string{"Lineitem name"}},
			{Field: importers.Quantity, Headers: []string{"Lineitem quantity"}},
			{Field: importers.UnitPrice, Headers: []string{"Lineitem price"}},
			{Field: importers.Paid, Headers: []string{"Total"}},
			{Field: importers.Refund, Headers: []string{"Refunded Amount"}},
			{Field: importers.Currency, Headers: []string{"Currency"}},
			{Field: importers.Message, Headers: []string{"Notes"}},
		},
		Required: []string{"Lineitem name"},
		Distinctive: []string{
			"Billing Street", "Shipping Street", "Accepts Marketing", "Lineitem compare at price", "Lineitem compare-at price",
			"Note Attributes", "Lineitem discount", "Vendor", "Outstanding Balance", "Risk Level",
		},
		Others: []string{
			"Subtotal", "Shipping", "Taxes", "Discount Code", "Discount Amount", "Shipping Method", "Lineitem requires shipping",
			"Lineitem taxable", "Lineitem fulfillment status", "Billing Address1", "Billing Address2", "Billing Company", "Billing City",
			"Billing Zip", "Billing Province", "Billing Country", "Shipping Address2", "Shipping Company", "Payment Method",
			"Payment Reference", "Tags", "Source",
		},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending:           {"pending", "authorized", "partially_paid"},
			crm.StatusPaid:              {"paid"},
			crm.StatusPartiallyRefunded: {"partially_refunded"},
			crm.StatusRefunded:          {"refunded"},
			crm.StatusCancelled:         {"voided", "expired"},
		}),
		AfterSales: importers.Words(map[crm.Status][]string{
			crm.StatusUnknown:       {"unfulfilled", "restocked"},
			crm.StatusPartlyShipped: {"partial"},
			crm.StatusShipped:       {"fulfilled"},
		}),
		SplitProduct: splitProduct,
	}
}

// splitProduct takes "Product - Variant" apart at the last such dash: titles
// hold dashes more often than the names of sizes and colours do.
func splitProduct(s string) (product, variant string) {
	if i := strings.LastIndex(s, " - "); i > 0 {
		return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+3:])
	}
	return s, ""
}
