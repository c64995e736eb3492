// Package paypal describes the activity download of PayPal, one row for each
// movement of money. They are no orders: an invoice number names the order of
// the shop, and a refund refers to the payment that it gives back.
package paypal

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{activity()} }

// activity is Download.CSV. The account's country sets the order of its dates
// and the sign before fractions.
func activity() *importers.Format {
	return &importers.Format{
		ID: "paypal.activity", Platform: "paypal", Locale: "en",
		Rows: importers.PaymentPerRow, FeesTaken: true,
		Columns: []importers.Column{
			{Field: importers.PaymentNo, Headers: []string{"Transaction ID"}},
			{Field: importers.ParentNo, Headers: []string{"Reference Txn ID"}},
			{Field: importers.OrderNo, Headers: []string{"Invoice Number"}},
			{Field: importers.PaidAt, Headers: []string{"Date", "Time", "TimeZone", "Time Zone"}, Join: " "},
			{Field: importers.PaymentKind, Headers: []string{"Type"}},
			{Field: importers.Status, Headers: []string{"Status"}},
			{Field: importers.Currency, Headers: []string{"Currency"}},
			{Field: importers.Paid, Headers: []string{"Gross"}},
			{Field: importers.Fee, Headers: []string{"Fee"}},
			{Field: importers.BuyerName, Headers: []string{"Name"}},
			{Field: importers.BuyerEmail, Headers: []string{"From Email Address"}},
		},
		Required: []string{"Gross"},
		Distinctive: []string{
			"Gross", "Net", "From Email Address", "To Email Address", "Address Status", "Reference Txn ID", "Receipt ID", "Balance Impact",
			"Insurance Amount", "Option 1 Name", "Option 1 Value", "Custom Number", "Shipping and Handling Amount",
			"Address Line 2/District/Neighborhood", "State/Province/Region/County/Territory/Prefecture/Republic",
		},
		Others: []string{
			"Sales Tax", "Option 2 Name", "Option 2 Value", "Balance", "Address Line 1", "Town/City", "Contact Phone Number",
			"Subject", "Note",
		},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending:           {"Pending", "Unclaimed", "Held", "Processing", "Placed"},
			crm.StatusPaid:              {"Completed", "Cleared"},
			crm.StatusCancelled:         {"Denied", "Canceled", "Cancelled", "Failed", "Expired", "Voided", "Removed"},
			crm.StatusRefunded:          {"Reversed", "Refunded"},
			crm.StatusPartiallyRefunded: {"Partially Refunded"},
		}),
		Payments: importers.Words(map[crm.PaymentKind][]string{
			crm.PaymentReceived: {
				"Express Checkout Payment", "Website Payment", "Mobile Payment", "General Payment", "eBay Auction Payment",
				"PreApproved Payment Bill User Payment", "Subscription Payment", "Direct Credit Card Payment", "Virtual Terminal Payment",
				"Mass Pay Payment", "Express Checkout Payment Received", "Web Accept Payment Received", "Shopping Cart Payment Received",
				"eBay Payment Received", "Payment Received", "PayPal Checkout APMs", "Tip",
			},
			crm.PaymentRefund: {
				"Payment Refund", "Refund", "Partial Refund", "Payment Reversal", "Chargeback", "Chargeback Reversal", "Reversal", "Chargeback Settlement",
			},
			crm.PaymentFee: {"Fee", "Payment Fee", "Chargeback Fee", "Dispute Fee", "Partner Fee", "Fee Reversal", "Virtual Terminal Fee"},
			crm.PaymentTransfer: {
				"General Withdrawal", "User Initiated Withdrawal", "Withdraw Funds to Bank Account", "Bank Deposit to PP Account",
				"General Currency Conversion", "Currency Conversion", "User Initiated Currency Conversion", "General Credit Card Deposit",
				"Account Hold for Open Authorization", "Reversal of General Account Hold", "Hold on Balance for Dispute Investigation",
				"Cancellation of Hold for Dispute Resolution", "Payment Hold", "Payment Release", "General Authorization", "Authorization",
				"Transfer", "Reserve Hold", "Reserve Release", "Payment Review Hold", "Payment Review Release",
			},
		}),
	}
}
