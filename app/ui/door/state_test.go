package door

import (
	"strings"
	"testing"

	"kebu/app/phrase"
	"kebu/app/usecase"
)

func TestJudgeSaysWhatIsEnough(t *testing.T) {
	words := phrase.New("en")
	for _, c := range []struct {
		pass   string
		score  int
		enough bool
		detail string
	}{
		{"", 0, false, ""},
		{"mima123", 1, false, "8 more"},
		{"qwerty qwerty qwerty", 1, false, "Guessed"},
		{"shiban kafei 9 fengzheng", 4, true, "years"},
	} {
		v := Judge(words, c.pass, usecase.Suggestion{})
		if v.Score != c.score || v.Enough != c.enough || !strings.Contains(v.Detail, c.detail) {
			t.Errorf("%q: %+v", c.pass, v)
		}
	}
	s := usecase.Suggest()
	if v := Judge(words, s.Text, s); v.Score != 3 || !v.Enough || !strings.Contains(v.Detail, "years") {
		t.Errorf("a suggestion: %+v", v)
	}
}

func TestHintOf(t *testing.T) {
	for _, c := range []struct {
		before, after string
		shift         bool
		shown, want   Hint
	}{
		{"", "a", false, NoHint, NoHint},
		{"", "A", true, NoHint, NoHint},
		{"", "A", false, NoHint, CapsLock},
		{"A", "A1", false, CapsLock, CapsLock},
		{"A", "", false, CapsLock, NoHint},
		{"A", "Ab", false, CapsLock, NoHint},
		{"", "PASTED", false, NoHint, NoHint},
		{"a", "aｂ", false, NoHint, FullWidth},
		{"aｂ", "a", false, FullWidth, NoHint},
		{"a", "a\u3000", false, NoHint, FullWidth},
	} {
		if got := HintOf(c.before, c.after, c.shift, c.shown); got != c.want {
			t.Errorf("%q to %q: %q, want %q", c.before, c.after, got, c.want)
		}
	}
}

func TestTwoDigits(t *testing.T) {
	for n, want := range map[float64]float64{1.4: 1, 57.9: 58, 412: 410, 98765: 99000} {
		if got := twoDigits(n); got != want {
			t.Errorf("%g: %g, want %g", n, got, want)
		}
	}
}
