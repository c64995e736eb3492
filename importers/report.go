package importers

import "kebu/app/crm"

// Reason says why a row or a cell was not read. It is stable: programs and
// translations may depend on it.
type Reason string

// Reasons for refusing a row.
const (
	MissingOrderNumber   Reason = "missing_order_number"
	BadOrderNumber       Reason = "bad_order_number"
	OrderNumberRounded   Reason = "order_number_rounded" // a spreadsheet keeps 15 digits
	LineNumberRounded    Reason = "line_number_rounded"
	PaymentNumberRounded Reason = "payment_number_rounded"
	BuyerIDRounded       Reason = "buyer_id_rounded" // would join people who are not one
	BadAmount            Reason = "bad_amount"
	AmountTooFine        Reason = "amount_too_fine" // more than 4 decimals
	AmountTooLarge       Reason = "amount_too_large"
	MissingAmount        Reason = "missing_amount" // nothing tells what the line or the order cost
	BadQuantity          Reason = "bad_quantity"
	QuantityTooFine      Reason = "quantity_too_fine" // more than 6 decimals
	MissingQuantity      Reason = "missing_quantity"
	BadDate              Reason = "bad_date"
	AmbiguousDate        Reason = "ambiguous_date" // Options.DateOrder would settle it
	BadCurrency          Reason = "bad_currency"   // not a code of three letters
	CurrencyDiffers      Reason = "currency_differs"
	OrderIncomplete      Reason = "order_incomplete" // another row of the order was refused
)

// Reasons for a warning: the row is read, but for what is named.
const (
	UnreadTime    Reason = "unread_time"    // left blank
	NumberRounded Reason = "number_rounded" // left blank
	StrayQuote    Reason = "stray_quote"    // read as a plain character
	BadEncoding   Reason = "bad_encoding"   // some characters could not be read
	ZeroBytes     Reason = "zero_bytes"     // dropped
)

// RowError says which row was refused, or warned of, and why. It never holds
// the value of a cell.
type RowError struct {
	Sheet  string // "" in a text file
	Row    int    // as the spreadsheet counts it, from 1
	Column string // header as the file writes it; "" where no column is to blame
	Field  Field  // what the column was read as, 0 where none is to blame
	Reason Reason
	// CauseSheet and CauseRow name the first refused row of an order that is
	// incomplete.
	CauseSheet string
	CauseRow   int
}

// Word is a word that the format does not know.
type Word struct {
	Field Field // Status, AfterSale or PaymentKind
	Text  string
	Count int // of rows
}

// Result is what a file holds.
type Result struct {
	Orders []*crm.Order // in the order in which they first appear
	// Payments are the movements of money of formats that have no orders.
	Payments []*crm.Payment
	Rows     int // rows of data, refused ones too
	Lines    int // lines of Orders
	// Skipped counts rows that are no data: sums, explanations, headers again.
	Skipped int
	// Masked counts cells of people left blank because the marketplace hid them.
	Masked   int
	Rejected []RowError // by sheet, then by row
	// DateOrder is that of dates such as 03/04/2026, if the file or the format
	// told.
	DateOrder DateOrder
	// DateDoubt are the figures of the file's first date, such as 03/04/2026, whose
	// day and month neither the file nor the format tells apart; "" if there is none.
	// It was read by DateOrder, which the options told, and refused without.
	DateDoubt string
	Warnings  []RowError
	// Unknown are the words not known, the most frequent first, at most
	// 100; UnknownRows counts the rows of all of them.
	Unknown     []Word
	UnknownRows int
}
