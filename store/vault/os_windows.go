package vault

import "syscall"

// errWriteProtected is what Windows says of media that cannot be written.
const errWriteProtected = syscall.Errno(19) // ERROR_WRITE_PROTECT

// fullErrors are what it says of a full disk, of a used up quota, and of a file
// that is too large for its file system.
var fullErrors = []syscall.Errno{
	112,  // ERROR_DISK_FULL
	39,   // ERROR_HANDLE_DISK_FULL
	1295, // ERROR_DISK_QUOTA_EXCEEDED
	223,  // ERROR_FILE_TOO_LARGE
}

// An open file cannot be removed, and a folder cannot be synced.
const (
	removesOpenFiles = false
	syncsFolders     = false
)
