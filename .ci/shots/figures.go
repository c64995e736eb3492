package main

import (
	"fmt"

	"fyne.io/fyne/v2"

	"kebu/app/ui/place"
)

// open opens a page of a book.
func (s *stage) open(book, page string) {
	s.unlock(book)
	s.show(page)
}

func (s *stage) show(page string) { s.ui.Open(place.Place{Page: page}) }

// segments saves some of the segments to start from.
func (s *stage) segments(book string) {
	s.open(book, "segments")
	for _, key := range []string{"ready_regular", "ready_asleep", "ready_big"} {
		s.click(s.text(key))
		s.settle()
		s.press(fyne.KeyReturn, fyne.KeyModifierShortcutDefault)
		s.settle()
	}
}

// reach goes on by Tab until a widget of a type has the focus.
func (s *stage) reach(kind string) {
	const most = 100
	for range most {
		if s.err != nil {
			return
		}
		s.window.Canvas().FocusNext()
		if fmt.Sprintf("%T", s.window.Canvas().Focused()) == kind {
			return
		}
	}
	s.err = fmt.Errorf("reach %s: nothing of it takes the focus", kind)
}
