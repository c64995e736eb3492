package usecase

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/store"
)

// How the names of a backup and of its checkpoint end.
const (
	bookSuffix       = ".kebu"
	checkpointSuffix = ".checkpoint"
)

// checkpointOf is the file beside a backup that holds a checkpoint of the log as it
// was before: kebu-verify takes it as one that was kept.
func checkpointOf(path string) string {
	return strings.TrimSuffix(path, bookSuffix) + checkpointSuffix
}

// signBeside signs the log and writes that beside a backup to be made. Whoever works
// signs, with a key of their own: the list of users in a pack says whose it is. Where
// the book takes no more, as on a full disk, the backup is made all the same. One by
// hand has an entry of its own before.
func (s *Session) signBeside(ctx context.Context, v access.Verb, path string, byHand bool) error {
	var text string
	if err := s.gate.Keep(ctx, v, func(tx *store.Tx) (err error) {
		if byHand {
			err = tx.LogEvent(ctx, crm.At(s.gate.Now()), string(access.Backup), 0, &store.Matter{File: filepath.Base(path)})
		}
		if err != nil {
			return err
		}
		_, text, err = tx.SignLog(ctx, crm.At(s.gate.Now()))
		return err
	}); err != nil {
		return ctx.Err()
	}
	return writeCheckpoint(path, text)
}

// writeCheckpoint writes a signed log beside a backup.
func writeCheckpoint(path, text string) error {
	file, err := os.OpenFile(checkpointOf(path), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write checkpoint: %w", err)
	}
	_, err = file.WriteString(text)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(file.Name())
		return fmt.Errorf("write checkpoint: %w", err)
	}
	return nil
}
