package desk

import (
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/ui/task"
)

const (
	// clipboardOf is how long a value in clear may stand in the clipboard.
	clipboardOf   = 30 * time.Second
	clipboardTick = 500 * time.Millisecond
)

// copied is a value in clear that was put into the clipboard.
type copied struct {
	value       string
	from, until time.Time
	clearing    *task.Task
}

// CopyClear copies a value in clear, for 30 s or until the window locks.
func (d *Desk) CopyClear(value string) {
	c := &d.copied
	c.clearing.Cancel()
	fyne.CurrentApp().Clipboard().SetContent(value)
	c.value, c.from = value, d.Clock()
	c.until = c.from.Add(clipboardOf)
	// By the clock: a timer stands still while the computer sleeps.
	c.clearing = d.Tasks.Every(clipboardTick, func() {
		if now := d.Clock(); !now.Before(c.until) || now.Before(c.from) {
			d.ClearCopied()
		}
	})
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
