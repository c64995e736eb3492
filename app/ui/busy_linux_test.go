package ui

import (
	"syscall"
	"time"
)

// busy is how long the thread has run so far. Waiting for a processor, which
// others may hold, does not count.
func busy() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_THREAD, &used); err != nil {
		panic(err) // never fails for the own thread
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
