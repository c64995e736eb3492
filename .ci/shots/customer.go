package main

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kebu/cmd/kebu/walk/screen"
)

// customer opens one customer of the list.
func customer(s *stage, book string) {
	page(fyne.Key2)(s, book)
	s.settle()
	for range 4 {
		s.press(fyne.KeyDown, 0)
	}
	s.press(fyne.KeyReturn, 0)
	s.see(s.text("customer_profile"))
}

// clickBegin clicks the first text of a key that ends in a count or in goods.
func (s *stage) clickBegin(key string) {
	begin := s.words.Text(key, map[string]any{"Orders": "", "Notes": "", "Goods": ""})
	seen := s.until("find "+begin, func(seen screen.Screen) bool { return starting(seen, begin) != nil })
	if s.err == nil {
		test.TapCanvas(s.window.Canvas(), starting(seen, begin).Middle())
	}
}

// starting returns the first text of a page that begins so and goes on.
func starting(seen screen.Screen, begin string) *screen.Text {
	for i, t := range seen.Texts {
		if strings.HasPrefix(t.Text, begin) && len(t.Text) > len(begin) {
			return &seen.Texts[i]
		}
	}
	return nil
}
