package unlock

import (
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"kebu/app/usecase"
)

// Caption returns what the card of a book says: the shop's name or else the
// file's, and the place without the user's own folder.
func Caption(book, shop, home string) (name, where string) {
	name = shop
	if name == "" {
		name = strings.TrimSuffix(filepath.Base(book), filepath.Ext(book))
	}
	inside, err := filepath.Rel(home, book)
	if home == "" || err != nil || !filepath.IsLocal(inside) {
		return name, book
	}
	return name, strings.ReplaceAll(inside, string(filepath.Separator), " "+string(filepath.Separator)+" ")
}

// home is the user's own folder, "" if there is none.
func home() string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return dir
}

// groupSize is how many symbols a group of a recovery code has.
const groupSize = 5

// Spread cuts a text into the groups from one on, for a code that was pasted, with or
// without dashes, spaces and line breaks; the whole code fills all of them, wherever it
// was pasted. A text of one group stays as it is.
func Spread(text string, from int) map[int]string {
	var symbols strings.Builder
	for _, r := range text {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Pd, r) {
			symbols.WriteRune(r)
		}
	}
	runes := []rune(symbols.String())
	if len(runes) >= groupSize*usecase.RecoveryGroups {
		from = 0
	}
	groups := map[int]string{}
	for i := from; len(runes) > 0 && i < usecase.RecoveryGroups; i++ {
		n := min(groupSize, len(runes))
		groups[i] = string(runes[:n])
		runes = runes[n:]
	}
	return groups
}

// GroupState is what is known of a group that is typed.
type GroupState int

// The states.
const (
	Unfinished GroupState = iota
	Right
	Mistyped
)

// StateOf judges what was typed for group n, from 0. A group that is left short
// is mistyped, too.
func StateOf(n int, text string, left bool) GroupState {
	size := len([]rune(strings.TrimSpace(text)))
	switch {
	case size == 0:
		return Unfinished
	case size < groupSize && !left:
		return Unfinished
	case usecase.CheckRecoveryGroup(n+1, text):
		return Right
	default:
		return Mistyped
	}
}
