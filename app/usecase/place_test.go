package usecase_test

import (
	"testing"

	"kebu/app/usecase"
)

func TestPlacesThatAreCopiedOrPulledOutAreTold(t *testing.T) {
	for path, want := range map[string]usecase.PlaceDoubt{
		"/home/owner/Documents/客簿/shop.kebu":                 usecase.NoDoubt,
		"/home/owner/boxes/shop.kebu":                        usecase.NoDoubt,
		"/home/owner/dropbox.kebu":                           usecase.NoDoubt,
		"C:/Users/owner/OneDrive - Shop/Documents/shop.kebu": usecase.Synchronised,
		"/home/owner/Dropbox/shop.kebu":                      usecase.Synchronised,
		"/Users/owner/Library/Mobile Documents/x/shop.kebu":  usecase.Synchronised,
		"D:/百度网盘/shop.kebu":                                  usecase.Synchronised,
		"/home/owner/Box/shop.kebu":                          usecase.Synchronised,
		"/run/media/owner/STICK/shop.kebu":                   usecase.Removable,
		"/Volumes/STICK/shop.kebu":                           usecase.Removable,
	} {
		if got := usecase.DoubtOf(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
