//go:build !linux && !windows && !darwin

package seat

import "context"

// Locked reports whether the screen is locked: this system does not tell.
func Locked(context.Context) bool { return false }
