package importers

import (
	"path/filepath"
	"regexp"
	"slices"
)

// copied is what browsers put behind the name of a file that is there already.
var copied = regexp.MustCompile(`\s*[(（]\d{1,3}[)）]$`)

// FilePasswords are the passwords that the name of a file suggests. Kuaishou locks
// an export with the last 6 characters of its name, without the extension.
func FilePasswords(path string) []string {
	const letters = 6
	name := filepath.Base(path)
	name = name[:len(name)-len(filepath.Ext(name))]
	var list []string
	for _, n := range []string{name, copied.ReplaceAllString(name, "")} {
		if r := []rune(n); len(r) >= letters {
			if p := string(r[len(r)-letters:]); !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	return list
}
