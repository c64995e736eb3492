// Package passphrasetest makes passphrases cheap in tests, which would
// otherwise spend half a second on each.
package passphrasetest

import (
	"testing"

	"kebu/crypto/passphrase"
	"kebu/crypto/passphrase/internal/floor"
)

// Lower makes passphrase.Floor return a cost of microseconds and lets such
// costs open, for the rest of this process. It panics outside a test binary,
// so no shipped program can reach it. Call it in TestMain or in any test.
func Lower() passphrase.Params {
	if !testing.Testing() {
		panic("passphrasetest: not a test")
	}
	floor.Lowered.Store(true)
	return passphrase.Floor()
}
