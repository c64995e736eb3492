package look

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"kebu/assets"
)

// Theme is a choice of the user.
type Theme string

// The themes.
const (
	System Theme = "system"
	Light  Theme = "light"
	Dark   Theme = "dark"
)

// Scale multiplies every text size.
type Scale float32

// The text sizes of the settings: small, standard, large, very large.
const (
	Small    Scale = 0.92
	Standard Scale = 1
	Large    Scale = 1.15
	Largest  Scale = 1.3
)

// Density is the height of a table row at the standard text size, in units.
type Density float32

// The densities of the settings.
const (
	Dense  Density = 26
	Normal Density = 30
	Roomy  Density = 36
)

// Text sizes at the standard scale.
const (
	SizeTitle  float32 = 18 // page, dialog and wizard titles
	SizePanel  float32 = 16 // name in a side panel
	SizeCard   float32 = 14 // card titles
	SizeBody   float32 = 13 // body, tables, fields, buttons
	SizeSmall  float32 = 12 // second lines, table headers, chips; the smallest Chinese
	SizeTile   float32 = 24 // figure in a tile
	SizeFigure float32 = 18 // figure in a profile
)

// Look is what the user chose, and the tokens that follow.
type Look struct {
	Tokens
	Scale   Scale
	Density Density
}

var now = Look{Tokens: light, Scale: Standard, Density: Normal}

// Now returns the current look. Widgets read it when they refresh. Like all of
// the window's state it belongs to the main goroutine.
func Now() Look { return now }

// Use makes a look the current one and returns the theme to give to Fyne.
// System follows variant.
func Use(choice Theme, variant fyne.ThemeVariant, scale Scale, density Density) fyne.Theme {
	tokens := light
	if choice == Dark || choice == System && variant == theme.VariantDark {
		tokens = dark
	}
	if scale == 0 {
		scale = Standard
	}
	if density == 0 {
		density = Normal
	}
	now = Look{tokens, scale, density}
	return fyneTheme{padding: 6}
}

// Tight returns the current theme without padding, for what lays itself out to
// the pixel, such as a table.
func Tight() fyne.Theme { return fyneTheme{} }

// Px rounds to a whole pixel: half pixels blur text and lines.
func Px(x float32) float32 { return float32(math.Round(float64(x))) }

// Size returns a text size of the standard scale at the user's.
func Size(standard float32) float32 { return standard * float32(now.Scale) }

// Height returns a height that holds text, such as a button's, at the user's scale.
func Height(standard float32) float32 {
	return standard + Px(1.2*(Size(SizeBody)-SizeBody))
}

// RowHeight returns the height of a table row and of its header.
func RowHeight() float32 { return Height(float32(now.Density)) }

// FieldHeight returns the height of a field or a button.
func FieldHeight() float32 { return Height(30) }

var (
	regular  = fyne.NewStaticResource("regular.ttf", assets.Regular)
	semibold = fyne.NewStaticResource("semibold.ttf", assets.Semibold)
)

// fyneTheme gives the current tokens to Fyne's own widgets. It ignores the
// variant: Use has decided.
type fyneTheme struct{ padding float32 }

// Color returns the colour of one of Fyne's names.
func (fyneTheme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	t := now.Tokens
	switch name {
	case theme.ColorNameBackground:
		return t.Background
	case theme.ColorNameButton, theme.ColorNameDisabledButton:
		return t.Button
	case theme.ColorNameForeground:
		return t.Text
	case theme.ColorNameDisabled, theme.ColorNamePlaceHolder:
		return t.Faint
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return t.Accent
	case theme.ColorNameForegroundOnPrimary, theme.ColorNameForegroundOnError,
		theme.ColorNameForegroundOnSuccess, theme.ColorNameForegroundOnWarning:
		return t.OnAccent
	case theme.ColorNameError:
		return t.Danger
	case theme.ColorNameSuccess:
		return t.Positive
	case theme.ColorNameWarning:
		return t.Warning
	case theme.ColorNameInputBackground, theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground:
		return t.Surface
	case theme.ColorNameInputBorder:
		return t.Border
	case theme.ColorNameHeaderBackground:
		return t.Header
	case theme.ColorNameSeparator:
		return t.Line
	case theme.ColorNameSelection:
		return t.Selected
	case theme.ColorNameFocus:
		return Fade(t.Accent, 0x54)
	case theme.ColorNameHover:
		return Fade(t.Text, 0x0D)
	case theme.ColorNamePressed:
		return Fade(t.Text, 0x1F)
	case theme.ColorNameScrollBar:
		return Fade(t.Muted, 0x88)
	case theme.ColorNameScrollBarBackground, theme.ColorNameShadow:
		return color.Transparent // Fyne shades the edges of what scrolls
	}
	variant := theme.VariantLight
	if t.Dark {
		variant = theme.VariantDark
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Font returns the program's font; Fyne's own only where there is no text.
func (fyneTheme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return semibold
	default:
		return regular
	}
}

// Icon returns Fyne's own icon.
func (fyneTheme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Size returns a size in units.
func (f fyneTheme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNamePadding:
		return f.padding
	case theme.SizeNameInnerPadding:
		return 6
	case theme.SizeNameText:
		return Size(SizeBody)
	case theme.SizeNameCaptionText:
		return Size(SizeSmall)
	case theme.SizeNameSubHeadingText:
		return Size(15)
	case theme.SizeNameHeadingText:
		return Size(SizeTitle)
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 5
	case theme.SizeNameInputBorder, theme.SizeNameSeparatorThickness:
		return 1
	case theme.SizeNameInlineIcon:
		return 16
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameLineSpacing:
		return 4
	}
	return theme.DefaultTheme().Size(name)
}
