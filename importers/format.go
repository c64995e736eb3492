package importers

import (
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/importers/table"
)

// RowModel says how the rows of an export make orders.
type RowModel uint8

// The row models.
const (
	// OrderPerRow has one row for each order. Its product cells name all
	// products at once and make one summary line. A number that comes twice is
	// the same order, exported twice.
	OrderPerRow RowModel = iota
	// ProductPerOrder has one row for each order, and the order has one product.
	ProductPerOrder
	// LinePerRow has one row for each line; the order's cells are repeated, so
	// they are never summed, or blank after the order's first row.
	LinePerRow
	// LinePerRowMerged is LinePerRow where even the order number is blank after
	// the order's first row, because the cells are merged.
	LinePerRowMerged
	// PaymentPerRow has one row for each movement of money, and no orders: what
	// was sold is told by other files.
	PaymentPerRow
)

// DateOrder says which comes first in a date such as 03/04/2026.
type DateOrder string

// The date orders. A file that holds a value above 12 decides for itself.
const (
	DateOrderUnknown DateOrder = ""
	DayFirst         DateOrder = "dmy"
	MonthFirst       DateOrder = "mdy"
)

// Format describes one kind of export. It is data, but for a few small
// functions where a marketplace packs several things into one cell.
type Format struct {
	ID       string // such as "taobao.orders"
	Platform string // marketplace, such as "taobao"
	Locale   string // BCP 47 tag of the headers
	Zone     string // IANA name of the zone of its times; "" where each cell has its offset
	Currency string // ISO 4217, where no column has it
	Country  string // ISO 3166 country of the recipients, where no column has it

	Rows      RowModel
	HeaderRow int    // row of the headers, from 1; 0 looks for them
	Sheet     string // name of the only sheet to read; "" for any
	Encoding  string // of a text file, where it cannot be told; see table.Options

	Columns []Column
	// Required headers must all be there.
	Required []string
	// Distinctive headers stand in no other marketplace's exports; the format
	// with the most of them is the one. Without any, only Required decides.
	Distinctive []string
	// Others are the rest of the export's headers, which fill no field: the
	// more headers of a file a format knows, the better it fits.
	Others []string
	// AnyColumns says that the seller ticks the columns, so that a file need not
	// have a distinctive one.
	AnyColumns bool

	// Statuses and AfterSales give the meaning of status words, by their
	// table.Normal form; StatusUnknown marks a word that tells nothing, such as
	// "no refund asked for". A word that ends in "…" is the beginning of a whole
	// sentence. A format with LineNo has them line by line.
	Statuses, AfterSales map[string]crm.Status
	// Payments gives the meaning of the words in the column PaymentKind.
	Payments map[string]crm.PaymentKind
	// Refunds says that all movements are refunds, where no column tells.
	Refunds bool
	// FeesTaken says that fees are written as what they do to the balance:
	// negative where they are kept.
	FeesTaken bool

	// TimesTell says that an order without a status word is as far as its times
	// of shipping and payment say, and not paid where it has neither.
	TimesTell bool
	// LineBy is a field that all lines have: a row without it sums up its order.
	LineBy Field
	// Bundles are the words before the number of lines, in the status of a row
	// that sums up an order: the rows of these lines follow it, with numbers of
	// their own.
	Bundles []string

	DateOrder DateOrder
	Decimal   byte // '.' or ',' in amounts; 0 tells by the look of each amount
	// CurrencyInAmounts says that amounts may be written with their currency.
	CurrencyInAmounts bool
	// ByCountry says that the recipient's country tells the zone of times, and
	// the currency where nothing else does.
	ByCountry bool
	// HomeTells says that files name neither the currency nor the zone: those of
	// the country to which most orders go count, else those of the options, else
	// those of the format.
	HomeTells bool
	// Own says that a person made the format by hand. It comes before those of
	// marketplaces in a sheet that has all of its headers.
	Own bool
	// RecipientIsBuyer says that the recipient's details are the buyer's own.
	RecipientIsBuyer bool
	// RecipientStandsIn says it of the orders alone that give no key of the buyer,
	// because his is blank or masked.
	RecipientStandsIn bool
	// SharedNicks says that screen names are not unique, so that one tells who
	// bought only where no phone does.
	SharedNicks bool
	// RelayPhones says that phone numbers are the marketplace's own, behind
	// which it hides the buyers'; they never tell who bought.
	RelayPhones bool

	// SplitAddress takes an Address cell apart; nil keeps it whole as street.
	SplitAddress func(string) crm.Recipient
	// SplitBuyer takes a BuyerNick cell apart; nil keeps it whole.
	SplitBuyer func(string) (nick, name string)
	// EscapedProducts says that products and variants are written with HTML
	// entities, such as &quot;.
	EscapedProducts bool
	// SplitLines takes a Product cell that names several products apart; nil, or
	// no line, keeps it whole. Of each line it gives what the cell says; a line without
	// an amount counts as part of the order's.
	SplitLines func(string) []crm.Line
	// SplitProduct takes a Product cell apart into product and variant.
	SplitProduct func(string) (product, variant string)
	// DayOfOrder reads the day of an order from its number, for rows without
	// OrderedAt.
	DayOfOrder func(number string) (year int, month time.Month, day int, ok bool)
}

// Column names a field's headers, best first: of those in the file, the first
// that is not blank in a row gives its value.
//
// A header is compared by its table.Normal form, and by upper and lower case
// where the file has columns that differ in nothing else. AnyCurrency in it
// stands for a currency code, which is that of the sheet. Of a header with a
// line break the first line is enough.
type Column struct {
	Field   Field
	Headers []string
	// Join, if not empty, makes one value of the cells of all headers that are
	// not blank, with Join between them.
	Join string
	// Add and Less are headers of amounts that are added to and taken off that
	// of Headers, where that is not blank; what is taken off may be written
	// with a minus or without. A LineAmount without Headers is price × quantity
	// with these. Of Refund and LineRefund, such a difference is known only
	// where something is taken off and something is left.
	Add, Less []string
}

// Second is the second column of those with the same header. A header alone is
// the first: exports repeat the block of the delivery address for the bill.
func Second(header string) string { return header + secondMark }

// secondMark stands behind a header in no export.
const secondMark = "‖"

// AnyCurrency in a header stands for any currency code, such as ARS in
// "Total (ARS)".
const AnyCurrency = "¤"

// Names splits a list of headers at its commas.
func Names(list string) []string { return strings.Split(list, ",") }

// Words makes a vocabulary: each meaning with its words.
func Words[T ~string](words map[T][]string) map[string]T {
	m := make(map[string]T)
	for meaning, list := range words {
		for _, w := range list {
			m[table.Normal(w)] = meaning
		}
	}
	return m
}

// Headers lists all headers that the format knows, some of them twice.
func (f *Format) Headers() []string {
	list := slices.Concat(f.Required, f.Distinctive, f.Others)
	for _, c := range f.Columns {
		list = slices.Concat(list, c.Headers, c.Add, c.Less)
	}
	return list
}

// Maps reports whether the format has a column for f.
func (f *Format) Maps(field Field) bool {
	return slices.ContainsFunc(f.Columns, func(c Column) bool { return c.Field == field })
}

// Key is the field without which there is nothing to read.
func (f *Format) Key() Field {
	if f.Rows == PaymentPerRow {
		return Paid
	}
	return OrderNo
}
