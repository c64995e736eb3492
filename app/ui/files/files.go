// Package files lets the user choose files, with a dialog that is the same on
// every page. What was chosen is read and written by the use-cases.
package files

import (
	"path/filepath"

	"kebu/app/ui/desk"
	"kebu/app/ui/parts"
)

// Open asks for files with one of the extensions, such as ".xlsx"; none are all.
// Several may be chosen only if many says so. done is not called if the user
// cancels.
func Open(d *desk.Desk, extensions []string, many bool, done func(paths []string)) {
	c := newChooser(d, extensions)
	c.many = many
	c.title = d.Text("files_open")
	c.action = parts.DialogAction{Text: d.Text("files_open_button"), Do: func() bool {
		paths, ok := c.chosen()
		if !ok {
			return false
		}
		Remember(d, c.folder)
		done(paths)
		return true
	}}
	c.show()
}

// Save asks where to write a file; name is proposed, without its extension.
// Where there is a file already the user has agreed to replace it. done is not
// called if the user cancels.
func Save(d *desk.Desk, name, extension string, done func(path string)) {
	c := newChooser(d, []string{extension})
	c.title = d.Text("files_save")
	c.naming(name+extension, extension)
	c.action = parts.DialogAction{Text: d.Text("files_save_button"), Do: func() bool {
		path, ok := c.named()
		if !ok {
			return false
		}
		Remember(d, filepath.Dir(path))
		done(path)
		return true
	}}
	c.show()
}

// ChooseFolder asks for a folder: one that is there, or a new one in it by its name,
// which whoever writes there makes. done is not called if the user cancels.
func ChooseFolder(d *desk.Desk, title string, done func(path string)) {
	c := newChooser(d, []string{folderOnly})
	c.title = title
	c.naming("", "")
	c.field.SetLabel(d.Text("files_new_folder"))
	c.none = "files_no_folders"
	c.action = parts.DialogAction{Text: d.Text("files_folder_button"), Do: func() bool {
		path, ok := c.inFolder()
		if !ok {
			return false
		}
		Remember(d, c.folder)
		done(path)
		return true
	}}
	c.show()
}
