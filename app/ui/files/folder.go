package files

import "kebu/app/ui/desk"

// Folder returns where files were last chosen, else a folder of the user's own.
func Folder(d *desk.Desk) string { return begin(d.Prefs.String(desk.PrefFolder)) }

// Remember makes a folder the one where files are chosen next.
func Remember(d *desk.Desk, folder string) { d.Prefs.SetString(desk.PrefFolder, folder) }
