// Package passphrase turns what a person types into a key, at a price that
// makes guessing slow, and judges how well a passphrase would stand up to it.
//
// It does not keep passphrases out of memory for good: callers wipe their own
// copies, and Go may have moved them before.
package passphrase

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"kebu/crypto/passphrase/internal/floor"
)

// Sizes in bytes.
const (
	KeySize  = 32
	SaltSize = 16
)

// maxBytes bounds the work of normalising what was typed or read from a file.
const maxBytes = 4096

// Bounds of what a file may ask for. The floor is above OWASP's (19 MiB, t=2);
// the ceiling keeps a forged file from taking all memory or minutes of time.
const (
	minMemory  = 64 << 10 // KiB
	minTime    = 3
	maxMemory  = 1 << 20 // KiB
	maxTime    = 10
	maxThreads = 8
)

var (
	// ErrCost means that the cost is below the floor or above the ceiling.
	ErrCost = errors.New("passphrase cost out of bounds")
	// ErrText means that the passphrase is empty, longer than 4096 bytes or
	// not UTF-8.
	ErrText = errors.New("passphrase is empty, too long or not text")
)

// Params is the cost of one guess with Argon2id (RFC 9106).
type Params struct {
	Memory  uint32 // KiB, from 64 MiB to 1 GiB
	Time    uint32 // passes over the memory, from 3 to 10
	Threads uint8  // lanes, from 1 to 8
}

// Floor returns the lowest cost that is accepted: 64 MiB, 3 passes, 4 lanes.
func Floor() Params {
	if floor.Lowered.Load() {
		return Params{Memory: 32, Time: 1, Threads: 1}
	}
	return Params{Memory: minMemory, Time: minTime, Threads: 4}
}

// Check returns ErrCost if p is out of bounds.
func (p Params) Check() error {
	low := Floor()
	if p.Memory < low.Memory || p.Memory > maxMemory ||
		p.Time < low.Time || p.Time > maxTime ||
		p.Threads < 1 || p.Threads > maxThreads {
		return fmt.Errorf("%d KiB, %d passes, %d lanes: %w", p.Memory, p.Time, p.Threads, ErrCost)
	}
	return nil
}

// Key derives 32 bytes from pass and salt. It takes about as long as
// [Calibrate] aimed for and cannot be interrupted, so call it off the UI's
// thread. It returns ErrText or ErrCost.
//
// pass is normalised to NFKC, as SP 800-63B-4 advises: a Chinese input method
// left in full-width mode types ａ１ and an ideographic space where another
// types a1 and a space, and both must open the book. Case is kept.
func Key(pass, salt []byte, p Params) ([]byte, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if len(salt) != SaltSize {
		return nil, fmt.Errorf("salt of %d bytes, want %d", len(salt), SaltSize)
	}
	text, err := normalise(pass)
	if err != nil {
		return nil, err
	}
	defer clear(text)
	return argon2.IDKey(text, salt, p.Time, p.Memory, p.Threads, KeySize), nil
}

// normalise returns a copy of pass in NFKC.
func normalise(pass []byte) ([]byte, error) {
	if len(pass) == 0 || len(pass) > maxBytes || !utf8.Valid(pass) {
		return nil, ErrText
	}
	return norm.NFKC.Append(nil, pass...), nil
}
