// Package crm holds the nouns and the pure rules of the trade: orders, buyers,
// customers, money, rules. It does no input or output, reads no clock, and
// knows no driver, so that every figure it gives can be worked out by hand.
package crm
