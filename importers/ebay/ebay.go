// Package ebay describes the order reports of eBay: Seller Hub's of 2021 and
// later, and File Exchange's before. Above the headers is an empty row, below
// the data a count of records.
//
// An order of several items is a row that sums it up, without an item, and a row
// for each item, without totals. No column tells a status: times of payment and
// shipping do, and a cancelled order looks like any other.
package ebay

import "kebu/importers"

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format {
	return []*importers.Format{american(), british(), german(), french(), fileExchange()}
}

func format(id, locale, zone, currency string) *importers.Format {
	return &importers.Format{
		ID: id, Platform: "ebay", Locale: locale, Zone: zone, Currency: currency, CurrencyInAmounts: true,
		Rows: importers.LinePerRow, LineBy: importers.Product, TimesTell: true,
	}
}

// american is the report of eBay.com.
func american() *importers.Format {
	f := format("ebay.orders", "en-US", "America/Los_Angeles", "USD")
	f.Columns = columns("Ship", "State", "Zip")
	f.Required = []string{"Sales Record Number", "Order Number"}
	f.Distinctive = append(distinctive(), "Ship To Name", "Ship To Phone", "Ship To Zip")
	f.Others = []string{
		"Buyer City", "Buyer State", "Buyer Country", "Buyer Tax Identifier Name", "Buyer Tax Identifier Value",
		"Shipping And Handling", "Item Location", "Item Zip Code", "Item Country", "eBay Collect And Remit Tax Rate",
		"eBay Collect And Remit Tax Type", "eBay Reference Name", "eBay Reference Value", "Tax Status", "Seller Collected Tax",
		"Electronic Waste Recycling Fee", "Mattress Recycling Fee", "Battery Recycling Fee", "White Goods Disposal Tax",
		"Tire Recycling Fee", "Additional Fee", "eBay Collected Charges", "eBay Collected Tax Included in Total", "Payment Method",
		"Commitment Date", "Ship By Date", "Minimum Estimated Delivery Date", "Maximum Estimated Delivery Date", "Feedback Left",
		"Feedback Received", "PayPal Transaction ID", "Shipping Service", "Tracking Number", "Global Shipping Reference ID",
		"Click And Collect", "Click And Collect Reference Number", "eBay Plus", "Authenticity Verification Program",
		"Authenticity Verification Status", "Authenticity Verification Outcome Reason", "eBay Vault Program",
		"Vault Fulfillment Type", "eBay Fulfillment Program", "Tax City", "Tax State", "Tax Zip", "Tax Country",
		"eBay International Shipping",
	}
	return f
}

// british is the report of eBay.co.uk and eBay.com.au, which differ in the
// currency of their amounts.
func british() *importers.Format {
	f := format("ebay.orders.gb", "en-GB", "Europe/London", "GBP")
	f.Columns = columns("Post", "County", "Postcode")
	f.Required = []string{"Sales Record Number", "Order Number", "Post To Name"}
	f.Distinctive = append(distinctive(), "Post To Name", "Post To Phone", "Post To Address 1", "Post To Postcode", "Post To County", "Postage And Handling")
	return f
}

// distinctive are headers of Seller Hub in English.
func distinctive() []string {
	return []string{
		"Sales Record Number", "Buyer Note", "Buyer Address 1", "Buyer Address 2", "Buyer Zip", "Item Title", "Custom Label",
		"Sold Via Promoted Listings", "Sold For", "eBay Collected Tax", "Paid On Date", "Shipped On Date", "Global Shipping Program",
	}
}

// columns are those of Seller Hub in English. ship, state and zip are how a
// country spells the delivery's.
func columns(ship, state, zip string) []importers.Column {
	to := func(part string) []string { return []string{ship + " To " + part} }
	return []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"Order Number"}},
		{Field: importers.LineNo, Headers: []string{"Transaction ID"}},
		{Field: importers.OrderedAt, Headers: []string{"Sale Date"}},
		{Field: importers.PaidAt, Headers: []string{"Paid On Date"}},
		{Field: importers.ShippedAt, Headers: []string{"Shipped On Date", "Posted On Date"}},
		{Field: importers.BuyerNick, Headers: []string{"Buyer Username"}},
		{Field: importers.BuyerName, Headers: []string{"Buyer Name"}},
		{Field: importers.BuyerEmail, Headers: []string{"Buyer Email"}},
		{Field: importers.RecipientName, Headers: to("Name")},
		{Field: importers.RecipientPhone, Headers: to("Phone")},
		{Field: importers.Country, Headers: to("Country")},
		{Field: importers.Province, Headers: to(state)},
		{Field: importers.City, Headers: to("City")},
		{Field: importers.Street, Headers: append(to("Address 1"), to("Address 2")...), Join: ", "},
		{Field: importers.Postcode, Headers: to(zip)},
		{Field: importers.SKU, Headers: []string{"Custom Label", "Item Number"}},
		{Field: importers.Product, Headers: []string{"Item Title"}},
		{Field: importers.Variant, Headers: []string{"Variation Details"}},
		{Field: importers.Quantity, Headers: []string{"Quantity"}},
		{Field: importers.UnitPrice, Headers: []string{"Sold For"}},
		{Field: importers.Paid, Headers: []string{"Total Price"}},
		{Field: importers.Message, Headers: []string{"Buyer Note"}},
		{Field: importers.Memo, Headers: []string{"My Item Note"}},
	}
}

// german is the report of eBay.de.
func german() *importers.Format {
	f := format("ebay.orders.de", "de-DE", "Europe/Berlin", "EUR")
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"Bestellnummer"}},
		{Field: importers.OrderedAt, Headers: []string{"Verkauft am"}},
		{Field: importers.PaidAt, Headers: []string{"Zahlungsdatum"}},
		{Field: importers.BuyerNick, Headers: []string{"Nutzername des Käufers"}},
		{Field: importers.BuyerName, Headers: []string{"Name des Käufers"}},
		{Field: importers.Paid, Headers: []string{"Gesamtbetrag"}},
	}
	f.LineBy = 0
	f.Required = []string{"Bestellnummer"}
	f.Distinctive = []string{"Verkaufsprotokollnummer", "Nutzername des Käufers", "Name des Käufers", "Verkauft am"}
	return f
}

// french is the report of eBay.fr.
func french() *importers.Format {
	f := format("ebay.orders.fr", "fr-FR", "Europe/Paris", "EUR")
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"Numéro de commande"}},
		{Field: importers.OrderedAt, Headers: []string{"Date de vente"}},
		{Field: importers.BuyerNick, Headers: []string{"Pseudo de l’acheteur", "Pseudo de l'acheteur"}},
		{Field: importers.SKU, Headers: []string{"Numéro de l'objet", "Numéro de l’objet"}},
		{Field: importers.Product, Headers: []string{"Intitulé de l'objet", "Intitulé de l’objet"}},
		{Field: importers.Quantity, Headers: []string{"Quantité"}},
		{Field: importers.UnitPrice, Headers: []string{"Vendu pour"}},
		{Field: importers.LineAmount, Add: []string{"Livraison et manutention"}},
	}
	f.Required = []string{"Numéro de commande"}
	f.Distinctive = []string{"Numéro de vente", "Pseudo de l’acheteur", "Intitulé de l'objet", "Vendu pour", "Livraison et manutention", "Date de vente"}
	return f
}

// fileExchange is the report of File Exchange, to 2020. Its record number stands
// on every row of an order, its order number does not.
func fileExchange() *importers.Format {
	f := format("ebay.fileexchange", "en-US", "America/Los_Angeles", "USD")
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"Sales Record Number"}},
		{Field: importers.LineNo, Headers: []string{"Transaction ID"}},
		{Field: importers.OrderedAt, Headers: []string{"Sale Date"}},
		{Field: importers.PaidAt, Headers: []string{"Paid on Date"}},
		{Field: importers.ShippedAt, Headers: []string{"Shipped on Date"}},
		{Field: importers.BuyerNick, Headers: []string{"User Id"}},
		{Field: importers.BuyerName, Headers: []string{"Buyer Fullname"}},
		{Field: importers.BuyerPhone, Headers: []string{"Buyer Phone Number"}},
		{Field: importers.BuyerEmail, Headers: []string{"Buyer Email"}},
		{Field: importers.Country, Headers: []string{"Buyer Country"}},
		{Field: importers.Province, Headers: []string{"Buyer State"}},
		{Field: importers.City, Headers: []string{"Buyer City"}},
		{Field: importers.Street, Headers: []string{"Buyer Address 1", "Buyer Address 2"}, Join: ", "},
		{Field: importers.Postcode, Headers: []string{"Buyer Zip"}},
		{Field: importers.SKU, Headers: []string{"Custom Label", "Item Number"}},
		{Field: importers.Product, Headers: []string{"Item Title"}},
		{Field: importers.Variant, Headers: []string{"Variation Details"}},
		{Field: importers.Quantity, Headers: []string{"Quantity"}},
		{Field: importers.UnitPrice, Headers: []string{"Sale Price"}},
		{Field: importers.Paid, Headers: []string{"Total Price"}},
		{Field: importers.Memo, Headers: []string{"Notes to yourself"}},
	}
	f.Required = []string{"Sales Record Number"}
	f.Distinctive = []string{
		"Sales Record Number", "User Id", "Buyer Fullname", "Buyer Address 1", "Buyer Zip", "Item Title", "Custom Label", "Sale Price", "US Tax",
		"Cash on delivery fee", "Checkout Date", "Feedback left", "Feedback received", "Notes to yourself",
	}
	f.Others = []string{
		"Shipping and Handling", "Insurance", "Payment Method", "PayPal Transaction ID", "Shipping Service", "Cash on delivery option", "Order ID",
	}
	return f
}
