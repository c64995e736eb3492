package parts

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Press is a key with its modifiers. Both Enter keys are fyne.KeyReturn. Ctrl,
// on a Mac Cmd, is fyne.KeyModifierShortcutDefault.
type Press struct {
	Key fyne.KeyName
	Mod fyne.KeyModifier
}

// Submit is Ctrl+Enter: the filled button of a page or a dialog.
var Submit = Press{fyne.KeyReturn, fyne.KeyModifierShortcutDefault}

// Keys are the handlers of a canvas, the innermost last.
type Keys struct {
	canvas   fyne.Canvas
	handlers []*func(Press) bool
}

// stages are what parts know of each canvas that is on the screen.
var stages = map[fyne.Canvas]*stage{}

type stage struct {
	keys     *Keys
	overlays []*overlay // the innermost last
}

func stageOf(c fyne.Canvas) *stage {
	s, ok := stages[c]
	if !ok {
		s = &stage{keys: &Keys{canvas: c}}
		if c != nil {
			stages[c] = s
			c.SetOnTypedKey(func(e *fyne.KeyEvent) { s.keys.Handle(Press{e.Name, modifiers()}) })
			s.keys.Install(Submit, Press{fyne.KeyEnter, fyne.KeyModifierShortcutDefault})
		}
	}
	return s
}

// Forget lets go of all that parts know of a canvas: its window closes.
func Forget(c fyne.Canvas) {
	layers = slices.DeleteFunc(layers, func(l *Layer) bool { return canvasOf(l.base) == c })
	delete(stages, c)
}

// KeysOf returns the handlers of a canvas. Those of no canvas are never called.
func KeysOf(c fyne.Canvas) *Keys { return stageOf(c).keys }

// Push adds a handler before all others. It returns whether it took the key.
func (k *Keys) Push(handler func(Press) bool) (pop func()) {
	h := &handler
	k.handlers = append(k.handlers, h)
	return func() {
		k.handlers = slices.DeleteFunc(k.handlers, func(other *func(Press) bool) bool { return other == h })
	}
}

// Handle offers a key to the handlers, the innermost first. A modifier alone is
// none.
func (k *Keys) Handle(p Press) bool {
	switch p.Key {
	case fyne.KeyEnter:
		p.Key = fyne.KeyReturn
	case desktop.KeyShiftLeft, desktop.KeyShiftRight, desktop.KeyControlLeft, desktop.KeyControlRight,
		desktop.KeyAltLeft, desktop.KeyAltRight, desktop.KeySuperLeft, desktop.KeySuperRight, fyne.KeyUnknown:
		return false
	}
	for _, h := range slices.Backward(slices.Clone(k.handlers)) {
		if (*h)(p) {
			return true
		}
	}
	return false
}

// Install makes combinations with Ctrl, Alt or Cmd reach the handlers. Keys
// without these reach them anyway.
func (k *Keys) Install(presses ...Press) {
	for _, p := range presses {
		k.canvas.AddShortcut(shortcut(p), func(fyne.Shortcut) { k.Handle(p) })
	}
}

// Bubble hands a key that a focused widget has no use for to the handlers of
// its canvas.
func Bubble(obj fyne.CanvasObject, e *fyne.KeyEvent) bool {
	return keysAround(obj).Handle(Press{e.Name, modifiers()})
}

// BubbleShortcut is Bubble for a combination with Ctrl, Alt or Cmd.
func BubbleShortcut(obj fyne.CanvasObject, s fyne.Shortcut) bool {
	k, ok := s.(fyne.KeyboardShortcut)
	return ok && keysAround(obj).Handle(Press{k.Key(), k.Mod()})
}

// keysAround are the handlers of an object's canvas. What was removed while it
// had the focus still gets keys, and has no canvas: with one window there is no
// doubt whose they are.
func keysAround(obj fyne.CanvasObject) *Keys {
	c := canvasOf(obj)
	if c == nil && len(stages) == 1 {
		for _, s := range stages {
			return s.keys
		}
	}
	return KeysOf(c)
}

// modifiers are the keys held now. The driver of the tests knows of none.
var modifiers = func() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// shortcut is the name under which Fyne reports a combination: the usual ones
// of text have a type of their own.
func shortcut(p Press) fyne.Shortcut {
	if p.Mod == fyne.KeyModifierShortcutDefault {
		switch p.Key {
		case fyne.KeyZ:
			return &fyne.ShortcutUndo{}
		case fyne.KeyY:
			return &fyne.ShortcutRedo{}
		case fyne.KeyV:
			return &fyne.ShortcutPaste{}
		case fyne.KeyC:
			return &fyne.ShortcutCopy{}
		case fyne.KeyX:
			return &fyne.ShortcutCut{}
		case fyne.KeyA:
			return &fyne.ShortcutSelectAll{}
		}
	}
	return &desktop.CustomShortcut{KeyName: p.Key, Modifier: p.Mod}
}
