// Package parts are the widgets of the window: controls, tables, charts, and
// what lies above a page. They know nothing of customers: they take text that
// is already masked and in the language of the user.
//
// A widget reads look.Now when it draws, so that another theme recolours it; it
// stands on whole pixels; and it starts no goroutine: what needs time takes a
// [Timer]. What can be focused hands the keys that it has no use for to
// [Bubble], because Fyne gives a key to the focused widget only.
package parts

import (
	"time"

	"kebu/app/ui/task"
)

// Timer runs a function on the window's goroutine once a time has passed:
// *task.Runner.
type Timer interface {
	After(d time.Duration, f func()) *task.Task
}

// Words gives the words of a widget in the language of the user: *phrase.Phrases.
type Words interface {
	Text(key string, data ...map[string]any) string
}
