package usecase

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// PlaceDoubt is why a folder is a poor place for a book.
type PlaceDoubt string

// The doubts.
const (
	NoDoubt PlaceDoubt = ""
	// Synchronised: a program that copies the folder to other computers may copy
	// the book while it is written.
	Synchronised PlaceDoubt = "synchronised"
	// Removable: the drive may be pulled out, and is easily lost.
	Removable PlaceDoubt = "removable"
	// Networked: the drive is another computer's, where a line that breaks may leave
	// half a write, and locks may not hold.
	Networked PlaceDoubt = "networked"
	// SameDisk: backups go with the disk of their book.
	SameDisk PlaceDoubt = "same_disk"
)

// synchronised are the folders of such programs, by what their names hold, in
// small letters.
var synchronised = []string{
	"onedrive", "dropbox", "icloud", "mobile documents", "com~apple~clouddocs", "google drive", "googledrive",
	"nextcloud", "owncloud", "syncthing", "seafile", "pcloud", "megasync", "box sync", "synology",
	"baidunetdisk", "baidusyncdisk", "nutstore", "weiyun", "alipan", "aliyundrive", "wpsdrive", "wps cloud",
	"网盘", "云盘", "同步盘", "同步空间", "坚果云", "微云", "百度云", "云文档", "雲端硬碟",
}

// removable are where Linux and macOS put drives that come and go.
var removable = []string{"/media/", "/run/media/", "/mnt/", "/Volumes/"}

// syncFolders are the variables in which such programs name their folders.
var syncFolders = []string{"OneDrive", "OneDriveConsumer", "OneDriveCommercial"}

// within reports whether a path is in a folder, "" for none.
func within(path, folder string) bool {
	if folder == "" {
		return false
	}
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// DoubtOf judges the place of a book by the names of its folders, by what programs
// that synchronise say in the environment, and by the kind of its drive. Unknown
// programs and drives are not found.
func DoubtOf(path string) PlaceDoubt {
	folders := strings.Split(strings.ToLower(filepath.ToSlash(filepath.Dir(path))), "/")
	for _, name := range folders {
		if name == "box" || slices.ContainsFunc(synchronised, func(s string) bool { return strings.Contains(name, s) }) {
			return Synchronised
		}
	}
	if slices.ContainsFunc(syncFolders, func(name string) bool { return within(path, os.Getenv(name)) }) {
		return Synchronised
	}
	if onNetworkDrive(filepath.Dir(path)) {
		return Networked
	}
	slashed := filepath.ToSlash(path)
	if slices.ContainsFunc(removable, func(s string) bool { return strings.HasPrefix(slashed, s) }) || onRemovableDrive(path) {
		return Removable
	}
	return NoDoubt
}

// DoubtOfBackups judges a folder for the backups of a book, which may be made yet.
func DoubtOfBackups(book, folder string) PlaceDoubt {
	if doubt := DoubtOf(filepath.Join(folder, filepath.Base(book))); doubt == Synchronised || doubt == Networked {
		return doubt
	}
	disk, known := diskOf(filepath.Dir(book))
	for ; known; folder = filepath.Dir(folder) {
		if other, ok := diskOf(folder); ok {
			if other == disk {
				return SameDisk
			}
			return NoDoubt
		}
		if folder == filepath.Dir(folder) {
			break
		}
	}
	return NoDoubt
}
