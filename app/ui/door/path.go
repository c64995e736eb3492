package door

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
	"kebu/app/usecase"
)

// Extension is that of every book.
const Extension = ".kebu"

// Documents returns the user's folder for Documents, or the home folder where
// that has another name than is known.
func Documents() string {
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

// FreeName returns a path under folder, with a number where others stand
// already: shop.kebu, shop-2.kebu.
func FreeName(folder, name string) string {
	path := filepath.Join(folder, name+Extension)
	for n := 2; taken(path) && n < 1000; n++ {
		path = filepath.Join(folder, name+"-"+strconv.Itoa(n)+Extension)
	}
	return path
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// WholePath returns what was typed as the path of a book: with its extension.
func WholePath(typed string) string {
	path := strings.TrimSpace(typed)
	if path != "" && !strings.EqualFold(filepath.Ext(path), Extension) {
		path += Extension
	}
	return path
}

// PlaceProblem returns the key of what is wrong with a place, "" for nothing.
func PlaceProblem(path string) string {
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

// DoubtKey returns the key of a warning about a place, "" for none.
func DoubtKey(path string) string {
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

// Centre puts a wizard in the middle of the window.
func Centre(wizard fyne.CanvasObject) *fyne.Container { return container.New(centre{}, wizard) }

type centre struct{}

// MinSize lets the wizard be as small as the window.
func (centre) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 200) }

// Layout gives the wizard its size, or the window's where that is less.
func (centre) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	m := objects[0].MinSize()
	width, height := min(m.Width, size.Width-16), min(m.Height, size.Height-16)
	objects[0].Resize(fyne.NewSize(width, height))
	objects[0].Move(fyne.NewPos(look.Px((size.Width-width)/2), look.Px((size.Height-height)/2)))
}
