// Package han knows which Chinese characters are spellings of the same one:
// traditional forms and variants fold to the simplified character. It knows
// characters, not words, so that a name may fold to one that nobody writes.
package han

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// The characters of the basic plane, for which there is a table. The rarer
// planes fold to themselves.
const (
	First = 0x3400
	Last  = 0x9FFF
)

//go:embed variants.txt
var variants string

// Table gives for a character, counted from First, the simplified one to which
// it folds.
type Table [Last - First + 1]uint16

// Folds returns the table, which is read on first use and must not be changed.
var Folds = sync.OnceValue(func() *Table {
	t := new(Table)
	for i := range t {
		t[i] = uint16(First + i)
	}
	for line := range strings.Lines(variants) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, group := range strings.Fields(line) {
			to, size := utf8.DecodeRuneInString(group)
			for _, from := range group[size:] {
				t[from-First] = uint16(to)
			}
		}
	}
	return t
})

// Is reports whether r is a character that the table has.
func Is(r rune) bool { return First <= r && r <= Last }

// Fold returns the simplified character to which r folds, r itself if it is
// none that the table has.
func (t *Table) Fold(r rune) rune {
	if Is(r) {
		return rune(t[r-First])
	}
	return r
}

// Fold returns s in simplified characters.
func Fold(s string) string { return strings.Map(Folds().Fold, s) }
