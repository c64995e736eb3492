// Package grid is what all readers of tables share: cells and rows, the bounds of
// the work, and the errors.
package grid
