package usecase

import (
	"context"
	"errors"
	"slices"

	"kebu/app/crm"
	"kebu/app/crm/backup"
	"kebu/store"
)

// update keeps what a book of an older version was before its tables are changed.
type update struct {
	keeper *Keeper
	clock  Clock
	path   string // of the backup
}

// opening opens a book with a backup of it, if it is of an older version.
func opening(k *Keeper, clock Clock) store.Opening {
	u := &update{keeper: k, clock: clock}
	return store.Opening{Migrating: u.before, Migrated: u.after}
}

// before copies the book to the first folder that takes it, and else beside it.
func (u *update) before(ctx context.Context, b *store.Book) error {
	id, beside := b.ID(), BackupsBeside(b.Path())
	folders := []string{}
	for _, p := range u.keeper.of(id, b.Path()).Places {
		folders = append(folders, p.Folder)
	}
	if !slices.Contains(folders, beside) {
		folders = append(folders, beside)
	}
	var errs []error
	for _, folder := range folders {
		err := makeFolder(folder)
		if err == nil {
			removeLeftovers(folder, id)
			if u.path, _, err = freeName(folder, backup.NameOf(id, u.clock(), backup.Update)); err == nil {
				_, err = b.Backup(ctx, u.path, nil)
			}
		}
		if err == nil || ctx.Err() != nil {
			return err
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// after writes a checkpoint of the log, which the tables of before could not sign,
// beside the backup. It is the same log still; without it the backup is one all the
// same.
func (u *update) after(ctx context.Context, b *store.Book) {
	_ = b.Keep(ctx, func(tx *store.Tx) error {
		if size, err := tx.LogSize(ctx); err != nil || size == 0 {
			return err
		}
		_, text, err := tx.SignLog(ctx, crm.At(u.clock()))
		if err != nil {
			return err
		}
		return writeCheckpoint(u.path, text)
	})
}
