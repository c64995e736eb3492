package door

import (
	"path/filepath"
	"testing"
)

func TestPlaces(t *testing.T) {
	folder := t.TempDir()
	for path, want := range map[string]string{
		"":                                "welcome_place_blank",
		"shop.kebu":                       "welcome_place_relative",
		folder:                            "welcome_place_folder",
		filepath.Join(folder, "new.kebu"): "",
	} {
		if got := PlaceProblem(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
	for typed, want := range map[string]string{"": "", " /a/shop ": "/a/shop.kebu", "/a/shop.KEBU": "/a/shop.KEBU"} {
		if got := WholePath(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	if DoubtKey("/home/owner/Dropbox/shop.kebu") == "" || DoubtKey("/home/owner/shop.kebu") != "" {
		t.Error("doubts about the wrong place")
	}
}
