// Package bigcommerce describes the order export of BigCommerce shops. It has
// one row for each order, whose lines stand in one cell. Sellers edit the
// template. Files do not name the zone of the store.
package bigcommerce

import (
	"regexp"
	"strings"

	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders is the default template and what sellers add to it. Customer ID is 0
// for a guest.
func orders() *importers.Format {
	return &importers.Format{
		ID: "bigcommerce.orders", Platform: "bigcommerce", Locale: "en",
		Rows: importers.OrderPerRow, Decimal: '.', DateOrder: importers.MonthFirst, HomeTells: true, AnyColumns: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"Order ID"}},
			{Field: importers.OrderedAt, Headers: []string{"Order Date", "Order Time"}, Join: " "},
			{Field: importers.ShippedAt, Headers: []string{"Date Shipped"}},
			{Field: importers.Status, Headers: []string{"Order Status"}},
			{Field: importers.BuyerID, Headers: []string{"Customer ID"}},
			{Field: importers.BuyerEmail, Headers: []string{"Customer Email", "Billing Email"}},
			{Field: importers.BuyerPhone, Headers: []string{"Customer Phone", "Billing Phone"}},
			{Field: importers.BuyerName, Headers: []string{"Customer Name", "Billing Name"}},
			{Field: importers.RecipientName, Headers: []string{"Shipping First Name", "Shipping Last Name"}, Join: " "},
			{Field: importers.RecipientPhone, Headers: []string{"Shipping Phone"}},
			{Field: importers.Country, Headers: []string{"Shipping Country", "Billing Country"}},
			{Field: importers.Province, Headers: []string{"Shipping State"}},
			{Field: importers.City, Headers: []string{"Shipping Suburb"}},
			{Field: importers.Street, Headers: []string{"Shipping Street 1", "Shipping Street 2"}, Join: " "},
			{Field: importers.Postcode, Headers: []string{"Shipping Zip"}},
			{Field: importers.Product, Headers: []string{"Product Details"}},
			{Field: importers.Paid, Headers: []string{"Order Total (inc tax)"}},
			{Field: importers.Refund, Headers: []string{"Refund Amount"}},
			{Field: importers.Currency, Headers: []string{"Order Currency Code"}},
			{Field: importers.Message, Headers: []string{"Customer Message"}},
			{Field: importers.Memo, Headers: []string{"Order Notes"}},
		},
		SplitLines: splitLines,
		Distinctive: []string{
			"Subtotal (inc tax)", "Subtotal (ex tax)", "Shipping Cost (inc tax)", "Shipping Cost (ex tax)", "Handling Cost (inc tax)",
			"Handling Cost (ex tax)", "Store Credit Redeemed", "Gift Certificate Amount Redeemed", "Gift Certificate Expiration Date",
			"Order Total (inc tax)", "Order Total (ex tax)", "Product Details", "Billing Suburb", "Shipping Suburb", "Shipping Street 1",
			"Billing Street 1", "Channel Name", "Ship Method", "Order Currency Code", "Total Shipped",
		},
		Others: []string{
			"Tax Total", "Gift Certificate Code", "Coupon Details", "Payment Method", "Total Quantity", "Exchange Rate", "Billing First Name",
			"Billing Last Name", "Billing Company", "Billing Street 2", "Billing State", "Billing Zip", "Shipping Company", "Shipping Email",
			"Channel ID",
		},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending:           {"Pending", "Awaiting Payment", "Incomplete", "Manual Verification Required"},
			crm.StatusPaid:              {"Awaiting Fulfillment", "Awaiting Shipment", "Awaiting Pickup"},
			crm.StatusPartlyShipped:     {"Partially Shipped"},
			crm.StatusShipped:           {"Shipped"},
			crm.StatusCompleted:         {"Completed"},
			crm.StatusCancelled:         {"Cancelled", "Declined"},
			crm.StatusRefunded:          {"Refunded"},
			crm.StatusPartiallyRefunded: {"Partially Refunded"},
		}),
	}
}

// lineKey opens a field of a line; names of products may hold commas.
var lineKey = regexp.MustCompile(`(?:^|, )Product (ID|Qty|SKU|Name|Weight|Variation Details|Unit Price|Total Price): ?`)

// splitLines takes "Product Name: …, Product SKU: …, Product Qty: 2, … | …"
// apart. An amount that cannot be read is not known.
func splitLines(cell string) []crm.Line {
	var lines []crm.Line
	for text := range strings.SplitSeq(cell, "|") {
		text = strings.TrimSpace(text)
		values := map[string]string{}
		keys := lineKey.FindAllStringSubmatchIndex(text, -1)
		for i, k := range keys {
			end := len(text)
			if i+1 < len(keys) {
				end = keys[i+1][0]
			}
			values[text[k[2]:k[3]]] = strings.Trim(text[k[1]:end], ", ")
		}
		l := crm.Line{SKU: values["SKU"], Product: values["Name"], Variant: values["Variation Details"]}
		l.Quantity, _ = crm.ParseQuantity(values["Qty"])
		l.Price, _ = crm.ParseMoney(values["Unit Price"])
		l.Amount, _ = crm.ParseMoney(values["Total Price"])
		if pieces := crm.Money(l.Quantity / crm.One); l.Price == 0 && pieces > 0 && l.Amount%pieces == 0 {
			l.Price = l.Amount / pieces
		}
		if l != (crm.Line{}) {
			lines = append(lines, l)
		}
	}
	return lines
}
