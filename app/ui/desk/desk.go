// Package desk is what the window gives to its pages, and what it asks of them.
//
// Pages run on the window's goroutine. What reads or writes the book goes
// through Desk.Tasks.
package desk

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// Page is one page of the window. It is made when it is first opened and lives
// until the book is locked; so it keeps its filter, scroll and selection.
type Page interface {
	// Header says what stands above the page.
	Header() Header
	// Body returns the page's own object, always the same one.
	Body() fyne.CanvasObject
	// Show is called each time that the page is opened, also when it is open already.
	Show(place.Place)
	// Hide is called when the page is left or the book locked: clear values are
	// masked, popovers closed.
	Hide()
	// Reload is called on an open page when the book has changed, and before
	// Show when it changed meanwhile.
	Reload()
	// Key is offered each key that no widget has used, and reports whether the
	// page did.
	Key(parts.Press) bool
}

// Header is the strip above a page.
type Header struct {
	Crumb   string            // title of the page that leads back; "" for none
	Title   string            //
	Beside  fyne.CanvasObject // after the title, or nil
	Fact    string            // one muted phrase: a count, the date of the data
	Actions []fyne.CanvasObject
	Primary func() // what the filled button does; Ctrl+Enter too
}

// Work is a long work that the status bar shows.
type Work interface {
	// Set says how far the work is: a phase in the user's language, and a part
	// from 0 to 1, negative if nobody knows.
	Set(phase string, part float64)
	// End takes the work from the status bar.
	End()
}

// Frame is the window around the pages.
type Frame interface {
	Open(place.Place)
	Back()
	Retitle()
	Changed()
	Track(Step)
	Work(title string, cancel func()) Work
	Lock()
	// Choose leads from this book to the first page: a new book, another, the demo shop.
	Choose()
	// Relook takes the look from Desk.Prefs, after a setting changed it.
	Relook()
}

// Step is a change that can be taken back.
type Step struct {
	ID   int64
	Text string // what was done, a sentence
	// Also are later steps that are taken back before it, in one go with it.
	Also []int64
	// Beside are words that stand before the one that takes it back: the way to
	// what was made.
	Beside []parts.Action
}

// Desk is what a page works with.
type Desk struct {
	Frame

	Words  *phrase.Phrases
	Tasks  *task.Runner
	Layer  *parts.Layer
	Window fyne.Window
	Clock  usecase.Clock
	Prefs  fyne.Preferences // this computer's; nothing that matters
	Demo   bool             // the book is the demo shop
	Book   string           // path of the book
	// Keeper knows where backups go; nil for the demo shop and for a copy of a book that
	// is still there, which have none.
	Keeper *usecase.Keeper
	// CopyOf is the path of the book of which this one is a copy, "" if it is none.
	CopyOf string
	Rights Rights // of the user; nil before a book is open
	// TakeBack takes back a step, of this session or of before, and says so.
	TakeBack func(Step)
	// Restore leaves the book for where it is restored, from a backup that is yet to be
	// chosen for "".
	Restore func(backup string)
	// DoAgain does a step again that was taken back, after those that were taken
	// back later, and says so.
	DoAgain func(step int64)

	copied copied
}

// Text returns a text in the user's language.
func (d *Desk) Text(key string, data ...map[string]any) string { return d.Words.Text(key, data...) }

// Today returns the day on this computer.
func (d *Desk) Today() crm.Day {
	return crm.DayOf(d.Clock())
}

// Did tells that something was done, offers to take it back, and has the
// pages read again. Without a step nothing changed, and nothing is said.
func (d *Desk) Did(text string, done usecase.Done) {
	if done.Step == 0 {
		return
	}
	d.Track(Step{ID: done.Step, Text: text})
	d.Changed()
}

// Failed tells of an error, unless it is that the user cancelled. It reports
// whether there was one.
func (d *Desk) Failed(err error) bool {
	if err == nil {
		return false
	}
	if !errors.Is(err, context.Canceled) {
		d.Layer.Fail(d.Words.Error(err), "", nil)
	}
	return true
}

// Do does a verb apart from the window and then says so with Did.
func (d *Desk) Do(text func(usecase.Done) string, verb func(context.Context) (usecase.Done, error)) {
	var done usecase.Done
	d.Tasks.Go(func(ctx context.Context) (err error) {
		done, err = verb(ctx)
		return err
	}, func(err error) {
		if !d.Failed(err) {
			d.Did(text(done), done)
		}
	})
}

// When returns a moment as lists show it: today and yesterday with the time,
// else the day.
func (d *Desk) When(m crm.Moment, zone *time.Location) string {
	return d.Words.When(m.In(zone), d.Clock().In(zone))
}
