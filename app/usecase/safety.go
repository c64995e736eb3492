package usecase

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/backup"
	"kebu/store"
)

// Alarm is what is to be said of the backups of a book.
type Alarm string

// The alarms, the worst first.
const (
	NoAlarm     Alarm = ""
	RolledBack  Alarm = "rolled_back"  // the book is older than it was here before
	DrillFailed Alarm = "drill_failed" // the newest backup could not be restored
	Failed      Alarm = "failed"       // no folder took the last one
	Old         Alarm = "old"          // people worked on more than two days since
	ClockBack   Alarm = "clock_back"   // the last one lies in the future
	OneFailed   Alarm = "one_failed"   // one folder of two did not take the last one
)

// Safety is how safe a book is.
type Safety struct {
	BookSafety
	Alarm    Alarm
	Last     time.Time // of the last good backup anywhere, the zero time for none
	Days     int       // on which people worked since
	Worked   bool      // something changed since
	Due      bool      // a day of work, or the work before the book was opened, ended without one
	DrillDue bool
}

// Safety tells how the backups of the book went, as k remembers it; a nil one
// remembers nothing, and nothing is said.
func (s *Session) Safety(ctx context.Context, k *Keeper) (Safety, error) {
	if k == nil {
		return Safety{}, nil
	}
	now, id := s.gate.Now(), s.gate.BookID()
	safe := Safety{BookSafety: k.of(id, s.gate.Path())}
	var step int64
	failed := 0
	for _, p := range safe.Places {
		if p.Last.After(safe.Last) {
			safe.Last, step = p.Last, p.Step
		}
		if p.Failed != NoFailure {
			failed++
		}
	}
	zone, err := s.zone(ctx, access.Safety)
	if err != nil {
		return safe, err
	}
	if err := s.gate.View(ctx, access.Safety, func(tx *store.Tx) error {
		worked, err := tx.Worked(ctx, step)
		if err != nil {
			return err
		}
		days := make(map[crm.Day]bool)
		for _, at := range worked {
			days[at.Day(zone)] = true
		}
		safe.Days, safe.Worked = len(days), len(worked) > 0
		safe.Due = len(days) > 1 || len(days) == 1 && !days[crm.At(now).Day(zone)] || len(worked) > 0 && s.gate.BeganStep() > step
		return nil
	}); err != nil {
		return safe, err
	}
	older := s.comparedWith(ctx, k.seen)
	safe.DrillDue = !safe.Last.IsZero() && backup.Due(safe.Drill.At, now, backup.DrillEvery)
	switch {
	case older != nil:
		safe.Alarm = RolledBack
	case safe.Drill.Failed != NoFailure && safe.Drill.Failed != FailedStopped:
		safe.Alarm = DrillFailed
	case failed == len(safe.Places):
		safe.Alarm = Failed
	case safe.Days > backup.MostDays:
		safe.Alarm = Old
	case backup.Ahead(safe.Last, now):
		safe.Alarm = ClockBack
	case failed > 0:
		safe.Alarm = OneFailed
	}
	if older == nil {
		return safe, k.seen.Keep(ctx, s)
	}
	return safe, nil
}

// comparedWith compares the book as it was opened with what this computer saw of it,
// once.
func (s *Session) comparedWith(ctx context.Context, n *Seen) *OlderBook {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.compared {
		s.older, s.compared = n.Compare(ctx, s), true
	}
	return s.older
}

// AcceptState has the owner go on with a book that is older than it was here; the log
// has that for good. Whom this computer knows as erased goes from it again, and a
// backup of it is due.
func (s *Session) AcceptState(ctx context.Context, k *Keeper) error {
	if err := s.gate.Ask(ctx, access.AcceptOlder); err != nil || k == nil {
		return err
	}
	older := s.comparedWith(ctx, k.seen)
	if older == nil {
		return nil
	}
	if err := s.gate.Record(ctx, access.AcceptOlder, func(*store.Tx) (int64, *store.Matter, error) {
		return max(0, older.Seen-older.Has), &store.Matter{Seen: older.Seen}, nil
	}); err != nil {
		return err
	}
	if err := s.eraseAgain(ctx, k.seen); err != nil {
		return err
	}
	// What cannot be remembered costs a backup that comes late.
	_ = k.set(s.gate.BookID(), s.gate.Path(), func(b *BookSafety) { b.wentBackTo(max(0, s.gate.BeganStep()-1)) })
	s.mu.Lock()
	s.older = nil
	s.mu.Unlock()
	return k.seen.Keep(ctx, s)
}

// ChooseFolders says where the backups of the book go from now on: to one folder or
// two, those beside the book for none. The log has an entry of it.
func (s *Session) ChooseFolders(ctx context.Context, k *Keeper, folders ...string) error {
	return s.gate.Keep(ctx, access.Backups, func(tx *store.Tx) error {
		if err := tx.LogEvent(ctx, crm.At(s.gate.Now()), actFolders, int64(len(folders)), nil); err != nil {
			return err
		}
		return k.set(s.gate.BookID(), s.gate.Path(), func(b *BookSafety) {
			was := b.Places
			b.Places = nil
			for _, f := range folders[:min(len(folders), MaxBackupFolders)] {
				f = filepath.Clean(f)
				p := BackupPlace{Folder: f}
				for _, w := range was {
					if w.Folder == f {
						p = w
					}
				}
				b.Places = append(b.Places, p)
			}
		})
	})
}

// KeepSafe backs the book up to its folders, whoever works, and remembers how it
// went. It fails if no folder took it. A nil k has none.
func (s *Session) KeepSafe(ctx context.Context, k *Keeper, reason BackupReason, progress func(done, total int)) error {
	if k == nil {
		return nil
	}
	id := s.gate.BookID()
	var errs []error
	places := k.of(id, s.gate.Path()).Places
	for i, p := range places {
		part := func(done, total int) {
			if progress != nil {
				progress(i*total+done, len(places)*total)
			}
		}
		report, err := s.backup(ctx, access.Safety, BackupRequest{Folder: p.Folder, Reason: reason, Progress: part})
		failed := failureOf(err)
		if remember := k.set(id, s.gate.Path(), func(b *BookSafety) { b.record(p.Folder, s.gate.Now(), report, failed) }); remember != nil && err == nil {
			err = remember
		}
		if err != nil {
			errs = append(errs, err)
		}
	}
	if len(errs) < len(places) {
		return nil
	}
	return errors.Join(errs...)
}

// DrillNow does the drill of the month in the first folder that has a backup, and
// remembers how it went.
func (s *Session) DrillNow(ctx context.Context, k *Keeper, progress func(done, total int)) (DrillResult, error) {
	id := s.gate.BookID()
	result := DrillResult{At: s.gate.Now(), Failed: FailedFolder}
	err := ErrNoBackup
	for _, p := range k.of(id, s.gate.Path()).Places {
		var report DrillReport
		report, err = s.drill(ctx, access.Safety, p.Folder, progress)
		result = DrillResult{At: s.gate.Now(), Of: report.Backup.At, Orders: report.Orders, Failed: failureOf(err)}
		if err == nil || result.Failed != FailedFolder && !errors.Is(err, ErrNoBackup) {
			break
		}
	}
	if errors.Is(err, errNotMine) {
		return result, err // the next one will be the user's, too
	}
	return result, errors.Join(err, k.set(id, s.gate.Path(), func(b *BookSafety) { b.Drill = result }))
}
