package door

import (
	"math"
	"strings"
	"time"
	"unicode"

	"kebu/app/phrase"
	"kebu/app/usecase"
)

// Words are the texts of the window.
type Words interface {
	Text(key string, data ...map[string]any) string
}

// Verdict is what the meter says of a passphrase.
type Verdict struct {
	Score        int // bars, 0 to 4
	Word, Detail string
	Enough       bool
}

var levelKeys = map[usecase.Level]string{
	usecase.TooWeak: "door_too_weak", usecase.Fair: "door_fair",
	usecase.Strong: "door_strong", usecase.VeryStrong: "door_very_strong",
}

// Judge says how good a passphrase is; a suggested one is known to be no better
// than its list.
func Judge(words Words, pass string, suggested usecase.Suggestion) Verdict {
	if pass == "" {
		return Verdict{}
	}
	s := usecase.StrengthOf([]byte(pass))
	if pass == suggested.Text {
		s = suggested.Strength
	}
	v := Verdict{Score: int(s.Level) + 1, Word: words.Text(levelKeys[s.Level]), Enough: s.Level >= usecase.Strong}
	if !v.Enough && s.Length < usecase.MinPassphrase {
		v.Detail = words.Text("door_short", map[string]any{"Count": usecase.MinPassphrase - s.Length})
	} else {
		v.Detail = guessed(words, s)
	}
	return v
}

// guessed says how long guessing takes, in one figure of two digits.
func guessed(words Words, s usecase.Strength) string {
	span, years := usecase.GuessTime(s)
	unit, n := "door_guess_years", years
	const day = 24 * time.Hour
	switch {
	case years >= 1e8:
		return words.Text("door_guess_ages")
	case span < time.Minute:
		return words.Text("door_guess_now")
	case span < time.Hour:
		unit, n = "door_guess_minutes", span.Minutes()
	case span < day:
		unit, n = "door_guess_hours", span.Hours()
	case span < 365*day:
		unit, n = "door_guess_days", span.Hours()/24
	}
	count := int(twoDigits(n))
	return words.Text(unit, map[string]any{"Count": count, "Number": phrase.Count(count)})
}

func twoDigits(n float64) float64 {
	unit := math.Pow(10, max(0, math.Floor(math.Log10(n))-1))
	return math.Round(n/unit) * unit
}

// Hint is what a keyboard does that the typist may not know of.
type Hint string

// The hints, as keys of their texts.
const (
	NoHint    Hint = ""
	CapsLock  Hint = "door_caps"
	FullWidth Hint = "door_full_width"
)

// HintOf returns the hint that follows the last change of a field. The system
// does not tell of Caps Lock: a capital without Shift gives it away.
func HintOf(before, after string, shift bool, shown Hint) Hint {
	if strings.ContainsFunc(after, fullWidth) {
		return FullWidth
	}
	if shown == FullWidth || after == "" {
		shown = NoHint
	}
	typed, ok := strings.CutPrefix(after, before)
	letters := []rune(typed)
	if !ok || len(letters) != 1 {
		return shown // not one letter at the end: pasted, deleted
	}
	switch {
	case unicode.IsUpper(letters[0]) && !shift:
		return CapsLock
	case unicode.IsLower(letters[0]) && !shift:
		return NoHint
	default:
		return shown
	}
}

// fullWidth reports whether an input method typed a letter as wide as an
// ideograph.
func fullWidth(r rune) bool { return r >= 0xFF01 && r <= 0xFF5E || r == 0x3000 }
