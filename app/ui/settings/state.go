package settings

import (
	"math"
	"slices"
)

// Prefs are what this computer remembers; a test gives a map.
type Prefs interface {
	String(key string) string
	SetString(key, value string)
	FloatWithFallback(key string, fallback float64) float64
	SetFloat(key string, value float64)
	IntWithFallback(key string, fallback int) int
	SetInt(key string, value int)
}

// Names of what is remembered, as app/ui and app/ui/desk read it.
const (
	prefLanguage = "language"
	prefTheme    = "theme"
	prefScale    = "scale"
	prefDensity  = "density"
	prefLock     = "lock"
)

// choice is a setting of which one option holds.
type choice struct {
	title   string // key
	hint    string // key, "" for none
	options []option
	pref    pref
	// relook: the window is drawn anew; reopen: it takes effect at the next start.
	relook, reopen bool
}

// option is one value of a setting.
type option struct {
	text  string // key
	value any
}

// pref reads and writes one value.
type pref interface {
	get(Prefs) any
	set(Prefs, any)
}

type (
	textPref  struct{ name, start string }
	floatPref struct {
		name  string
		start float64
	}
	intPref struct {
		name  string
		start int
	}
)

func (p textPref) get(from Prefs) any {
	if s := from.String(p.name); s != "" {
		return s
	}
	return p.start
}
func (p textPref) set(in Prefs, v any)  { in.SetString(p.name, v.(string)) } //nolint:errcheck // the table below
func (p floatPref) get(from Prefs) any  { return round(from.FloatWithFallback(p.name, p.start)) }
func (p floatPref) set(in Prefs, v any) { in.SetFloat(p.name, v.(float64)) } //nolint:errcheck // the table below
func (p intPref) get(from Prefs) any    { return from.IntWithFallback(p.name, p.start) }
func (p intPref) set(in Prefs, v any)   { in.SetInt(p.name, v.(int)) } //nolint:errcheck // the table below

// round takes away what a float32 on the way has added.
func round(x float64) float64 { return math.Round(x*100) / 100 }

// display and security are the choices of two sections.
func display(language string) []choice {
	return []choice{
		{
			title: "settings_language", hint: "settings_language_hint", reopen: true, pref: textPref{prefLanguage, language},
			options: []option{{"language_hans", "zh-Hans"}, {"language_hant", "zh-Hant"}, {"language_en", "en"}},
		},
		{
			title: "settings_theme", relook: true, pref: textPref{prefTheme, "system"},
			options: []option{{"settings_system", "system"}, {"settings_light", "light"}, {"settings_dark", "dark"}},
		},
		{
			title: "settings_size", relook: true, pref: floatPref{prefScale, 1},
			options: []option{{"settings_small", 0.92}, {"settings_standard", 1.0}, {"settings_large", 1.15}, {"settings_largest", 1.3}},
		},
		{
			title: "settings_density", relook: true, pref: floatPref{prefDensity, 30},
			options: []option{{"settings_dense", 26.0}, {"settings_normal", 30.0}, {"settings_roomy", 36.0}},
		},
	}
}

// lockMinutes are the choices of the lock; negative is never.
var lockMinutes = []int{1, 5, 10, 15, 30, 60, -1}

// autoLock is the choice of when the window locks by itself.
var autoLock = intPref{prefLock, 10}

// chosen returns which option holds, -1 if none does.
func (c choice) chosen(p Prefs) int {
	now := c.pref.get(p)
	return slices.IndexFunc(c.options, func(o option) bool { return o.value == now })
}

// choose makes an option hold and returns how to take that back.
func (c choice) choose(p Prefs, i int) (undo func()) {
	before := c.pref.get(p)
	c.pref.set(p, c.options[i].value)
	return func() { c.pref.set(p, before) }
}
