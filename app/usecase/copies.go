package usecase

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kebu/app/crm/backup"
	"kebu/store"
)

// BackupsOf lists what the folders of a book have of its backups, newest first, with no
// key: by names and headers, so that Whole tells no more than that the header can be
// read. A book that cannot be read itself is known by its place.
func BackupsOf(k *Keeper, book string) []BackupFile {
	id, err := store.IDOf(book)
	known := err == nil
	if !known {
		id, known = k.idAt(book)
	}
	safe := k.of(id, book)
	folders := []string{BackupsBeside(book)}
	for _, p := range safe.Places {
		if !slices.Contains(folders, p.Folder) {
			folders = append(folders, p.Folder)
		}
	}
	var list []BackupFile
	for _, folder := range folders {
		list = append(list, backupsIn(folder, func(path string, name backup.Name) bool {
			of, err := store.IDOf(path)
			if err != nil || !known {
				return !known || name.Book == backup.NameOf(id, time.Time{}, backup.Day).Book
			}
			return of == id
		})...)
	}
	for i := range list {
		if held, ok := safe.Held[filepath.Base(list[i].Path)]; ok {
			list[i].Held = &held
		}
	}
	slices.SortStableFunc(list, func(a, b BackupFile) int { return b.At.Compare(a.At) })
	return list
}

// backupsIn lists the wanted files of a folder that are named as backups.
func backupsIn(folder string, wanted func(path string, name backup.Name) bool) []BackupFile {
	entries, _ := os.ReadDir(folder) // a drive that is not plugged in has none
	var list []BackupFile
	var good []backup.Name
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		name, ok := backup.Parse(e.Name())
		if !ok || !e.Type().IsRegular() || !wanted(path, name) {
			continue
		}
		f := BackupFile{Path: path, At: name.At, Reason: name.Reason}
		if info, err := e.Info(); err == nil {
			f.Size = info.Size()
		}
		_, err := store.IDOf(path)
		if f.Whole = err == nil; f.Whole {
			good = append(good, name)
		}
		list = append(list, f)
	}
	kept := backup.Keep(good, time.Local)
	for i := range list {
		if list[i].Whole {
			list[i].Generation, kept = kept[0], kept[1:]
		}
	}
	return list
}

// idAt returns the id of the book that was last at a place.
func (k *Keeper) idAt(path string) (id [16]byte, ok bool) {
	if k == nil {
		return id, false
	}
	k.lock.Lock()
	defer k.lock.Unlock()
	for key, b := range k.read() {
		if b.Path == path {
			n, err := hex.Decode(id[:], []byte(key))
			return id, err == nil && n == len(id)
		}
	}
	return id, false
}

// was reports whether the book of that id was last at a place.
func (k *Keeper) was(id [16]byte, path string) bool {
	at, ok := k.idAt(path)
	return ok && at == id
}

// For returns k for the book of a session, or nil for a copy of it, such as a backup
// that is looked into: its own backups would take the places of the book's.
func (k *Keeper) For(s *Session) *Keeper {
	if k.CopyOf(s) != "" {
		return nil
	}
	return k
}

// CopyOf returns where the book is of which that of a session is a copy, "" if it is
// none. The book is where it was last, if it is still there.
func (k *Keeper) CopyOf(s *Session) string {
	id, path := s.gate.BookID(), s.gate.Path()
	home := k.of(id, path).Path
	if home == "" || home == path {
		return ""
	}
	if at, err := store.IDOf(home); err == nil && at == id && !sameFile(home, path) {
		return home
	}
	return ""
}

// IsBackup reports whether a file is named as backups are.
func IsBackup(path string) bool {
	_, ok := backup.Parse(filepath.Base(path))
	return ok
}
