package desktest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/cmd/kebu/walk/screen"
)

// Hands are those of the person in front of a window, and the eyes.
type Hands struct {
	T      *testing.T
	Window fyne.Window
	Words  *phrase.Phrases

	lock  sync.Mutex
	queue []func()
}

// NewHands returns an empty window in simplified Chinese.
func NewHands(t *testing.T) *Hands {
	t.Helper()
	test.NewTempApp(t)
	test.ApplyTheme(t, look.Use(look.Light, theme.VariantLight, look.Standard, look.Normal))
	return &Hands{T: t, Window: test.NewTempWindow(t, nil), Words: phrase.New("zh-Hans")}
}

// Later is how work apart from the window comes back to it: in Until.
func (h *Hands) Later(f func()) {
	h.lock.Lock()
	defer h.lock.Unlock()
	h.queue = append(h.queue, f)
}

// Until runs what comes back to the window until something is so, for a minute.
func (h *Hands) Until(what string, so func() bool) {
	h.T.Helper()
	h.Within(time.Minute, what, so)
}

// Within is Until with another patience.
func (h *Hands) Within(patience time.Duration, what string, so func() bool) {
	h.T.Helper()
	const pulse = time.Millisecond
	tick := time.NewTicker(pulse)
	defer tick.Stop()
	for waited := time.Duration(0); !so(); waited += pulse {
		<-tick.C
		h.lock.Lock()
		queue := h.queue
		h.queue = nil
		h.lock.Unlock()
		for _, f := range queue {
			f()
		}
		if waited > patience {
			h.T.Fatal(fmt.Errorf("%s: not within %s; the window reads %v", what, patience, h.Screen().Texts))
		}
	}
}

// Screen is what can be read.
func (h *Hands) Screen() screen.Screen { return screen.Read(h.Window.Canvas()) }

// Text returns a text in the language of the window.
func (h *Hands) Text(key string, data ...map[string]any) string { return h.Words.Text(key, data...) }

// See waits until a text can be read.
func (h *Hands) See(text string) {
	h.T.Helper()
	h.Until("see "+text, func() bool { return h.Screen().Has(text) })
}

// Gone waits until a text can be read no more.
func (h *Hands) Gone(text string) {
	h.T.Helper()
	h.Until("no more "+text, func() bool { return !h.Screen().Has(text) })
}

// Click waits for a text and clicks it; of several the last, which lies on top.
func (h *Hands) Click(text string) {
	h.T.Helper()
	h.See(text)
	found := h.Screen().Find(text)
	h.ClickAt(found[len(found)-1].Middle())
}

// ClickAt clicks a place.
func (h *Hands) ClickAt(at fyne.Position) { screen.Press(h.Window.Canvas(), at) }

// Scroll waits for a text and turns the wheel of the mouse over it; down is positive.
func (h *Hands) Scroll(text string, down float32) {
	h.T.Helper()
	h.See(text)
	test.Scroll(h.Window.Canvas(), h.Screen().Find(text)[0].Middle(), 0, -down)
}

// Type writes where the focus is.
func (h *Hands) Type(text string) {
	h.T.Helper()
	test.Type(h.Focused(), text)
}

// Focused returns what has the focus.
func (h *Hands) Focused() fyne.Focusable {
	h.T.Helper()
	focused := h.Window.Canvas().Focused()
	if focused == nil {
		h.T.Fatal(fmt.Errorf("nothing has the focus; the window reads %v", h.Screen().Texts))
	}
	return focused
}

// Press presses keys where the focus is.
func (h *Hands) Press(keys ...fyne.KeyName) {
	for _, k := range keys {
		if focused := h.Window.Canvas().Focused(); focused != nil {
			focused.TypedKey(&fyne.KeyEvent{Name: k})
		} else {
			parts.KeysOf(h.Window.Canvas()).Handle(parts.Press{Key: k})
		}
	}
}

// PressWith presses a key with modifiers where the focus is.
func (h *Hands) PressWith(mod fyne.KeyModifier, key fyne.KeyName) {
	if takes, ok := h.Window.Canvas().Focused().(fyne.Shortcutable); ok {
		takes.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mod})
		return
	}
	parts.KeysOf(h.Window.Canvas()).Handle(parts.Press{Key: key, Mod: mod})
}

// Ctrl presses a key with Ctrl.
func (h *Hands) Ctrl(key fyne.KeyName) { h.PressWith(fyne.KeyModifierShortcutDefault, key) }
