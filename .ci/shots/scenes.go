package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

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
	{"customers-panel", then(page(fyne.Key2), func(s *stage) {
		for range 4 {
			s.press(fyne.KeyDown, 0)
		}
	})},
	{"customers-all", then(page(fyne.Key2), func(s *stage) { s.press(fyne.KeyA, ctrl) })},
	{"customers-menu", then(page(fyne.Key2), func(s *stage) {
		s.press(fyne.KeyDown, 0)
		s.press(desktop.KeyMenu, 0)
	})},
	{"customers-search", then(page(fyne.Key2), func(s *stage) {
		s.press(fyne.KeyF, ctrl)
		s.write("lin")
	})},
	{"customers-none", then(page(fyne.Key2), func(s *stage) {
		s.press(fyne.KeyF, ctrl)
		s.write("nobody is called so")
	})},
	{"customers-empty", func(s *stage, book string) {
		s.unlock(s.empty(book))
		s.press(fyne.Key2, ctrl)
	}},
	{"customers-tag", then(page(fyne.Key2), func(s *stage) {
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyT, ctrl)
	})},
	{"export", then(page(fyne.Key2), func(s *stage) { s.press(fyne.KeyE, ctrl) })},
	{"orders", page(fyne.Key3)},
	{"orders-panel", then(page(fyne.Key3), func(s *stage) {
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyDown, 0)
	})},
	{"orders-empty", func(s *stage, book string) {
		s.unlock(s.empty(book))
		s.press(fyne.Key3, ctrl)
	}},
	{"keys", then(page(fyne.Key2), func(s *stage) { s.press(fyne.KeyF1, 0) })},
	{"imports", page(fyne.Key4)},
	{"segments", page(fyne.Key5)},
	{"settings", page(fyne.Key6)},
}

const ctrl = fyne.KeyModifierShortcutDefault

// then goes on after a scene has settled.
func then(play func(*stage, string), next func(*stage)) func(*stage, string) {
	return func(s *stage, book string) {
		play(s, book)
		s.settle()
		next(s)
	}
}

// page opens a page by its number in the sidebar.
func page(number fyne.KeyName) func(*stage, string) {
	return func(s *stage, book string) {
		s.unlock(book)
		s.press(number, fyne.KeyModifierShortcutDefault)
	}
}
