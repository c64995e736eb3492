// Package seat tells whether somebody sits before the computer: not while its screen
// is locked, nor after it slept.
package seat

import "time"

// asleep is how far two looks at the clock lie apart only if the computer slept
// between them; the window looks every ten seconds.
const asleep = time.Minute

// Watch notices that the computer slept. The zero value has not looked yet.
type Watch struct{ last time.Time }

// Slept reports whether the computer slept since the last look, and looks. The clock
// on the wall goes on then, the monotonic one does not everywhere. A clock that is
// set forward counts as sleep: a lock too many does no harm.
func (w *Watch) Slept(now time.Time) bool {
	now = now.Round(0)
	was := w.last
	w.last = now
	return !was.IsZero() && now.Sub(was) > asleep
}
