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
			entry := Imported{Step: i.Step, At: i.At, User: i.User, Undone: i.UndoneBy != 0}
			if err := json.Unmarshal([]byte(i.Report), &entry.Report); err != nil {
				return fmt.Errorf("read report: %w", err)
			}
			list = append(list, entry)
		}
		return nil
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
