package usecase_test

import (
	"path/filepath"
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

func TestAFolderThatAProgramNamesIsSynchronised(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "Papers", "shop.kebu")
	if got := usecase.DoubtOf(path); got != usecase.NoDoubt {
		t.Errorf("before: %q", got)
	}
	t.Setenv("OneDrive", folder)
	if got := usecase.DoubtOf(path); got != usecase.Synchronised {
		t.Errorf("in it: %q", got)
	}
	if got := usecase.DoubtOf(filepath.Join(folder+"-not", "shop.kebu")); got != usecase.NoDoubt {
		t.Errorf("beside it: %q", got)
	}
}

func TestAFolderForBackupsIsJudged(t *testing.T) {
	book := filepath.Join(t.TempDir(), "shop.kebu")
	for folder, want := range map[string]usecase.PlaceDoubt{
		usecase.BackupsBeside(book):                             usecase.SameDisk, // not made yet
		filepath.Dir(book):                                      usecase.SameDisk,
		filepath.Join(filepath.Dir(book), "Dropbox", "backups"): usecase.Synchronised,
	} {
		if got := usecase.DoubtOfBackups(book, folder); got != want {
			t.Errorf("%s: %q, want %q", filepath.Base(folder), got, want)
		}
	}
}
