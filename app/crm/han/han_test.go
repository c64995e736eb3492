package han_test

import (
	"testing"

	"kebu/app/crm/han"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"臺灣": "台湾", "廣東省": "广东省", "龍岡區": "龙冈区", "Taipei 101": "Taipei 101", "𠮷": "𠮷", "": "", "上海": "上海",
	} {
		if got := han.Fold(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// Folding twice changes nothing.
func TestFoldedIsFolded(t *testing.T) {
	folds := han.Folds()
	for r := rune(han.First); r <= han.Last; r++ {
		if to := folds.Fold(r); folds.Fold(to) != to {
			t.Errorf("%c folds to %c, which folds on", r, to)
		}
	}
}
