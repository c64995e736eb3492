//go:build !windows

package usecase

import (
	"os"
	"syscall"
)

// diskOf returns what tells the disk of a folder from others.
func diskOf(folder string) (disk uint64, ok bool) {
	info, err := os.Stat(folder)
	if err != nil {
		return 0, false
	}
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return uint64(s.Dev), true //nolint:unconvert // of 32 bits on some systems
}
