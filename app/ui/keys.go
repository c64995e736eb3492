package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"kebu/app/crm/access"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
)

const (
	ctrl      = fyne.KeyModifierShortcutDefault
	ctrlShift = fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
)

// shortcuts are the keys with modifiers that the window and its pages know.
func shortcuts() []parts.Press {
	list := []parts.Press{
		{Key: fyne.KeyReturn, Mod: ctrl},
		{Key: fyne.KeyEnter, Mod: ctrl},
		{Key: fyne.KeyLeft, Mod: fyne.KeyModifierAlt},
		{Key: fyne.KeyRight, Mod: fyne.KeyModifierAlt},
		{Key: fyne.KeyUp, Mod: fyne.KeyModifierAlt},
		{Key: fyne.KeyDown, Mod: fyne.KeyModifierAlt},
		{Key: fyne.KeyComma, Mod: ctrl},
		{Key: fyne.KeyZ, Mod: ctrl},
		{Key: fyne.KeyZ, Mod: ctrlShift},
		{Key: fyne.KeyHome, Mod: ctrl},
		{Key: fyne.KeyEnd, Mod: ctrl},
		{Key: fyne.KeySpace, Mod: ctrl},
	}
	for _, k := range []fyne.KeyName{
		fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8,
		fyne.KeyA, fyne.KeyB, fyne.KeyC, fyne.KeyE, fyne.KeyF, fyne.KeyI, fyne.KeyL, fyne.KeyN, fyne.KeyT,
	} {
		list = append(list, parts.Press{Key: k, Mod: ctrl})
	}
	return list
}

// key is offered what no widget, popover or dialog has used.
func (w *Window) key(p parts.Press) bool {
	w.used()
	if w.door != nil {
		return w.door.Key(p)
	}
	if w.shell == nil {
		return false
	}
	if page := w.shell.page(); page != nil && page.Key(p) {
		return true
	}
	switch p.Mod {
	case 0:
		return w.plainKey(p.Key)
	case fyne.KeyModifierShift:
		if p.Key == fyne.KeyF6 {
			w.shell.step(true)
			return true
		}
	case fyne.KeyModifierAlt:
		switch p.Key {
		case fyne.KeyLeft:
			w.Back()
			return true
		case fyne.KeyRight:
			w.forward()
			return true
		}
	case ctrlShift:
		if p.Key == fyne.KeyZ {
			w.redo()
			return true
		}
	case ctrl:
		return w.ctrlKey(p.Key)
	default:
	}
	return false
}

func (w *Window) plainKey(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyF1:
		w.showKeys()
	case fyne.KeyF5:
		w.Changed()
	case fyne.KeyF6:
		w.shell.step(false)
	default:
		return false
	}
	return true
}

func (w *Window) ctrlKey(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyB:
		w.shell.fold(!w.shell.folded)
	case fyne.KeyI:
		if !w.desk.May(access.Import) {
			return false
		}
		w.Open(place.Place{Page: place.Imports, Choose: true})
	case fyne.KeyL:
		w.Lock()
	case fyne.KeyZ:
		w.undo()
	case fyne.KeyComma:
		w.Open(place.Place{Page: place.Settings})
	case fyne.KeyReturn, fyne.KeyEnter:
		if primary := w.shell.header.primary; primary != nil {
			primary()
		}
	default:
		for _, e := range w.lines() {
			if e.key == k {
				w.Open(place.Place{Page: e.id})
				return true
			}
		}
		return false
	}
	return true
}

// showKeys lists the keys of the page, and those of every page.
func (w *Window) showKeys() {
	words := w.o.Words
	lists := container.New(layout.NewGridLayout(2))
	if here := w.keysOf(w.shell.trail[w.shell.at].Page); len(here) > 0 {
		lists.Add(keyList(words, "keys_here", here))
	}
	lists.Add(keyList(words, "keys_everywhere", w.keysOf("")))
	parts.NewDialog(w.o.Window.Canvas(), words, words.Text("shell_keys"), lists, fyne.NewSize(680, 0)).Show()
}

var _ desktop.Hoverable = (*awake)(nil)
