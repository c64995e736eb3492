package task_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"kebu/app/ui/task"
)

// window runs functions one after the other, as a window does.
func window() (do func(func()), run func()) {
	queue := make(chan func(), 100)
	return func(f func()) { queue <- f }, func() {
		for {
			select {
			case f := <-queue:
				f()
			default:
				return
			}
		}
	}
}

func TestOnlyTheLatestWorkCallsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		do, run := window()
		r := task.New(do)
		latest := task.Latest{Runner: r}
		var got []string
		for _, word := range []string{"c", "ch", "che"} {
			latest.Go(func(ctx context.Context) error {
				select {
				case <-ctx.Done():
				case <-time.After(time.Second):
				}
				return ctx.Err()
			}, func(err error) {
				if err != nil {
					t.Errorf("%s: %v", word, err)
				}
				got = append(got, word)
			})
		}
		time.Sleep(2 * time.Second)
		run()
		if len(got) != 1 || got[0] != "che" {
			t.Errorf("called back for %v, want the last alone", got)
		}
		r.Close()
	})
}

func TestACancelledTaskSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		do, run := window()
		r := task.New(do)
		var got error
		k := r.Go(func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, func(err error) { got = err })
		k.Cancel()
		k.Cancel()
		synctest.Wait()
		run()
		if !errors.Is(got, context.Canceled) {
			t.Errorf("error %v, want that it was cancelled", got)
		}
		r.Close()
	})
}

func TestATimeThatHasPassedCountsWhenTheWindowIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		do, run := window()
		r := task.New(do)
		called, cancelled := 0, 0
		r.After(time.Second, func() { called++ })
		k := r.After(time.Second, func() { cancelled++ })
		time.Sleep(2 * time.Second)
		k.Cancel()
		run()
		if called != 1 || cancelled != 0 {
			t.Errorf("called %d times and %d times after Cancel, want 1 and 0", called, cancelled)
		}
		r.Close()
	})
}

func TestCloseStopsEverything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		do, run := window()
		r := task.New(do)
		ticks := 0
		r.Every(time.Second, func() { ticks++ })
		r.After(time.Hour, func() { t.Error("called after the end") })
		time.Sleep(3500 * time.Millisecond)
		run()
		if ticks != 3 {
			t.Errorf("%d ticks in 3.5 s, want 3", ticks)
		}
		r.Close()
		time.Sleep(2 * time.Hour)
		run()
		if ticks != 3 {
			t.Error("ticked after the end")
		}
	})
}
