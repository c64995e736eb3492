package seat

import (
	"context"

	"golang.org/x/sys/windows"
)

var (
	user32           = windows.NewLazySystemDLL("user32.dll")
	openInputDesktop = user32.NewProc("OpenInputDesktop")
	closeDesktop     = user32.NewProc("CloseDesktop")
)

// desktopSwitchDesktop asks for no more than to switch to the desktop.
const desktopSwitchDesktop = 0x0100

// Locked reports whether the screen is locked: the desktop that has the keyboard is
// the system's then, which a program cannot open.
func Locked(context.Context) bool {
	if openInputDesktop.Find() != nil {
		return false
	}
	desktop, _, _ := openInputDesktop.Call(0, 0, desktopSwitchDesktop)
	if desktop == 0 {
		return true
	}
	_, _, _ = closeDesktop.Call(desktop)
	return false
}
