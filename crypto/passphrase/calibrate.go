package passphrase

import (
	"time"

	"kebu/crypto/passphrase/internal/floor"
)

// target is what one guess should cost on the owner's machine at least.
const target = 250 * time.Millisecond

// memoryGoal ends the growth of memory, so that a laptop with little of it
// still opens a book made on a large one. Passes grow from there.
const memoryGoal = 256 << 10 // KiB

// Calibrate returns the lowest cost, not below [Floor], that takes 250 ms on
// this machine by the clock now. It runs the derivation up to ten times, two
// seconds in all.
func Calibrate(now func() time.Time) Params {
	if floor.Lowered.Load() { // a test
		return Floor()
	}
	return calibrate(now, func(p Params) {
		var salt [SaltSize]byte
		// The inputs are valid by construction; only the time matters.
		_, _ = Key([]byte("calibrate"), salt[:], p)
	})
}

func calibrate(now func() time.Time, derive func(Params)) Params {
	p := Floor()
	for {
		start := now()
		derive(p)
		switch {
		case now().Sub(start) >= target:
			return p
		case p.Memory < memoryGoal: // memory costs an attacker more than time
			p.Memory *= 2
		case p.Time < maxTime:
			p.Time++
		default:
			return p
		}
	}
}
