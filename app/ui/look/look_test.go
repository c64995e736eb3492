package look_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"kebu/app/ui/look"
)

// The contrast of WCAG 2.1: 4.5 for text, 3 for controls.
func TestColoursCanBeRead(t *testing.T) {
	for _, choice := range []look.Theme{look.Light, look.Dark} {
		look.Use(choice, theme.VariantLight, 0, 0)
		k := look.Now().Tokens
		for _, pair := range []struct {
			name        string
			front, back color.NRGBA
			least       float64
		}{
			{"text on surface", k.Text, k.Surface, 4.5},
			{"text on selected", k.Text, k.Selected, 4.5},
			{"text on background", k.Text, k.Background, 4.5},
			{"text on warning", k.Text, k.WarningSoft, 4.5},
			{"muted on surface", k.Muted, k.Surface, 4.5},
			{"muted on selected", k.Muted, k.Selected, 4.5},
			{"muted on sidebar", k.Muted, k.Sidebar, 4.5},
			{"muted on header", k.Muted, k.Header, 4.5},
			{"muted on button", k.Muted, k.Button, 4.5},
			{"muted on chip", k.Muted, k.AccentSoft, 4.5},
			{"faint on surface", k.Faint, k.Surface, 4.5},
			{"faint on background", k.Faint, k.Background, 4.5},
			{"accent on surface", k.Accent, k.Surface, 4.5},
			{"accent on selected", k.Accent, k.Selected, 4.5},
			{"accent on chip", k.Accent, k.AccentSoft, 4.5},
			{"on accent", k.OnAccent, k.Accent, 4.5},
			{"on danger", k.OnAccent, k.Danger, 4.5},
			{"positive on surface", k.Positive, k.Surface, 4.5},
			{"positive on soft", k.Positive, k.PositiveSoft, 4.5},
			{"warning on surface", k.Warning, k.Surface, 4.5},
			{"warning on soft", k.Warning, k.WarningSoft, 4.5},
			{"warning on selected", k.Warning, k.Selected, 4.5},
			{"danger on surface", k.Danger, k.Surface, 4.5},
			{"danger on soft", k.Danger, k.DangerSoft, 4.5},
			{"mask on surface", k.Mask, k.Surface, 4.5},
			{"mask on soft", k.Mask, k.MaskSoft, 4.5},
			{"tip", k.OnTip, k.Tip, 4.5},
			{"action on tip", k.BarSoft, k.Tip, 3},
			{"brand", k.OnBrand, k.Brand, 4.5},
			{"soft on brand", k.OnBrandSoft, k.Brand, 4.5},
			{"border on surface", k.Border, k.Surface, 3},
			{"border on background", k.Border, k.Background, 3},
			{"bar on surface", k.Bar, k.Surface, 3},
		} {
			if got := contrast(pair.front, pair.back); got < pair.least {
				t.Errorf("%s, %s: contrast %.2f, want %.1f", choice, pair.name, got, pair.least)
			}
		}
	}
}

// luminance and contrast are the formulas of WCAG 2.1.
func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestRowsGrowWithTheText(t *testing.T) {
	look.Use(look.Light, theme.VariantLight, look.Largest, look.Normal)
	defer look.Use(look.Light, theme.VariantLight, look.Standard, look.Normal)
	if got := look.RowHeight(); got != 35 {
		t.Errorf("row height = %v, want 35: 30 and 1.2 times the growth of the text", got)
	}
}

func TestEveryIconCanBeDrawn(t *testing.T) {
	for _, name := range []string{"home", "people", "lock", "bag"} {
		if r := look.Icon(name, look.Now().Accent); len(r.Content()) == 0 {
			t.Errorf("icon %s is empty", name)
		}
	}
}

func TestLettersAddUp(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Use(look.Light, theme.VariantLight, look.Large, 0))
	for _, text := range []string{"", "Avenue, Tfi 12,480.00", "武夷岩茶 礼盒 ×2（送礼）", "J*** S***…"} {
		for _, semibold := range []bool{false, true} {
			want := fyne.MeasureText(text, look.Size(13), fyne.TextStyle{Bold: semibold}).Width
			if got := look.Width(text, 13, semibold); math.Abs(float64(got-want)) > 0.5 {
				t.Errorf("%q is %.2f wide, want %.2f", text, got, want)
			}
		}
	}
}

func TestWhatIsTooWideIsShortened(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Use(look.Light, theme.VariantLight, look.Standard, 0))
	const path = "/home/owner/Documents/shop.kebu"
	for _, c := range []struct {
		text  string
		room  float32
		start bool
		want  string
	}{
		{path, 400, false, path},
		{path, 100, false, "/home/owner/..."},
		{path, 100, true, "...nts/shop.kebu"},
		{"武夷岩茶礼盒", 60, false, "武夷岩…"},
		{path, 0, false, "..."},
	} {
		shorten := look.Shorten
		if c.start {
			shorten = look.ShortenStart
		}
		got := shorten(c.text, 13, false, c.room)
		if got != c.want || got != "..." && look.Width(got, 13, false) > c.room {
			t.Errorf("%q in %g: %q, want %q", c.text, c.room, got, c.want)
		}
	}
}

var _ fyne.Theme = look.Tight()
