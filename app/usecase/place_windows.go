package usecase

import (
	"path/filepath"
	"syscall"
	"unsafe"
)

// driveRemovable is what GetDriveType says of sticks and cards.
const driveRemovable = 2

func onRemovableDrive(path string) bool {
	root, err := syscall.UTF16PtrFromString(filepath.VolumeName(path) + `\`)
	if err != nil {
		return false
	}
	kind, _, _ := syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW").Call(uintptr(unsafe.Pointer(root)))
	return kind == driveRemovable
}
