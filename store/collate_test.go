package store

import (
	"fmt"
	"testing"
)

// Books hold such keys: when one changes, a migration has to delete the profiles.
func TestOrderKeysStayAsBooksHaveThem(t *testing.T) {
	for text, want := range map[string]string{
		"":      "",
		"a1":    "15ef14e7",
		"Ａ1":    "15ef14e7",
		"林**":   "9645d0026c026c",
		"杭州市":   "9627b0969c28966978",
		"zofie": "18951771168416cd164c",
		"žofie": "18951771168416cd164c000000200041",
	} {
		if got := fmt.Sprintf("%x", orderKey(text)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
