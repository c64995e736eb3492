package usecase

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"kebu/app/crm/access"
	"kebu/app/crm/backup"
	"kebu/store"
)

// DrillReport says what a drill found.
type DrillReport struct {
	Backup            BackupFile
	Customers, Orders int
}

// errNotMine means that the user has the keys of none of the backups, which says
// nothing against them.
var errNotMine = errors.New("made under other keys")

// Drill restores the newest backup of a folder into a scratch file beside the book,
// checks all of it, and removes it. It fails with ErrNoBackup if there is none, with
// ErrBadBackup if it cannot be restored.
func (s *Session) Drill(ctx context.Context, folder string, progress func(done, total int)) (DrillReport, error) {
	return s.drill(ctx, access.Drill, folder, progress)
}

func (s *Session) drill(ctx context.Context, v access.Verb, folder string, progress func(done, total int)) (DrillReport, error) {
	list, err := s.backups(ctx, v, folder, time.UTC)
	if err != nil {
		return DrillReport{}, err
	}
	had := len(list)
	list = slices.DeleteFunc(list, func(f BackupFile) bool { return f.Older || f.Before })
	if len(list) == 0 && had > 0 {
		return DrillReport{}, fmt.Errorf("%w: %w", ErrNoBackup, errNotMine)
	}
	if len(list) == 0 {
		return DrillReport{}, ErrNoBackup
	}
	newest := newestAt(list, s.gate.Now())
	scratch := s.gate.Path() + ".drill" + store.UnfinishedSuffix
	_ = store.RemoveCopy(scratch) // what a crash left
	facts, err := s.gate.Rehearse(ctx, v, newest.Path, scratch, progress)
	if err != nil {
		return DrillReport{Backup: newest}, badBackup(err)
	}
	return DrillReport{newest, facts.Customers, facts.Orders}, nil
}

// newestAt returns the newest backup that does not lie ahead of the clock, or of
// those if all do.
func newestAt(list []BackupFile, now time.Time) BackupFile {
	return slices.MaxFunc(list, func(a, b BackupFile) int {
		if ahead := backup.Ahead(a.At, now); ahead != backup.Ahead(b.At, now) {
			if ahead {
				return -1
			}
			return 1
		}
		return a.At.Compare(b.At)
	})
}
