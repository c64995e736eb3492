package act

import (
	"context"

	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/usecase"
)

// Checker reads every page of the book.
type Checker interface {
	Check(ctx context.Context, progress func(done, total int)) (usecase.CheckReport, error)
}

// Check has every page of the book read and proved, in the status bar, and says
// what came of it.
func Check(d *desk.Desk, book Checker) {
	var report usecase.CheckReport
	var shown desk.Work
	task := d.Tasks.Go(func(ctx context.Context) (err error) {
		report, err = book.Check(ctx, func(done, total int) {
			d.Tasks.Do(func() { shown.Set("", float64(done)/float64(max(1, total))) })
		})
		return err
	}, func(err error) {
		shown.End()
		switch {
		case len(report.Problems) > 0:
			d.Layer.Fail(d.Text("shell_check_bad", map[string]any{"Count": len(report.Problems)}), "", nil)
		case !d.Failed(err):
			d.Layer.Done(d.Text("shell_checked", map[string]any{"Pages": phrase.Count(report.Pages)}), "", nil)
		}
	})
	shown = d.Work(d.Text("shell_checking"), task.Cancel)
}
