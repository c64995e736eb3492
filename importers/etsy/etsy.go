// Package etsy describes the two exports of Etsy shops: one row for each order,
// and one for each item. They know the buyer by different keys and meet on the
// order. Neither tells an e-mail address or a phone.
package etsy

import (
	"strings"

	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders(), items()} }

func format(id string) *importers.Format {
	return &importers.Format{
		ID: id, Platform: "etsy", Locale: "en", Decimal: '.', DateOrder: importers.MonthFirst,
		TimesTell: true, EscapedProducts: true, SplitBuyer: splitBuyer,
	}
}

// orders is EtsySoldOrders. A refund shows in the adjusted total alone. British
// shops spell delivery and posting for shipping.
func orders() *importers.Format {
	f := format("etsy.orders")
	f.Rows = importers.OrderPerRow
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"Order ID"}},
		{Field: importers.OrderedAt, Headers: []string{"Sale Date"}},
		{Field: importers.ShippedAt, Headers: []string{"Date Shipped", "Date Posted"}},
		{Field: importers.Status, Headers: []string{"Status"}},
		{Field: importers.BuyerID, Headers: []string{"Buyer User ID"}},
		{Field: importers.BuyerNick, Headers: []string{"Buyer"}},
		{Field: importers.BuyerName, Headers: []string{"Full Name"}},
		{Field: importers.RecipientName, Headers: []string{"Full Name"}},
		{Field: importers.Country, Headers: []string{"Ship Country", "Delivery Country"}},
		{Field: importers.Province, Headers: []string{"Ship State", "Delivery State"}},
		{Field: importers.City, Headers: []string{"Ship City", "Delivery City"}},
		{Field: importers.Street, Headers: []string{"Street 1", "Street 2"}, Join: ", "},
		{Field: importers.Postcode, Headers: []string{"Ship Zipcode", "Delivery Zipcode"}},
		{Field: importers.SKU, Headers: []string{"SKU"}},
		{Field: importers.Quantity, Headers: []string{"Number of Items"}},
		{Field: importers.Paid, Headers: []string{"Order Total"}},
		{Field: importers.Refund, Headers: []string{"Order Total"}, Less: []string{"Adjusted Order Total"}},
		{Field: importers.Currency, Headers: []string{"Currency"}},
	}
	f.Required = []string{"Buyer User ID"}
	f.Distinctive = []string{
		"Buyer User ID", "Number of Items", "Order Value", "Card Processing Fees", "Order Net", "Adjusted Order Total",
		"Adjusted Card Processing Fees", "Adjusted Net Order Amount", "InPerson Discount", "InPerson Location",
	}
	f.Others = []string{
		"First Name", "Last Name", "Payment Method", "Coupon Code", "Coupon Details", "Discount Amount", "Shipping Discount",
		"Shipping", "Sales Tax", "Order Type", "Payment Type",
	}
	return f
}

// items is EtsySoldOrderItems. Shipping and tax are the order's, on each line.
func items() *importers.Format {
	f := format("etsy.items")
	f.Rows = importers.LinePerRow
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"Order ID"}},
		{Field: importers.LineNo, Headers: []string{"Transaction ID"}},
		{Field: importers.OrderedAt, Headers: []string{"Sale Date"}},
		{Field: importers.PaidAt, Headers: []string{"Date Paid"}},
		{Field: importers.ShippedAt, Headers: []string{"Date Shipped", "Date Posted"}},
		{Field: importers.BuyerNick, Headers: []string{"Buyer"}},
		{Field: importers.RecipientName, Headers: []string{"Ship Name", "Delivery Name"}},
		{Field: importers.Country, Headers: []string{"Ship Country", "Delivery Country"}},
		{Field: importers.Province, Headers: []string{"Ship State", "Delivery State"}},
		{Field: importers.City, Headers: []string{"Ship City", "Delivery City"}},
		{Field: importers.Street, Headers: []string{"Ship Address1", "Ship Address2", "Delivery Address1", "Delivery Address2"}, Join: ", "},
		{Field: importers.Postcode, Headers: []string{"Ship Zipcode", "Delivery Zipcode"}},
		{Field: importers.SKU, Headers: []string{"SKU", "Listing ID"}},
		{Field: importers.Product, Headers: []string{"Item Name"}},
		{Field: importers.Variant, Headers: []string{"Variations"}},
		{Field: importers.Quantity, Headers: []string{"Quantity"}},
		{Field: importers.UnitPrice, Headers: []string{"Price"}},
		{Field: importers.LineAmount, Headers: []string{"Item Total"}},
		{Field: importers.Currency, Headers: []string{"Currency"}},
	}
	f.Required = []string{"Item Name", "Listing ID"}
	f.Distinctive = []string{
		"Listing ID", "Listings Type", "Item Total", "Order Shipping", "Order Sales Tax", "VAT Paid by Buyer", "InPerson Discount", "InPerson Location",
	}
	f.Others = append([]string{
		"Coupon Code", "Coupon Details", "Discount Amount", "Shipping Discount", "Order Type", "Payment Type",
	}, "Delivery Discount", "Delivery")
	return f
}

// splitBuyer takes "name (username)" apart. A user name has no spaces; what has
// is a name alone, which is no key.
func splitBuyer(s string) (nick, name string) {
	s = strings.TrimSpace(s)
	if i := strings.LastIndex(s, "("); i >= 0 && strings.HasSuffix(s, ")") {
		return strings.TrimSpace(s[i+1 : len(s)-1]), strings.TrimSpace(s[:i])
	}
	if strings.Contains(s, " ") {
		return "", s
	}
	return s, ""
}
