// Package tiktok describes the order export of TikTok Shop. Its headers are
// English; the block of the address and the way of writing dates differ by
// market, and the statuses by the seller's language. A row that describes the
// headers stands below them. Buyers are masked, the user name too.
package tiktok

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders is the list of the skus of each order; the order's amounts are repeated.
func orders() *importers.Format {
	f := &importers.Format{
		ID: "tiktok.orders", Platform: "tiktok", Locale: "en", Rows: importers.LinePerRow, ByCountry: true, CurrencyInAmounts: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"Order ID"}},
			{Field: importers.OrderedAt, Headers: []string{"Created Time"}},
			{Field: importers.PaidAt, Headers: []string{"Paid Time"}},
			{Field: importers.ShippedAt, Headers: []string{"Shipped Time"}},
			{Field: importers.CompletedAt, Headers: []string{"Delivered Time"}},
			{Field: importers.CancelledAt, Headers: []string{"Cancelled Time"}},
			{Field: importers.Status, Headers: []string{"Order Status"}},
			{Field: importers.AfterSale, Headers: []string{"Cancelation/Return Type", "Order Substatus"}},
			{Field: importers.BuyerNick, Headers: []string{"Buyer Username"}},
			{Field: importers.BuyerEmail, Headers: []string{"Email"}},
			{Field: importers.RecipientName, Headers: []string{"Recipient"}},
			{Field: importers.RecipientPhone, Headers: []string{"Phone #"}},
			{Field: importers.Country, Headers: []string{"Country"}},
			{Field: importers.Province, Headers: []string{"Province", "State", "Autonomous Community"}},
			{Field: importers.City, Headers: []string{"City", "Regency and City", "Post Town"}},
			{Field: importers.District, Headers: []string{"District", "Commune", "Villages"}},
			{Field: importers.Street, Headers: []string{
				"Street Name", "House Name or Number", "Detail Address", "Address Line 1", "Address Line 2", "Additional address information",
			}, Join: ", "},
			{Field: importers.Postcode, Headers: []string{"Zipcode"}},
			{Field: importers.SKU, Headers: []string{"Seller SKU", "SKU ID"}},
			{Field: importers.Product, Headers: []string{"Product Name"}},
			{Field: importers.Variant, Headers: []string{"Variation"}},
			{Field: importers.Quantity, Headers: []string{"Quantity"}},
			{Field: importers.UnitPrice, Headers: []string{"SKU Unit Original Price"}},
			{Field: importers.LineAmount, Headers: []string{"SKU Subtotal After Discount"}},
			{Field: importers.Paid, Headers: []string{"Order Amount"}},
			{Field: importers.Refund, Headers: []string{"Order Refund Amount"}},
			{Field: importers.Message, Headers: []string{"Buyer Message"}},
			{Field: importers.Memo, Headers: []string{"Seller Note"}},
		},
		Distinctive: []string{
			"SKU Unit Original Price", "Cancelation/Return Type", "Order Substatus", "Normal or Pre-order", "Sku Quantity of return",
			"SKU Subtotal Before Discount", "SKU Platform Discount", "SKU Seller Discount", "SKU Subtotal After Discount",
			"Shipping Fee After Discount", "RTS Time", "Checked Marked by", "Creator Handle",
		},
		Others: append([]string{
			"Original Shipping Fee", "Shipping Fee Seller Discount", "Shipping Fee Platform Discount", "Taxes", "Cancel By",
			"Cancel Reason", "Fulfillment Type", "Warehouse Name", "Tracking ID", "Delivery Option", "Shipping Provider Name",
			"Payment Method", "Weight(kg)", "Product Category", "Package ID", "Shipping Information", "Checked Status",
			"Product Tax Amount", "Product Tax Rate", "Shipping Tax Amount", "Shipping Tax Rate", "Order Channel",
		},
			"Payment platform discount", "Small Order Fee", "Delivery Instruction", "Tokopedia Invoice Number"),
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending: {"Unpaid", "Belum dibayar"},
			crm.StatusPaid: {
				"On hold", "To ship", "Awaiting shipment", "Awaiting collection", "Perlu dikirim", "ที่จะจัดส่ง", "A ser enviado",
			},
			crm.StatusShipped:   {"Shipped", "In transit", "Dikirim", "จัดส่งแล้ว"},
			crm.StatusDelivered: {"Delivered"},
			crm.StatusCompleted: {"Completed", "Selesai"},
			crm.StatusCancelled: {"Canceled", "Cancelled", "Dibatalkan", "ยกเลิกแล้ว"},
		}),
	}
	f.AfterSales = f.Statuses
	return f
}
