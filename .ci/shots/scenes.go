package main

import "fyne.io/fyne/v2"

// scene is what one picture shows: how a person comes there with the demo shop.
type scene struct {
	name string
	play func(s *stage, book string)
}

// scenes are in the order in which one meets them.
var scenes = []scene{
	{"welcome", func(s *stage, _ string) { s.ui.Start("") }},
	{"unlock", func(s *stage, book string) { s.ui.Start(book) }},
	{"unlock-wrong", func(s *stage, book string) {
		s.ui.Start(book)
		s.settle()
		s.write("not the passphrase")
		s.press(fyne.KeyReturn, 0)
	}},
	{"overview", func(s *stage, book string) { s.unlock(book) }},
	{"overview-empty", func(s *stage, book string) { s.unlock(s.empty(book)) }},
	{"customers", page(fyne.Key2)},
	{"orders", page(fyne.Key3)},
	{"imports", page(fyne.Key4)},
	{"segments", page(fyne.Key5)},
	{"settings", page(fyne.Key6)},
}

// page opens a page by its number in the sidebar.
func page(number fyne.KeyName) func(*stage, string) {
	return func(s *stage, book string) {
		s.unlock(book)
		s.press(number, fyne.KeyModifierShortcutDefault)
	}
}
