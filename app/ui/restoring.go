package ui

import (
	"kebu/app/ui/restore"
	"kebu/app/usecase"
)

// Restoring shows how a book is restored, from a backup that is yet to be chosen for
// "", in the place of the book or, for "", as a new file.
func (w *Window) Restoring(book, backup string) {
	page := restore.New(w.desk, restore.Options{
		Book: book, Backup: backup, Tries: w.o.Tries, Keeper: w.o.Keeper, Opened: w.opened, Unlock: w.unlock,
		Leave: func() { w.Start(book) },
	})
	w.show(page, page.Body())
	page.Focus()
}

// restore ends the book and starts anew where it is restored; a copy in the place of its
// book, and a backup of no book that is known as a new file.
func (w *Window) restore(backup string) {
	w.leave(func() {
		book := w.desk.Book
		if w.desk.CopyOf != "" || usecase.IsBackup(book) {
			book = w.desk.CopyOf
		}
		w.End()
		w.o.Restore(book, backup)
	})
}
