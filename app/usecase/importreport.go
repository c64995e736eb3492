package usecase

import (
	"kebu/importers"
)

// OrderCounts counts the orders of an import.
type OrderCounts struct {
	New     int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
}

// CustomerCounts counts the customers of an import: those it made, and those
// known before to whom orders of the file belong.
type CustomerCounts struct {
	New     int `json:"new"`
	Matched int `json:"matched"`
}

// PaymentCounts counts the payments of an import. They count in no figure of
// orders and customers.
type PaymentCounts struct {
	New     int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	// OfOrders counts those that belong to an order of the book.
	OfOrders int `json:"of_orders"`
}

// Total is how many payments the file has.
func (c PaymentCounts) Total() int { return c.New + c.Changed + c.Same }

// Rejected is a row or a cell that was not read, and why; it never holds the
// value of a cell.
type Rejected struct {
	Sheet  string           `json:"sheet,omitempty"`
	Row    int              `json:"row"`
	Column string           `json:"column"`
	Reason importers.Reason `json:"reason"`
}

// UnknownWord is a status word that was kept and not mapped.
type UnknownWord struct {
	Word string `json:"word"`
	Rows int    `json:"rows"`
}

// ImportReport says what an import did, or would do.
type ImportReport struct {
	Import    string         `json:"import"` // id of the step; "" for a dry run
	File      string         `json:"file"`
	Format    string         `json:"format"`
	Platform  string         `json:"platform"`
	Shop      string         `json:"shop"`
	Rows      int            `json:"rows"` // of data, rejected ones too
	Lines     int            `json:"lines"`
	Orders    OrderCounts    `json:"orders"`
	Customers CustomerCounts `json:"customers"`
	Payments  *PaymentCounts `json:"payments,omitempty"` // nil for a file that has none
	Review    int            `json:"review"`             // customers of the file that may be another one
	// Anonymous counts the orders of the file that belong to no customer.
	Anonymous int `json:"-"`
	// Erased counts those of them whose buyer was erased.
	Erased   int        `json:"erased,omitempty"`
	Rejected []Rejected `json:"rejected"`
	// Unlisted counts the rejected rows beyond ListLimit that a report of the
	// past no longer names.
	Unlisted int           `json:"-"`
	Warnings []Rejected    `json:"warnings,omitempty"`
	Unknown  []UnknownWord `json:"unknown_statuses,omitempty"`
	Masked   int           `json:"masked"` // cells of people that the marketplace hid
	Skipped  int           `json:"skipped"`
	// DateDoubt are the figures of the first date whose day and month the file does not
	// tell apart, "" for none; DateOrder is how such dates were read, as a person told,
	// "" if nobody did and they were not.
	DateDoubt string              `json:"date_doubt,omitempty"`
	DateOrder importers.DateOrder `json:"date_order,omitempty"`
	// OtherShop names the shop that took the same file before.
	OtherShop string `json:"other_shop,omitempty"`
}

// changes counts the orders and payments that an import brought or changed.
func (r *ImportReport) changes() int {
	n := r.Orders.New + r.Orders.Changed
	if r.Payments != nil {
		n += r.Payments.New + r.Payments.Changed
	}
	return n
}

// Tally counts what the file told: orders, and payments where it has any.
func (r *ImportReport) Tally() OrderCounts {
	c := r.Orders
	if p := r.Payments; p != nil {
		c.New, c.Changed, c.Same = c.New+p.New, c.Changed+p.Changed, c.Same+p.Same
	}
	return c
}

// keptReport is a report as the book keeps it: what programs are told of an
// import and what the window shows beside it.
type keptReport struct {
	ImportReport
	Anonymous int `json:"anonymous,omitempty"`
	Unlisted  int `json:"rejected_unlisted,omitempty"`
}
