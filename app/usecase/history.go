package usecase

import (
	"context"
	"encoding/json"
	"errors"
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

// Change is a step of the past.
type Change struct {
	store.Change
	// Final means that there is no way back: a list that left the book, a look
	// at personal values.
	Final bool
}

// History returns every change that was made to the book, newest first, with
// how it stands.
func (s *Session) History(ctx context.Context) ([]Change, error) {
	var list []Change
	return list, s.gate.View(ctx, access.History, func(tx *store.Tx) error {
		changes, err := tx.Changes(ctx)
		if err != nil {
			return err
		}
		for _, c := range changes {
			list = append(list, changeOf(c))
		}
		return nil
	})
}

func changeOf(c store.Change) Change { return Change{c, !access.Undoable(access.Verb(c.Verb))} }

// UndoReport says what taking a step back would do.
type UndoReport struct {
	store.Undone
	Later []Imported // that changed the same rows since, newest first
}

// UndoPreview says what Undo of a step would do, and changes nothing.
func (s *Session) UndoPreview(ctx context.Context, step int64) (UndoReport, error) {
	var report UndoReport
	return report, s.gate.Update(ctx, access.Undo, func(tx *store.Tx) error {
		var err error
		if err = undoable(ctx, tx, step); err != nil {
			return err
		}
		if report.Later, err = laterImports(ctx, tx, step); err != nil {
			return err
		}
		if report.Undone, err = tx.CountUndo(ctx, step); err != nil {
			return err
		}
		return store.ErrDiscard
	})
}

// LaterImports returns the imports, newest first, that stand and changed what
// a step made or changed before.
func (s *Session) LaterImports(ctx context.Context, step int64) ([]Imported, error) {
	var list []Imported
	return list, s.gate.View(ctx, access.Imports, func(tx *store.Tx) error {
		var err error
		list, err = laterImports(ctx, tx, step)
		return err
	})
}

func laterImports(ctx context.Context, tx *store.Tx, step int64) ([]Imported, error) {
	later, err := tx.LaterImports(ctx, step)
	if err != nil {
		return nil, err
	}
	var list []Imported
	for _, i := range later {
		entry, err := importedOf(i)
		if err != nil {
			return nil, err
		}
		list = append(list, entry)
	}
	return list, nil
}

// Undo takes a step back, such as an import, and returns what it kept because
// something later changed it.
func (s *Session) Undo(ctx context.Context, step int64) ([]Kept, error) {
	return s.UndoSeveral(ctx, step)
}

// UndoSeveral takes steps back in one go, in the order given: a step after
// those of its LaterImports leaves nothing to be kept for them. All go back or
// none. Redo does them again one by one.
func (s *Session) UndoSeveral(ctx context.Context, steps ...int64) ([]Kept, error) {
	var kept []Kept
	err := s.gate.Update(ctx, access.Undo, func(tx *store.Tx) error {
		for i, step := range steps {
			if i > 0 {
				if err := tx.Next(ctx); err != nil {
					return err
				}
			}
			if err := undoable(ctx, tx, step); err != nil {
				return err
			}
			k, err := tx.Undo(ctx, step)
			if err != nil {
				return err
			}
			kept = append(kept, k...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.stale()
	return kept, nil
}

// undoable fails with ErrFinal for a step that is more than rows of the journal, such
// as one that changed users.
func undoable(ctx context.Context, tx *store.Tx, step int64) error {
	c, err := tx.Change(ctx, step)
	if err == nil && !access.Undoable(access.Verb(c.Verb)) {
		return ErrFinal
	}
	if errors.Is(err, crm.ErrNotFound) {
		return nil // none, or one of undo and redo: Undo tells
	}
	return err
}

// Redo does a step again that was taken back, after those that were taken back
// later, and returns them in that order; with step 0 only the last. The book is
// then as it was before. Only undo, redo and what changes nothing may come
// between: after another change it fails with ErrNoRedo.
func (s *Session) Redo(ctx context.Context, step int64) ([]Change, error) {
	var done []Change
	err := s.gate.Update(ctx, access.Redo, func(tx *store.Tx) error {
		if step != 0 {
			if c, err := tx.Change(ctx, step); err != nil {
				return err
			} else if !c.Redoable {
				return ErrNoRedo
			}
		}
		for {
			redone, err := tx.Redo(ctx)
			if err != nil {
				return err
			}
			c, err := tx.Change(ctx, redone)
			if err != nil {
				return err
			}
			done = append(done, changeOf(c))
			if step == 0 || redone == step {
				return nil
			}
			if err := tx.Next(ctx); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return nil, err
	}
	s.stale()
	return done, nil
}
