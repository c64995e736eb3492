// Package importers reads the order exports of marketplaces into crm.Order.
//
// A Format is data: which headers an export has, which field each one fills,
// and what its status words mean. Detect finds the format of each sheet of a
// file by its headers, never by its name, and asks where several fit; Read turns
// the rows into orders. Adding a marketplace is a folder with a table, as the
// README says.
//
// # What is promised
//
// Columns are found by name, in any order and any subset. The rows of an order
// are gathered over the whole file and over all of its sheets, wherever they
// stand. Only mapped columns are looked at. What cannot be read is refused by
// sheet, row, column and a stable reason, and never guessed:
//
//   - A row that is refused takes its whole order with it, and the order's
//     other rows are reported as incomplete. An order with a line missing would
//     show wrong figures; a missing order is seen, named, and can be imported
//     later from a repaired file.
//   - A time other than that of the order and the payment is left blank when it
//     cannot be read, and listed as a warning: no figure depends on it.
//   - A number that a spreadsheet has rounded is refused where it would tell
//     orders, lines or buyers apart.
//   - Masked values, such as 138****0000, count as blank.
//   - An unknown status word stays a raw word; it is counted and never mapped.
//   - What an order costs is what its buyer paid: a sum that is repeated on each
//     row counts once, fees and payouts do not count.
//
// No error and no report holds the value of a cell, apart from headers, status
// words, and the figures of a day that a person must tell.
package importers
