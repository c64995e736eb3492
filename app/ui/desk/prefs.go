package desk

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"kebu/app/ui/look"
)

// What this computer remembers of the look, and of locking.
const (
	PrefTheme   = "theme"
	PrefScale   = "scale"
	PrefDensity = "density"
	PrefLock    = "lock"   // minutes; negative for never
	PrefFolder  = "folder" // where files were last chosen
	PrefPlaces  = "places" // books that are to stay where it is doubtful
)

// LookOf returns the look that this computer remembers.
func LookOf(p fyne.Preferences) (look.Theme, look.Scale, look.Density) {
	return look.Theme(p.StringWithFallback(PrefTheme, string(look.System))),
		look.Scale(p.FloatWithFallback(PrefScale, float64(look.Standard))),
		look.Density(p.FloatWithFallback(PrefDensity, float64(look.Normal)))
}

// AutoLock returns how long nobody may be at the window before it locks; 0 for ever.
// Sleep and a locked screen lock all the same.
func AutoLock(p fyne.Preferences) time.Duration {
	return max(0, time.Duration(p.IntWithFallback(PrefLock, 10))*time.Minute)
}

// IsDark reports whether a variant of the system is the dark one.
func IsDark(v fyne.ThemeVariant) bool { return v == theme.VariantDark }
