package usecase

import (
	"context"
	"errors"
	"slices"
	"strings"

	"kebu/importers/table"
	"kebu/store"
)

// A marketplace that locks its exports uses one password for all files of a shop,
// such as the last 6 digits of its phone: a user types it once.

// Locked reports whether an error of reading a file says that it needs a password, or
// another one.
func Locked(err error) bool {
	var locked *table.PasswordError
	return errors.As(err, &locked)
}

const (
	passwordsChoice = "import.passwords"
	// mostPasswords is how many are remembered: each costs a moment to try.
	mostPasswords = 2
)

// keptPasswords are those that opened a file for the user, the last one first.
func keptPasswords(ctx context.Context, tx *store.Tx, user string) ([]string, error) {
	text, err := tx.Recall(ctx, user, passwordsChoice)
	if err != nil || text == "" {
		return nil, err
	}
	return strings.Split(text, "\n"), nil
}

// keepPassword remembers a password, in place of the one that was used least lately.
func keepPassword(ctx context.Context, tx *store.Tx, user, password string) error {
	if strings.Contains(password, "\n") {
		return nil // it cannot be kept in the list, and no program makes one
	}
	list, err := keptPasswords(ctx, tx, user)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(p string) bool { return p == password })
	list = slices.Insert(list, 0, password)
	return tx.Remember(ctx, user, passwordsChoice, strings.Join(list[:min(len(list), mostPasswords)], "\n"))
}

// NewFilePassword returns a password for a list: 12 letters and digits that are
// easily told apart, some 59 bits.
func NewFilePassword() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789" // no 0, 1, i, l, o
	var b strings.Builder
	for i := range 12 {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[chance(len(letters))])
	}
	return b.String()
}
