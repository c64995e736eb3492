package usecase

import (
	"path/filepath"
	"strings"
	"syscall"
	"unsafe"
)

// What GetDriveType says of sticks and cards, and of shares.
const (
	driveRemovable = 2
	driveRemote    = 4
)

func onRemovableDrive(path string) bool { return driveKind(path) == driveRemovable }

// onNetworkDrive knows drives with a letter and names that begin with a server's.
func onNetworkDrive(folder string) bool {
	return strings.HasPrefix(filepath.VolumeName(folder), `\\`) || driveKind(folder) == driveRemote
}

func driveKind(path string) uintptr {
	root, err := syscall.UTF16PtrFromString(filepath.VolumeName(path) + `\`)
	if err != nil {
		return 0
	}
	kind, _, _ := syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW").Call(uintptr(unsafe.Pointer(root)))
	return kind
}

// diskOf returns what tells the disk of a folder from others: its letter, or its server.
func diskOf(folder string) (disk string, ok bool) {
	name := strings.ToUpper(filepath.VolumeName(folder))
	return name, name != ""
}
