//go:build walk

// Package walk walks through the real window as a person would, on a display in memory:
// make walk. It reads the window through package screen, and uses mouse and keyboard.
package walk

import (
	"image"
	"testing"

	"kebu/cmd/kebu/walk/screen"
)

// TestWalk is one visit, from the first start to the end. Each scene goes on where the one
// before stopped.
func TestWalk(t *testing.T) {
	w, took := newDesk(t).open()
	t.Logf("the window is there after %d ms", took.Milliseconds())
	for _, scene := range []func(*walker){
		firstStart,
	} {
		scene(w)
	}
}

// firstStart shows a window in which there is something.
func firstStart(w *walker) {
	if s := w.until("a text", func(s screen.Screen) bool { return len(s.Texts) > 0 }); s.Title == "" {
		w.t.Errorf("the window has no title: %v", s)
	}
	if n := colours(w.shot("first start")); n < 20 {
		w.t.Errorf("the window is blank: %d colours", n)
	}
}

// colours counts the colours of a picture.
func colours(picture image.Image) int {
	seen := map[[3]uint32]bool{}
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
		}
	}
	return len(seen)
}
