package usecase

import (
	"context"
	"encoding/json"
	"fmt"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/store"
)

// Imported is an import of the past.
type Imported struct {
	Step   int64
	At     crm.Moment
	User   string
	Undone bool
	SHA256 []byte // of the file, by which it is known again
	Report ImportReport
}

// Imports returns the files that were read into the book, newest first.
func (s *Session) Imports(ctx context.Context) ([]Imported, error) {
	var list []Imported
	return list, s.gate.View(ctx, access.Imports, func(tx *store.Tx) error {
		imports, err := tx.Imports(ctx)
		if err != nil {
			return err
		}
		for _, i := range imports {
			entry, err := importedOf(i)
			if err != nil {
				return err
			}
			list = append(list, entry)
		}
		return nil
	})
}

// ImportOf returns the import that a step was, or crm.ErrNotFound.
func (s *Session) ImportOf(ctx context.Context, step int64) (Imported, error) {
	var entry Imported
	return entry, s.gate.View(ctx, access.Imports, func(tx *store.Tx) error {
		i, err := tx.Import(ctx, step)
		if err != nil {
			return err
		}
		entry, err = importedOf(i)
		return err
	})
}

func importedOf(i store.Import) (Imported, error) {
	var kept keptReport
	if err := json.Unmarshal([]byte(i.Report), &kept); err != nil {
		return Imported{}, fmt.Errorf("read report: %w", err)
	}
	kept.ImportReport.Anonymous, kept.ImportReport.Unlisted = kept.Anonymous, kept.Unlisted
	return Imported{Step: i.Step, At: i.At, User: i.User, Undone: i.UndoneBy != 0, SHA256: i.SHA256, Report: kept.ImportReport}, nil
}

// UndoReport says what taking a step back would do.
type UndoReport = store.Undone

// UndoPreview says what Undo of a step would do, and changes nothing.
func (s *Session) UndoPreview(ctx context.Context, step int64) (UndoReport, error) {
	var report UndoReport
	return report, s.gate.Update(ctx, access.Undo, func(tx *store.Tx) error {
		var err error
		if report, err = tx.CountUndo(ctx, step); err != nil {
			return err
		}
		return store.ErrDiscard
	})
}

// Undo takes a step back, such as an import, and returns what it kept because
// something later changed it.
func (s *Session) Undo(ctx context.Context, step int64) ([]store.Kept, error) {
	var kept []store.Kept
	err := s.gate.Update(ctx, access.Undo, func(tx *store.Tx) error {
		var err error
		kept, err = tx.Undo(ctx, step)
		return err
	})
	s.stale()
	return kept, err
}
