// Package floor holds the one switch that lets tests use a cheap passphrase
// cost. Only crypto/passphrase reads it and only passphrasetest turns it.
package floor

import "sync/atomic"

// Lowered is set for the life of a test process.
var Lowered atomic.Bool
