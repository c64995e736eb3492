package door

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"kebu/app/ui/desk"
	"kebu/app/usecase"
)

// OpenDemo opens the demo shop, which is made when there is none of this month:
// its people bought until lately. It lies in the user's cache and is never the
// last book. progress is told the part that is done, on the window's goroutine.
func OpenDemo(d *desk.Desk, progress func(part float64), done func(s *usecase.Session, book string, err error)) {
	var session *usecase.Session
	var book string
	d.Tasks.Go(func(ctx context.Context) error {
		folder, err := os.UserCacheDir()
		if err != nil {
			return fmt.Errorf("find cache folder: %w", err)
		}
		folder = filepath.Join(folder, "kebu")
		lang := "en"
		if d.Words.Chinese() {
			lang = "zh"
		}
		book = filepath.Join(folder, fmt.Sprintf("demo-%s-%s.kebu", lang, d.Clock().Format("2006-01")))
		if session, err = openDemo(ctx, book, d.Clock); err == nil || errors.Is(err, usecase.ErrInUse) {
			return err
		}
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return fmt.Errorf("make cache folder: %w", err)
		}
		if old, err := filepath.Glob(filepath.Join(folder, "demo-"+lang+"-*")); err == nil {
			for _, file := range old {
				_ = os.Remove(file) // what stays takes room, no more
			}
		}
		_, err = usecase.Demo(ctx, usecase.DemoRequest{Path: book, Lang: lang, Clock: d.Clock, Progress: func(part float64) {
			d.Tasks.Do(func() { progress(part) })
		}})
		if err != nil {
			return err
		}
		session, err = openDemo(ctx, book, d.Clock)
		return err
	}, func(err error) { done(session, book, err) })
}

func openDemo(ctx context.Context, book string, clock usecase.Clock) (*usecase.Session, error) {
	return usecase.Open(ctx, book, "", []byte(usecase.DemoPassphrase), clock)
}
