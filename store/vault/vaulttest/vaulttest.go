// Package vaulttest lets tests of other packages meet a disk that is full.
package vaulttest

import (
	"sync/atomic"
	"testing"

	"kebu/store/vault/internal/room"
)

// Fill leaves room for so many bytes that books write, until the returned
// function is called or the test ends. It is for tests that run alone, and
// panics outside a test binary.
func Fill(t testing.TB, bytes int64) (free func()) {
	if !testing.Testing() {
		panic("vaulttest: not a test")
	}
	left := new(atomic.Int64)
	left.Store(bytes)
	room.Left.Store(left)
	free = func() { room.Left.Store(nil) }
	t.Cleanup(free)
	return free
}
