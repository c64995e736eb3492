// Package files lets the user choose files, with a dialog that is the same on
// every page. What was chosen is opened and written by the use-cases.
package files

import (
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"kebu/app/ui/desk"
)

// Open asks for files with one of the extensions, such as ".xlsx"; none are all.
// Several may be chosen only if many says so. done is not called if the user
// cancels.
func Open(d *desk.Desk, extensions []string, many bool, done func(paths []string)) {
	_ = many // one for now: so is the dialog
	ask := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if d.Failed(err) || file == nil {
			return
		}
		path := filepath.FromSlash(file.URI().Path())
		_ = file.Close() // not read
		remember(d, path)
		done([]string{path})
	}, d.Window)
	if len(extensions) > 0 {
		ask.SetFilter(storage.NewExtensionFileFilter(extensions))
	}
	show(d, ask)
}

// Save asks where to write a file; name is proposed, without its extension.
// Where there is a file already the user has agreed to replace it. done is not
// called if the user cancels.
func Save(d *desk.Desk, name, extension string, done func(path string)) {
	ask := dialog.NewFileSave(func(file fyne.URIWriteCloser, err error) {
		if d.Failed(err) || file == nil {
			return
		}
		path := filepath.FromSlash(file.URI().Path())
		_ = file.Close()
		_ = os.Remove(path) // the dialog has made it
		remember(d, path)
		if !strings.EqualFold(filepath.Ext(path), extension) {
			path += extension
		}
		done(path)
	}, d.Window)
	ask.SetFileName(name + extension)
	show(d, ask)
}

func show(d *desk.Desk, ask *dialog.FileDialog) {
	if folder := d.Prefs.String(desk.PrefFolder); folder != "" {
		if at, err := storage.ListerForURI(storage.NewFileURI(folder)); err == nil {
			ask.SetLocation(at)
		}
	}
	size := d.Window.Canvas().Size()
	ask.Resize(fyne.NewSize(min(860, size.Width-80), min(560, size.Height-80)))
	ask.Show()
}

func remember(d *desk.Desk, path string) {
	d.Prefs.SetString(desk.PrefFolder, filepath.Dir(path))
}

// Folder returns where files were last chosen, else the desktop, else home.
func Folder(d *desk.Desk) string {
	if folder := d.Prefs.String(desk.PrefFolder); folder != "" && isFolder(folder) {
		return folder
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	if desktop := filepath.Join(home, "Desktop"); isFolder(desktop) {
		return desktop
	}
	return home
}

// Remember makes a folder the one where files are chosen next.
func Remember(d *desk.Desk, folder string) { d.Prefs.SetString(desk.PrefFolder, folder) }

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
