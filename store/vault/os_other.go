//go:build !windows

package vault

import "syscall"

const (
	errWriteProtected = syscall.EROFS
	errNoSpace        = syscall.ENOSPC
)

const (
	removesOpenFiles = true
	syncsFolders     = true
)
