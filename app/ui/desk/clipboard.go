package desk

import (
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/ui/task"
)

// clipboardOf is how long a value in clear may stand in the clipboard.
const clipboardOf = 30 * time.Second

// copied is a value in clear that was put into the clipboard.
type copied struct {
	value    string
	clearing *task.Task
}

// CopyClear copies a value in clear, for 30 s or until the window locks.
func (d *Desk) CopyClear(value string) {
	c := &d.copied
	c.clearing.Cancel()
	fyne.CurrentApp().Clipboard().SetContent(value)
	c.value = value
	c.clearing = d.Tasks.After(clipboardOf, d.ClearCopied)
}

// ClearCopied takes that value out of the clipboard, if it is still there.
func (d *Desk) ClearCopied() {
	c := &d.copied
	if c.value == "" {
		return
	}
	c.clearing.Cancel()
	if clipboard := fyne.CurrentApp().Clipboard(); clipboard.Content() == c.value {
		clipboard.SetContent("")
	}
	c.value = ""
}
