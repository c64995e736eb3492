package store

import (
	"errors"
	"testing"
)

// TestTheRememberedEndOfTheLogIsChecked logs after changes that were taken back, and
// with the end of another time remembered.
func TestTheRememberedEndOfTheLogIsChecked(t *testing.T) {
	b := logBook(t)
	log := func(entries int, err error) {
		t.Helper()
		if got := b.Keep(t.Context(), func(tx *Tx) error {
			for range entries {
				if err := tx.LogEvent(t.Context(), logTime, "note", 1, &Matter{Purpose: "x"}); err != nil {
					return err
				}
			}
			return err
		}); !errors.Is(got, err) {
			t.Fatal(got)
		}
	}
	log(3, nil)
	old, broken := b.end.Load(), errors.New("broken")
	if old == nil || old.edge.Size() != 4 {
		t.Fatalf("remembered: %+v", old)
	}
	log(2, broken)
	if b.end.Load() != old {
		t.Error("what was taken back is remembered")
	}
	log(4, nil)
	b.end.Store(old) // as if somebody else had written since
	log(5, nil)
	b.end.Store(nil) // as after opening
	log(1, nil)
	if list := entries(t, b); len(list) != 14 {
		t.Errorf("%d entries", len(list))
	}
	if p := problems(t, b); len(p) > 0 {
		t.Errorf("problems: %q", p)
	}
}
