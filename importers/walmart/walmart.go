// Package walmart describes the order list of Walmart Marketplace (PO Details).
// The order number is the one that the buyer sees; it may hold several purchase
// orders, whose lines are counted anew. The phone is a relay, so that nothing
// tells one buyer from another of the same name.
package walmart

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders has one row for each line. Item Cost is the price of one piece.
func orders() *importers.Format {
	return &importers.Format{
		ID: "walmart.orders", Platform: "walmart", Locale: "en-US", Currency: "USD", Country: "US",
		Rows: importers.LinePerRow, Decimal: '.', DateOrder: importers.MonthFirst, RelayPhones: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"Order#"}},
			{Field: importers.LineNo, Headers: []string{"PO#", "Line#"}, Join: "-"},
			{Field: importers.OrderedAt, Headers: []string{"Order Date"}},
			{Field: importers.Status, Headers: []string{"Status"}},
			{Field: importers.BuyerName, Headers: []string{"Customer Name"}},
			{Field: importers.RecipientName, Headers: []string{"Customer Name"}},
			{Field: importers.RecipientPhone, Headers: []string{"Customer Phone Number"}},
			{Field: importers.Province, Headers: []string{"State"}},
			{Field: importers.City, Headers: []string{"City"}},
			{Field: importers.Address, Headers: []string{"Customer Shipping Address"}},
			{Field: importers.Street, Headers: []string{"Ship to Address 1", "Ship to Address 2"}, Join: ", "},
			{Field: importers.Postcode, Headers: []string{"Zip"}},
			{Field: importers.SKU, Headers: []string{"SKU", "UPC"}},
			{Field: importers.Product, Headers: []string{"Item Description"}},
			{Field: importers.Quantity, Headers: []string{"Qty"}},
			{Field: importers.UnitPrice, Headers: []string{"Item Cost"}},
			{Field: importers.LineAmount, Add: []string{"Shipping Cost"}},
		},
		Required: []string{"Order#"},
		Distinctive: []string{
			"PO#", "Order#", "FLIDS", "Line#", "Customer Shipping Address", "Customer Phone Number", "Shipping SLA",
			"Shipping Config SOurce", "Update Qty", "Seller Order NO", "Fulfillment Entity", "Original Customer Order Id",
		},
		Others: append([]string{
			"Ship By", "Delivery Date", "Segment", "Shipping Method", "Shipping Tier", "Tax", "Update Status", "Carrier",
			"Tracking Number", "Tracking Url", "Replacement Order",
		},
			"Customer Intent To Cancel", "Intent To Cancel Override", "Ship Node", "Ship Node ID", "Discount", "Refunds"),
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPaid:      {"Created", "Acknowledged"},
			crm.StatusShipped:   {"Shipped"},
			crm.StatusDelivered: {"Delivered"},
			crm.StatusCancelled: {"Cancelled"},
			crm.StatusRefunded:  {"Refund"},
		}),
	}
}
