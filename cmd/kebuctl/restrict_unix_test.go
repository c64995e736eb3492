//go:build unix

package main

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
)

// nobody is a user without rights, by the custom of most systems.
const nobody = 65534

// restrict makes this process fail where a shop's computer would: with
// KEBUCTL_FILE_SIZE no file grows beyond so many bytes, as on a full disk; with
// KEBUCTL_NOBODY permissions bind it, which they do not bind an administrator.
func restrict(getenv func(string) string) error {
	if text := getenv("KEBUCTL_FILE_SIZE"); text != "" {
		n, err := strconv.ParseUint(text, 10, 63)
		if err != nil {
			return fmt.Errorf("read limit: %w", err)
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n}); err != nil {
			return fmt.Errorf("limit file size: %w", err)
		}
	}
	if getenv("KEBUCTL_NOBODY") == "" || os.Geteuid() != 0 {
		return nil
	}
	if err := syscall.Setgid(nobody); err != nil {
		return fmt.Errorf("leave group: %w", err)
	}
	if err := syscall.Setuid(nobody); err != nil {
		return fmt.Errorf("leave user: %w", err)
	}
	return nil
}
