package usecase

import (
	"context"
	"slices"
	"time"

	"kebu/app/crm/access"
	"kebu/store"
)

// DrillReport says what a drill found.
type DrillReport struct {
	Backup            BackupFile
	Customers, Orders int
}

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
	list = slices.DeleteFunc(list, func(f BackupFile) bool { return f.Older })
	if len(list) == 0 {
		return DrillReport{}, ErrNoBackup
	}
	newest := slices.MaxFunc(list, func(a, b BackupFile) int { return a.At.Compare(b.At) })
	scratch := s.gate.Path() + ".drill" + store.UnfinishedSuffix
	_ = store.RemoveCopy(scratch) // what a crash left
	facts, err := s.gate.Rehearse(ctx, v, newest.Path, scratch, progress)
	if err != nil {
		return DrillReport{Backup: newest}, badBackup(err)
	}
	return DrillReport{newest, facts.Customers, facts.Orders}, nil
}
