// Package place names what the window can show, so that pages lead to each
// other without knowing each other. It knows no Fyne.
package place

// The pages.
const (
	Overview  = "overview"
	Customers = "customers"
	Customer  = "customer"
	Orders    = "orders"
	Imports   = "imports"
	Segments  = "segments"
	Settings  = "settings"
	Review    = "review"
	Team      = "team"
	History   = "history"
)

// Backups is the section of Settings that tells of them.
const Backups = "settings_backups"

// Place is a page and what it shows. Zero members keep what the page showed last.
type Place struct {
	Page     string
	Customer string   // id, of Customer, Orders and History
	Rule     string   // of Customers
	Fresh    bool     // of Customers, Orders and History: drop the filters of before
	Segment  string   // name, of Customers
	Search   string   // of Customers and Orders
	Import   int64    // step, of Imports (its report), Orders (what it brought) and Customers (whom it made)
	From, To string   // days 2026-11-23, of Orders
	Order    string   // platform's number, of Orders
	Refunded bool     // of Orders: only those with a refund
	Files    []string // to import
	Choose   bool     // of Imports: ask for files
	History  bool     // of Imports: list all changes
	List     *List    // of Customer: where it was opened from
	Waiting  bool     // of Team: the lists that wait
	Reveal   bool     // of Customer: ask for the reason to show clear values
	Section  string   // of Settings
}

// List is the list that one customer was opened from, to walk along it.
type List struct {
	Index, Total int
	// Customer is where a walk along the list went, "" where it has not begun.
	Customer string
	// At returns the id of a customer of the list; it may read the book.
	At func(index int) (id string, err error)
}
