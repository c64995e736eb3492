// Package look is how the window looks: colours, sizes, fonts, icons, and the
// one form of an amount, a date, a count. It knows nothing of pages.
package look

import "image/color"

// Colour is a colour of the tokens. Nothing outside of this package makes one.
type Colour = color.NRGBA

// Fade returns a colour that lets through what lies below: 0 is clear, 255 the
// colour itself.
func Fade(c Colour, alpha uint8) Colour {
	c.A = alpha
	return c
}

// Tokens are the colours of one theme, by their use.
type Tokens struct {
	Background, Surface, Sidebar, Header color.NRGBA // grounds
	Line                                 color.NRGBA // separators and the edges of cards
	Border                               color.NRGBA // edges of fields, checks, radios
	Text, Muted, Faint                   color.NRGBA // text, second lines, placeholders
	Accent, OnAccent, AccentSoft         color.NRGBA // the one filled button, links, focus
	Hover, Selected, Button              color.NRGBA
	Positive, PositiveSoft               color.NRGBA // growth, done
	Warning, WarningSoft                 color.NRGBA // late, to check
	Danger, DangerSoft                   color.NRGBA // refunds, errors, final actions
	Mask, MaskSoft                       color.NRGBA // masked values and their ground
	Bar, BarSoft                         color.NRGBA // chart series
	Tip, OnTip                           color.NRGBA // tooltip, snackbar
	Scrim                                color.NRGBA // behind a modal
	Brand, OnBrand, OnBrandSoft          color.NRGBA // the left half of the first window
	Shadow                               color.NRGBA // one of the nested rectangles of a shadow
	Dark                                 bool
}

// light and dark are the two themes. Their contrasts are tested against WCAG 2.1
// AA: 4.5 for text, 3 for controls. BarSoft is below 3 on purpose: series 2
// sits on series 1 and has a legend.
var (
	light = Tokens{
		Background: hex(0xF4F6F8), Surface: hex(0xFFFFFF), Sidebar: hex(0xE9EDF2), Header: hex(0xF6F8FA),
		Line: hex(0xE3E7EC), Border: hex(0x808C9A),
		Text: hex(0x1A2330), Muted: hex(0x566272), Faint: hex(0x616D7C),
		Accent: hex(0x27589E), OnAccent: hex(0xFFFFFF), AccentSoft: hex(0xE5EDF9),
		Hover: hex(0xF1F5FA), Selected: hex(0xDFEAFA), Button: hex(0xE6EAF0),
		Positive: hex(0x1B7145), PositiveSoft: hex(0xE2F2E9),
		Warning: hex(0x85560A), WarningSoft: hex(0xFBF0DA),
		Danger: hex(0xB02A22), DangerSoft: hex(0xFBE8E6),
		Mask: hex(0x5D5580), MaskSoft: hex(0xEEECF5),
		Bar: hex(0x4A7BC4), BarSoft: hex(0xB9CDEB),
		Tip: hex(0x26303D), OnTip: hex(0xF4F6F8),
		Scrim: Fade(hex(0x101820), 0x59),
		Brand: hex(0x1D3F73), OnBrand: hex(0xFFFFFF), OnBrandSoft: hex(0xC5D3EA),
		Shadow: Fade(hex(0x101820), 0x0C),
	}
	dark = Tokens{
		Background: hex(0x13171D), Surface: hex(0x1A2028), Sidebar: hex(0x0F1318), Header: hex(0x1F2630),
		Line: hex(0x2B343F), Border: hex(0x728090),
		Text: hex(0xE3E8EE), Muted: hex(0xA5B0BD), Faint: hex(0x8E99A7),
		Accent: hex(0x8CB3F3), OnAccent: hex(0x0D1A2E), AccentSoft: hex(0x22304A),
		Hover: hex(0x212933), Selected: hex(0x263853), Button: hex(0x2A333E),
		Positive: hex(0x6FCB97), PositiveSoft: hex(0x1A3226),
		Warning: hex(0xE4B45E), WarningSoft: hex(0x382D17),
		Danger: hex(0xF1958D), DangerSoft: hex(0x3D2322),
		Mask: hex(0xBBB1DC), MaskSoft: hex(0x2A2738),
		Bar: hex(0x6E9BE0), BarSoft: hex(0x35507C),
		Tip: hex(0xE3E8EE), OnTip: hex(0x1A2028),
		Scrim: Fade(hex(0x000000), 0x99),
		Brand: hex(0x16263F), OnBrand: hex(0xFFFFFF), OnBrandSoft: hex(0xC5D3EA),
		Shadow: Fade(hex(0x000000), 0x30), Dark: true,
	}
)

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{uint8(rgb >> 16), uint8(rgb >> 8), uint8(rgb), 0xFF} //nolint:gosec // bytes of a colour
}

// Tone is what a text means, and so its colour.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Muted
	Faint
	Accent
	Good
	Late // to check, late
	Bad  // refunds, errors
	Masked
	OnAccent
)

// Of returns the colour of a tone, and the soft ground that goes with it.
func (t Tokens) Of(tone Tone) (text, ground color.NRGBA) {
	switch tone {
	case Muted:
		return t.Muted, t.Button
	case Faint:
		return t.Faint, t.Button
	case Accent:
		return t.Accent, t.AccentSoft
	case Good:
		return t.Positive, t.PositiveSoft
	case Late:
		return t.Warning, t.WarningSoft
	case Bad:
		return t.Danger, t.DangerSoft
	case Masked:
		return t.Mask, t.MaskSoft
	case OnAccent:
		return t.OnAccent, t.Accent
	default:
		return t.Text, t.Button
	}
}
