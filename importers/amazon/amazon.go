// Package amazon describes the order reports of Amazon's sellers. Their headers
// are English in every country, each time has its offset, and quotation marks
// are plain characters.
//
// All Orders names no buyer; the other reports give an address at
// marketplace.amazon.<country>, which leads to the buyer and is none of his own.
// What FBA delivers comes without name and street.
//
// A line costs its goods, shipping and wrapping less promotions. Taxes are left
// out: in Europe and Japan they are within the prices, elsewhere Amazon collects
// them for the state.
package amazon

import (
	"kebu/app/crm"
	"kebu/importers"
)

const platform = "amazon"

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format {
	return []*importers.Format{allOrders(), fulfilled(), unshipped(), orders(), transactions()}
}

func format(id string) *importers.Format {
	return &importers.Format{
		ID: id, Platform: platform, Locale: "en", Rows: importers.LinePerRow, Decimal: '.', TimesTell: true,
	}
}

// charged is what the buyer paid for a line.
func charged() importers.Column {
	return importers.Column{
		Field: importers.LineAmount, Headers: []string{"item-price"},
		Add:  []string{"shipping-price", "gift-wrap-price"},
		Less: []string{"item-promotion-discount", "ship-promotion-discount"},
	}
}

// delivery are the columns of the address.
func delivery() []importers.Column {
	return []importers.Column{
		{Field: importers.Country, Headers: []string{"ship-country"}},
		{Field: importers.Province, Headers: []string{"ship-state"}},
		{Field: importers.City, Headers: []string{"ship-city"}},
		{Field: importers.Postcode, Headers: []string{"ship-postal-code"}},
	}
}

// people are the columns of buyer and recipient, where a report has them.
func people() []importers.Column {
	return append(delivery(), []importers.Column{
		{Field: importers.OrderedAt, Headers: []string{"purchase-date"}},
		{Field: importers.PaidAt, Headers: []string{"payments-date"}},
		{Field: importers.BuyerEmail, Headers: []string{"buyer-email"}},
		{Field: importers.BuyerName, Headers: []string{"buyer-name"}},
		{Field: importers.BuyerPhone, Headers: []string{"buyer-phone-number"}},
		{Field: importers.RecipientName, Headers: []string{"recipient-name"}},
		{Field: importers.RecipientPhone, Headers: []string{"ship-phone-number"}},
		{Field: importers.Street, Headers: []string{"ship-address-1", "ship-address-2", "ship-address-3"}, Join: ", "},
		{Field: importers.SKU, Headers: []string{"sku"}},
		{Field: importers.Product, Headers: []string{"product-name"}},
		{Field: importers.Currency, Headers: []string{"currency"}},
	}...)
}

// allOrders is the flat file of all orders, by order date or by last update.
func allOrders() *importers.Format {
	f := format("amazon.all")
	f.Columns = append(delivery(), []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"amazon-order-id"}},
		{Field: importers.OrderedAt, Headers: []string{"purchase-date"}},
		{Field: importers.ChangedAt, Headers: []string{"last-updated-date"}},
		{Field: importers.Status, Headers: []string{"order-status"}},
		{Field: importers.SKU, Headers: []string{"sku", "asin"}},
		{Field: importers.Product, Headers: []string{"product-name"}},
		{Field: importers.Quantity, Headers: []string{"quantity"}},
		charged(),
		{Field: importers.Currency, Headers: []string{"currency"}},
	}...)
	f.Distinctive = []string{
		"amazon-order-id", "merchant-order-id", "last-updated-date", "order-channel", "ship-service-level", "item-status",
		"promotion-ids", "is-business-order", "price-designation",
	}
	f.Others = []string{
		"fulfillment-channel", "sales-channel", "url", "item-tax", "shipping-tax", "gift-wrap-tax", "purchase-order-number",
	}
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:       {"Pending"},
		crm.StatusPaid:          {"Unshipped"},
		crm.StatusPartlyShipped: {"PartiallyShipped"},
		crm.StatusShipped:       {"Shipped"},
		crm.StatusDelivered:     {"Shipped - Delivered to Buyer"},
		crm.StatusRefunded:      {"Shipped - Returned to Seller"},
		crm.StatusCancelled:     {"Cancelled", "Canceled"},
	})
	return f
}

// orders is the report of new orders, which are paid.
func orders() *importers.Format {
	f := format("amazon.orders")
	f.Columns = append(people(), []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"order-id"}},
		{Field: importers.LineNo, Headers: []string{"order-item-id"}},
		{Field: importers.Quantity, Headers: []string{"quantity-purchased"}},
		charged(),
	}...)
	f.Required = []string{"order-id"}
	f.Distinctive = []string{
		"order-item-id", "payments-date", "buyer-phone-number", "quantity-purchased", "ship-service-level", "ship-phone-number",
		"delivery-start-date", "delivery-end-date", "delivery-time-zone", "delivery-Instructions", "item-price", "is-buyer-requested-cancellation",
	}
	f.Others = []string{
		"item-tax", "shipping-tax", "sales-channel",
	}
	return f
}

// unshipped is the report of orders that wait to be sent. It tells no prices.
func unshipped() *importers.Format {
	f := format("amazon.unshipped")
	f.Columns = append(people(), []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"order-id"}},
		{Field: importers.LineNo, Headers: []string{"order-item-id"}},
		{Field: importers.Quantity, Headers: []string{"quantity-purchased"}},
	}...)
	f.Required = []string{"order-id", "promise-date"}
	f.Distinctive = []string{
		"order-item-id", "payments-date", "reporting-date", "promise-date", "days-past-promise", "buyer-phone-number", "quantity-purchased",
		"quantity-shipped", "quantity-to-ship", "ship-service-level", "verge-of-cancellation", "verge-of-lateShipment",
	}
	f.Others = []string{
		"is-business-order", "purchase-order-number", "price-designation", "is-iba",
	}
	return f
}

// fulfilled is FBA's report of shipments. A line that left in several shipments
// stands there with each.
func fulfilled() *importers.Format {
	f := format("amazon.fba")
	f.Columns = append(people(), []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"amazon-order-id"}},
		{Field: importers.LineNo, Headers: []string{"amazon-order-item-id"}},
		{Field: importers.LinePart, Headers: []string{"shipment-item-id"}},
		{Field: importers.ShippedAt, Headers: []string{"shipment-date"}},
		{Field: importers.Quantity, Headers: []string{"quantity-shipped"}},
		charged(),
	}...)
	f.Distinctive = []string{
		"amazon-order-id", "merchant-order-id", "shipment-id", "shipment-item-id", "amazon-order-item-id", "merchant-order-item-id",
		"shipment-date", "reporting-date", "quantity-shipped", "ship-service-level", "estimated-arrival-date", "fulfillment-center-id",
	}
	f.Others = []string{
		"item-tax", "shipping-tax", "gift-wrap-tax", "bill-address-1", "bill-address-2", "bill-address-3", "bill-city",
		"bill-state", "bill-postal-code", "bill-country", "carrier", "tracking-number", "fulfillment-channel", "sales-channel",
	}
	return f
}
