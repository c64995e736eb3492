package door

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// languages are those of the program, each by its own name.
var languages = []struct{ tag, key string }{
	{"zh-Hans", "door_hans"}, {"zh-Hant", "door_hant"}, {"en", "door_english"},
}

var themes = []struct {
	theme look.Theme
	key   string
}{{look.System, "door_look_system"}, {look.Light, "door_look_light"}, {look.Dark, "door_look_dark"}}

// NewCorner returns the choice of the language, unless it is nil, and of the
// look, for the lower right corner.
func NewCorner(d *desk.Desk, language func(tag string)) fyne.CanvasObject {
	var objects []fyne.CanvasObject
	if language != nil {
		objects = append(objects, languageLink(d, language))
	}
	return Beside(append(objects, lookLink(d))...)
}

func languageLink(d *desk.Desk, choose func(tag string)) *parts.Button {
	now := d.Words.Language()
	link := parts.Link("", "", nil)
	var items []parts.MenuItem
	for _, l := range languages {
		if l.tag == now {
			link.SetText(d.Text(l.key))
		}
		items = append(items, parts.MenuItem{Text: d.Text(l.key), Checked: l.tag == now, Do: func() {
			if l.tag != now {
				choose(l.tag)
			}
		}})
	}
	link.OnTapped(func() { parts.ShowMenu(link, items) })
	return link
}

func lookLink(d *desk.Desk) *parts.Button {
	link := parts.Link("", "", nil)
	name := func() {
		now, _, _ := desk.LookOf(d.Prefs)
		for _, t := range themes {
			if t.theme == now {
				link.SetText(d.Text(t.key))
			}
		}
	}
	link.OnTapped(func() {
		now, _, _ := desk.LookOf(d.Prefs)
		var items []parts.MenuItem
		for _, t := range themes {
			items = append(items, parts.MenuItem{Text: d.Text(t.key), Checked: t.theme == now, Do: func() {
				d.Prefs.SetString(desk.PrefTheme, string(t.theme))
				d.Relook()
				name()
			}})
		}
		parts.ShowMenu(link, items)
	})
	name()
	return link
}

// Beside returns objects in a line, each in the middle of its height.
func Beside(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(beside{}, objects...)
}

type beside struct{}

const besideGap = 4

// MinSize is the sum of the widths.
func (beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range objects {
		m := o.MinSize()
		if i > 0 {
			size.Width += besideGap
		}
		size = fyne.NewSize(size.Width+m.Width, max(size.Height, m.Height))
	}
	return size
}

// Layout gives each object its own width.
func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		m := o.MinSize()
		o.Move(fyne.NewPos(look.Px(x), look.Px((size.Height-m.Height)/2)))
		o.Resize(m)
		x += m.Width + besideGap
	}
}
