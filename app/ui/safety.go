package ui

import (
	"context"
	"time"

	"kebu/app/crm/backup"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// keepIdle is after how long without anybody at the window what was done is backed up.
const keepIdle = 30 * time.Minute

// keepEvery is after how long the window looks whether a day of work ended: it may
// stay open for days.
const keepEvery = 10 * time.Minute

// keepSafe backs the book up if a day of work ended without that, or if nobody is there
// any more, and once a month tries whether the newest backup can be restored. Nobody
// waits for it, and how it went is told by the overview.
func (w *Window) keepSafe() {
	s, k := w.session, w.desk.Keeper
	if s == nil || k == nil || w.shell == nil || w.keeping || w.works() {
		return
	}
	w.keeping = true
	var safe usecase.Safety
	w.desk.Tasks.Quietly(func(ctx context.Context) (err error) {
		safe, err = s.Safety(ctx, k)
		return err
	}, func(err error) {
		w.keeping = false
		switch {
		case err != nil: // the overview tells
		case safe.Due || safe.Worked && w.o.Clock().Round(0).Sub(w.lastUse.Round(0)) >= keepIdle:
			w.keep("shell_backing_up", func(ctx context.Context, progress func(done, total int)) error {
				return s.KeepSafe(ctx, k, backup.Day, progress)
			}, w.keepSafe)
		case safe.DrillDue:
			w.keep("shell_drilling", func(ctx context.Context, progress func(done, total int)) error {
				_, err := s.DrillNow(ctx, k, progress)
				return err
			}, nil)
		}
	})
}

// backUpLocked backs a locked book up if anything changed since the last time, which
// the lock waits for, unless somebody stops it: then it is due when the book is opened.
func (w *Window) backUpLocked(begun func()) {
	s, k := w.session, w.desk.Keeper
	if s == nil || k == nil || w.keeping {
		return
	}
	w.keep("shell_backing_up", func(ctx context.Context, progress func(done, total int)) error {
		safe, err := s.Safety(ctx, k)
		if err != nil || !safe.Worked {
			return err
		}
		w.desk.Tasks.Do(begun)
		return s.KeepSafe(ctx, k, backup.Day, progress)
	}, nil)
}

// closeSafely closes the window, after a backup if anything changed since the last.
func (w *Window) closeSafely() {
	s, k := w.session, w.desk.Keeper
	if s == nil || k == nil || w.shell == nil || w.keeping {
		w.quit()
		return
	}
	w.keep("shell_backing_up", func(ctx context.Context, progress func(done, total int)) error {
		safe, err := s.Safety(ctx, k)
		if err != nil || !safe.Worked {
			return err
		}
		return s.KeepSafe(ctx, k, backup.Day, progress)
	}, w.quit)
}

// keep does a work of backups, shows it in the status bar, and then goes on.
func (w *Window) keep(title string, do func(context.Context, func(done, total int)) error, then func()) {
	w.keeping = true
	var t *task.Task
	bar := w.Work(w.o.Words.Text(title), func() { t.Cancel() })
	told := w.desk.Tasks.Told(func(part float64) {
		if w.keeping {
			bar.Set("", part)
		}
	})
	t = w.desk.Tasks.Quietly(func(ctx context.Context) error { return do(ctx, told) }, func(error) { // the overview tells
		w.keeping = false
		bar.End()
		if w.shell != nil {
			use := w.lastUse
			w.Changed()
			w.lastUse = use // nobody asked for that
		}
		if then != nil {
			then()
		}
	})
}
