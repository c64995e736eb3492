//go:build !windows

package vault

import "syscall"

const errWriteProtected = syscall.EROFS

// fullErrors are what the system says of a full disk, of a used up quota, and of
// a file that may not grow.
var fullErrors = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}

const (
	removesOpenFiles = true
	syncsFolders     = true
)
