// Package room is the room that tests leave on the disk. There is no bound in
// the program, where asking costs one load.
package room

import "sync/atomic"

// Left is how many bytes may still be written, nil for any number.
var Left atomic.Pointer[atomic.Int64]

// Take takes n bytes of what is left and reports whether there were so many.
func Take(n int) bool {
	left := Left.Load()
	return left == nil || left.Add(-int64(n)) >= 0
}
