package look

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"

	"kebu/assets"
)

var icons = map[string]fyne.Resource{}

// Icon returns a line icon of assets/icons in a colour. An unknown name is a
// programmer's mistake and panics.
func Icon(name string, c color.NRGBA) fyne.Resource { return Stroke(name, c, 1.6) }

// Stroke returns a line icon with lines of another width than 1.6.
func Stroke(name string, c color.NRGBA, width float32) fyne.Resource {
	key := fmt.Sprintf("%s-%02x%02x%02x-%.1f.svg", name, c.R, c.G, c.B, width)
	if r, ok := icons[key]; ok {
		return r
	}
	drawing, err := assets.Icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		panic("look: " + err.Error())
	}
	text := strings.NewReplacer(
		`stroke="#000"`, fmt.Sprintf(`stroke="#%02x%02x%02x"`, c.R, c.G, c.B),
		`stroke-width="1.6"`, fmt.Sprintf(`stroke-width="%.1f"`, width),
	).Replace(string(drawing))
	r := fyne.NewStaticResource(key, []byte(text))
	icons[key] = r
	return r
}
