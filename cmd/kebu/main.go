//go:build cgo

// Kebu is the desktop program.
package main

import (
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/driver/desktop"
	_ "fyne.io/fyne/v2/test"
)

func main() {
	a := app.NewWithID("kebu")
	_ = a.(desktop.App)
	a.NewWindow("Kebu").ShowAndRun()
}
