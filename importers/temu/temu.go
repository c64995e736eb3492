// Package temu describes the order list of Temu's sellers. It has one row for
// each item. The e-mail address is a relay. Files of 2026 tell what the buyer
// paid; older ones only the base price that Temu pays the seller, which then
// stands for it.
package temu

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

func orders() *importers.Format {
	return &importers.Format{
		ID: "temu.orders", Platform: "temu", Locale: "en", Rows: importers.LinePerRow, ByCountry: true, CurrencyInAmounts: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"order id"}},
			{Field: importers.LineNo, Headers: []string{"Order item ID"}},
			{Field: importers.OrderedAt, Headers: []string{"purchase date"}},
			{Field: importers.Status, Headers: []string{"order item status", "order status"}},
			{Field: importers.BuyerEmail, Headers: []string{"virtual email"}},
			{Field: importers.RecipientName, Headers: []string{"recipient name"}},
			{Field: importers.RecipientPhone, Headers: []string{"recipient phone number"}},
			{Field: importers.Country, Headers: []string{"ship country"}},
			{Field: importers.Province, Headers: []string{"ship state"}},
			{Field: importers.City, Headers: []string{"ship city"}},
			{Field: importers.District, Headers: []string{"district"}},
			{Field: importers.Street, Headers: []string{"ship address 1", "ship address 2", "ship address 3"}, Join: ", "},
			{Field: importers.Postcode, Headers: []string{
				"ship postal code (Must be shipped to the following zip code.)", "ship postal code",
			}},
			{Field: importers.SKU, Headers: []string{"contribution sku", "sku id"}},
			{Field: importers.Product, Headers: []string{"product name", "product name by customer order"}},
			{Field: importers.Variant, Headers: []string{"variation"}},
			{Field: importers.Quantity, Headers: []string{"quantity purchased"}},
			{
				Field:   importers.LineAmount,
				Headers: []string{"Retail price total after discounts(tax excl.)", "base price total"},
			},
			{Field: importers.UnitPrice, Headers: []string{"activity goods base price"}},
			{Field: importers.LineRefund, Headers: []string{"Product refund"}},
		},
		Required: []string{"order id"},
		Distinctive: []string{
			"fulfillment mode", "Logistics service suggestion", "order item status", "product name by customer order", "contribution sku",
			"quantity purchased", "recipient first name", "iPhone serial number", "virtual email", "activity goods base price", "base price total",
			"order settlement status", "keep proof of shipment before delivery", "Retail price total after discounts(tax excl.)",
		},
		Others: append([]string{
			"quantity shipped", "quantity to ship", "recipient last name", "latest shipping time", "latest delivery time",
			"tracking number", "carrier",
		}, "Shipping total(tax excl.)"),
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPaid:      {"Pending", "Unshipped", "To be shipped"},
			crm.StatusShipped:   {"Shipped"},
			crm.StatusDelivered: {"Delivered"},
			crm.StatusCancelled: {"Canceled", "Cancelled"},
		}),
	}
}
