package files

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// entry is a file or folder that can be chosen.
type entry struct {
	name     string
	folder   bool
	size     int64
	modified time.Time
}

// folderOnly is an extension that no file has, for a list of folders.
const folderOnly = "/"

// list reads a folder: its folders, then its files with one of the extensions,
// each by name. Hidden ones are left out.
func list(folder string, extensions []string) ([]entry, error) {
	found, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("read folder: %w", err)
	}
	var entries []entry
	for _, f := range found {
		if strings.HasPrefix(f.Name(), ".") || strings.HasPrefix(f.Name(), "~$") {
			continue
		}
		info, err := os.Stat(filepath.Join(folder, f.Name())) // where a link leads
		if err != nil || !info.IsDir() && (!info.Mode().IsRegular() || !fits(f.Name(), extensions)) {
			continue
		}
		entries = append(entries, entry{f.Name(), info.IsDir(), info.Size(), info.ModTime()})
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name)), cmp.Compare(a.name, b.name))
	})
	return entries, nil
}

func fits(name string, extensions []string) bool {
	return len(extensions) == 0 || slices.ContainsFunc(extensions, func(e string) bool {
		return strings.EqualFold(filepath.Ext(name), e)
	})
}

// place is a folder to start from; key is that of its name, or "" for its own.
type place struct{ key, folder string }

// places are the user's usual folders and the drives, as far as they are there.
func places() []place {
	var all []place
	if home, err := os.UserHomeDir(); err == nil {
		all = append(all,
			place{"files_desktop", filepath.Join(home, "Desktop")},
			place{"files_documents", filepath.Join(home, "Documents")},
			place{"files_downloads", filepath.Join(home, "Downloads")},
			place{"files_home", home})
	}
	for _, drive := range drives() {
		all = append(all, place{"", drive})
	}
	return slices.DeleteFunc(all, func(p place) bool { return !isFolder(p.folder) })
}

// drives are where drives stand, by the system.
func drives() []string {
	switch runtime.GOOS {
	case "windows":
		var all []string
		for letter := 'C'; letter <= 'Z'; letter++ { // A and B would wait for a disk
			all = append(all, string(letter)+`:\`)
		}
		return all
	case "darwin":
		all, _ := filepath.Glob("/Volumes/*") // the pattern is right
		return all
	default:
		all, _ := filepath.Glob("/media/*/*")
		mounted, _ := filepath.Glob("/run/media/*/*")
		return append(append([]string{"/"}, all...), mounted...)
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// begin is the folder that is shown first: the last one, else the desktop, else
// the user's own.
func begin(last string) string {
	if last != "" && isFolder(last) {
		return last
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	if desktop := filepath.Join(home, "Desktop"); isFolder(desktop) {
		return desktop
	}
	return home
}

// target is the path of a name that was typed: a whole path, or one below the
// folder, with the extension added where it is missing.
func target(folder, name, extension string) string {
	name = strings.TrimSpace(name)
	if name == "" {
		return ""
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(folder, name)
	}
	if !strings.EqualFold(filepath.Ext(name), extension) {
		name += extension
	}
	return name
}

// there reports whether a file stands at a path.
func there(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
