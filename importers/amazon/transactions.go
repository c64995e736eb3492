package amazon

import (
	"kebu/app/crm"
	"kebu/importers"
)

// transactions is the date range report of payments in English, below some rows
// of explanations. It tells money and no orders. What a buyer paid is all but
// the fees, which are written with a minus, as is what is given back.
func transactions() *importers.Format {
	return &importers.Format{
		ID: "amazon.payments", Platform: platform, Locale: "en-US", Zone: "America/Los_Angeles", Currency: "USD",
		Rows: importers.PaymentPerRow, Decimal: '.', FeesTaken: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"order id"}},
			{Field: importers.PaidAt, Headers: []string{"date/time"}},
			{Field: importers.PaymentKind, Headers: []string{"type"}},
			{Field: importers.SKU, Headers: []string{"sku"}},
			{
				Field: importers.Paid, Headers: []string{"product sales"},
				Add: []string{
					"product sales tax", "shipping credits", "shipping credits tax", "gift wrap credits", "giftwrap credits tax",
					"Regulatory Fee", "promotional rebates", "promotional rebates tax", "marketplace withheld tax", "other",
				},
			},
			{Field: importers.Fee, Headers: []string{"selling fees"}, Add: []string{"fba fees", "other transaction fees"}},
		},
		Required: []string{"date/time", "settlement id"},
		Distinctive: []string{
			"date/time", "settlement id", "order city", "order state", "order postal", "tax collection model", "product sales",
			"shipping credits", "promotional rebates", "marketplace withheld tax", "selling fees", "fba fees", "other transaction fees",
		},
		Others: []string{"description", "quantity", "marketplace", "fulfillment", "total", "Transaction Status", "Transaction Release Date"},
		Payments: importers.Words(map[crm.PaymentKind][]string{
			crm.PaymentReceived: {"Order"},
			crm.PaymentRefund:   {"Refund"},
			crm.PaymentFee:      {"Service Fee", "FBA Inventory Fee"},
			crm.PaymentTransfer: {"Transfer"},
		}),
	}
}
