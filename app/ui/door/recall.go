package door

import (
	"time"

	"fyne.io/fyne/v2"
)

// What this computer remembers of the last book, so that its card can show it
// before the passphrase is typed.
const (
	prefPath   = "door.path"
	prefShop   = "door.shop"
	prefOpened = "door.opened"
	prefUser   = "door.user:" // and the path of the book
)

// Remember keeps the shop's name of a book that is opened now.
func Remember(p fyne.Preferences, book, shop string, now time.Time) {
	p.SetString(prefPath, book)
	p.SetString(prefShop, shop)
	p.SetString(prefOpened, now.Format(time.RFC3339))
}

// Recall returns the shop's name of a book and when it was last opened, as far
// as they are known.
func Recall(p fyne.Preferences, book string) (shop string, opened time.Time) {
	if p.String(prefPath) != book {
		return "", time.Time{}
	}
	opened, _ = time.Parse(time.RFC3339, p.String(prefOpened)) // unknown otherwise
	return p.String(prefShop), opened
}

// RememberUser keeps who opened a book.
func RememberUser(p fyne.Preferences, book, user string) { p.SetString(prefUser+book, user) }

// RecallUser returns who opened a book last on this computer, "" if nobody did.
func RecallUser(p fyne.Preferences, book string) string { return p.String(prefUser + book) }
