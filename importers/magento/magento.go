// Package magento describes the export of the order grid of Magento 2 and Adobe
// Commerce. It has one row for each order and no lines. Sellers choose the
// columns. Files name neither currency nor zone. "Excel XML" has the cells of "CSV".
package magento

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders is export.csv or export.xml. A closed order is one refunded in full. What the buyer
// paid is in the currency of the purchase, beside that of the shop.
func orders() *importers.Format {
	return &importers.Format{
		ID: "magento.orders", Platform: "magento", Locale: "en",
		Rows: importers.OrderPerRow, Decimal: '.', HomeTells: true, CurrencyInAmounts: true, AnyColumns: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"ID"}},
			{Field: importers.OrderedAt, Headers: []string{"Purchase Date"}},
			{Field: importers.Status, Headers: []string{"Status"}},
			{Field: importers.BuyerEmail, Headers: []string{"Customer Email"}},
			{Field: importers.BuyerName, Headers: []string{"Customer Name", "Bill-to Name"}},
			{Field: importers.RecipientName, Headers: []string{"Ship-to Name"}},
			{Field: importers.Address, Headers: []string{"Shipping Address"}},
			{Field: importers.Paid, Headers: []string{"Grand Total (Purchased)", "Grand Total (Base)"}},
			{Field: importers.Refund, Headers: []string{"Total Refunded"}},
		},
		Distinctive: []string{
			"Purchase Point", "Bill-to Name", "Ship-to Name", "Grand Total (Base)", "Grand Total (Purchased)", "Total Refunded",
		},
		Others: []string{"Billing Address", "Customer Group", "Subtotal", "Shipping and Handling", "Shipping Information", "Payment Method"},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending:   {"Pending", "Pending Payment", "Payment Review"},
			crm.StatusPaid:      {"Processing", "On Hold", "Suspected Fraud"},
			crm.StatusCompleted: {"Complete"},
			crm.StatusRefunded:  {"Closed"},
			crm.StatusCancelled: {"Canceled"},
		}),
	}
}
