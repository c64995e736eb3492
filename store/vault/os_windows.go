package vault

import "syscall"

// What Windows says of media that cannot be written and of a full disk.
const (
	errWriteProtected = syscall.Errno(19)  // ERROR_WRITE_PROTECT
	errNoSpace        = syscall.Errno(112) // ERROR_DISK_FULL
)

// An open file cannot be removed, and a folder cannot be synced.
const (
	removesOpenFiles = false
	syncsFolders     = false
)
