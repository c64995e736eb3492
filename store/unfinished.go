package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
)

// BeginFile remembers the absolute path of a file outside the book that is about
// to be written and is not yet what it will be. What a crash leaves of it goes
// when the book is opened next.
func (t *Tx) BeginFile(ctx context.Context, path string) error {
	return t.exec(ctx, "begin file", `INSERT INTO unfinished (file) VALUES (?)`, path)
}

// EndFile forgets a file that is finished, or gone.
func (t *Tx) EndFile(ctx context.Context, path string) error {
	return t.exec(ctx, "end file", `DELETE FROM unfinished WHERE file = ?`, path)
}

// removeUnfinished removes the files that a crash left. What cannot be removed
// or forgotten now, as on a disk that is full or not there, is left for the next
// time.
func (b *Book) removeUnfinished(ctx context.Context) error {
	var left []string
	if err := b.View(ctx, func(t *Tx) error {
		var err error
		left, err = listOf[string](ctx, t, "list unfinished files", `SELECT file FROM unfinished`)
		return err
	}); err != nil {
		return err
	}
	for _, path := range left {
		if err := os.Remove(path); err == nil || errors.Is(err, fs.ErrNotExist) {
			_ = b.Keep(ctx, func(t *Tx) error { return t.EndFile(ctx, path) })
		}
	}
	return nil
}
