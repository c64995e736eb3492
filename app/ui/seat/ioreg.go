package seat

import "regexp"

// lockedLine is how ioreg of macOS prints the property of the root that is true while the
// screen is locked.
var lockedLine = regexp.MustCompile(`(?m)^[\s|]*"IOConsoleLocked" = Yes\s*$`)

// consoleLocked reports whether a report of ioreg says that the screen is locked.
func consoleLocked(report []byte) bool { return lockedLine.Match(report) }
