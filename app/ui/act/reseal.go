package act

import (
	"context"
	"errors"

	"kebu/app/ui/desk"
)

// Resealer seals the book anew after somebody lost a key.
type Resealer interface {
	Stale() bool
	Reseal(ctx context.Context, progress func(done, total int)) error
}

// Reseal seals the book under its newest keys, if anything is under older ones, with
// the progress in the status bar. Stopped, it goes on when the owner opens the book
// next. Then, if not nil, is called after it.
func Reseal(d *desk.Desk, book Resealer, then func()) {
	if then == nil {
		then = func() {}
	}
	if !book.Stale() {
		then()
		return
	}
	var shown desk.Work
	task := d.Tasks.Go(func(ctx context.Context) error {
		return book.Reseal(ctx, func(done, total int) {
			d.Tasks.Do(func() { shown.Set("", float64(done)/float64(max(1, total))) })
		})
	}, func(err error) {
		shown.End()
		switch {
		case errors.Is(err, context.Canceled):
			d.Layer.Info(d.Text("team_reseal_later"))
		case d.Failed(err):
		case book.Stale(): // a key changed meanwhile
			Reseal(d, book, then)
			return
		default:
			d.Layer.Done(d.Text("team_resealed"), "", nil)
		}
		then()
	})
	shown = d.Work(d.Text("team_resealing"), task.Cancel)
}
