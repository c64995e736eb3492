package find

import "testing"

func TestSameSoundIsThatOfAnyReading(t *testing.T) {
	for _, c := range []struct {
		a, b rune
		want bool
	}{
		{'伟', '玮', true},
		{'张', '章', true},
		{'静', '靖', true},
		{'曾', '增', true},
		{'伟', '芳', false},
		{'张', '王', false},
		{'张', 'Z', false},
		{'a', 'a', false},
	} {
		if got := SameSound(c.a, c.b); got != c.want {
			t.Errorf("%c and %c: %v", c.a, c.b, got)
		}
	}
}
