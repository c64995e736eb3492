// Package task does work off the window's goroutine. It is the only place of
// app/ui that starts goroutines.
//
// Callbacks run on the window's goroutine, one after the other. A task that
// was cancelled still calls back, with the context's error.
package task

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Runner starts tasks and brings their results back to the window.
type Runner struct {
	// Started, if not nil, is called when a work is given to Go.
	Started func()

	do      func(func()) // runs a function on the window's goroutine
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
}

// New returns a runner; do runs a function on the window's goroutine, later or
// at once: fyne.Do in the program.
func New(do func(func())) *Runner {
	ctx, cancel := context.WithCancel(context.Background())
	return &Runner{do: do, ctx: ctx, cancel: cancel}
}

// Close cancels every task and waits until all have stopped.
func (r *Runner) Close() {
	r.cancel()
	r.running.Wait()
}

// Task is work that runs.
type Task struct {
	cancel context.CancelFunc
}

// Cancel asks the task to stop. It may be called often, and on nil.
func (t *Task) Cancel() {
	if t != nil {
		t.cancel()
	}
}

// Go runs work apart from the window and then, on the window's goroutine, done
// with its error. A nil done is not called.
func (r *Runner) Go(work func(ctx context.Context) error, done func(err error)) *Task {
	if r.Started != nil {
		r.Started()
	}
	return r.Quietly(work, done)
}

// Quietly is Go for what nobody asked for, such as a look at the clock: Started is not
// called.
func (r *Runner) Quietly(work func(ctx context.Context) error, done func(err error)) *Task {
	ctx, cancel := context.WithCancel(r.ctx)
	r.running.Go(func() {
		defer cancel()
		err := work(ctx)
		if done != nil {
			r.do(func() { done(err) })
		}
	})
	return &Task{cancel}
}

// After runs f on the window's goroutine once d has passed, unless cancelled.
func (r *Runner) After(d time.Duration, f func()) *Task {
	ctx, cancel := context.WithCancel(r.ctx)
	r.running.Go(func() {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-ctx.Done():
		case <-timer.C:
			// The window may run this much later, and until then Cancel counts.
			r.do(func() {
				defer cancel()
				if ctx.Err() == nil {
					f()
				}
			})
		}
	})
	return &Task{cancel}
}

// Every runs f on the window's goroutine each time d has passed, until cancelled.
func (r *Runner) Every(d time.Duration, f func()) *Task {
	ctx, cancel := context.WithCancel(r.ctx)
	r.running.Go(func() {
		defer cancel()
		ticker := time.NewTicker(d)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				r.do(func() {
					if ctx.Err() == nil {
						f()
					}
				})
			}
		}
	})
	return &Task{cancel}
}

// Do runs f on the window's goroutine, for work that tells its progress.
func (r *Runner) Do(f func()) { r.do(f) }

// Told returns what long work tells its progress to. It sets the part that is done on
// the window's goroutine, and passes over what the window has no time to show.
func (r *Runner) Told(set func(part float64)) func(done, total int) {
	var newest atomic.Pointer[float64]
	return func(done, total int) {
		part := float64(done) / float64(max(1, total))
		if newest.Swap(&part) != nil {
			return // the window has not yet seen the one before
		}
		r.do(func() {
			if part := newest.Swap(nil); part != nil {
				set(*part)
			}
		})
	}
}

// Latest runs only the newest of the works it is given: a search while one
// types. The zero value needs Runner.
type Latest struct {
	Runner *Runner
	last   *Task
	number int
}

// Go cancels the work before and runs this one; done is called only if no newer
// work was started since.
func (l *Latest) Go(work func(ctx context.Context) error, done func(err error)) {
	l.Cancel()
	number := l.number
	l.last = l.Runner.Go(work, func(err error) {
		if number == l.number {
			done(err)
		}
	})
}

// After is Go for a function of the window, once d has passed.
func (l *Latest) After(d time.Duration, f func()) {
	l.Cancel()
	l.last = l.Runner.After(d, f)
}

// Cancel stops the last work; its done is not called any more.
func (l *Latest) Cancel() {
	l.number++
	l.last.Cancel()
}
