// Package square describes the exports of Square sellers: the transactions, one
// row for each, and their items. A refund is a transaction of its own, with
// negative amounts. Each time has the name of its zone. Files name no currency,
// and dollars are not all America's: the book's is meant, else America's.
package square

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{transactions(), items()} }

var (
	events = importers.Words(map[crm.Status][]string{
		crm.StatusPaid:     {"Payment"},
		crm.StatusRefunded: {"Refund"},
	})
	states = importers.Words(map[crm.Status][]string{
		crm.StatusCompleted: {"Complete", "Completed"},
		crm.StatusCancelled: {"Canceled", "Cancelled", "Voided", "Failed"},
	})
)

func format(id string) *importers.Format {
	return &importers.Format{
		ID: id, Platform: "square", Locale: "en-US", Decimal: '.', Currency: "USD", DateOrder: importers.MonthFirst,
		HomeTells: true, CurrencyInAmounts: true, Statuses: events, AfterSales: states,
	}
}

// columns are those of both files. A Customer Reference ID is the seller's own.
func columns() []importers.Column {
	return []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"Transaction ID"}},
		{Field: importers.OrderedAt, Headers: []string{"Date", "Time", "Time Zone"}, Join: " "},
		{Field: importers.Status, Headers: []string{"Event Type"}},
		{Field: importers.BuyerID, Headers: []string{"Customer ID", "Customer Reference ID"}},
		{Field: importers.BuyerName, Headers: []string{"Customer Name"}},
	}
}

// transactions has what the buyer paid: sales, tax and tip.
func transactions() *importers.Format {
	f := format("square.transactions")
	f.Rows = importers.OrderPerRow
	f.Columns = append(columns(),
		importers.Column{Field: importers.AfterSale, Headers: []string{"Transaction Status"}},
		importers.Column{Field: importers.Product, Headers: []string{"Description"}},
		importers.Column{Field: importers.Paid, Headers: []string{"Total Collected"}},
	)
	f.Required = []string{"Total Collected"}
	f.Distinctive = []string{
		"Total Collected", "Service Charges", "Gift Card Sales", "Partial Refunds", "Card Entry Methods", "Square Gift Card", "Other Tender",
		"Tender Note", "PAN Suffix", "Third Party Fees", "Deposit Details", "Fee Percentage Rate", "Fee Fixed Rate", "Cash App",
		"Free Processing Applied", "Unattributed Tips", "Table Info", "Net Total",
	}
	f.Others = []string{
		"Gross Sales", "Discounts", "Net Sales", "Tax", "Tip", "Source", "Card", "Cash", "Other Tender Type", "Fees", "Payment ID",
		"Card Brand", "Device Name", "Staff Name", "Staff ID", "Details", "Location", "Dining Option", "Device Nickname", "Deposit ID",
		"Deposit Date", "Refund Reason", "Discount Name", "Order Reference ID", "Fulfillment Note", "Channel", "International Fee",
	}
	return f
}

// items has a row for each item sold, and for each given back.
func items() *importers.Format {
	f := format("square.items")
	f.Rows = importers.LinePerRow
	f.Columns = append(columns(),
		importers.Column{Field: importers.SKU, Headers: []string{"SKU", "GTIN"}},
		importers.Column{Field: importers.Product, Headers: []string{"Item"}},
		importers.Column{Field: importers.Variant, Headers: []string{"Price Point Name", "Modifiers Applied"}, Join: ", "},
		importers.Column{Field: importers.Quantity, Headers: []string{"Qty"}},
		importers.Column{Field: importers.LineAmount, Headers: []string{"Net Sales"}, Add: []string{"Tax"}},
	)
	f.Required = []string{"Item", "Net Sales"}
	f.Distinctive = []string{"Price Point Name", "Modifiers Applied", "Itemization Type"}
	f.Others = []string{
		"Category", "Gross Sales", "Discounts", "Payment ID", "Device Name", "Notes", "Details", "Location", "Dining Option", "Unit", "Count",
		"Commission", "Employee",
	}
	return f
}
