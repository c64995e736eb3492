package vault

import "unsafe"

// SQLite, translated from C, keeps its structures outside of Go's heap and
// passes addresses as numbers. All conversions between the two worlds are here.
// Go's own memory is never passed to SQLite.

// at returns the T at an address of SQLite's.
func at[T any](address uintptr) *T {
	return *(**T)(unsafe.Pointer(&address)) //nolint:gosec // SQLite's memory does not move
}

// bytesAt returns n bytes at an address of SQLite's.
func bytesAt(address uintptr, n int) []byte {
	return unsafe.Slice(at[byte](address), n) //nolint:gosec // SQLite says how long its buffer is
}

// addressOf returns the address of bytes that bytesAt gave.
func addressOf(b []byte) uintptr {
	return uintptr(unsafe.Pointer(unsafe.SliceData(b))) //nolint:gosec // these bytes are SQLite's
}

// A C function pointer is, in this translation, the address of a Go function
// value. Only top-level functions may become one: a closure could be collected.

func functionPointer[F any](f F) uintptr {
	return *(*uintptr)(unsafe.Pointer(&f)) //nolint:gosec // the driver's calling convention
}

func function[F any](pointer uintptr) F {
	return *(*F)(unsafe.Pointer(&pointer)) //nolint:gosec // the driver's calling convention
}

func sizeOfType[T any]() uintptr {
	var t T
	return unsafe.Sizeof(t)
}
