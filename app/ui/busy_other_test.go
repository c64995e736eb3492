//go:build !linux

package ui

import "time"

var began = time.Now()

// busy is the time that has passed: these systems are not asked for that of a thread.
func busy() time.Duration { return time.Since(began) }
