package seat

import (
	"testing"
	"time"
)

func TestSleepIsNoticed(t *testing.T) {
	var w Watch
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	if w.Slept(now) {
		t.Error("the first look")
	}
	for _, step := range []struct {
		after time.Duration
		want  bool
	}{{10 * time.Second, false}, {40 * time.Second, false}, {8 * time.Hour, true}, {10 * time.Second, false}, {-time.Hour, false}, {10 * time.Second, false}} {
		now = now.Add(step.after)
		if got := w.Slept(now); got != step.want {
			t.Errorf("after %v: %t", step.after, got)
		}
	}
}
