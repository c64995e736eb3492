// Package stripe describes the payments that Stripe exports, one row for each.
// They are no orders: a shop's orders are told by its own export, and a payment
// belongs to the one whose number the shop wrote into the payment's metadata.
package stripe

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{payments()} }

// payments is unified_payments.csv, and payments.csv of before. Metadata follow
// the columns as "key (metadata)", under the keys that shops choose. Amounts are
// in the currency of the charge; fees in that of the account.
func payments() *importers.Format {
	return &importers.Format{
		ID: "stripe.payments", Platform: "stripe", Locale: "en", Zone: "UTC",
		Rows: importers.PaymentPerRow, Decimal: '.',
		Columns: []importers.Column{
			{Field: importers.PaymentNo, Headers: []string{"id"}},
			{Field: importers.OrderNo, Headers: []string{
				"order_number (metadata)", "order_id (metadata)", "order_no (metadata)", "order (metadata)",
				"Order Number (metadata)", "Order ID (metadata)", "orderNumber (metadata)", "orderId (metadata)",
			}},
			{Field: importers.PaidAt, Headers: []string{"Created date (UTC)", "Created (UTC)"}},
			{Field: importers.Status, Headers: []string{"Status"}},
			{Field: importers.Currency, Headers: []string{"Currency"}},
			{Field: importers.Paid, Headers: []string{"Amount"}},
			{Field: importers.Fee, Headers: []string{"Fee"}},
			{Field: importers.FeeCurrency, Headers: []string{"Converted Currency"}},
			{Field: importers.Refund, Headers: []string{"Amount Refunded"}},
			{Field: importers.BuyerName, Headers: []string{"Card Name"}},
			{Field: importers.BuyerEmail, Headers: []string{"Customer Email"}},
		},
		Distinctive: []string{
			"Created (UTC)", "Created date (UTC)", "Seller Message", "Converted Amount", "Converted Amount Refunded",
			"Statement Descriptor", "Card Last4", "Card Fingerprint", "PaymentIntent ID", "Payment Source Type",
		},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending:           {"Requires payment method", "Requires confirmation", "Requires action", "Requires capture", "Uncaptured", "Pending", "Incomplete"},
			crm.StatusPaid:              {"Paid", "Succeeded"},
			crm.StatusPartiallyRefunded: {"Partially Refunded", "Partial refund"},
			crm.StatusRefunded:          {"Refunded"},
			crm.StatusCancelled:         {"Failed", "Canceled", "Blocked", "Expired"},
		}),
	}
}
