package welcome

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"kebu/app/usecase"
)

// bookExtension is that of every book.
const bookExtension = ".kebu"

// Exists reports whether there is a file where a book was.
func Exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// documents returns the user's folder for documents, or the home folder where
// that has another name than is known.
func documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if dir := xdgDocuments(home); dir != "" {
		return dir
	}
	if dir := filepath.Join(home, "Documents"); isFolder(dir) || runtime.GOOS == "windows" {
		return dir
	}
	return home
}

// xdgDocuments is the folder that a Linux desktop names, "" if it names none.
func xdgDocuments(home string) string {
	config, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	text, err := os.ReadFile(filepath.Join(config, "user-dirs.dirs"))
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		value, ok := strings.CutPrefix(strings.TrimSpace(line), "XDG_DOCUMENTS_DIR=")
		if !ok {
			continue
		}
		dir := strings.ReplaceAll(strings.Trim(value, `"`), "$HOME", home)
		if isFolder(dir) {
			return dir
		}
	}
	return ""
}

func isFolder(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

// freeName returns a path under folder, with a number where others stand
// already: shop.kebu, shop-2.kebu.
func freeName(folder, name string) string {
	path := filepath.Join(folder, name+bookExtension)
	for n := 2; taken(path) && n < 1000; n++ {
		path = filepath.Join(folder, name+"-"+strconv.Itoa(n)+bookExtension)
	}
	return path
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// whole returns what was typed as the path of a book: with its extension.
func whole(typed string) string {
	path := strings.TrimSpace(typed)
	if path != "" && !strings.EqualFold(filepath.Ext(path), bookExtension) {
		path += bookExtension
	}
	return path
}

// placeProblem returns the key of what is wrong with a place, "" for nothing.
func placeProblem(path string) string {
	switch {
	case path == "":
		return "welcome_place_blank"
	case !filepath.IsAbs(path):
		return "welcome_place_relative"
	case isFolder(path):
		return "welcome_place_folder"
	case taken(path):
		return "welcome_place_taken"
	default:
		return ""
	}
}

// doubtKey returns the key of a warning about a place, "" for none.
func doubtKey(path string) string {
	switch usecase.DoubtOf(path) {
	case usecase.Synchronised:
		return "welcome_place_synchronised"
	case usecase.Networked:
		return "settings_place_networked"
	case usecase.Removable:
		return "welcome_place_removable"
	default:
		return ""
	}
}
