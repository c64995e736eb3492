package main

import (
	"fmt"

	"kebu/app/ui/place"
)

// segments opens the segments of a book, where a narrow sidebar shows no names.
func (s *stage) segments(book string) {
	s.unlock(book)
	s.ui.Open(place.Place{Page: place.Segments})
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
