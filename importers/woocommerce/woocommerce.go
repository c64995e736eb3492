// Package woocommerce describes the order exports of WooCommerce shops. Its
// core has none; these are of the two plug-ins that most shops use. Files name
// neither the zone of the site nor, unless the seller ticks it, the currency.
package woocommerce

import (
	"kebu/app/crm"
	"kebu/importers"
)

const platform = "woocommerce"

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format {
	return []*importers.Format{advanced(), suite(), suiteItems()}
}

var statuses = importers.Words(map[crm.Status][]string{
	crm.StatusPending: {
		"Pending payment", "pending", "wc-pending", "On hold", "on-hold", "wc-on-hold", "Draft", "checkout-draft", "wc-checkout-draft",
	},
	crm.StatusPaid:      {"Processing", "wc-processing"},
	crm.StatusCompleted: {"Completed", "wc-completed"},
	crm.StatusCancelled: {"Cancelled", "wc-cancelled", "Failed", "wc-failed"},
	crm.StatusRefunded:  {"Refunded", "wc-refunded"},
})

func format(id string) *importers.Format {
	return &importers.Format{
		ID: id, Platform: platform, Locale: "en", HomeTells: true, CurrencyInAmounts: true, Statuses: statuses,
	}
}

// advanced is the export of Advanced Order Export: a row for each line, whose
// order cells are repeated or blank as the seller chooses, as are the columns.
func advanced() *importers.Format {
	f := format("woocommerce.advanced")
	f.Rows = importers.LinePerRow
	f.AnyColumns = true
	f.EscapedProducts = true
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"Order Number", "Order ID"}},
		{Field: importers.OrderedAt, Headers: []string{"Order Date"}},
		{Field: importers.PaidAt, Headers: []string{"Paid Date"}},
		{Field: importers.CompletedAt, Headers: []string{"Completed Date"}},
		{Field: importers.ChangedAt, Headers: []string{"Modification Date"}},
		{Field: importers.Status, Headers: []string{"Order Status"}},
		{Field: importers.BuyerID, Headers: []string{"Customer User ID"}},
		{Field: importers.BuyerEmail, Headers: []string{"Email (Billing)"}},
		{Field: importers.BuyerPhone, Headers: []string{"Phone (Billing)"}},
		{Field: importers.BuyerName, Headers: []string{"First Name (Billing)", "Last Name (Billing)"}, Join: " "},
		{Field: importers.RecipientName, Headers: []string{"First Name (Shipping)", "Last Name (Shipping)"}, Join: " "},
		{Field: importers.RecipientPhone, Headers: []string{"Phone (Shipping)"}},
		{Field: importers.Country, Headers: []string{"Country Code (Shipping)", "Country Code (Billing)"}},
		{Field: importers.Province, Headers: []string{"State Name (Shipping)", "State Code (Shipping)"}},
		{Field: importers.City, Headers: []string{"City (Shipping)"}},
		{Field: importers.Street, Headers: []string{"Address 1&2 (Shipping)", "Address 1 (Shipping)", "Address 2 (Shipping)"}, Join: " "},
		{Field: importers.Postcode, Headers: []string{"Postcode (Shipping)"}},
		{Field: importers.SKU, Headers: []string{"SKU"}},
		{Field: importers.Product, Headers: []string{"Name", "Item Name", "Product Name"}},
		{Field: importers.Variant, Headers: []string{"Product Variation"}},
		{Field: importers.Quantity, Headers: []string{"Quantity"}},
		{Field: importers.UnitPrice, Headers: []string{"Item Cost"}},
		{Field: importers.LineAmount, Headers: []string{"Order Line Total"}},
		{Field: importers.LineRefund, Headers: []string{"Order Line Total Refunded"}},
		{Field: importers.Paid, Headers: []string{"Order Total Amount"}},
		{Field: importers.Refund, Headers: []string{"Order Refund Amount"}},
		{Field: importers.Currency, Headers: []string{"Order Currency", "Currency"}},
		{Field: importers.Message, Headers: []string{"Customer Note"}},
	}
	f.Distinctive = []string{
		"First Name (Billing)", "Last Name (Billing)", "Company (Billing)", "Address 1&2 (Billing)", "City (Billing)",
		"State Code (Billing)", "Postcode (Billing)", "Country Code (Billing)", "Email (Billing)", "Phone (Billing)",
		"First Name (Shipping)", "Last Name (Shipping)", "Address 1&2 (Shipping)", "City (Shipping)", "State Code (Shipping)",
		"Postcode (Shipping)", "Country Code (Shipping)", "Order Line Total", "Order Line (w/o tax)", "Order Line Tax",
		"Order Line Total Refunded", "Order Line Total (- Refund)", "Quantity (- Refund)",
		"Order Total Tax Amount", "Order Subtotal Amount", "Cart Discount Amount", "Order Shipping Amount", "Payment Method Title",
	}
	f.Others = []string{
		"Item #", "Image URL", "Coupon Code", "Discount Amount", "Discount Amount Tax", "Coupons Used", "Order Tax Amount", "Total items",
		"Total products",
	}
	return f
}

// suiteColumns are those of the order in Customer/Order/Coupon CSV Export.
// customer_id is 0 for a guest.
func suiteColumns() []importers.Column {
	return []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"order_number", "order_number_formatted", "order_id"}},
		{Field: importers.OrderedAt, Headers: []string{"date", "order_date"}},
		{Field: importers.Status, Headers: []string{"status"}},
		{Field: importers.BuyerID, Headers: []string{"customer_id"}},
		{Field: importers.BuyerEmail, Headers: []string{"billing_email"}},
		{Field: importers.BuyerPhone, Headers: []string{"billing_phone"}},
		{Field: importers.BuyerName, Headers: []string{"billing_first_name", "billing_last_name"}, Join: " "},
		{Field: importers.RecipientName, Headers: []string{"shipping_first_name", "shipping_last_name"}, Join: " "},
		{Field: importers.Country, Headers: []string{"shipping_country", "billing_country"}},
		{Field: importers.Province, Headers: []string{"shipping_state"}},
		{Field: importers.City, Headers: []string{"shipping_city"}},
		{Field: importers.Street, Headers: []string{"shipping_address_1", "shipping_address_2"}, Join: " "},
		{Field: importers.Postcode, Headers: []string{"shipping_postcode"}},
		{Field: importers.Paid, Headers: []string{"order_total"}},
		{Field: importers.Refund, Headers: []string{"refunded_total"}},
		{Field: importers.Currency, Headers: []string{"order_currency"}},
		{Field: importers.Message, Headers: []string{"customer_note"}},
	}
}

var suiteHeaders = []string{
	"shipping_tax_total", "tax_total", "cart_discount", "order_discount", "discount_total", "shipping_items", "tax_items", "order_notes",
	"billing_first_name", "billing_last_name", "billing_company", "billing_email", "billing_address_1", "billing_address_2",
	"shipping_company", "customer_note", "order_currency", "refunded_total",
}

// suite is the export with one row for each order and its lines in one cell.
func suite() *importers.Format {
	f := format("woocommerce.suite")
	f.Rows = importers.OrderPerRow
	f.Columns = append(suiteColumns(), importers.Column{Field: importers.Product, Headers: []string{"line_items"}})
	f.SplitLines = splitLines
	f.Distinctive = append([]string{"line_items"}, suiteHeaders...)
	f.Others = []string{"shipping_total", "payment_method", "shipping_method", "billing_postcode", "billing_city", "billing_state", "coupons"}
	return f
}

// suiteItems is the export with one row for each line.
func suiteItems() *importers.Format {
	f := format("woocommerce.suite.items")
	f.Rows = importers.LinePerRow
	f.Columns = append(suiteColumns(),
		importers.Column{Field: importers.SKU, Headers: []string{"item_sku"}},
		importers.Column{Field: importers.Product, Headers: []string{"item_name"}},
		importers.Column{Field: importers.Variant, Headers: []string{"item_meta"}},
		importers.Column{Field: importers.Quantity, Headers: []string{"item_quantity"}},
		importers.Column{Field: importers.UnitPrice, Headers: []string{"item_price"}},
		importers.Column{Field: importers.LineAmount, Headers: []string{"item_total"}, Add: []string{"item_total_tax"}},
		importers.Column{Field: importers.LineRefund, Headers: []string{"item_refunded"}},
	)
	f.Required = []string{"item_name"}
	f.Distinctive = append([]string{"item_total", "item_quantity", "item_sku", "item_subtotal"}, suiteHeaders...)
	f.Others = []string{"item_id", "item_product_id", "item_subtotal_tax", "item_refunded_qty", "shipping_total"}
	return f
}
