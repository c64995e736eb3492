package usecase

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kebu/app/crm/access"
	"kebu/app/crm/backup"
	"kebu/crypto/keyring"
	"kebu/store"
)

// Why a backup is made, and for how long it is kept.
type (
	// BackupReason is why a backup was made.
	BackupReason = backup.Reason
	// Generation is for how long a backup is kept.
	Generation = backup.Generation
)

// ErrNoBackup means that there is no backup of the book in a folder.
var ErrNoBackup = errors.New("no backup of this book")

// BackupRequest says where a backup goes.
type BackupRequest struct {
	Folder   string // made, if the folder around it is there
	Reason   BackupReason
	Progress func(done, total int) // may be nil
}

// BackupFile is a backup that is there.
type BackupFile struct {
	Path       string
	At         time.Time
	Reason     BackupReason
	Size       int64 // bytes
	Generation Generation
	// Whole is whether it looks as it was when every page of it was checked: it is
	// of this book, opens, and was not cut.
	Whole bool
	// Older means that its keys are gone from the book since: only a passphrase of
	// that time opens it.
	Older bool
	// Held is how much it holds, nil if that is not remembered.
	Held *Held
	// Before means that it was made before the user could open the book: whoever could
	// then can look at it.
	Before bool
}

// kept reports whether nothing is known against a backup.
func (f *BackupFile) kept() bool { return f.Whole || f.Older || f.Before }

// BackupReport says what a backup did.
type BackupReport struct {
	BackupFile
	Customers, Orders int
	Removed           int // older backups that no generation keeps
	facts             store.Facts
}

// Backup copies the book to a file of its own in a folder, with a signed checkpoint
// of the log beside. It counts only once every page of it was opened and the whole
// was checked; then those older ones go that no generation keeps, and no other file. The
// log has an entry of it.
func (s *Session) Backup(ctx context.Context, r BackupRequest) (BackupReport, error) {
	return s.backup(ctx, access.Backup, r)
}

// Backups returns the backups of the book in a folder, newest first.
func (s *Session) Backups(ctx context.Context, folder string) ([]BackupFile, error) {
	zone, err := s.zone(ctx, access.Backups)
	if err != nil {
		return nil, err
	}
	return s.backups(ctx, access.Backups, folder, zone)
}

func (s *Session) backup(ctx context.Context, v access.Verb, r BackupRequest) (BackupReport, error) {
	zone, err := s.zone(ctx, v)
	if err != nil {
		return BackupReport{}, err
	}
	if err := makeFolder(r.Folder); err != nil {
		return BackupReport{}, err
	}
	id := s.gate.BookID()
	removeLeftovers(r.Folder, id)
	path, name, err := freeName(r.Folder, backup.NameOf(id, s.gate.Now(), r.Reason))
	if err != nil {
		return BackupReport{}, err
	}
	if err := s.signBeside(ctx, v, path, v == access.Backup || r.Reason == backup.Hand); err != nil {
		return BackupReport{}, err
	}
	facts, err := s.gate.Backup(ctx, v, path, r.Progress)
	if err != nil {
		_ = os.Remove(checkpointOf(path))
		return BackupReport{}, err
	}
	erased, err := s.gate.Erasures(ctx)
	if err == nil {
		err = keepErased(r.Folder, id, erased)
	}
	if err != nil {
		return BackupReport{}, err
	}
	report := BackupReport{Customers: facts.Customers, Orders: facts.Orders, facts: facts}
	list, err := s.backups(ctx, v, r.Folder, zone)
	if err != nil {
		return BackupReport{}, err
	}
	for _, f := range list {
		switch {
		case f.Path == path:
			report.BackupFile = f
		case (f.Whole || f.Older) && f.Generation == backup.None && store.RemoveCopy(f.Path) == nil: // else it goes next time
			_ = os.Remove(checkpointOf(f.Path))
			report.Removed++
		}
	}
	if report.Path == "" || !report.Whole {
		return BackupReport{}, fmt.Errorf("look at %s: %w", name, ErrDamaged)
	}
	return report, nil
}

// backups looks at the files of a folder that are named as backups of the book.
func (s *Session) backups(ctx context.Context, v access.Verb, folder string, zone *time.Location) ([]BackupFile, error) {
	if err := s.gate.Ask(ctx, v); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("list backups: %w", err)
	}
	book := backup.NameOf(s.gate.BookID(), time.Time{}, backup.Day).Book
	var list []BackupFile
	var good []backup.Name
	for _, e := range entries {
		name, ok := backup.Parse(e.Name())
		if !ok || name.Book != book || !e.Type().IsRegular() {
			continue
		}
		f := BackupFile{Path: filepath.Join(folder, e.Name()), At: name.At, Reason: name.Reason}
		if f.Path == s.gate.Path() {
			continue // somebody works in a backup: it is the book now
		}
		if info, err := e.Info(); err == nil {
			f.Size = info.Size()
		}
		f.Whole, err = s.gate.LooksWhole(ctx, v, f.Path)
		if errors.Is(err, store.ErrOtherBook) {
			continue
		}
		f.Older, f.Before = errors.Is(err, keyring.ErrNoKey), errors.Is(err, keyring.ErrNoUser)
		list = append(list, f)
		if f.kept() {
			good = append(good, name)
		}
	}
	kept := backup.Keep(good, zone)
	for i := range list {
		if list[i].kept() {
			list[i].Generation, kept = kept[0], kept[1:]
		}
	}
	slices.SortStableFunc(list, func(a, b BackupFile) int { return b.At.Compare(a.At) })
	return list, nil
}

func (s *Session) zone(ctx context.Context, v access.Verb) (*time.Location, error) {
	var settings store.Settings
	err := s.gate.View(ctx, v, func(tx *store.Tx) (err error) {
		settings, err = tx.Settings(ctx)
		return err
	})
	return settings.Zone, err
}

// makeFolder makes the last folder of a path, no more: where a drive is not plugged
// in, nothing is to be written in its stead.
func makeFolder(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make folder: %w", err)
	}
	if info, err := os.Stat(path); err != nil {
		return fmt.Errorf("make folder: %w", err)
	} else if !info.IsDir() {
		return &fs.PathError{Op: "make folder", Path: path, Err: fs.ErrExist}
	}
	return nil
}

// freeName returns the path of a backup that nothing has: a second later for each
// that is taken, as after a clock was set back.
func freeName(folder string, name backup.Name) (string, backup.Name, error) {
	for {
		path := filepath.Join(folder, name.String())
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return path, name, nil
		} else if err != nil {
			return "", name, fmt.Errorf("name backup: %w", err)
		}
		name.At = name.At.Add(time.Second)
	}
}

// removeLeftovers removes what a crash left of earlier backups of the book. What
// another program writes just now is locked and stays.
func removeLeftovers(folder string, id [16]byte) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	book := backup.NameOf(id, time.Time{}, backup.Day).Book
	of := func(file string) bool {
		name, ok := backup.Parse(file)
		return ok && name.Book == book
	}
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		if base, ok := strings.CutSuffix(e.Name(), store.UnfinishedSuffix); ok && of(base) {
			_ = store.RemoveCopy(path)
		}
		if base, ok := strings.CutSuffix(e.Name(), checkpointSuffix); ok && of(base+bookSuffix) {
			if _, err := os.Lstat(filepath.Join(folder, base+bookSuffix)); errors.Is(err, fs.ErrNotExist) {
				_ = os.Remove(path)
			}
		}
	}
}
