package settings

import "testing"

// memory is what a computer remembers, in a test.
type memory map[string]any

func (m memory) String(k string) string { s, _ := m[k].(string); return s }

func (m memory) SetString(k, v string) { m[k] = v }

func (m memory) FloatWithFallback(k string, f float64) float64 {
	if v, ok := m[k].(float64); ok {
		return float64(float32(v)) // as a theme keeps it
	}
	return f
}

func (m memory) SetFloat(k string, v float64) { m[k] = v }

func (m memory) IntWithFallback(k string, f int) int {
	if v, ok := m[k].(int); ok {
		return v
	}
	return f
}

func (m memory) SetInt(k string, v int) { m[k] = v }

func TestEveryOptionCanBeChosenAndTakenBack(t *testing.T) {
	for _, c := range display("zh-Hans") {
		m := memory{}
		start := c.chosen(m)
		if start < 0 {
			t.Errorf("%s: nothing holds at the start", c.title)
		}
		for i := range c.options {
			undo := c.choose(m, i)
			if got := c.chosen(m); got != i {
				t.Errorf("%s: chose %d, %d holds", c.title, i, got)
			}
			undo()
			if got := c.chosen(m); got != start {
				t.Errorf("%s: %d holds after taking %d back, want %d", c.title, got, i, start)
			}
		}
	}
}
