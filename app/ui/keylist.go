package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
)

// keyLine says what keys do, on some pages or, if none is named, on every one.
type keyLine struct {
	keys, does string // does is a key of the locales
	on         []string
	verb       access.Verb // for whom it is; "" for everybody
}

var (
	searched = []string{place.Customers, place.Orders}
	person   = []string{place.Customers, place.Customer}
	listed   = []string{place.Customers, place.Orders, place.Imports, place.Segments, place.History}
)

var keyLines = []keyLine{
	{"Ctrl+F", "keys_search", searched, ""},
	{"Ctrl+E", "keys_export", person, access.Export},
	{"Ctrl+N", "keys_note", person, access.Note},
	{"Ctrl+T", "keys_tag", person, access.AddTag},
	{"F2", "keys_alias", person, access.SetAlias},
	{"F2", "keys_rename", []string{place.Segments}, access.RenameSegment},
	{"Delete", "keys_delete", []string{place.Segments}, access.DeleteSegment},
	{"Delete", "keys_refuse", []string{place.Team}, access.Approve},
	{"Delete", "keys_undo_import", []string{place.Imports}, access.Undo},
	{"Alt+↑  Alt+↓", "keys_walk", []string{place.Customer}, ""},
	{"←  →", "keys_months", []string{place.Overview}, ""},
	{"Enter", "keys_open", listed, ""},
	{"Space  Ctrl+A", "keys_select", listed, ""},
	{"Ctrl+C", "keys_copy", listed, ""},
	{"Shift+F10", "keys_menu", listed, ""},

	{"Ctrl+1–8", "keys_pages", nil, ""},
	{"Alt+←  Alt+→", "keys_back", nil, ""},
	{"Ctrl+Enter", "keys_primary", nil, ""},
	{"Ctrl+I", "keys_import", nil, access.Import},
	{"Ctrl+Z  Ctrl+Shift+Z", "keys_undo", nil, access.Undo},
	{"F5", "keys_refresh", nil, ""},
	{"F6  Shift+F6", "keys_region", nil, ""},
	{"Ctrl+B", "keys_fold", nil, ""},
	{"Ctrl+,", "keys_settings", nil, ""},
	{"Ctrl+L", "keys_lock", nil, ""},
}

// keysOf returns the lines of a page alone, for "" those of every page.
func (w *Window) keysOf(page string) []keyLine {
	var list []keyLine
	for _, k := range keyLines {
		if k.verb != "" && !w.desk.May(k.verb) {
			continue
		}
		if slices.Contains(k.on, page) || page == "" && k.on == nil {
			list = append(list, k)
		}
	}
	return list
}

// keyList lists keys under a title.
func keyList(words *phrase.Phrases, title string, list []keyLine) fyne.CanvasObject {
	rows := container.New(layout.NewFormLayout())
	for _, k := range list {
		key := parts.NewText(k.keys+"  ", look.SizeBody, look.Plain)
		key.Semibold = true
		rows.Add(key)
		rows.Add(parts.NewText(words.Text(k.does), look.SizeBody, look.Muted))
	}
	return container.NewVBox(parts.NewText(words.Text(title), look.SizeSmall, look.Muted), rows)
}
