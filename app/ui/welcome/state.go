package welcome

import "os"

// Exists reports whether there is a file where a book was.
func Exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
